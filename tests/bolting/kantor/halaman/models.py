from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

your_blocks = [("paragraph", blocks.RichTextBlock())]


class Halaman(Page):
    body = StreamField(your_blocks, blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]


class Company(models.Model):
    """Has the name, and so the permissions' names, of a model of the plugin."""

    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name
