"""The services' room in the Wagtail admin: an editor builds a service from rows, without code."""

from django import forms
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from ..adminkit import ButtonHelper, CreateView, EditView, ModelAdmin, PermissionHelper
from .editions import current_edition
from .forms import DocumentForm, Rows, ServiceForm, StageForm
from .models import Service, ServiceEdition
from .placeholders import PLACEHOLDERS


class RowsPanel(InlinePanel):
    """An inline panel whose rows and form are ours."""

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


class PlaceholderPanel(HelpPanel):
    """The words in braces that a decree's text may use, each with what it becomes."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("template", "psk_plugin/services/placeholder_panel.html")
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None) -> dict:
            return super().get_context_data(parent_context) | {
                "placeholders": [(f"{{{name}}}", meaning) for name, meaning in PLACEHOLDERS.items()]
            }


class EditionPanel(HelpPanel):
    """Which edition of the service how many applications run on: an edit touches none of them."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("template", "psk_plugin/services/edition_panel.html")
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context=None) -> dict:
            filed = Q(submissions__filed_at__isnull=False)
            editions = ServiceEdition.objects.filter(service=self.instance).annotate(
                running=Count("submissions", filter=filed & Q(submissions__closed_at__isnull=True)),
                closed=Count("submissions", filter=filed & Q(submissions__closed_at__isnull=False)),
            )
            return super().get_context_data(parent_context) | {"editions": editions.order_by("-number")[:20]}


def _fields(*names: str) -> list[FieldPanel]:
    return [FieldPanel(name) for name in names]


GENERAL = [
    EditionPanel(heading=gettext_lazy("Editions in use")),
    FieldPanel("title"),
    FieldRowPanel(_fields("code", "kind", "filing_type")),
    *_fields("summary", "eligibility", "fee", "product"),
    RowsPanel("legal_sources", [FieldRowPanel(_fields("source", "articles"))], label=gettext_lazy("legal basis")),
    MultiFieldPanel(
        [FieldPanel("is_open"), FieldRowPanel(_fields("opens_on", "closes_on"))],
        heading=gettext_lazy("When applications are accepted"),
    ),
]
DOCUMENTS = [
    RowsPanel(
        "documents",
        [
            FieldPanel("title"),
            FieldRowPanel(_fields("code", "condition", "max_mb")),
            *_fields("help_text", "allowed_types", "template"),
            FieldRowPanel(_fields("is_regulation_text", "has_personal_data", "original_shown")),
            FieldPanel("legal_basis"),
        ],
        form=DocumentForm,
        label=gettext_lazy("document"),
    )
]
QUESTIONS = [
    RowsPanel(
        "fields",
        [
            FieldPanel("label"),
            FieldRowPanel(_fields("code", "step")),
            FieldRowPanel(_fields("kind", "role")),
            *_fields("help_text", "choices", "required"),
        ],
        label=gettext_lazy("question"),
    )
]
STAGES = [
    HelpPanel(
        gettext_lazy(
            "The order of the stages is the way of an application. Running applications keep the way they were "
            "filed with; who works at a stage changes for them too."
        )
    ),
    RowsPanel(
        "stages",
        [
            FieldRowPanel(_fields("title", "public_title")),
            FieldRowPanel(_fields("code", "kind", "target_days")),
            FieldPanel("groups", widget=forms.CheckboxSelectMultiple),
            FieldPanel("is_active"),
        ],
        form=StageForm,
        label=gettext_lazy("stage"),
    ),
    FieldPanel("allow_same_decider"),
]
CLOCKS = _fields("examination_days", "decree_days", "statutory_days", "repair_days", "max_validity_months")
DECREE = [
    PlaceholderPanel(heading=gettext_lazy("Words in braces")),
    FieldPanel("decree_title"),
    RowsPanel("clauses", _fields("section", "text"), label=gettext_lazy("paragraph")),
]


class ServicePermissions(PermissionHelper):
    """A service is closed, never deleted: applications and decrees name it for good."""

    def user_can_delete_obj(self, user, obj) -> bool:
        return False


class NoRowButtons(ButtonHelper):
    """The title of a row is the link to it."""

    def get_buttons_for_obj(self, obj, *args, **kwargs) -> list:
        return []


class _Saving:
    """What saving a service adds to the package's views: one transaction, a readable history, a new edition."""

    @transaction.atomic
    def form_valid(self, form):
        parts = form.changed_parts()
        form.instance._change_reason = (_("Changed: %s") % ", ".join(parts))[:100] if parts else _("Nothing changed")
        return super().form_valid(form)

    def get_success_message(self, instance: Service) -> str:
        # Read again: rows just saved have ids that the instance in hand does not all know.
        edition = current_edition(Service.objects.get(pk=instance.pk))
        return _("The service “%s” has been saved. New applications use edition %d.") % (instance.title, edition.number)

    def get_error_message(self) -> str:
        return _("The service has not been saved. Please repair what is marked; everything you typed is still here.")


class ServiceCreateView(_Saving, CreateView):
    """A new service."""


class ServiceEditView(_Saving, EditView):
    """An existing service."""

    def __init__(self, model_admin, instance_pk: str) -> None:
        # The package hands whatever stands in the address to the database.
        if not (instance_pk.isascii() and instance_pk.isdigit() and len(instance_pk) < 19):
            raise Http404
        super().__init__(model_admin, instance_pk)


class ServiceAdmin(ModelAdmin):
    """Services: list, create, edit."""

    model = Service
    base_url_path = "psk/layanan"
    menu_label = gettext_lazy("Services")
    menu_item_name = "psk-services"
    menu_icon = "form"
    menu_order = 210
    button_helper_class = NoRowButtons
    list_display = ("title", "kind_words", "filing_words", "open_words", "running_count")
    list_intro = gettext_lazy("What companies can apply for: documents, questions, stages and the text of the decree.")
    ordering = ("title",)
    permission_helper_class = ServicePermissions
    create_view_class = ServiceCreateView
    edit_view_class = ServiceEditView
    edit_handler = TabbedInterface(
        [
            ObjectList(GENERAL, heading=gettext_lazy("General")),
            ObjectList(DOCUMENTS, heading=gettext_lazy("Documents")),
            ObjectList(QUESTIONS, heading=gettext_lazy("Questions")),
            ObjectList(STAGES, heading=gettext_lazy("Stages")),
            ObjectList(CLOCKS, heading=gettext_lazy("Time limits")),
            ObjectList(DECREE, heading=gettext_lazy("Decree")),
        ],
        base_form_class=ServiceForm,
    )

    def get_queryset(self, request):
        running = Q(editions__submissions__filed_at__isnull=False, editions__submissions__closed_at__isnull=True)
        return super().get_queryset(request).annotate(running=Count("editions__submissions", filter=running))

    def kind_words(self, service: Service) -> str:
        return service.get_kind_display()

    kind_words.short_description = pgettext_lazy("column", "Kind")
    kind_words.admin_order_field = "kind"

    def filing_words(self, service: Service) -> str:
        return service.get_filing_type_display()

    filing_words.short_description = pgettext_lazy("column", "Filing")
    filing_words.admin_order_field = "filing_type"

    def open_words(self, service: Service) -> str:
        return _("Yes") if service.accepts_applications else _("No")

    open_words.short_description = pgettext_lazy("column", "Open")

    def running_count(self, service: Service) -> int:
        return service.running

    running_count.short_description = pgettext_lazy("column", "Running")
    running_count.admin_order_field = "running"
