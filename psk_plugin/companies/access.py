"""Who may open what in the company's area. To people of other companies a company does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from .merge_models import moved_to
from .models import Branch, Membership

#: In the session: what was typed when the session had already ended, by the path it was sent to.
RESCUED = "psk_company_typed"
#: More than a complete profile with two hundred branches needs.
MOST_RESCUED = 200_000


def safe_next(request: HttpRequest) -> str:
    """Where the person came from, if it is an address of this host; else nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = {request.get_host()}
    is_safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=here, require_https=request.is_secure())
    return wanted if is_safe and len(wanted) < 1000 and "\x00" not in wanted else ""


def with_next(address: str, wanted: str) -> str:
    return f"{address}?{urlencode({'next': wanted})}" if wanted else address


def to_sign_in(back: str) -> HttpResponse:
    """To the sign-in page, and from there to `back`."""
    return redirect(with_next(resolve_url(settings.LOGIN_URL), back))


def own_membership(request: HttpRequest, pk: int, *, as_owner: bool = False) -> Membership:
    """The person's place in the company `pk`, with the company.

    Raises `Http404` where the person does not act for it, `PermissionDenied` where an owner is asked for.
    """
    try:
        membership = Membership.objects.select_related("company").get(
            user=request.user, company_id=pk, state=Membership.State.ACTIVE
        )
    except Membership.DoesNotExist as error:
        raise Http404 from error
    if as_owner and membership.role != Membership.Role.OWNER:
        raise PermissionDenied
    return membership


def signed_in(view: Callable[..., HttpResponse] | None = None, *, page: str = "") -> Callable:
    """Whoever is not signed in goes to the sign-in page and comes back to the address, if it can be shown.

    A button cannot be pressed again by an address: it comes back to the page it stands on. `page`: name of that page,
    which takes the same arguments as the view; without it, the people of the company.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated:
                return view(request, *args, **kwargs)
            if page:
                return to_sign_in(reverse(page, args=args, kwargs=kwargs))
            if request.method in ("GET", "HEAD"):
                return to_sign_in(request.get_full_path())
            pk = kwargs.get("pk")
            return to_sign_in(reverse("psk:company_people", args=[pk]) if pk else reverse("psk:company_list"))

        return guarded

    return decorate(view) if view else decorate


def keep_for_later(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; what was typed when the session had ended is kept on the server meanwhile."""
    typed = request.POST.urlencode()
    if typed and len(typed) < MOST_RESCUED:
        request.session[RESCUED] = {"path": request.path, "typed": typed}
    return to_sign_in(with_next(request.path, safe_next(request)))


def take_up_again(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page, once."""
    kept = request.session.get(RESCUED)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[RESCUED]
    return QueryDict(kept["typed"])


def companies_of(user) -> QuerySet[Membership]:
    """The person's companies, each with the role in it, how many requests wait, and whether a branch lies elsewhere."""
    waiting = Q(company__memberships__state=Membership.State.REQUESTED)
    return (
        Membership.objects.filter(user=user, state=Membership.State.ACTIVE)
        .select_related("company")
        .annotate(
            requests=Count("company__memberships", filter=waiting),
            is_beyond_city=Exists(Branch.objects.filter(company=OuterRef("company"), in_city=False)),
        )
        .order_by("company__name", "pk")
    )


def follow_merged(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a page of the company `pk`: the address of one that was merged away leads to the one that stayed."""

    @wraps(view)
    def following(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, pk=pk, **kwargs)
        except Http404:
            kept = moved_to(pk) if request.method in ("GET", "HEAD") and pk < 2**63 else None
            if kept is None:
                raise
            return redirect(request.resolver_match.view_name, **kwargs | {"pk": kept})

    return following
