"""The people's page of the Wagtail admin, as Wagtail has it; only a superuser can make superusers."""

from wagtail.users.views import users


class _SuperuserBySuperuser:
    """The tick "Administrator" is shown to all and can be set by superusers only."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if "is_superuser" in form.fields and not self.request.user.is_superuser:
            form.fields["is_superuser"].disabled = True
        return form


class CreateView(_SuperuserBySuperuser, users.CreateView):
    """A new account of the office."""


class EditView(_SuperuserBySuperuser, users.EditView):
    """An account."""


class UserViewSet(users.UserViewSet):
    add_view_class = CreateView
    edit_view_class = EditView
