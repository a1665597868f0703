"""Panels of the admin's first page that tell a person what to do: what waits, how much, and the list behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.admin.ui.components import Component

#: Rows in a panel; whoever wants all of them follows the link to the list.
MOST = 5
#: Tone of a count or a row -> icon. The icon and the words say what the colour says.
ICONS = {"late": "warning", "today": "time", "soon": "time", "calm": "calendar"}


@dataclass(frozen=True)
class Count:
    """A sentence with a number in it; `url` leads to exactly those it counts."""

    text: str
    url: str = ""
    tone: str = "calm"

    @property
    def icon(self) -> str:
        return ICONS[self.tone]


@dataclass(frozen=True)
class Row:
    """One thing to do: `title` leads to it, `note` says what it is, `label` (tone, icon, text) until when."""

    title: str
    url: str = ""
    note: str = ""
    label: Any = None


@dataclass
class Work:
    """What a panel shows. Nothing in it: no panel."""

    counts: list[Count] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    more_url: str = ""
    more_text: str = ""

    def __bool__(self) -> bool:
        return bool(self.counts or self.rows)


class TaskPanel(Component):
    """A panel that is there only while there is something to do in it. A panel of its own finds its work."""

    template_name = "psk_plugin/home_panel.html"
    #: Id of the panel in the page.
    name = ""
    heading = ""
    #: Whoever has all of them is concerned.
    permissions: tuple[str, ...] = ()

    def __init__(self, request) -> None:
        self.request = request
        self._work: Work | None = None

    def concerns(self, user) -> bool:
        """Whether this kind of work is the person's at all. Asks no database beyond the permissions."""
        return user.has_perms(self.permissions)

    def find_work(self) -> Work:
        """The work, in a constant number of queries."""
        return Work()

    @property
    def work(self) -> Work:
        if self._work is None:
            self._work = self.find_work()
        return self._work

    def is_shown(self) -> bool:
        return self.concerns(self.request.user) and bool(self.work)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"work": self.work, "panel_id": self.name.replace("_", "-"), "heading": self.heading}
