"""Usual wordings in the Wagtail admin: the office's and each person's own, most used first."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList

from ..adminkit import CreateView, DeleteView, EditView, ModelAdmin, OneRow, PermissionHelper
from .models import Wording
from .moment import name_of


class WordingPermissions(PermissionHelper):
    """The office's wordings are everybody's to mend; a person's own are nobody else's business."""

    def user_can_edit_obj(self, user, obj: Wording) -> bool:
        return super().user_can_edit_obj(user, obj) and (obj.is_shared or obj.owner_id == user.pk)

    def user_can_delete_obj(self, user, obj: Wording) -> bool:
        return super().user_can_delete_obj(user, obj) and (obj.is_shared or obj.owner_id == user.pk)


class WordingCreateView(CreateView):
    def get_instance(self) -> Wording:
        wording = super().get_instance()
        wording.owner = self.request.user
        return wording


class WordingEditView(OneRow, EditView):
    """A wording."""


class WordingDeleteView(OneRow, DeleteView):
    """Findings keep their own words: nothing is lost with a wording."""


class WordingAdmin(ModelAdmin):
    """Words for faults that come again and again."""

    model = Wording
    base_url_path = "psk/kalimat"
    menu_label = gettext_lazy("Usual wordings")
    menu_item_name = "psk-wordings"
    menu_icon = "pilcrow"
    create_view_class = WordingCreateView
    edit_view_class = WordingEditView
    delete_view_class = WordingDeleteView
    permission_helper_class = WordingPermissions
    ordering = ("-used", "title", "pk")
    list_display = ("title", "legal_basis", "whose", "used", "offered_words")
    list_filter = ("is_shared", "is_active")
    search_fields = ("title", "problem", "request", "legal_basis")
    search_hint = gettext_lazy("Name, words or legal basis")
    list_intro = gettext_lazy(
        "Words for faults that come again and again. They are chosen in the form of a finding and fill it in; each "
        "finding keeps its own words."
    )
    edit_handler = ObjectList(
        [
            HelpPanel(gettext_lazy("The company reads these words. Say what is wrong, what is asked, on what basis.")),
            FieldPanel("title"),
            *(FieldPanel(name) for name in ("problem", "request", "legal_basis", "norm")),
            FieldRowPanel([FieldPanel("is_shared"), FieldPanel("is_active")]),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Wording]:
        return super().get_queryset(request).of(request.user).select_related("owner")

    def whose(self, wording: Wording) -> str:
        if not wording.is_shared:
            return _("my own")
        return _("the office (%s)") % name_of(wording.owner) if wording.owner_id else _("the office")

    whose.short_description = gettext_lazy("for")
    whose.admin_order_field = "is_shared"

    def offered_words(self, wording: Wording) -> str:
        return _("Yes") if wording.is_active else _("No")

    offered_words.short_description = gettext_lazy("offered")
    offered_words.admin_order_field = "is_active"
