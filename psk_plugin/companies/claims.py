"""Taking over a census company: its people claim it, the office looks at the proof and decides.

As in `people`, every verb locks the company first and asks its questions after, and raises `Refused` with a sentence.
"""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from ..background import after_commit
from ..records import intake
from . import claim_mails, doubles, people
from .claim_models import Claim
from .forms import CompanyForm
from .matching import claimable
from .models import Company, Membership
from .people import Refused
from .profile import BRANCHES, UNIONS, NibTaken, ProfileForms, latest_version

KINDS, MAX_MB = ["pdf", "jpg", "png"], 5
#: Claims of one person that may wait at the same time, and days after a refusal before the same company is asked for.
MAX_CLAIMS, DAYS_BEFORE_ASKING_AGAIN = 3, people.DAYS_BEFORE_ASKING_AGAIN
MAX_REASON = 500


def _profile_part(data: QueryDict) -> dict[str, list[str]]:
    """What belongs to the profile in a form as sent; buttons and whatever else was sent along does not."""
    prefixes = tuple(f"{prefix}-" for prefix in (UNIONS, BRANCHES))
    return {
        name: [value.replace("\x00", "") for value in values]
        for name, values in data.lists()
        if name.startswith(prefixes) or (name in CompanyForm.base_fields and name != "seen")
    }


def profile_for(company: Company, data: QueryDict) -> ProfileForms:
    """The typed profile judged as that of `company`, whatever version of it the person has seen."""
    data = data.copy()
    data["seen"] = str(latest_version(company.pk))
    return ProfileForms(data, company)


def take_in_proof(upload) -> tuple:
    """The stored file and its name. Raises `ValidationError` with a sentence about the upload."""
    if upload is None:
        raise ValidationError(_("Please choose the file of the proof."))
    if upload.size and upload.size > MAX_MB * 1024 * 1024:  # before reading it
        raise ValidationError(_("The proof may have at most %d MB. Please make it smaller.") % MAX_MB)
    data = upload.read()
    return intake.keep(data, intake.look(data, KINDS, MAX_MB)), intake.clean_name(upload.name or "")


def somebody_waits(company: Company, besides) -> bool:
    """Whether another person has claimed the company already."""
    return company.claims.filter(state=Claim.State.WAITING).exclude(user=besides).exists()


@transaction.atomic
def ask(company_id: int, user, data: QueryDict, proof: tuple) -> Claim:
    """`user` claims the company with the profile as typed. The profile must be right (`profile_for`)."""
    company = Company.objects.select_for_update().filter(pk=company_id).first()
    if company is None or not claimable().filter(pk=company.pk).exists():
        raise Refused(_("Somebody manages this company already. You can ask to join it with its NIB."))
    if not people.verified_emails(user):
        raise PermissionDenied
    own = user.psk_claims.filter(company=company)
    if own.filter(state=Claim.State.WAITING).exists():
        raise Refused(_("You have already asked for this company. The office will decide and write to you."))
    last = own.filter(state=Claim.State.REFUSED).order_by("-decided_at").first()
    if last and (again := _again_from(last)) > timezone.localdate():
        raise Refused(
            _("The office has refused this a short time ago: %(reason)s You can ask again in %(days)d days.")
            % {"reason": f"{last.reason.rstrip('.')}.", "days": (again - timezone.localdate()).days}
        )
    if user.psk_claims.filter(state=Claim.State.WAITING).count() >= MAX_CLAIMS:
        raise Refused(_("You have asked for several companies already. Please wait until the office has decided."))
    stored, name = proof
    forms = ProfileForms(data)
    return Claim.objects.create(
        company=company,
        user=user,
        name=forms.form.fields["name"].to_python(data.get("name", ""))[:200],
        nib=forms.typed_nib[:13],
        typed=_profile_part(data),
        proof=stored,
        proof_name=name,
    )


def _again_from(claim: Claim) -> dt.date:
    return timezone.localdate(claim.decided_at) + dt.timedelta(days=DAYS_BEFORE_ASKING_AGAIN)


def _lock(claim_id: int, officer) -> tuple[Company, Claim]:
    company_id = Claim.objects.values_list("company_id", flat=True).get(pk=claim_id)
    company = Company.objects.select_for_update().filter(pk=company_id).first()
    if company is None:
        raise Refused(_("The company has been merged with another meanwhile. Please open the claim again."))
    claim = Claim.objects.select_for_update(of=("self",)).select_related("user").get(pk=claim_id)
    if not claim.is_waiting:
        raise Refused(_("A colleague has decided this claim meanwhile."))
    if claim.user_id == officer.pk:
        raise Refused(_("You cannot decide your own claim."))
    return company, claim


def _decide(claim: Claim, officer, state: str, reason: str = "") -> Claim:
    claim.state, claim.reason = state, reason
    claim.decided_at, claim.decided_by = timezone.now(), officer
    claim.save()
    after_commit(claim_mails.tell_of_claim, claim.pk)
    return claim


@transaction.atomic
def accept(claim_id: int, officer) -> Claim:
    """The person becomes the manager, the typed profile fills the company; other claims of it are refused."""
    company, claim = _lock(claim_id, officer)
    if not claimable().filter(pk=company.pk).exists():
        raise Refused(_("Somebody manages this company by now. Please refuse the claim and say so."))
    forms = profile_for(company, claim.as_sent(reason=_("Taken over by its own people")))
    if not forms.is_valid():
        raise Refused(
            _("The typed profile cannot be taken over: %s")
            % " ".join(sentence for _where, sentence in forms.problems())
        )
    try:
        forms.save(officer)
    except NibTaken as error:
        raise Refused(_("Another company has this NIB by now. If the two are one, merge them first.")) from error
    membership = company.memberships.filter(user=claim.user).first() or Membership(company=company, user=claim.user)
    people.write(membership, officer, state=Membership.State.ACTIVE, role=Membership.Role.OWNER)
    for other in company.claims.filter(state=Claim.State.WAITING).exclude(pk=claim.pk):
        sentence = _("Another person of the company was made its manager. You can ask to join it with its NIB.")
        _decide(other, officer, Claim.State.REFUSED, sentence)
    return _decide(claim, officer, Claim.State.ACCEPTED)


@transaction.atomic
def refuse(claim_id: int, officer, reason: str) -> Claim:
    """The office does not believe it; the reason goes to the person."""
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason:
        raise Refused(_("Please say why: the person reads it."))
    if len(reason) > MAX_REASON:
        raise Refused(_("Please say it in at most %d characters.") % MAX_REASON)
    _company, claim = _lock(claim_id, officer)
    return _decide(claim, officer, Claim.State.REFUSED, reason)


def registered_apart(company: Company, known: list[Company], user) -> None:
    """Somebody registered a new company although the office knows one like it: tell the office."""
    for other in known:
        doubles.report(company.pk, other.pk, user, _("The person who registered said that it is another company."))
