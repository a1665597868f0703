"""Standard operating procedures (SOP) in the office's form (Permenpan RB 35/2012): a page, its flow, its PDF."""

import hashlib
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from home.fields import BodyField
from psk_plugin import pdf

from .base import ContentPage
from .office import OfficeSettings

CACHE_SECONDS = 60 * 60 * 24


class ActivityBlock(blocks.StructBlock):
    """One row of the procedure: who does what, with what, in how long, with what result."""

    activity = blocks.CharBlock(max_length=300, label=_("Activity"))
    actor = blocks.CharBlock(max_length=120, label=_("Done by"))
    needs = blocks.CharBlock(max_length=200, required=False, label=_("Needed"))
    time = blocks.CharBlock(max_length=60, required=False, label=_("Time"))
    output = blocks.CharBlock(max_length=200, required=False, label=_("Result"))
    note = blocks.CharBlock(max_length=200, required=False, label=_("Note"))

    class Meta:
        icon = "order"
        label = _("Activity")


class ProcedurePage(RoutablePageMixin, ContentPage):
    """One SOP."""

    #: Header fields of several entries, one a line: name -> heading.
    LISTS = {
        "legal_basis": _("Legal basis"),
        "qualifications": _("Qualifications of those who do it"),
        "related": _("Related procedures"),
        "equipment": _("Equipment"),
        "warnings": _("To be watched"),
        "records": _("Recording"),
    }

    number = models.CharField(_("number of the SOP"), max_length=80)
    made_on = models.DateField(_("made on"), null=True, blank=True)
    revised_on = models.DateField(_("revised on"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=120, default="Kepala Dinas Tenaga Kerja Kota Bekasi")
    legal_basis = models.TextField(_("legal basis"), blank=True, help_text=_("One entry per line."))
    qualifications = models.TextField(_("qualifications"), blank=True, help_text=_("One entry per line."))
    related = models.TextField(_("related procedures"), blank=True, help_text=_("One entry per line."))
    equipment = models.TextField(_("equipment"), blank=True, help_text=_("One entry per line."))
    warnings = models.TextField(_("to be watched"), blank=True, help_text=_("One entry per line."))
    records = models.TextField(_("recording"), blank=True, help_text=_("One entry per line."))
    activities = BodyField([("activity", ActivityBlock())], blank=True, verbose_name=_("activities"))
    signed_document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("signed SOP"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The signed PDF. Empty: the PDF is made from this page."),
    )

    template = "home/procedure_page.html"
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("approved_by")]),
                FieldRowPanel([FieldPanel("made_on"), FieldPanel("revised_on"), FieldPanel("in_force_from")]),
                FieldPanel("signed_document"),
            ],
            heading=_("SOP"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in LISTS], heading=_("Header of the SOP"), classname="collapsed"),
        FieldPanel("activities"),
        FieldPanel("body"),
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("number"), index.SearchField("activities")]

    class Meta:
        verbose_name = _("standard operating procedure (SOP)")
        verbose_name_plural = _("standard operating procedures (SOP)")

    def clean(self) -> None:
        super().clean()
        if self.made_on and self.revised_on and self.revised_on < self.made_on:
            raise ValidationError({"revised_on": _("A revision cannot lie before the day the SOP was made.")})
        if self.made_on and self.in_force_from and self.in_force_from < self.made_on:
            raise ValidationError({"in_force_from": _("An SOP is not in force before the day it was made.")})

    @property
    def header(self) -> list[tuple[Any, list[str]]]:
        """Heading and entries of each list of the header that has any."""
        found = [
            (label, [line.strip() for line in getattr(self, name).splitlines()]) for name, label in self.LISTS.items()
        ]
        return [(label, [line for line in lines if line]) for label, lines in found if any(lines)]

    @path("pdf/", name="pdf")
    def as_pdf(self, request: HttpRequest) -> HttpResponse:
        """The signed SOP where there is one, else the page as a document; made once for a version and letterhead."""
        if self.signed_document:
            return redirect(self.signed_document.url)
        office = OfficeSettings.for_request(request)
        words = f"{self.live_revision_id} {self.last_published_at} {office.name} {office.address}"
        key = f"sop-{self.pk}-{hashlib.sha256(words.encode()).hexdigest()}"
        data = None if getattr(request, "is_preview", False) else cache.get(key)
        if data is None:
            context = {"page": self, "office": office, "title": self.title, "author": office.name}
            data = pdf.render("home/pdf/procedure.html", context)
            cache.set(key, data, CACHE_SECONDS)
        response = HttpResponse(data, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{slugify(self.title) or "sop"}.pdf"'
        return response
