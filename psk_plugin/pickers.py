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
