"""Two rows of one company become one row. What points to the company that goes moves to the one that stays.

Rooms above know what they hang on a company; this one knows none of them. Each room enters a mover for every foreign
key of its models to `Company` (`register`), whatever stands against a merging (`refuse_if`), and the models whose rows
its own verbs lock before they lock a company (`lock_first`). A key without a mover stops every merging, and a test.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..background import after_commit
from . import mails
from .comparing import BY_CODE, compare, everything
from .merge_models import CompanyMerge
from .models import Company, Membership
from .people import Refused
from .profile import latest_version

MAX_REASON = 500


@dataclass
class Merge:
    """One merging under way, inside its transaction; both companies are locked."""

    kept: Company
    gone: Company
    user: Any
    #: For the histories of the rows that move.
    reason: str
    moved: dict[str, int] = field(default_factory=dict)
    #: What could not simply move, as sentences for the record.
    notes: list[str] = field(default_factory=list)

    def count(self, model: type[models.Model], number: int) -> None:
        """Tell the record how many rows of `model` moved."""
        if number:
            label = model._meta.label_lower
            self.moved[label] = self.moved.get(label, 0) + number

    def sign(self, row: models.Model) -> None:
        """Who and why, for the row of history that the next save or delete of `row` writes."""
        row._history_user, row._change_reason = self.user, self.reason


Mover = Callable[[Merge], None]
_movers: dict[tuple[str, str], Mover] = {}
_obstacles: list[Callable[[Company, Company], list[str]]] = []
_locked_first: list[type[models.Model]] = []


def register(model: type[models.Model], mover: Mover | None = None, *, field: str = "company") -> None:
    """Enter how the rows of `model` move that point to a company by `field`; without a mover they all simply do."""
    _movers[model._meta.label_lower, field] = mover or (lambda merge: move_all(merge, model, field))


def refuse_if(obstacles: Callable[[Company, Company], list[str]]) -> None:
    """Enter what stands against merging two companies: sentences that say why, and what to do first."""
    _obstacles.append(obstacles)


def lock_first(model: type[models.Model]) -> None:
    """Lock the companies' rows of `model` before the companies, as the verbs do that hold both."""
    _locked_first.append(model)


def move_all(merge: Merge, model: type[models.Model], field: str = "company") -> None:
    """Every row of `model` now belongs to the company that stays; where it has a history, with the reason."""
    rows = model._default_manager.filter(**{field: merge.gone})
    if not hasattr(model, "history"):
        merge.count(model, rows.update(**{field: merge.kept}))
        return
    for row in rows:
        setattr(row, field, merge.kept)
        merge.sign(row)
        row.save(update_fields=[field])
        merge.count(model, 1)


def keys_to(target: type[models.Model]) -> list[tuple[str, str]]:
    """Every foreign key to `target` in this site: label of the model, name of the field. Histories keep what was."""
    return sorted(
        (model._meta.label_lower, key.name)
        for model in apps.get_models(include_auto_created=True)
        if not hasattr(model, "history_object")
        for key in model._meta.local_fields
        if key.is_relation and key.related_model is target
    )


def without_mover() -> list[tuple[str, str]]:
    """Foreign keys to a company that nobody entered a mover for."""
    return [key for key in keys_to(Company) if key not in _movers]


def obstacles(kept: Company, gone: Company) -> list[str]:
    """What stands against it, as sentences."""
    return [sentence for ask in _obstacles for sentence in ask(kept, gone)]


def has_people(company: Company) -> bool:
    return Membership.objects.owners().filter(company=company).exists()


def merge(
    kept_pk: int,
    gone_pk: int,
    user,
    *,
    choices: dict[str, str],
    reason: str,
    seen: tuple[int, int],
    people_confirmed: bool = False,
) -> CompanyMerge:
    """Merge the company `gone_pk` into `kept_pk` and return the record. `user` is checked before.

    `choices`: code of a part (`comparing.PARTS`) -> "kept" or "gone", for every part that differs. `seen`: versions of
    the two profiles that the person looked at, kept first. `people_confirmed`: the person knows that both have people
    of their own. Raises `people.Refused` with a sentence; nothing has changed then.
    """
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason:
        raise Refused(_("Please say in one sentence how you know that they are one company."))
    if len(reason) > MAX_REASON:
        raise Refused(_("Please say it in at most %d characters.") % MAX_REASON)
    with transaction.atomic():
        kept, gone = _lock(kept_pk, gone_pk)
        if seen != (latest_version(kept.pk), latest_version(gone.pk)):
            raise Refused(_("One of the two profiles was changed meanwhile. Please look at both again, then merge."))
        if has_people(kept) and has_people(gone) and not people_confirmed:
            raise Refused(_("Both companies have people of their own. Please confirm that they belong together."))
        if found := obstacles(kept, gone):
            raise Refused(" ".join(found))
        return _merge(Merge(kept, gone, user, _short_reason(gone)), choices, reason)


def _lock(kept_pk: int, gone_pk: int) -> tuple[Company, Company]:
    if kept_pk == gone_pk:
        raise Refused(_("This is one and the same company."))
    keys = [kept_pk, gone_pk]
    held = []
    for model in _locked_first:
        rows = model._default_manager.filter(company__in=keys)
        # Without the key: who writes a row that points to one of these (a decree's paper, say) must be able to end.
        pks = rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
        held.append((rows, set(pks)))
    found = {row.pk: row for row in Company.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    # What came in between is not locked, and would be locked after its company: the wrong way round.
    if any(rows.exclude(pk__in=pks).exists() for rows, pks in held):
        raise Refused(_("Something was begun for one of the two companies this very moment. Please press again."))
    for pk in keys:
        if pk not in found:
            done = CompanyMerge.objects.filter(gone_pk=pk).select_related("kept").first()
            if done is None:
                raise Refused(_("One of the two companies no longer exists."))
            raise Refused(
                _("%(gone)s has been merged into %(kept)s meanwhile.") % {"gone": done.gone_name, "kept": done.kept}
            )
    return found[kept_pk], found[gone_pk]


def _short_reason(gone: Company) -> str:
    return (_("Merged with %s") % f"{gone.name} ({gone.identity})")[:100]


def _merge(merge: Merge, choices: dict[str, str], reason: str) -> CompanyMerge:
    if missing := without_mover():
        # Deleting would take these rows along: rather nothing at all.
        raise RuntimeError(f"No mover for {missing}: see companies.merging.register")
    kept, gone = merge.kept, merge.gone
    before = everything(kept), everything(gone)
    people = list(gone.memberships.filter(state=Membership.State.ACTIVE).values_list("user_id", flat=True))
    taken = _choose(kept, gone, choices)
    for move in _movers.values():
        move(merge)
    for label, name in keys_to(Company):
        if apps.get_model(label)._default_manager.filter(**{name: gone}).exists():
            raise RuntimeError(f"The mover of {label}.{name} left rows behind")
    gone_pk, gone_name, gone_nib = gone.pk, gone.name, gone.nib or ""
    merge.sign(gone)
    gone.delete()
    for code in taken:
        for name in BY_CODE[code].fields:
            setattr(kept, name, getattr(gone, name))
    merge.sign(kept)
    try:
        kept.clean_fields()
        kept.save()
    except ValidationError as error:
        raise Refused(
            _("The merged profile would not be right: %s")
            % "; ".join(f"{capfirst(str(Company._meta.get_field(n).verbose_name))}: {' '.join(e)}" for n, e in error)
        ) from error
    record = CompanyMerge.objects.create(
        kept=kept,
        kept_name=kept.name,
        gone_pk=gone_pk,
        gone_name=gone_name,
        gone_nib=gone_nib,
        kept_data=before[0],
        gone_data=before[1],
        taken=taken,
        moved=merge.moved,
        notes=merge.notes,
        reason=reason,
        by=merge.user,
    )
    if people:
        after_commit(mails.tell_of_merge, gone_name, kept.pk, people)
    return record


def _choose(kept: Company, gone: Company, choices: dict[str, str]) -> list[str]:
    """Codes of the parts that come from the company that goes."""
    lines = compare(kept, gone)
    open_ones = [line for line in lines if line.must_choose and choices.get(line.part.code) not in ("kept", "gone")]
    if open_ones:
        names = ", ".join(str(line.part.label) for line in open_ones)
        raise Refused(_("Please choose for each part which of the two stays. Still open: %s.") % names)
    return [
        line.part.code
        for line in lines
        if line.comes_from_gone or (line.must_choose and choices[line.part.code] == "gone")
    ]


def belongings(company: Company) -> list[tuple[str, int]]:
    """What hangs on the company, as names of the models and how many rows; those without rows are left out."""
    found: dict[str, int] = {}
    for label, name in keys_to(Company):
        model = apps.get_model(label)
        if number := model._default_manager.filter(**{name: company}).order_by().count():
            title = capfirst(str(model._meta.verbose_name_plural))
            found[title] = found.get(title, 0) + number
    return sorted(found.items())
