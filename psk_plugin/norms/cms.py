"""Norms in the Wagtail admin: the checklist as rows, switched, dated and changed with history."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList

from ..adminkit import ModelAdmin, PermissionHelper
from .models import Norm


class NormPermissions(PermissionHelper):
    """A norm is switched off or dated, never deleted: applications were examined by it."""

    def user_can_delete_obj(self, user, obj) -> bool:
        return False


class NormAdmin(ModelAdmin):
    """The checklist of the korektor."""

    model = Norm
    base_url_path = "psk/norma"
    menu_label = gettext_lazy("Norms")
    menu_item_name = "psk-norms"
    menu_icon = "tasks"
    ordering = ("sort_order", "code")
    history_key = "norma"
    list_display = ("__str__", "chapter", "legal_basis", "must_words", "on_words", "period", "history_link")
    list_filter = ("chapter", "is_on", "is_mandatory", "needs_check")
    search_fields = ("code", "topic", "minimum", "legal_basis", "keywords")
    search_hint = gettext_lazy("Code, topic, legal basis or a word")
    list_intro = gettext_lazy(
        "What a regulation is examined by. Applications are examined by the norms of the day on which they were "
        "filed; a change here touches only those filed later."
    )
    permission_helper_class = NormPermissions
    edit_handler = ObjectList(
        [
            HelpPanel(
                gettext_lazy(
                    "When the law changes, end this norm with its last day and add a new one from the next day. Small "
                    "corrections can be made here; the history keeps every version."
                )
            ),
            FieldRowPanel([FieldPanel(name) for name in ("code", "chapter", "kind")]),
            *(FieldPanel(name) for name in ("topic", "minimum", "legal_basis")),
            FieldRowPanel([FieldPanel(name) for name in ("is_mandatory", "is_on", "needs_check")]),
            FieldRowPanel([FieldPanel(name) for name in ("valid_from", "valid_until", "sort_order")]),
            *(FieldPanel(name) for name in ("keywords", "request")),
        ]
    )

    def must_words(self, norm: Norm) -> str:
        return _("must") if norm.is_mandatory else _("advice")

    must_words.short_description = gettext_lazy("weight")
    must_words.admin_order_field = "is_mandatory"

    def on_words(self, norm: Norm) -> str:
        return _("Yes") if norm.is_on else _("No")

    on_words.short_description = gettext_lazy("on the checklist")
    on_words.admin_order_field = "is_on"

    def period(self, norm: Norm) -> str:
        if not norm.valid_from and not norm.valid_until:
            return "–"
        first = f"{norm.valid_from:%d-%m-%Y}" if norm.valid_from else "…"
        last = f"{norm.valid_until:%d-%m-%Y}" if norm.valid_until else "…"
        return f"{first} – {last}"

    period.short_description = gettext_lazy("in force")
