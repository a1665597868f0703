"""Mails of this room, sent after commit. A mail server that fails costs the mail, never what was decided."""

import logging
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import conf
from ..background import task
from ..office.models import OfficeSettings
from .models import Company, Invitation, Membership

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What the plugin's letter template shows; this room's letters have no table, no quotation and no list."""

    subject: str
    happened: list[str]
    to_do: list[str]
    button: dict[str, str] | None = None
    facts: tuple = ()
    items: tuple = ()
    links: tuple = ()
    quote: str = ""


def absolute(path: str) -> str:
    """The address under which a mail's reader reaches `path`."""
    return conf.PUBLIC_URL.rstrip("/") + path


def invitation_address(invitation: Invitation) -> str:
    return absolute(reverse("psk:invitation", args=[invitation.token]))


def send_letter(
    to: str, subject: str, *, happened: list[str], to_do: list[str], button: tuple[str, str] | None = None
) -> bool:
    """Write one letter and give it to the mail server. Whether it took it. Logs what failed, never to whom."""
    letter = Letter(subject, happened, to_do, {"label": button[0], "url": button[1]} if button else None)
    context = {"letter": letter, "office": OfficeSettings.load(), "city": conf.CITY}
    text = render_to_string("psk_plugin/mail/letter.txt", context)
    html = render_to_string("psk_plugin/mail/letter.html", context)
    try:
        send_mail(" ".join(subject.split()), text, None, [to], html_message=html)
    except (SMTPException, OSError) as error:
        logger.warning("A mail about a company's people was not sent: %s", type(error).__name__)
        return False
    return True


@task()
def send_invitation(invitation_id: int) -> bool:
    """Mail an invitation and note on it whether that worked: its owner sees it and can send it again."""
    invitation = Invitation.objects.select_related("company").filter(pk=invitation_id).first()
    if invitation is None or not invitation.is_open:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        names = {
            "company": invitation.company.name,
            "role": invitation.get_role_display(),
            "day": date_format(timezone.localtime(invitation.expires_at), "j F Y"),
        }
        sent = send_letter(
            invitation.email,
            _("Invitation to act for %(company)s") % names,
            happened=[_("%(company)s invites you to act for it at the manpower office: %(role)s.") % names],
            to_do=[
                _("Sign in or sign up with this e-mail address, then accept. The invitation is open until %(day)s.")
                % names,
                _("If you do not know this company, you need not do anything."),
            ],
            button=(_("See the invitation"), invitation_address(invitation)),
        )
    changes = {"mail_failed": not sent} | ({"mailed_at": timezone.now()} if sent else {})
    Invitation.objects.filter(pk=invitation.pk).update(**changes)
    return sent


@task()
def tell_owners_of_request(membership_id: int) -> bool:
    """Tell each owner, in a mail of their own, that somebody asks to join."""
    request = Membership.objects.select_related("company", "user").filter(pk=membership_id).first()
    if request is None or request.state != Membership.State.REQUESTED:
        return False
    owners = Membership.objects.owners().filter(company_id=request.company_id).select_related("user")
    with translation.override(settings.LANGUAGE_CODE):
        names = {"company": request.company.name, "person": request.user.email}
        outcomes = [
            send_letter(
                owner.user.email,
                _("Somebody asks to act for %(company)s") % names,
                happened=[_("The person with the address %(person)s asks to act for %(company)s.") % names],
                to_do=[_("Please agree only if you know this person. Without your consent nothing happens.")],
                button=(
                    _("See the request"),
                    absolute(reverse("psk:company_people", args=[request.company_id])),
                ),
            )
            for owner in owners
            if owner.user.email
        ]
    return all(outcomes)


@task()
def tell_of_decision(membership_id: int) -> bool:
    """Tell the person who asked what was decided."""
    membership = Membership.objects.select_related("company", "user").filter(pk=membership_id).first()
    if membership is None or membership.state == Membership.State.REQUESTED or not membership.user.email:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        button = (_("See your companies"), absolute(reverse("psk:company_list")))
        if membership.state == Membership.State.ACTIVE:
            names = {"company": membership.company.name, "role": membership.get_role_display()}
            return send_letter(
                membership.user.email,
                _("You can now act for %(company)s") % names,
                happened=[_("Your request was granted. For %(company)s you may now do this: %(role)s.") % names],
                to_do=[],
                button=button,
            )
        # Whoever was declined learns no more of the company than the number they typed themselves.
        names = {"nib": membership.company.nib}
        return send_letter(
            membership.user.email,
            _("Your request for NIB %(nib)s was declined") % names,
            happened=[_("The manager of the company with NIB %(nib)s did not agree to your request.") % names],
            to_do=[_("If you work for this company, please speak with your superior there.")],
        )


@task()
def tell_of_merge(gone_name: str, kept_id: int, user_ids: list[int]) -> bool:
    """Tell the people of a company that its rows now stand under another name, or under the same one only once."""
    kept = Company.objects.filter(pk=kept_id).first()
    users = get_user_model().objects.filter(pk__in=user_ids, is_active=True).exclude(email="").order_by("pk")
    if kept is None:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        names = {"gone": gone_name, "kept": f"{kept.name} ({kept.identity})"}
        outcomes = [
            send_letter(
                user.email,
                _("Your company stands here once now: %(kept)s") % names,
                happened=[
                    _("The office found %(gone)s twice in its records and merged both into %(kept)s.") % names,
                    _("Your applications, decrees and rights came along; nothing was lost."),
                ],
                to_do=[_("Please look the profile through. If the two are not one company, write to the office.")],
                button=(_("See your companies"), absolute(reverse("psk:company_list"))),
            )
            for user in users
        ]
    return all(outcomes)
