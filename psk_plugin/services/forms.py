"""The form in which an editor builds a service: its rows, each right in itself. `judging` looks at them together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.contrib.auth.models import Group
from django.db import models
from django.utils.functional import cached_property
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from ..records.intake import KINDS
from .differences import differences
from .models import Asked, Condition, ServiceEdition, Stage

MAX_CODE = 40


def held_by_others(rows: Iterable[models.Model], model: type[models.Model]) -> set[int]:
    """Ids of those `rows` of `model` that other tables hold on to and protect from deletion.

    Asked of the database by its own relations, so that this room need not know the rooms above it.
    """
    ids = [row.pk for row in rows if row.pk]
    held: set[int] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and getattr(relation, "on_delete", None) is models.PROTECT:
            name = relation.field.attname
            found = relation.related_model._base_manager.filter(**{f"{name}__in": ids})
            held.update(found.values_list(name, flat=True).distinct())
    return held


@dataclass
class Used:
    """What applications, drafts included, hold on to: ids of stages, and codes that are names of kept data."""

    stages: set[int]
    codes: dict[str, set[str]]
    any: bool


def used_by_applications(service) -> Used:
    """Stages that applications stand at, have passed, or will pass because they were filed with them; codes of the
    questions and documents under which answers and files are kept.
    """
    used = Used(set(), {"documents": set(), "fields": set(), "stages": set()}, any=False)
    if not service.pk:
        return used
    used.stages = held_by_others(Stage.objects.filter(service=service), Stage)
    editions = list(ServiceEdition.objects.filter(service=service))
    held = held_by_others(editions, ServiceEdition)
    for edition in editions:
        if edition.pk in held:
            used.any = True
            used.stages.update(station["id"] for station in edition.definition["stages"])
            for relation, codes in used.codes.items():
                codes.update(row["code"] for row in edition.definition[relation])
    return used


class RowForm(WagtailAdminModelForm):
    """A row whose code may be left to us: it is made from the title."""

    #: Field of the row from which its code is made.
    named_by = "title"

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].required = False
            self.fields["code"].widget.attrs["data-psk-code-of"] = self.named_by
            self.is_code_made = False

    def clean(self) -> dict:
        cleaned = super().clean()
        if "code" in self.fields and not cleaned.get("code") and "code" not in self.errors:
            cleaned["code"] = slugify(cleaned.get(self.named_by) or "")[:MAX_CODE].strip("-") or "baris"
            self.is_code_made = True
        return cleaned

    def _drop_condition(self, cleaned: dict, name: str, only: str) -> dict:
        """A condition that the choice in `name` does not use is not kept."""
        if cleaned.get(name) != only:
            cleaned["condition_field"] = cleaned["condition_value"] = ""
        return cleaned


class DocumentForm(RowForm):
    """A required document; its kinds of file are ticked, not written."""

    allowed_types = forms.MultipleChoiceField(
        choices=[(code, name) for code, (_type, name) in KINDS.items()], widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self._meta.model._meta.get_field("allowed_types")
        self.fields["allowed_types"].label = field.verbose_name
        self.fields["allowed_types"].help_text = _("What companies can send, e.g. PDF for letters, DOCX for texts.")
        self.fields["allowed_types"].error_messages["required"] = _("Please tick at least one kind of file.")

    def clean(self) -> dict:
        return self._drop_condition(super().clean(), "condition", Condition.IF_ANSWER)


class QuestionForm(RowForm):
    """A question of the form."""

    named_by = "label"

    def clean(self) -> dict:
        return self._drop_condition(super().clean(), "asked", Asked.IF_ANSWER)


class StageForm(RowForm):
    """A stage; the choice of its groups is read once for all stages and handed in."""

    def __init__(self, *args, group_choices: list[tuple[int, str]] | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if group_choices is not None:
            self.fields["groups"].choices = group_choices


class Rows(BaseChildFormSet):
    """Child rows of a service. A row that somebody else deleted meanwhile is kept as a new one, not an error page."""

    def _construct_form(self, i: int, **kwargs):
        if self.is_bound and i < self.initial_form_count():
            key = f"{self.add_prefix(i)}-{self.model._meta.pk.name}"
            if self.data.get(key, "") not in self._known_keys:
                self.data = self.data.copy()
                self.data[key] = ""
        return super()._construct_form(i, **kwargs)

    @cached_property
    def _known_keys(self) -> set[str]:
        return {str(row.pk) for row in self.get_queryset()}

    @cached_property
    def kept_forms(self) -> list[forms.ModelForm]:
        """Forms of the rows that stay, in the order in which they stand.

        To be read before errors are added to a row: Django knows neither order nor deletions of a set with errors.
        """
        return [form for form in self.ordered_forms if form not in self.deleted_forms]

    def validate_unique(self) -> None:
        """Codes made by us step aside for each other; one sentence at the second row with the same code or moment, in
        place of Django's about "service and code".
        """
        rows = [form for form in self.forms if hasattr(form, "cleaned_data") and form not in self.deleted_forms]
        made = [form for form in rows if getattr(form, "is_code_made", False)]
        seen: set[str] = set()
        for form in [*(form for form in rows if form not in made), *made]:
            if moment := form.cleaned_data.get("moment"):
                if moment in seen:
                    form.add_error("moment", _("There is a text for this moment already. Only one can be."))
                seen.add(moment)
            code = form.cleaned_data.get("code")
            if not code:
                continue
            if form in made:
                code = form.instance.code = form.cleaned_data["code"] = free_code(code, seen)
            elif code in seen:
                form.add_error("code", _("The code “%s” is used twice. Please choose another.") % code)
            seen.add(code)


def free_code(code: str, taken: set[str]) -> str:
    """`code`, or with a number behind it, as none of `taken`."""
    number, free = 1, code
    while free in taken:
        number += 1
        tail = f"-{number}"
        free = code[: MAX_CODE - len(tail)] + tail
    return free


class ServiceForm(WagtailAdminModelForm):
    """A service with its rows. `is_valid` judges them together once each of them is right in itself."""

    #: Newest row of the service's history when the page was opened: whoever saved since then is noticed.
    seen_history = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # One query for the groups of all stages; a choice field of its own would ask once per stage.
        choices = [(group.pk, group.name) for group in Group.objects.order_by("name")]
        self.formsets["stages"].form_kwargs["group_choices"] = choices
        self.fields["code"].required = False
        self.fields["code"].widget.attrs["data-psk-code-of"] = "title"
        self.used = used_by_applications(self.instance)
        self._lock_codes()

    def _lock_codes(self) -> None:
        """Codes under which answers, files and addresses are kept cannot be written over."""
        self.locked = [self] if self.used.any else []
        for relation, codes in self.used.codes.items():
            self.locked += [form for form in self.formsets[relation].forms if form.instance.code in codes]
        self._codes = {id(form): form.instance.code for form in self.locked}
        for form in self.locked:
            form.fields["code"].widget.attrs["readonly"] = True

    def clean_code(self) -> str:
        code = self.cleaned_data.get("code")
        if code:
            return code
        taken = set(type(self.instance).objects.exclude(pk=self.instance.pk).values_list("code", flat=True))
        made = slugify(self.cleaned_data.get("title") or self.data.get("title", ""))[:MAX_CODE].strip("-")
        return free_code(made or "layanan", taken)

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if not hasattr(self, "_rows_checked"):
            from .judging import judge

            self._rows_checked = True
            for formset in self.formsets.values():
                formset.kept_forms  # noqa: B018 - kept before errors are added
            for form in self.locked:
                if form.cleaned_data.get("code") != self._codes[id(form)]:
                    sentence = _("Applications use the code “%s”, so it stays. Please write it back.")
                    form.add_error("code", sentence % self._codes[id(form)])
            for problem in judge(self):
                self.add_error(None, problem)
        return not self.errors and not any(any(formset.errors) for formset in self.formsets.values())

    def changes(self, before: dict, after: dict) -> list[str]:
        """What this saving changes, in sentences for the history: differences of the two definitions, and by name
        what no definition holds.
        """
        found = differences(before, after)
        outside = [name for name in self.changed_data if name not in before and not name.endswith("_days")]
        found += [capfirst(str(self.fields[name].label)) for name in outside if name != "seen_history"]
        for row in self.formsets["stages"].forms:
            if row.instance.pk and "groups" in row.changed_data:
                found.append(f"{row_name(row)}: {row.fields['groups'].label}")
        if self.formsets["legal_sources"].has_changed():
            found.append(capfirst(str(self.formsets["legal_sources"].model._meta.verbose_name)))
        return found

    def problems(self) -> "Iterator[Problem]":
        """Everything wrong, after `is_valid`."""
        for name, errors in self.errors.items():
            label = "" if name == "__all__" else capfirst(str(self.fields[name].label))
            for error in errors:
                yield Problem("" if name == "__all__" else name, label, str(error), _id_of(self, name))
        for relation, formset in self.formsets.items():
            for form in formset.forms:
                if formset._should_delete_form(form):
                    continue
                for name, errors in form.errors.items():
                    label = "" if name == "__all__" else capfirst(str(form.fields[name].label))
                    row = ", ".join(part for part in (row_name(form), label) if part)
                    for error in errors:
                        yield Problem(relation, row, str(error), _id_of(form, name))


@dataclass(frozen=True)
class Problem:
    """One thing wrong. `part`: the field or the rows, which tell the tab; `where`: the row and question as the editor
    named them; `anchor`: id of the input, empty where it concerns no single one.
    """

    part: str
    where: str
    sentence: str
    anchor: str


def _id_of(form: forms.BaseForm, name: str) -> str:
    if name not in form.fields:
        return ""
    bound = form[name]
    return bound.id_for_label or bound.auto_id


def row_name(form: forms.ModelForm) -> str:
    """A row as the editor knows it: kind of row and its title, as typed."""
    name = next((name for name in ("title", "label", "moment", "text") if name in form.fields), "")
    kind = capfirst(str(form.instance._meta.verbose_name))
    if not name:
        return kind
    typed = form[name].value() or ""
    typed = dict(getattr(form.fields[name], "choices", ())).get(typed, typed)
    return f"{kind} “{str(typed)[:60]}”" if typed else kind
