"""Early signs in the Wagtail admin: the list of companies with their reasons, and the rules behind it."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList

from ..adminkit import EditView, IndexView, ListOnlyAdmin, ModelAdmin, OneRow, PermissionHelper
from ..adminkit import ReadOnlyPermissionHelper as ReadOnly
from ..companies.models import Company
from ..compliance.cms import KecamatanFilter
from ..compliance.standing import headcount
from ..sheets import FORMATS
from .finding import Found, signs
from .models import Sign, SignRule, rules
from .pages import company_signs

BASE, RULES = "psk/tanda-dini", "psk/aturan-tanda-dini"
#: In the address: companies that somebody looks after, instead of those that wait.
LOOKED_AFTER = "ditangani"


def found_of(request: HttpRequest) -> dict[int, Found]:
    """All signs, computed once per request."""
    if not hasattr(request, "_psk_signs"):
        request._psk_signs = signs()
    return request._psk_signs


class SignFilter(SimpleListFilter):
    title, parameter_name = gettext_lazy("sign"), "tanda"

    def lookups(self, request, model_admin) -> list:
        return Sign.choices

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        return queryset.filter(pk__in=[pk for pk, found in found_of(request).items() if self.value() in found.codes])


class LookedAfterParameter(SimpleListFilter):
    """Lets the parameter pass; the list itself reads it, and links above the list set it."""

    title, parameter_name = gettext_lazy("looked after"), LOOKED_AFTER

    def lookups(self, request, model_admin) -> list:
        return []

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset


class SignPermissions(ReadOnly):
    list_permission = "view_signmark"


class SignIndexView(IndexView):
    """The list with how many wait and how many are looked after, and its download."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        found = found_of(self.request).values()
        looked_after = sum(row.is_looked_after(today) for row in found)
        return super().get_context_data(**kwargs) | {
            "waiting": len(found) - looked_after,
            "looked_after": looked_after,
            "shows_looked_after": LOOKED_AFTER in self.request.GET,
            "rules": rules(),
            "may_change_rules": self.request.user.has_perm("psk_plugin.change_signrule"),
            "rules_url": reverse("psk_aturan-tanda-dini_modeladmin_index"),
        }

    def get_default_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return self.model_admin.ordering

    def as_spreadsheet(self, queryset: QuerySet, kind: str):
        """One row per reason, so that a table can be sorted and counted by sign."""
        found = found_of(self.request)
        headings = [
            _("Company"),
            "NIB",
            _("Kecamatan"),
            _("Workers"),
            _("Sign"),
            _("Why"),
            _("Looked after until"),
            _("Note"),
        ]
        rows = [
            [
                company.name,
                company.nib or "",
                str(company.get_kecamatan_display()),
                company.workers_now,
                str(Sign(reason.sign).label),
                reason.words,
                mark.until if (mark := found[company.pk].mark) else None,
                mark.note if mark else "",
            ]
            for company in queryset
            for reason in found[company.pk].reasons
        ]
        return FORMATS[kind]("tanda-dini", headings, rows)


class SignAdmin(ListOnlyAdmin):
    """Companies that should be looked at before it becomes a dispute; most reasons and most workers first."""

    model = Company
    base_url_path = BASE
    index_view_class = SignIndexView
    index_template_name = "psk_plugin/signs/index.html"
    permission_helper_class = SignPermissions
    menu_label = gettext_lazy("Early signs")
    menu_item_name = "psk-signs"
    menu_icon = "warning"
    ordering = ("-weight", "-workers_now", "name", "pk")
    list_display = ("name_link", "kecamatan", "workers", "reasons", "mark")
    list_filter = (SignFilter, KecamatanFilter, LookedAfterParameter)
    list_export = ("name",)
    search_fields = ("name", "nib")
    search_hint = gettext_lazy("Name or NIB")
    list_intro = gettext_lazy(
        "Companies that should be spoken to, each with every reason. Computed from applications, regulations and "
        "reports; nobody has judged it."
    )
    list_empty = gettext_lazy("No company shows a sign by the rules that count.")

    def get_queryset(self, request) -> QuerySet:
        today, wants_looked_after = timezone.localdate(), LOOKED_AFTER in request.GET
        by_weight: dict[int, list[int]] = {}
        for pk, found in found_of(request).items():
            if found.is_looked_after(today) == wants_looked_after:
                by_weight.setdefault(len(found.codes), []).append(pk)
        shown = [pk for keys in by_weight.values() for pk in keys]
        whens = [When(pk__in=keys, then=Value(weight)) for weight, keys in by_weight.items()]
        weight = Case(*whens, default=Value(0), output_field=IntegerField())
        rows = super().get_queryset(request).filter(pk__in=shown)
        return rows.annotate(weight=weight, workers_now=headcount())

    def get_ordering(self, request) -> tuple[str, ...]:
        # Set by the view, once the queryset knows the annotations.
        return ()

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{BASE}/<int:pk>/", company_signs, name="psk_sign_company"),
        )

    def prepare_rows(self, rows: list[Company], request) -> None:
        found = found_of(request)
        for row in rows:
            row.found = found[row.pk]

    def name_link(self, company: Company) -> SafeString:
        address = reverse("psk_sign_company", args=[company.pk])
        return format_html(
            '<a href="{}">{}</a><span class="psk-sub">{}</span>', address, company.name, company.identity
        )

    name_link.short_description = gettext_lazy("company")

    def workers(self, company: Company) -> int:
        return company.workers_now

    workers.short_description = gettext_lazy("workers")

    def reasons(self, company: Company) -> SafeString:
        rows = ((Sign(r.sign).label, r.words) for r in company.found.reasons)
        return format_html('<ul class="psk-reasons">{}</ul>', format_html_join("", "<li><b>{}.</b> {}</li>", rows))

    reasons.short_description = gettext_lazy("why")

    def mark(self, company: Company) -> SafeString | str:
        mark = company.found.mark
        if mark is None:
            return self.empty_value_display
        until = _("until %s") % date_format(mark.until, "j M Y")
        return format_html('{}<span class="psk-sub">{}</span>', until, mark.note)

    mark.short_description = gettext_lazy("looked after")


class RulePermissions(PermissionHelper):
    """The rules are given; they can be switched and their numbers changed."""

    def user_can_list(self, user) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("change"))

    def user_can_create(self, user) -> bool:
        return False

    def user_can_delete_obj(self, user, obj) -> bool:
        return False


class RuleIndexView(IndexView):
    def dispatch(self, request, *args, **kwargs):
        if self.permission_helper.user_can_list(request.user):
            rules()
        return super().dispatch(request, *args, **kwargs)


class RuleEditView(OneRow, EditView):
    """One rule."""


class SignRuleAdmin(ModelAdmin):
    """The rules behind the list."""

    model = SignRule
    base_url_path = RULES
    index_view_class = RuleIndexView
    edit_view_class = RuleEditView
    permission_helper_class = RulePermissions
    menu_label = gettext_lazy("Rules of early signs")
    menu_item_name = "psk-sign-rules"
    menu_icon = "cog"
    ordering = ("pk",)
    history_key = "tanda-dini"
    list_display = ("__str__", "numbers", "on_words", "history_link")
    list_intro = gettext_lazy("What counts as a sign. A change counts at once; the history keeps every version.")
    edit_handler = ObjectList(
        [
            HelpPanel(
                gettext_lazy(
                    "The threshold counts what the list of rules says beside it. Months are asked only where the rule "
                    "looks back."
                )
            ),
            FieldPanel("is_on"),
            FieldPanel("threshold"),
            FieldPanel("months"),
        ]
    )

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        helper = self.url_helper
        return (
            *super().get_admin_urls_for_registration()[:1],
            re_path(helper.get_action_url_pattern("edit"), self.edit_view, name=helper.get_action_url_name("edit")),
        )

    def numbers(self, rule: SignRule) -> str:
        words = f"{rule.threshold_words}: {rule.threshold}"
        if rule.months:
            words = f"{words}, " + _("within %d months") % rule.months
        return words

    numbers.short_description = gettext_lazy("threshold")

    def on_words(self, rule: SignRule) -> str:
        return _("Yes") if rule.is_on else _("No")

    on_words.short_description = gettext_lazy("counts")
    on_words.admin_order_field = "is_on"
