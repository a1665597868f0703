"""Who acts for a company: the verbs that change it.

Every verb locks the company's row first and asks its questions after, so that two people who press at once come one
after the other, and the second is judged by what the first has done. Raises `PermissionDenied` for whoever may not,
`Refused` with a sentence for what cannot be.
"""

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import conf
from ..background import after_commit
from ..persons import full_name
from . import mails
from .matching import claimable
from .merged import FOR_COMPANY
from .models import Company, Invitation, Membership

Role, State = Membership.Role, Membership.State

#: Requests of one person that may wait at the same time: nobody tries out NIBs by the hundred.
MAX_REQUESTS = 5
#: Days after a refusal in which the same person's request is not put before the owners again.
DAYS_BEFORE_ASKING_AGAIN = 7
#: Invitations of one company that may be open at the same time.
MAX_INVITATIONS = 20
#: Time between two mails of the same invitation: the invited person did not ask for them.
TIME_BETWEEN_MAILS = dt.timedelta(minutes=1)


class Refused(Exception):
    """Nothing has changed; `str(error)` says why and what to do."""


def verified_emails(user) -> set[str]:
    """Addresses that the person has shown to be theirs, in small letters."""
    return {e.lower() for e in EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)}


def _lock(company_id: int) -> Company:
    company = Company.objects.select_for_update().filter(pk=company_id).first()
    if company is None:
        raise Refused(str(FOR_COMPANY))
    return company


def _lock_as_owner(company_id: int, user) -> Company:
    company = _lock(company_id)
    if not Membership.objects.owners().filter(company=company, user=user).exists():
        raise PermissionDenied
    return company


def write(membership: Membership, by: Any, **changes: Any) -> Membership:
    """Decide about a person's place: `changes`, by whom and when. For this room's verbs, under the company's lock."""
    for name, value in changes.items():
        setattr(membership, name, value)
    membership.decided_at, membership.decided_by = timezone.now(), by
    membership._history_user, membership._history_date = by, membership.decided_at
    membership.save()
    return membership


def _only_owner(membership: Membership) -> bool:
    owners = Membership.objects.owners().filter(company_id=membership.company_id)
    return membership.role == Role.OWNER and not owners.exclude(pk=membership.pk).exists()


def _find(company: Company, membership_id: int, *states: str) -> Membership:
    membership = company.memberships.select_related("user").filter(pk=membership_id, state__in=states).first()
    if membership is None:
        raise Refused(_("This has already been done by somebody else, or taken back."))
    return membership


# --- asking to join --------------------------------------------------------------------------------------------


def ask_to_join(nib: str, user) -> tuple[Membership, bool]:
    """`user` asks to act for the company under `nib`; its owners are told by mail.

    Returns the request and whether anybody is left who can say yes; if not, the office has to help.
    """
    with transaction.atomic():
        found = Company.objects.filter(nib=nib).values_list("pk", flat=True).first()
        if found is None:
            raise Refused(_("No company with this NIB is registered here yet. You can register it yourself."))
        company = _lock(found)
        if not verified_emails(user):
            raise PermissionDenied
        if claimable().filter(pk=company.pk).exists():
            raise Refused(
                _(
                    "The office knows this company from its census, and nobody manages it here yet. Please register "
                    "it: there you can say that it is yours."
                )
            )
        membership = Membership.objects.filter(company=company, user=user).first()
        _may_ask(membership, user)
        membership = membership or Membership(company=company, user=user)
        membership.role, membership.state = Role.MEMBER, State.REQUESTED
        membership.decided_at = membership.decided_by = None
        membership._history_user = user
        membership.save()
        has_owner = Membership.objects.owners().filter(company=company).exists()
        if has_owner:
            after_commit(mails.tell_owners_of_request, membership.pk)
    return membership, has_owner


def _may_ask(membership: Membership | None, user) -> None:
    if membership and membership.state == State.ACTIVE:
        raise Refused(_("You already act for this company."))
    if membership and membership.state == State.REQUESTED:
        raise Refused(_("You have already asked to join this company. Its manager will decide."))
    if membership and membership.decided_by_id not in (None, user.pk):
        again = timezone.localdate(membership.decided_at) + dt.timedelta(days=DAYS_BEFORE_ASKING_AGAIN)
        if timezone.localdate() < again:
            raise Refused(
                _("The manager of this company has declined. You can ask again from %(day)s.")
                % {"day": f"{again:%d-%m-%Y}"}
            )
    waiting = Membership.objects.filter(user=user, state=State.REQUESTED).count()
    if waiting >= MAX_REQUESTS:
        raise Refused(_("You have %d requests waiting. Please wait for an answer, or take one back.") % waiting)


@transaction.atomic
def take_back_request(membership_id: int, user) -> None:
    """`user` no longer asks. The row goes: nobody has decided anything."""
    membership = Membership.objects.filter(pk=membership_id, user=user, state=State.REQUESTED).first()
    if membership is None:
        raise Refused(_("This has already been done by somebody else, or taken back."))
    _lock(membership.company_id)
    membership._history_user = user
    membership.delete()


@transaction.atomic
def approve(company_id: int, user, membership_id: int) -> Membership:
    """An owner lets the person in, as one who files and follows."""
    membership = _find(_lock_as_owner(company_id, user), membership_id, State.REQUESTED)
    write(membership, user, state=State.ACTIVE, role=Role.MEMBER)
    after_commit(mails.tell_of_decision, membership.pk)
    return membership


@transaction.atomic
def decline(company_id: int, user, membership_id: int) -> Membership:
    """An owner does not let the person in."""
    membership = _find(_lock_as_owner(company_id, user), membership_id, State.REQUESTED)
    write(membership, user, state=State.ENDED)
    after_commit(mails.tell_of_decision, membership.pk)
    return membership


@transaction.atomic
def appoint(company_id: int, officer, membership_id: int) -> Membership:
    """The office makes somebody the owner of a company that nobody manages any more. `officer` is checked before."""
    company = _lock(company_id)
    if Membership.objects.owners().filter(company=company).exists():
        raise Refused(_("This company has a manager, who decides about its people."))
    membership = _find(company, membership_id, State.REQUESTED, State.ACTIVE)
    write(membership, officer, state=State.ACTIVE, role=Role.OWNER)
    after_commit(mails.tell_of_decision, membership.pk)
    return membership


# --- those who are in ------------------------------------------------------------------------------------------


@transaction.atomic
def change_role(company_id: int, user, membership_id: int, role: str) -> Membership:
    """Give a person the other role. The only owner stays one."""
    membership = _find(_lock_as_owner(company_id, user), membership_id, State.ACTIVE)
    if role not in Role.values:
        raise Refused(_("Please choose what the person may do."))
    if role != Role.OWNER and _only_owner(membership):
        raise Refused(_("A company needs at least one manager. Make somebody else a manager first."))
    if role != membership.role:
        write(membership, user, role=role)
    return membership


@transaction.atomic
def end(company_id: int, user, membership_id: int) -> Membership:
    """An owner ends a person's access. The only owner cannot be taken away."""
    membership = _find(_lock_as_owner(company_id, user), membership_id, State.ACTIVE)
    return _end(membership, user)


@transaction.atomic
def leave(company_id: int, user) -> Membership:
    """A person stops acting for the company."""
    company = _lock(company_id)
    membership = company.memberships.select_related("user").filter(user=user, state=State.ACTIVE).first()
    if membership is None:
        raise PermissionDenied
    return _end(membership, user)


def _end(membership: Membership, by) -> Membership:
    if _only_owner(membership):
        raise Refused(_("A company needs at least one manager. Make somebody else a manager first."))
    return write(membership, by, state=State.ENDED)


# --- inviting --------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(company_id: int, user, email: str, role: str) -> Invitation:
    """Invite an address. An invitation still open to the same address is renewed with the new role."""
    company = _lock_as_owner(company_id, user)
    email = email.lower()
    inside = company.memberships.filter(state=State.ACTIVE, user__emailaddress__verified=True)
    if inside.filter(user__emailaddress__email__iexact=email).exists():
        raise Refused(_("This person already acts for the company."))
    pending = company.invitations.filter(accepted_at=None, withdrawn_at=None)
    invitation = pending.filter(email=email).first()
    if invitation is None:
        if pending.filter(expires_at__gt=timezone.now()).count() >= MAX_INVITATIONS:
            raise Refused(_("Too many invitations are open. Withdraw those that are not needed any more."))
        invitation = Invitation(company=company, email=email)
    invitation.role, invitation.invited_by = role, user
    return _post(invitation)


@transaction.atomic
def invite_again(company_id: int, user, invitation_id: int) -> Invitation:
    """Send an invitation once more; it counts its days from now. The link stays the same: both mails open it."""
    return _post(_pending(_lock_as_owner(company_id, user), invitation_id))


@transaction.atomic
def withdraw(company_id: int, user, invitation_id: int) -> Invitation:
    """The link of the invitation no longer opens anything."""
    invitation = _pending(_lock_as_owner(company_id, user), invitation_id)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


def _pending(company: Company, invitation_id: int) -> Invitation:
    invitation = company.invitations.filter(pk=invitation_id, accepted_at=None, withdrawn_at=None).first()
    if invitation is None:
        raise Refused(_("This invitation is no longer open."))
    return invitation


def _post(invitation: Invitation) -> Invitation:
    now = timezone.now()
    if invitation.mailed_at and now - invitation.mailed_at < TIME_BETWEEN_MAILS:
        raise Refused(_("The invitation has just been sent. Please wait a minute before you send it again."))
    invitation.expires_at = now + dt.timedelta(days=conf.INVITATION_DAYS)
    invitation.save()
    after_commit(mails.send_invitation, invitation.pk)
    return invitation


@transaction.atomic
def accept(token: str, user) -> Membership:
    """`user` takes the invitation; it must have been sent to one of the person's verified addresses."""
    found = Invitation.objects.filter(token=token).values_list("company_id", flat=True).first()
    if found is None:
        raise Refused(_("This invitation is no longer open."))
    company = _lock(found)
    invitation = Invitation.objects.select_related("invited_by").get(token=token)
    if not invitation.is_open:
        raise Refused(_("This invitation is no longer open."))
    if invitation.email not in verified_emails(user):
        raise PermissionDenied
    membership = Membership.objects.filter(company=company, user=user).first() or Membership(company=company, user=user)
    # Someone who is in already keeps the higher role.
    was_owner = membership.state == State.ACTIVE and membership.pk and membership.role == Role.OWNER
    write(
        membership,
        invitation.invited_by,
        state=State.ACTIVE,
        role=Role.OWNER if was_owner else invitation.role,
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return membership


def name_of(user) -> str:
    """How people of the same company call each other: by name, or by address where no name is known."""
    return full_name(user) or user.email or user.get_username()
