"""The form in which an editor builds a service: what a row alone cannot know is checked here, across rows."""

from collections.abc import Iterable

from django import forms
from django.contrib.auth.models import Group
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from ..records.intake import KINDS
from .models import FieldKind, FieldRole, ServiceEdition, Stage, StageKind
from .placeholders import used_placeholders

#: Role -> kinds of answer that can play it. Roles not named here take short text.
KINDS_OF_ROLE = {FieldRole.PERIOD: (FieldKind.PERIOD,), FieldRole.LETTER_DATE: (FieldKind.DATE,)}
#: Without these no decree can be written.
NEEDED_ROLES = (FieldRole.TITLE, FieldRole.PERIOD)
#: Placeholder of the decree's text -> role that fills it.
ROLE_OF_PLACEHOLDER = {"letter_number": FieldRole.LETTER_NUMBER, "letter_date": FieldRole.LETTER_DATE}


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


def stages_in_use(service) -> set[int]:
    """Stages that applications stand at, have passed, or will pass because they were filed with them."""
    if not service.pk:
        return set()
    used = held_by_others(Stage.objects.filter(service=service), Stage)
    editions = list(ServiceEdition.objects.filter(service=service))
    held = held_by_others(editions, ServiceEdition)
    for edition in editions:
        if edition.pk in held:
            used.update(station["id"] for station in edition.definition["stages"])
    return used


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
        """One sentence at the second row with the same code, in place of Django's about "service and code"."""
        seen: set[str] = set()
        for form in self.forms:
            code = getattr(form, "cleaned_data", {}).get("code")
            if not code or form in self.deleted_forms:
                continue
            if code in seen:
                form.add_error("code", _("The code “%s” is used twice. Please choose another.") % code)
            seen.add(code)


class DocumentForm(WagtailAdminModelForm):
    """A required document; its kinds of file are ticked, not written."""

    allowed_types = forms.MultipleChoiceField(
        choices=[(code, name) for code, (_type, name) in KINDS.items()], widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self._meta.model._meta.get_field("allowed_types")
        self.fields["allowed_types"].label = field.verbose_name
        self.fields["allowed_types"].error_messages["required"] = _("Please tick at least one kind of file.")


class StageForm(WagtailAdminModelForm):
    """A stage; the choice of its groups is read once for all stages and handed in."""

    def __init__(self, *args, group_choices: list[tuple[int, str]] | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if group_choices is not None:
            self.fields["groups"].choices = group_choices


class ServiceForm(WagtailAdminModelForm):
    """A service with its rows. `is_valid` judges them together once each of them is right in itself."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # One query for the groups of all stages; a choice field of its own would ask once per stage.
        choices = [(group.pk, group.name) for group in Group.objects.order_by("name")]
        self.formsets["stages"].form_kwargs["group_choices"] = choices

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if not hasattr(self, "_rows_checked"):
            self._rows_checked = True
            for formset in self.formsets.values():
                formset.kept_forms  # noqa: B018 - kept before errors are added
            for problem in [*self._stage_problems(), *self._field_problems(), *self._document_problems()]:
                self.add_error(None, problem)
        return not self.errors and not any(any(formset.errors) for formset in self.formsets.values())

    def changed_parts(self) -> list[str]:
        """Names of the tabs' contents that differ from before, for the history."""
        parts = [str(self.fields[name].label) for name in self.changed_data]
        for formset in self.formsets.values():
            if formset.has_changed():
                parts.append(str(formset.model._meta.verbose_name_plural))
        return parts

    def _stage_problems(self) -> list[str]:
        active = [form for form in self.formsets["stages"].kept_forms if form.cleaned_data.get("is_active")]
        # Taken before errors are added: a form forgets the value it has an error for.
        order = [form.cleaned_data["kind"] for form in active]
        problems = self._problems_of_used_stages()
        if not active:
            return [*problems, _("Please add at least one stage that is in use.")]
        for form in active:
            if not form.cleaned_data.get("groups"):
                form.add_error("groups", _("Please tick at least one group, or nobody can work at this stage."))
        if order[0] != StageKind.REGISTRATION or order.count(StageKind.REGISTRATION) != 1:
            problems.append(
                _("The first stage in use must be the one registration. Please move it to the top and keep only one.")
            )
        if order[-1] != StageKind.SIGNATURE or order.count(StageKind.SIGNATURE) != 1:
            problems.append(
                _("The last stage in use must be the one signature. Please move it to the bottom and keep only one.")
            )
        return problems

    def _problems_of_used_stages(self) -> list[str]:
        formset = self.formsets["stages"]
        problems = []
        used = stages_in_use(self.instance)
        kinds = dict(Stage.objects.filter(pk__in=used).values_list("pk", "kind"))
        for form in formset.forms:
            stage = form.instance
            if stage.pk not in used:
                continue
            if form not in formset.kept_forms:
                problems.append(
                    _(
                        "The stage “%s” cannot be deleted: applications stand at it, have passed it or will pass it. "
                        "Take away the tick at “In use” instead; new applications then skip it."
                    )
                    % stage.title
                )
            elif form.cleaned_data.get("kind") != kinds[stage.pk]:
                form.add_error(
                    "kind",
                    _("Applications use this stage, so its kind stays. Switch it off and add a new stage instead."),
                )
        return problems

    def _field_problems(self) -> list[str]:
        kept = self.formsets["fields"].kept_forms
        by_role: dict[str, list[forms.ModelForm]] = {}
        for form in kept:
            if role := form.cleaned_data.get("role"):
                by_role.setdefault(role, []).append(form)
        for role, playing in by_role.items():
            label = FieldRole(role).label
            kinds = KINDS_OF_ROLE.get(FieldRole(role), (FieldKind.TEXT,))
            for form in playing:
                if form.cleaned_data["kind"] not in kinds:
                    wanted = ", ".join(str(FieldKind(kind).label) for kind in kinds)
                    form.add_error(
                        "kind", _("Used as “%(role)s”, the answer must be: %(kind)s.") % {"role": label, "kind": wanted}
                    )
            for form in playing[1:]:
                form.add_error("role", _("“%s” is already played by another question. Only one can.") % label)
        needed = {role: _("the decree") for role in NEEDED_ROLES}
        for placeholder in self._placeholders():
            if role := ROLE_OF_PLACEHOLDER.get(placeholder):
                needed[role] = f"{{{placeholder}}}"
        problems = []
        for role, reason in needed.items():
            playing = by_role.get(role, [])
            if not playing:
                problems.append(
                    _("No question is used as “%(role)s”, which is needed for %(reason)s. Choose it at one question.")
                    % {"role": FieldRole(role).label, "reason": reason}
                )
            elif not playing[0].cleaned_data.get("required"):
                playing[0].add_error("required", _("This answer is needed for %s, so it must be required.") % reason)
        return problems

    def _placeholders(self) -> set[str]:
        texts = [form.cleaned_data.get("text", "") for form in self.formsets["clauses"].kept_forms]
        return set().union(*(used_placeholders(text) for text in [*texts, self.cleaned_data["decree_title"]]))

    def _document_problems(self) -> list[str]:
        texts = [f for f in self.formsets["documents"].kept_forms if f.cleaned_data.get("is_regulation_text")]
        for form in texts[1:]:
            form.add_error("is_regulation_text", _("Another document is the text already. Only one can be."))
        return []
