"""Meetings as blocks for any page. A block only points at a meeting: deleting the page touches no registration."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..pickers import RowChoiceBlock
from .letters import when


class MeetingChoiceBlock(RowChoiceBlock):
    """A choice among the office's meetings. Stored as the meeting's primary key."""

    @cached_property
    def target_model(self):
        from .models import Meeting

        return Meeting

    class Meta:
        icon = "group"
        label = _("meeting")


class UpcomingMeetingsBlock(blocks.StructBlock):
    """The next meetings, kept up to date by themselves."""

    heading = blocks.CharBlock(required=False, max_length=160, label=_("Heading"))
    count = blocks.IntegerBlock(default=3, min_value=1, max_value=12, label=_("How many"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from .models import Meeting

        context = super().get_context(value, parent_context=parent_context)
        rows = Meeting.objects.upcoming().with_counts()[: value.get("count") or 3]
        context["meetings"] = [(row, when(row)) for row in rows]
        return context

    class Meta:
        icon = "group"
        label = _("Upcoming meetings")
        template = "psk_plugin/blocks/meetings.html"


class MeetingBlock(blocks.StructBlock):
    """One meeting with the button to register. Shows nothing where it is gone or not published."""

    meeting = MeetingChoiceBlock(label=_("meeting"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from .models import Meeting
        from .views import facts

        context = super().get_context(value, parent_context=parent_context)
        chosen = value.get("meeting")
        row = Meeting.objects.published().with_counts().filter(pk=chosen.pk).first() if chosen else None
        return context | (facts(row) if row else {"meeting": None})

    class Meta:
        icon = "group"
        label = _("One meeting")
        template = "psk_plugin/blocks/meeting.html"


def meeting_blocks() -> list[tuple[str, blocks.Block]]:
    """(name, block) pairs of this room."""
    return [("meetings", UpcomingMeetingsBlock()), ("meeting", MeetingBlock())]
