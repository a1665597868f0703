"""What happens to a company's regulation: put in force by a decree, revoked with it. Only upper rooms call these."""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..companies.merged import FOR_OFFICE
from ..companies.models import Company
from ..records.models import StoredFile
from ..services.models import FilingType, Kind
from .models import CompanyRegulation

#: What makes a version; everything else on the row belongs to the company or to the row itself.
VERSION_FIELDS = (
    "title",
    "valid_from",
    "valid_until",
    "decree_id",
    "decree_number",
    "decree_date",
    "text_file_id",
    "change",
)


@transaction.atomic
def put_in_force(
    *,
    company_id: int,
    kind: str,
    title: str,
    valid_from: dt.date,
    valid_until: dt.date,
    decree_id: int | None,
    decree_number: str,
    decree_date: dt.date,
    text_file: StoredFile | None,
    user: Any,
    reason: str,
    change: str = FilingType.NEW,
) -> CompanyRegulation:
    """Make the decree's regulation the company's newest version of its kind, and return it.

    The row is made with the first decree; every later one raises `version`, and the history keeps what was. A version
    that still holds when the new one is decreed holds on until it ends (`previous_until`). `change`: kind of
    application that made it. A PKB takes the place of the company's PP from its first day (UU 13/2003 Ps 108(2), 129).
    """
    # The company's row, because the regulation's may not exist yet: two first decrees must queue somewhere.
    Company.objects.select_for_update(no_key=True).get(pk=company_id)
    regulation = CompanyRegulation.objects.filter(company_id=company_id, kind=kind).first()
    if regulation is None:
        regulation = CompanyRegulation(company_id=company_id, kind=kind, version=1)
    else:
        regulation.previous_until = held_until(regulation, timezone.localdate())
        regulation.version += 1
    regulation.title = title
    regulation.valid_from, regulation.valid_until = valid_from, valid_until
    regulation.decree_id, regulation.decree_number, regulation.decree_date = (
        decree_id,
        decree_number,
        decree_date,
    )
    regulation.text_file = text_file
    regulation.revoked_on = None
    regulation.change = change
    regulation.replaced_from, regulation.replaced_by = None, ""
    if kind == Kind.PKB:
        take_place_of_pp(regulation, user)
    return _save(regulation, user, reason)


@transaction.atomic
def revoke(*, company_id: int, kind: str, decree_id: int, day: dt.date, user: Any, reason: str) -> None:
    """The decree no longer counts from `day`: take its version out of force.

    The newest version is marked as revoked, unless the version before it still holds without it: one that had not
    begun, or an amendment; then that one comes back. Revoking what an amendment amends ends the amendment too. Any
    other earlier version's decree changes nothing but what still holds because of it.
    """
    Company.objects.select_for_update(no_key=True).get(pk=company_id)
    regulation = CompanyRegulation.objects.select_for_update().filter(company_id=company_id, kind=kind).first()
    if regulation is None:
        return
    if regulation.decree_id == decree_id:
        before = _made_before(regulation)
        if before is not None and (regulation.is_renewed_ahead(day) or _amends_standing(regulation, before)):
            for name in VERSION_FIELDS:
                setattr(regulation, name, getattr(before, name))
            regulation.version += 1
            regulation.previous_until = None
        else:
            regulation.revoked_on = day
        _save(regulation, user, reason)
    elif decree_id in _amended_decrees(regulation):
        regulation.revoked_on = day
        _save(regulation, user, reason)
    elif regulation.previous_until is not None and _is_version_before(regulation, decree_id):
        regulation.previous_until = None
        _save(regulation, user, reason)
    if kind == Kind.PKB and regulation.revoked_on is not None:
        _give_place_back(company_id, user, reason)


@transaction.atomic
def enter_from_paper(
    *,
    company_id: int,
    kind: str,
    title: str,
    valid_from: dt.date,
    valid_until: dt.date,
    decree_number: str,
    decree_date: dt.date,
    user: Any,
    reason: str,
) -> CompanyRegulation:
    """Enter what a decree on paper put in force before this system knew it, as the newest version of its kind.

    A PP on paper beside a PKB that is known already is taken the place of by it, as if they had come in their order.
    """
    known = CompanyRegulation.objects.filter(company_id=company_id, kind=kind).exists()
    regulation = put_in_force(
        company_id=company_id,
        kind=kind,
        title=title,
        valid_from=valid_from,
        valid_until=valid_until,
        decree_id=None,
        decree_number=decree_number,
        decree_date=decree_date,
        text_file=None,
        user=user,
        reason=reason,
        change=FilingType.RENEWAL if known else FilingType.NEW,
    )
    if kind == Kind.PP:
        pkb = CompanyRegulation.objects.filter(company_id=company_id, kind=Kind.PKB, revoked_on__isnull=True).first()
        if pkb is not None and pkb.valid_until >= valid_from:
            regulation.replaced_from, regulation.replaced_by = pkb.valid_from, pkb.decree_number
            _save(regulation, user, _("Replaced by the PKB with the decree number %s") % pkb.decree_number)
    return regulation


@transaction.atomic
def take_back_paper(regulation_id: int, version: int, user: Any, reason: str) -> str:
    """Take back a version that was entered from paper. Returns why it was not, or an empty sentence.

    Nothing of it stays in the regulation's history, because it would count on past days; the list it came by keeps what
    was entered, and who took it back why.
    """
    regulation = CompanyRegulation.objects.select_for_update().filter(pk=regulation_id).first()
    if regulation is None:
        return _("The regulation is no longer there.")
    if regulation.version != version or regulation.decree_id is not None:
        return _("A newer decree follows it already.")
    if regulation.revoked_on is not None:
        return _("It has been revoked.")
    if _is_applied_from(regulation):
        return _("An application starts from it.")
    if regulation.kind == Kind.PKB:
        _give_place_back(regulation.company_id, user, reason)
    before = _made_before(regulation)
    if before is None:
        regulation.skip_history_when_saving = True
        regulation.delete()
        CompanyRegulation.history.filter(id=regulation_id).delete()
        return ""
    regulation.history.filter(version=version).delete()
    for name in (*VERSION_FIELDS, "version", "previous_until", "replaced_from", "replaced_by"):
        setattr(regulation, name, getattr(before, name))
    _save(regulation, user, reason)
    return ""


def _is_applied_from(regulation: CompanyRegulation) -> bool:
    """Whether rows of upper rooms rest on the regulation and keep it from going."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: regulation.pk}).exists()
        for relation in CompanyRegulation._meta.related_objects
        if relation.on_delete is models.PROTECT
    )


#: Characters of the reason for holding back.
MAX_REASON = 250


@transaction.atomic
def hold_back(regulation: CompanyRegulation, user: Any, reason: str) -> None:
    """The public register no longer shows it; the decree stays valid and can be checked by its code.

    Raises `ValueError` with a sentence where the reason is missing or too long.
    """
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason:
        raise ValueError(_("Please say why, in one sentence."))
    if len(reason) > MAX_REASON:
        raise ValueError(_("Please say it in at most %d characters.") % MAX_REASON)
    row = CompanyRegulation.objects.select_for_update().filter(pk=regulation.pk).first()
    if row is None:
        raise ValueError(FOR_OFFICE)
    row.held_back = reason
    _save(row, user, _("Held back from the public register: %s") % reason)


@transaction.atomic
def show_again(regulation: CompanyRegulation, user: Any) -> None:
    """The public register shows it again; nothing happens where it already does."""
    row = CompanyRegulation.objects.select_for_update().filter(pk=regulation.pk).first()
    if row is not None and row.held_back:
        row.held_back = ""
        _save(row, user, _("Shown in the public register again"))


def take_place_of_pp(pkb: CompanyRegulation, user: Any) -> None:
    """The company's PP ends where its PKB begins; a PP that already has is left as it is."""
    pp = CompanyRegulation.objects.select_for_update().filter(company_id=pkb.company_id, kind=Kind.PP).first()
    if pp is None or pp.revoked_on is not None or pp.replaced_from is not None:
        return
    pp.replaced_from, pp.replaced_by = pkb.valid_from, pkb.decree_number
    _save(pp, user, _("Replaced by the PKB with the decree number %s") % pkb.decree_number)


def _give_place_back(company_id: int, user: Any, reason: str) -> None:
    """The PKB is revoked: the company's PP counts again."""
    pp = CompanyRegulation.objects.select_for_update().filter(company_id=company_id, kind=Kind.PP).first()
    if pp is not None and pp.replaced_from is not None:
        pp.replaced_from, pp.replaced_by = None, ""
        _save(pp, user, reason)


def held_until(regulation: CompanyRegulation, day: dt.date) -> dt.date | None:
    """Last day on which the company is covered by what holds on `day`; `None` where nothing does."""
    if regulation.revoked_on is not None:
        return None
    if regulation.valid_from <= day <= regulation.valid_until:
        return regulation.valid_until
    return regulation.previous_until if regulation.is_renewed_ahead(day) else None


def _made_before(regulation: CompanyRegulation) -> Any:
    """The version before as it was made."""
    return regulation.history.filter(version=regulation.version - 1).order_by("history_date", "history_id").first()


def _amends_standing(regulation: CompanyRegulation, before: Any) -> bool:
    """Whether the newest version only amends the one before, whose own decree still stands."""
    stands = before.decree is None or before.decree.revoked_on is None
    return regulation.change == FilingType.AMENDMENT and stands


def _amended_decrees(regulation: CompanyRegulation) -> set[int | None]:
    """Decrees on which the newest version rests because it amends theirs."""
    if regulation.change != FilingType.AMENDMENT:
        return set()
    rested_on = set()
    for row in regulation.history.filter(version__lt=regulation.version).order_by("-version", "history_id"):
        rested_on.add(row.decree_id)
        if row.change != FilingType.AMENDMENT:
            break
    return rested_on - {None}


def _is_version_before(regulation: CompanyRegulation, decree_id: int) -> bool:
    before = _made_before(regulation)
    return before is not None and before.decree_id == decree_id


def _save(regulation: CompanyRegulation, user: Any, reason: str) -> CompanyRegulation:
    regulation._change_reason = reason
    regulation._history_user = user
    regulation.save()
    return regulation
