"""What a row alone cannot know: the rows of a service looked at together, each problem said with what to do.

Problems that concern one row are added to its form; the others are returned. Warnings (`doubts`) keep nothing from
being saved.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from ..laws.models import LegalSource
from .models import (
    REGULATION_KINDS,
    Asked,
    ClauseSection,
    Condition,
    FieldKind,
    FieldRole,
    Kind,
    Service,
    Stage,
    StageKind,
)
from .placeholders import answer_code, used_placeholders

if TYPE_CHECKING:
    from .forms import ServiceForm

#: Role -> kinds of answer that can play it. Roles not named here take short text.
KINDS_OF_ROLE = {
    FieldRole.PERIOD: (FieldKind.PERIOD,),
    FieldRole.LETTER_DATE: (FieldKind.DATE,),
    FieldRole.SEQUENCE: (FieldKind.NUMBER,),
    FieldRole.AMENDED: (FieldKind.LONG_TEXT, FieldKind.TEXT),
    FieldRole.PREVIOUS_DATE: (FieldKind.DATE,),
    FieldRole.PREVIOUS_PERIOD: (FieldKind.PERIOD,),
    FieldRole.NEGOTIATING: (FieldKind.YES_NO,),
    FieldRole.TALKS_START: (FieldKind.DATE,),
    FieldRole.UNION_DATE: (FieldKind.DATE,),
    FieldRole.UNION_MEMBERS: (FieldKind.NUMBER,),
    FieldRole.WORKERS: (FieldKind.NUMBER,),
    FieldRole.UNION_EMAIL: (FieldKind.EMAIL,),
}
#: Without these no decree about a PP or PKB can be written.
NEEDED_ROLES = (FieldRole.TITLE, FieldRole.PERIOD)
#: Placeholder -> role that fills it.
ROLE_OF_PLACEHOLDER = {
    "letter_number": FieldRole.LETTER_NUMBER,
    "letter_date": FieldRole.LETTER_DATE,
    "valid_from": FieldRole.PERIOD,
    "valid_until": FieldRole.PERIOD,
    "responsible": FieldRole.RESPONSIBLE,
    "responsible_position": FieldRole.RESPONSIBLE_POSITION,
    "sequence": FieldRole.SEQUENCE,
    "amended": FieldRole.AMENDED,
    "union": FieldRole.UNION,
    "union_number": FieldRole.UNION_NUMBER,
    "union_date": FieldRole.UNION_DATE,
}
#: Kinds of question on whose answer something else may depend.
DECIDING_KINDS = (FieldKind.YES_NO, FieldKind.CHOICE, FieldKind.SEVERAL)
YES_OR_NO = ("ya", "tidak")


def judge(form: "ServiceForm") -> list[str]:
    """Problems of the whole; those of single rows are added to the rows' forms."""
    return [*_stage_problems(form), *_role_problems(form), *_answer_problems(form), *_document_problems(form)]


def doubts(service: Service, sources: Iterable[LegalSource] | None = None) -> list[str]:
    """What looks wrong but may be meant: told after saving, not refused. `sources`: its sources of law, if at hand."""
    today = timezone.localdate()
    found = []
    if sources is None:
        sources = LegalSource.objects.filter(services__service=service).distinct()
    if gone := [str(source) for source in sources if not source.stands_on(today)]:
        found.append(
            _("No longer in force: %s. Please look for the newer source of law (tab Legal basis and standard).")
            % ", ".join(gone)
        )
    if service.kind == Kind.PKB and not service.needs_union_confirmation:
        found.append(_("This PKB service does not ask the union to confirm (tab Applicants and opening)."))
    if service.closes_on and service.closes_on < today:
        found.append(_("The last day for applications has passed, so nobody can apply (tab Applicants and opening)."))
    if not service.target_days:
        found.append(_("No time limit is set, so companies are not told how long it takes (tab Time limits)."))
    if service.kind == Kind.OTHER and not service.number_code:
        found.append(
            _("The numbers carry “%s”. A code of its own is clearer (tab Decree or letter).") % service.kind_code
        )
    return found


def _stage_problems(form: "ServiceForm") -> list[str]:
    active = [row for row in form.formsets["stages"].kept_forms if row.cleaned_data.get("is_active")]
    # Taken before errors are added: a form forgets the value it has an error for.
    order = [row.cleaned_data["kind"] for row in active]
    problems = _problems_of_used_stages(form)
    if not active:
        return [*problems, _("Tab Stages: please add at least one stage that is in use.")]
    for row in active:
        if not row.cleaned_data.get("groups"):
            row.add_error("groups", _("Please tick at least one group, or nobody can work at this stage."))
    if order[0] != StageKind.REGISTRATION or order.count(StageKind.REGISTRATION) != 1:
        problems.append(
            _(
                "Tab Stages: the first stage in use must be the one registration. Please move it to the top and keep "
                "only one."
            )
        )
    if order[-1] != StageKind.SIGNATURE or order.count(StageKind.SIGNATURE) != 1:
        problems.append(
            _(
                "Tab Stages: the last stage in use must be the one signature. Please move it to the bottom and keep "
                "only one."
            )
        )
    return problems


def _problems_of_used_stages(form: "ServiceForm") -> list[str]:
    formset, used = form.formsets["stages"], form.used.stages
    problems = []
    kinds = dict(Stage.objects.filter(pk__in=used).values_list("pk", "kind"))
    for row in formset.forms:
        stage = row.instance
        if stage.pk not in used:
            continue
        if row not in formset.kept_forms:
            problems.append(
                _(
                    "The stage “%s” cannot be deleted: applications stand at it, have passed it or will pass it. "
                    "Take away the tick at “In use” instead; new applications then skip it."
                )
                % stage.title
            )
        elif row.cleaned_data.get("kind") != kinds[stage.pk]:
            row.add_error(
                "kind",
                _("Applications use this stage, so its kind stays. Switch it off and add a new stage instead."),
            )
    return problems


def _role_problems(form: "ServiceForm") -> list[str]:
    """Roles: each played once, by the right kind of answer, and those that are needed by one that always comes."""
    by_role: dict[str, list[forms.ModelForm]] = {}
    for row in form.formsets["fields"].kept_forms:
        if role := row.cleaned_data.get("role"):
            by_role.setdefault(role, []).append(row)
    for role, playing in by_role.items():
        label = FieldRole(role).label
        kinds = KINDS_OF_ROLE.get(FieldRole(role), (FieldKind.TEXT,))
        for row in playing:
            if row.cleaned_data["kind"] not in kinds:
                wanted = ", ".join(str(FieldKind(kind).label) for kind in kinds)
                row.add_error(
                    "kind", _("Used as “%(role)s”, the answer must be: %(kind)s.") % {"role": label, "kind": wanted}
                )
        for row in playing[1:]:
            row.add_error("role", _("“%s” is already played by another question. Only one can.") % label)
    needed: dict[str, str] = {}
    if form.cleaned_data["kind"] in REGULATION_KINDS:
        needed = {role: _("the decree") for role in NEEDED_ROLES}
    if form.cleaned_data.get("needs_union_confirmation"):
        needed |= {role: _("the union's confirmation") for role in (FieldRole.UNION, FieldRole.UNION_EMAIL)}
    for placeholder in sorted(set().union(*(words for _row, _name, words in _texts(form)))):
        if role := ROLE_OF_PLACEHOLDER.get(placeholder):
            needed.setdefault(role, f"{{{placeholder}}}")
    problems = []
    for role, reason in needed.items():
        if not by_role.get(role):
            problems.append(
                _(
                    "Tab Questions: no question is used as “%(role)s”, which is needed for %(reason)s. Choose it at "
                    "one question."
                )
                % {"role": FieldRole(role).label, "reason": reason}
            )
        else:
            _must_always_come(by_role[role][0], reason)
    return problems


def _answer_problems(form: "ServiceForm") -> list[str]:
    """`{jawaban.<code>}`: the question exists and its answer always comes. Conditions: what they name makes sense."""
    questions = [row for row in form.formsets["fields"].kept_forms if row.cleaned_data.get("code")]
    by_code = {row.cleaned_data["code"]: row for row in questions}
    problems = []
    for text_row, name, words in _texts(form):
        for word in sorted(words):
            if not (code := answer_code(word)):
                continue
            if code in by_code and by_code[code].cleaned_data.get("kind") == FieldKind.FILE:
                text_row.add_error(name, _("{%s} is a file, which no text can say. Please take it out.") % word)
                continue
            if code in by_code:
                _must_always_come(by_code[code], f"{{{word}}}")
                continue
            sentence = _("No question has the code “%s”. Please choose a word from the list.") % code
            text_row.add_error(name, sentence)
    for position, row in enumerate(questions):
        if row.cleaned_data.get("asked") == Asked.IF_ANSWER:
            _judge_condition(row, questions[:position], by_code)
    documents = {row.cleaned_data.get("code") for row in form.formsets["documents"].kept_forms}
    for row in questions:
        if row.cleaned_data.get("kind") == FieldKind.FILE and row.cleaned_data["code"] in documents:
            row.add_error("code", _("A document has this code already. Please choose another."))
    for row in form.formsets["documents"].kept_forms:
        if row.cleaned_data.get("condition") == Condition.IF_ANSWER:
            _judge_condition(row, questions, by_code)
    return problems


def _judge_condition(row: forms.ModelForm, earlier: list[forms.ModelForm], all_of_them: dict) -> None:
    """The question exists, comes earlier, has answers to choose from, and the answer named is one of them."""
    code, value = row.cleaned_data.get("condition_field"), row.cleaned_data.get("condition_value", "").strip()
    if "condition_field" in row.errors or "condition_value" in row.errors:
        return
    if not code:
        row.add_error("condition_field", _("Please choose the question that decides."))
        return
    deciding = next((other for other in earlier if other.cleaned_data["code"] == code), None)
    if deciding is None:
        row.add_error(
            "condition_field",
            _("The question “%s” must come before this one. Please move it up or choose another.") % code
            if code in all_of_them
            else _("There is no question with the code “%s”. Please choose another.") % code,
        )
        return
    if deciding.cleaned_data.get("kind") not in DECIDING_KINDS:
        row.add_error("condition_field", _("Only a yes-or-no question or one with choices can decide. Choose another."))
        return
    answers = YES_OR_NO if deciding.cleaned_data["kind"] == FieldKind.YES_NO else deciding.instance.choice_list
    meant = next((answer for answer in answers if answer.casefold() == value.casefold()), None)
    if meant is None:
        row.add_error(
            "condition_value",
            _("This is not an answer to that question. Please write one of: %s.") % "; ".join(answers),
        )
    else:
        row.instance.condition_value = row.cleaned_data["condition_value"] = meant


def _must_always_come(row: forms.ModelForm, reason: str) -> None:
    if "required" not in row.errors and not row.cleaned_data.get("required"):
        row.add_error("required", _("This answer is needed for %s, so it must be required.") % reason)
    if "asked" not in row.errors and row.cleaned_data.get("asked") not in (None, "", Asked.ALWAYS):
        row.add_error("asked", _("This answer is needed for %s, so it must always be asked.") % reason)


def _texts(form: "ServiceForm") -> Iterable[tuple[forms.ModelForm, str, set[str]]]:
    """Every text that may use words in braces: its form, its field, the words it uses."""
    for name in ("decree_heading", "decree_title"):
        yield form, name, used_placeholders(form.cleaned_data.get(name) or "")
    for row in form.formsets["clauses"].kept_forms:
        yield row, "text", used_placeholders(row.cleaned_data.get("text") or "")
    for row in form.formsets["mails"].kept_forms:
        for name in ("subject", "text"):
            yield row, name, used_placeholders(row.cleaned_data.get(name) or "")


def _document_problems(form: "ServiceForm") -> list[str]:
    problems = []
    texts = [row for row in form.formsets["documents"].kept_forms if row.cleaned_data.get("is_regulation_text")]
    for row in texts[1:]:
        row.add_error("is_regulation_text", _("Another document is the text already. Only one can be."))
    sections = [row.cleaned_data.get("section") for row in form.formsets["clauses"].kept_forms]
    if ClauseSection.DECIDING not in sections:
        problems.append(_("Tab Decree or letter: please add at least one paragraph “Menetapkan”."))
    return problems
