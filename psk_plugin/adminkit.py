"""The one module that knows wagtail-modeladmin: leaving that package costs this file."""

from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup, modeladmin_register
from wagtail_modeladmin.views import IndexView

__all__ = ["ButtonHelper", "IndexView", "ModelAdmin", "ModelAdminGroup", "PermissionHelper", "modeladmin_register"]
