"""Choosing one of the office's rows in a page's block: a plain list, stored as the row's primary key."""

from typing import Any

from django import forms
from wagtail import blocks


class RowChoiceBlock(blocks.ChooserBlock):
    """A choice among a model's rows. A subclass names `target_model`."""

    widget = forms.Select()

    def get_form_state(self, value: Any) -> Any:
        # A chooser block expects a chooser's widget; ours is a list to select from.
        return blocks.FieldBlock.get_form_state(self, value)

    def deconstruct(self) -> tuple[str, list, dict[str, Any]]:
        """A host's migrations name Wagtail's own blocks only: they must run where the plugin is gone."""
        return "wagtail.blocks.IntegerBlock", [], {}
