"""One page for the history of anything that is kept: who changed it when and why, and any two states side by side."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from .. import conf
from .moments import Moment, State, compare, moments_of
from .registry import Kept, find

#: Moments offered in the two lists to choose from; older ones are reached from the table.
MOST_OFFERED = 200


@require_GET
def history(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Changes of one thing; `?lama=` and `?baru=` choose the two that are compared, the two newest otherwise."""
    kept = find(key)
    if kept is None:
        raise Http404
    if not request.user.has_perm(kept.permission):
        raise PermissionDenied
    instance = _instance(kept, pk)
    if instance is None or (kept.may_see is not None and not kept.may_see(instance, request.user)):
        raise Http404
    moments = moments_of(kept, pk)
    if not moments:
        raise Http404
    newest, before = moments[0], moments[1] if len(moments) > 1 else moments[0]
    after = _chosen(moments, request.GET.get("baru"), newest)
    before = _chosen(moments, request.GET.get("lama"), _earlier(moments, after) if "baru" in request.GET else before)
    sees_private = not kept.private_permission or request.user.has_perm(kept.private_permission)
    states = [State(kept, instance, moment.at, sees_private=sees_private) for moment in (before, after)]
    differences = compare(*states)
    page = Paginator(moments, conf.PAGE_SIZE).get_page(request.GET.get("hal"))
    title = _("History: %s") % instance
    context = {
        "header_title": title,
        "page_title": title,
        "header_icon": kept.icon,
        "breadcrumbs_items": _way(kept, instance, request.user),
        "kind": str(kept.model._meta.verbose_name),
        "moments": page,
        "offered": _offered(moments, before, after),
        "before": before,
        "after": after,
        "changed": [row for row in differences if row.is_changed],
        "unchanged": [row for row in differences if not row.is_changed],
        "texts_url": _texts_url(kept, instance, states, request.user),
        "is_single": len(moments) == 1,
    }
    return TemplateResponse(request, "psk_plugin/history/history.html", context)


def _instance(kept: Kept, pk: int) -> Any:
    """The thing as it is, or as it last was where it has been deleted."""
    instance = kept.model._default_manager.filter(pk=pk).first() if pk < 2**63 else None
    if instance is None and pk < 2**63:
        last = kept.model.history.filter(id=pk).order_by("-history_date", "-history_id").first()
        instance = last.instance if last is not None else None
    return instance


def _chosen(moments: list[Moment], key: str | None, otherwise: Moment) -> Moment:
    return next((moment for moment in moments if moment.key == key), otherwise)


def _earlier(moments: list[Moment], moment: Moment) -> Moment:
    """The change before this one; itself where it is the first."""
    place = moments.index(moment)
    return moments[min(place + 1, len(moments) - 1)]


def _offered(moments: list[Moment], *chosen: Moment) -> list[Moment]:
    """Moments to choose from; the two that are chosen are always among them."""
    offered = moments[:MOST_OFFERED]
    known = {moment.key for moment in offered}
    return offered + [moment for moment in moments[MOST_OFFERED:] if moment in chosen and moment.key not in known]


def _way(kept: Kept, instance: Any, user: Any) -> list[dict[str, str]]:
    way = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if home := kept.home(instance, user):
        way.append({"url": home, "label": str(instance)})
    return [*way, {"url": "", "label": _("History")}]


def _texts_url(kept: Kept, instance: Any, states: list[State], user: Any) -> str:
    if kept.texts is None or any(state.row is None for state in states):
        return ""
    return kept.texts(instance, states[0].row, states[1].row, user)
