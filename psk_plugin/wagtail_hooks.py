"""The one place where the rooms are hung into the CMS."""

from .services import cms as services_cms  # noqa: F401
