"""A page type for sites that want the form on a page of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from .models import Service


class ServiceFormPage(Page):
    """A page that carries one service's form under an introduction."""

    introduction = RichTextField(_("introduction"), blank=True)
    service = models.ForeignKey(
        Service, verbose_name=_("service"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("service")]
    template = "psk_plugin/pages/service_form_page.html"

    class Meta:
        verbose_name = _("page with a service's form")
        verbose_name_plural = _("pages with a service's form")
