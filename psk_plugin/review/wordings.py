"""Usual wordings at the desk: chosen for a finding, kept from one."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ..submissions.errors import Forbidden, Impossible
from ..submissions.models import Finding
from .models import MAX_WORDS, Wording

ADD = "psk_plugin.add_wording"
#: Fields of a finding that a wording fills in.
FILLS = ("problem", "request", "legal_basis")
#: Offered in the form; an office that has more finds the others in the list.
MOST_OFFERED = 200


def choices_for(user) -> list[tuple[str, Any]]:
    """Wordings to choose from, most used first: the person's own apart from the office's."""
    own, shared = [], []
    for wording in Wording.objects.offered(user).only("pk", "title", "is_shared")[:MOST_OFFERED]:
        (shared if wording.is_shared else own).append((str(wording.pk), wording.title))
    groups = [(_("My own"), own), (_("Of the office"), shared)]
    return [("", _("none"))] + [(label, rows) for label, rows in groups if rows]


def chosen(user, value: str) -> Wording | None:
    """The wording that the form names, if the person can use it."""
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        return None
    return Wording.objects.offered(user).filter(pk=int(value)).first()


def filled(typed: Mapping[str, Any], wording: Wording) -> dict[str, Any]:
    """What was typed, with the wording's words: in empty fields, or below what stands there already."""
    values = {name: typed.get(name, "") for name in typed}
    for name in FILLS:
        there, words = str(typed.get(name, "")).strip(), getattr(wording, name)
        if not there:
            values[name] = words
        elif name != "legal_basis" and words not in there:
            values[name] = f"{there}\n\n{words}"[:MAX_WORDS]
    return values


def count(wording: Wording) -> None:
    """A finding was saved with it."""
    Wording.objects.filter(pk=wording.pk).update(used=F("used") + 1)


def keep(finding: Finding, user, title: str, *, is_shared: bool) -> Wording:
    """Save a finding's words for the next time. Raises `Forbidden`, or `Impossible` with what is wrong."""
    if not user.has_perm(ADD):
        raise Forbidden(_("Your account may not keep wordings."))
    title = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    if not title:
        raise Impossible(_("Please write a short name for the wording."))
    wording = Wording(
        title=title[:120],
        owner=user,
        is_shared=is_shared,
        norm_id=finding.norm_id,
        **{name: getattr(finding, name) for name in FILLS},
    )
    try:
        wording.full_clean()
        with transaction.atomic():
            wording.save()
    except ValidationError as problem:
        raise Impossible(" ".join(problem.messages)) from problem
    except IntegrityError as twice:  # two people at once, or one who pressed twice
        raise Impossible(_("There is a wording of this name already. Please choose another name.")) from twice
    return wording
