"""What the plugin's pages need in every template."""

from django.http import HttpRequest

from . import conf


def psk(request: HttpRequest) -> dict[str, str]:
    """The base template that the host names, so that the plugin's pages look like the host's."""
    return {"psk_base_template": conf.BASE_TEMPLATE}
