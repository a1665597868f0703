"""Wagtail's app of users with this site's views."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "disnaker_site.staff.UserViewSet"
