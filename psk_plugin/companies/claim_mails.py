"""What a person is told about a claim."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ..background import task
from .claim_models import Claim
from .mails import absolute, send_letter


@task()
def tell_of_claim(claim_id: int) -> bool:
    """Tell the person what the office decided."""
    claim = Claim.objects.select_related("company", "user").filter(pk=claim_id).first()
    if claim is None or claim.is_waiting or not claim.user.email:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        if claim.state == Claim.State.ACCEPTED:
            names = {"company": claim.company.name}
            return send_letter(
                claim.user.email,
                _("You now manage %(company)s") % names,
                happened=[
                    _("The office has looked at your proof. You now manage %(company)s here.") % names,
                    _("What you typed when you registered stands in its profile."),
                ],
                to_do=[_("Please look the profile through, and invite colleagues who shall act for the company.")],
                button=(_("Open the profile"), absolute(reverse("psk:company_detail", args=[claim.company_id]))),
            )
        # The name as the person typed it: of a company that is not theirs they learn nothing.
        names = {"company": claim.name, "reason": claim.reason}
        return send_letter(
            claim.user.email,
            _("The office could not accept your claim of %(company)s") % names,
            happened=[
                _("You said that %(company)s is your company. The office could not accept this.") % names,
                _("Reason: %(reason)s") % names,
            ],
            to_do=[_("What you typed is kept: open your companies to go on from there.")],
            button=(_("See your companies"), absolute(reverse("psk:company_list"))),
        )
