"""Page types of the office's site and its settings."""

from .announcements import (
    AnnouncementAttachment,
    AnnouncementCategory,
    AnnouncementIndexPage,
    AnnouncementPage,
)
from .front import HomePage
from .guides import GuideIndexPage, GuidePage
from .materials import MaterialIndexPage, MaterialKind, MaterialPage
from .office import OfficeSettings
from .procedures import ProcedurePage
from .services import ServiceIndexPage, ServicePage
from .standard import LinkPage, StandardPage

__all__ = [
    "AnnouncementAttachment",
    "AnnouncementCategory",
    "AnnouncementIndexPage",
    "AnnouncementPage",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "LinkPage",
    "MaterialIndexPage",
    "MaterialKind",
    "MaterialPage",
    "OfficeSettings",
    "ProcedurePage",
    "ServiceIndexPage",
    "ServicePage",
    "StandardPage",
]
