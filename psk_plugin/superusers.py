"""Who looks after the people is not thereby a superuser.

Wagtail lets everybody who may change users tick "Administrator" and set a superuser's password: one step from looking
after accounts to everything. These hooks stop that step on any site, also one with user forms of its own.
"""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks


def _refuse_unless_superuser(request: HttpRequest) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_create_user")
def nobody_makes_a_superuser(request: HttpRequest) -> None:
    if request.method == "POST" and request.POST.get("is_superuser"):
        _refuse_unless_superuser(request)


@hooks.register("before_edit_user")
def nobody_changes_a_superuser(request: HttpRequest, user) -> None:
    if user.is_superuser or (request.method == "POST" and request.POST.get("is_superuser")):
        _refuse_unless_superuser(request)


@hooks.register("before_bulk_action")
def nobody_changes_superusers_in_bulk(request: HttpRequest, action_type: str, objects, action) -> None:
    if any(isinstance(each, get_user_model()) and each.is_superuser for each in objects):
        _refuse_unless_superuser(request)
