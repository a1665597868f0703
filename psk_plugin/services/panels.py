"""The tabs on which an editor builds a service."""

from itertools import pairwise

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from .differences import differences
from .forms import DocumentForm, QuestionForm, RowForm, Rows, ServiceForm, StageForm
from .models import FieldKind, ServiceEdition
from .placeholders import ANSWER, PLACEHOLDERS

#: Editions and steps of the history that the page shows.
SHOWN = 20


class RowsPanel(InlinePanel):
    """An inline panel whose rows and form are ours; saved rows stand folded under a heading that says what they are."""

    def __init__(self, *args, form: type | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.form = form

    def clone_kwargs(self) -> dict:
        return super().clone_kwargs() | {"form": self.form}

    def get_form_options(self) -> dict:
        options = super().get_form_options()
        rows = options["formsets"][self.relation_name]
        rows["formset"] = Rows
        if self.form is not None:
            rows["form"] = self.form
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "psk_plugin/services/rows.html"


class PlaceholderPanel(HelpPanel):
    """The words in braces that a text may use, each with what it becomes; the answers to the form's questions too."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("template", "psk_plugin/services/placeholder_panel.html")
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None) -> dict:
            questions = self.instance.fields.all() if self.instance.pk else []
            return super().get_context_data(parent_context) | {
                "placeholders": [(f"{{{name}}}", meaning) for name, meaning in PLACEHOLDERS.items()],
                "answers": [(f"{{{ANSWER}{row.code}}}", row.label) for row in questions if row.kind != FieldKind.FILE],
            }


class EditionPanel(HelpPanel):
    """Which edition of the service how many applications run on, what changed between them, and who saved what."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("template", "psk_plugin/services/edition_panel.html")
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context=None) -> dict:
            filed = Q(submissions__filed_at__isnull=False)
            editions = list(
                ServiceEdition.objects.filter(service=self.instance)
                .annotate(
                    running=Count("submissions", filter=filed & Q(submissions__closed_at__isnull=True)),
                    closed=Count("submissions", filter=filed & Q(submissions__closed_at__isnull=False)),
                )
                .order_by("-number")[: SHOWN + 1]
            )
            for edition, before in pairwise(editions):
                edition.changes = differences(before.definition, edition.definition)
            history = self.instance.history.select_related("history_user").order_by("-history_id")
            return super().get_context_data(parent_context) | {
                "editions": editions[:SHOWN],
                "history": history[:SHOWN],
            }


class PublishingPanel(HelpPanel):
    """Whether the public sees the service, and how to change that."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("template", "psk_plugin/services/publishing_panel.html")
        super().__init__(**kwargs)


def _field(name: str, **kwargs) -> FieldPanel:
    """A field without Wagtail's comments, which only pages have; the page would be half as long again with them."""
    return FieldPanel(name, disable_comments=True, **kwargs)


def _fields(*names: str) -> list[FieldPanel]:
    return [_field(name) for name in names]


GENERAL = [
    _field("title"),
    FieldRowPanel(_fields("kind", "filing_type")),
    *_fields("summary", "product", "fee", "code"),
]
STANDARD = [
    RowsPanel(
        "legal_sources",
        [FieldRowPanel(_fields("source", "articles"))],
        form=RowForm,
        label=_("legal basis"),
        heading=_("Legal basis"),
    ),
    MultiFieldPanel(
        _fields("procedure", "complaint_handling"),
        heading=_("Delivery of the service"),
        help_text=_(
            "Requirements, time, cost and product are taken from the other tabs (Permenpan RB 15/2014, six components)."
        ),
    ),
    MultiFieldPanel(
        _fields("facilities", "competence", "supervision", "staffing", "guarantee", "safety", "evaluation"),
        heading=_("Management of the service"),
        help_text=_("With the legal basis these are the eight components of management."),
    ),
]
WHO = [
    _field("eligibility"),
    MultiFieldPanel(
        [_field("is_open"), FieldRowPanel(_fields("opens_on", "closes_on"))],
        heading=_("When applications are accepted"),
    ),
    *_fields("needs_union_confirmation", "has_survey"),
]
CONDITION = FieldRowPanel(_fields("condition_field", "condition_value"))
DOCUMENTS = [
    RowsPanel(
        "documents",
        [
            *_fields("title", "help_text", "condition"),
            CONDITION,
            *_fields("allowed_types", "max_mb", "template"),
            FieldRowPanel(_fields("original_shown", "has_personal_data", "is_regulation_text", "union_reads")),
            FieldRowPanel(_fields("legal_basis", "code")),
        ],
        form=DocumentForm,
        label=_("document"),
        heading=_("Documents that the company attaches"),
    )
]
QUESTIONS = [
    RowsPanel(
        "fields",
        [
            *_fields("label", "help_text"),
            FieldRowPanel(_fields("step", "kind")),
            _field("choices"),
            *_fields("required", "asked"),
            FieldRowPanel(_fields("condition_field", "condition_value")),
            FieldRowPanel(_fields("label_en", "help_text_en")),
            FieldRowPanel(_fields("role", "code")),
        ],
        form=QuestionForm,
        label=_("question"),
        heading=_("Questions of the form"),
    )
]
STAGES = [
    HelpPanel(
        _(
            "The order of the stages is the way of an application. Running applications keep the way they were "
            "filed with; who works at a stage changes for them too."
        )
    ),
    RowsPanel(
        "stages",
        [
            FieldRowPanel(_fields("title", "public_title")),
            FieldRowPanel(_fields("kind", "target_days", "send_back")),
            _field("groups", widget=forms.CheckboxSelectMultiple),
            FieldRowPanel(_fields("is_active", "code")),
        ],
        form=StageForm,
        label=_("stage"),
        heading=_("Stages in their order"),
    ),
    _field("allow_same_decider"),
]
CLOCKS = _fields("examination_days", "decree_days", "statutory_days", "repair_days", "max_validity_months")
DECREE = [
    FieldRowPanel(_fields("number_code", "outcome")),
    *_fields("decree_heading", "decree_title"),
    PlaceholderPanel(heading=_("Words in braces")),
    RowsPanel(
        "clauses",
        _fields("section", "text"),
        form=RowForm,
        label=_("paragraph"),
        heading=_("Paragraphs of the document"),
    ),
]
MAILS = [
    HelpPanel(
        _(
            "Without a text of yours the company gets the usual words. Facts, findings and the button are always "
            "added, so nothing that the company needs can be lost."
        )
    ),
    RowsPanel(
        "mails",
        _fields("moment", "subject", "text"),
        form=RowForm,
        label=_("mail"),
        heading=_("Mails to the company"),
    ),
    PlaceholderPanel(heading=_("Words in braces")),
]
PUBLISHING = [
    PublishingPanel(heading=_("Seen by the public")),
    EditionPanel(heading=_("Editions and history")),
]

TABS = (
    (_("General"), GENERAL),
    (_("Legal basis and standard"), STANDARD),
    (_("Applicants and opening"), WHO),
    (_("Documents"), DOCUMENTS),
    (_("Questions"), QUESTIONS),
    (_("Stages"), STAGES),
    (_("Time limits"), CLOCKS),
    (_("Decree or letter"), DECREE),
    (_("Mails"), MAILS),
    (_("Publishing"), PUBLISHING),
)
EDIT_HANDLER = TabbedInterface(
    [ObjectList(panels, heading=heading) for heading, panels in TABS], base_form_class=ServiceForm
)


def tab_of(name: str) -> str:
    """Heading of the tab that holds the field or the rows called `name`; the last for what stands in none."""

    def holds(panel) -> bool:
        known = getattr(panel, "field_name", None) or getattr(panel, "relation_name", None)
        return known == name or any(holds(child) for child in getattr(panel, "children", ()))

    for heading, panels in TABS:
        if any(holds(panel) for panel in panels):
            return str(heading)
    return ""
