"""Two editors of one service at once: what only the colleague changed is taken over, what both changed is shown."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst

from .differences import is_same, words_of
from .models import Service


@dataclass(frozen=True)
class Change:
    """One field that the colleague changed, in words; `anchor` is its place on the page."""

    label: str
    anchor: str
    before: str
    theirs: str
    mine: str


@dataclass
class Meanwhile:
    """Of the service's own fields. Rows of documents, questions and stages are not joined."""

    taken: list[Change] = field(default_factory=list)
    collided: list[Change] = field(default_factory=list)


def join(form, opened: Service | None, saved: Service) -> Meanwhile:
    """Put into the form, whose data can be written to, what the colleague changed and this editor did not.

    `opened` is the service as the editor's page began, `None` where that is not known: then nothing is joined.
    """
    found = Meanwhile()
    for name in form.fields if opened else ():
        try:
            column = Service._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if column.is_relation or name not in form.cleaned_data:
            continue
        before, theirs, mine = getattr(opened, name), getattr(saved, name), form.cleaned_data[name]
        if is_same(theirs, before) or is_same(theirs, mine):
            continue
        words = (words_of(column, value) for value in (before, theirs, mine))
        change = Change(capfirst(str(column.verbose_name)), form[name].id_for_label, *words)
        if is_same(mine, before) and _put(form, name, theirs):
            found.taken.append(change)
        else:
            found.collided.append(change)
    return found


def _put(form, name: str, value) -> bool:
    """Write a value into what was posted; whether the widget is one for which we know how."""
    widget, key = form.fields[name].widget, form.add_prefix(name)
    if isinstance(widget, forms.MultiWidget):
        return False
    if isinstance(widget, forms.CheckboxInput):
        form.data.setlist(key, ["on"] if value else [])
        if not value:
            del form.data[key]
        return True
    shown = widget.format_value(form.fields[name].prepare_value(value))
    form.data.setlist(key, [str(each) for each in (shown if isinstance(shown, list) else [shown or ""])])
    return True
