"""The way of an application drawn from its stages: an SVG that scales from a telephone to a printed page.

Its text alternative, an ordered list with the same facts, stands beside it in the template; the drawing itself is
hidden from screen readers.
"""

import textwrap
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .described import Station, stations
from .models import Service

#: Measures in units of the drawing. One unit is about a pixel at the width at which a telephone shows it.
WIDTH = 360
LEFT, BOX = 8, 270
LINE, PAD, GAP = 19, 12, 30
CHARS = 34


@dataclass(frozen=True)
class _Box:
    station: Station
    title: list[str]
    detail: list[str]
    top: int

    @property
    def height(self) -> int:
        return 2 * PAD + LINE * (len(self.title) + len(self.detail)) - 4

    @property
    def middle(self) -> int:
        return self.top + self.height // 2

    @property
    def bottom(self) -> int:
        return self.top + self.height


def _laid_out(row: list[Station]) -> list[_Box]:
    boxes, top = [], 4
    for station in row:
        days = "" if station.days is None else _("%d working days") % station.days
        detail = " · ".join(part for part in (station.people, days) if part)
        box = _Box(station, textwrap.wrap(station.title, CHARS) or [""], textwrap.wrap(detail, CHARS + 4), top)
        boxes.append(box)
        top = box.bottom + GAP
    return boxes


def draw(service: Service, row: list[Station] | None = None) -> SafeString:
    """The drawing as inline SVG. Colours and type come from the page's own `psk-flow` classes."""
    boxes = _laid_out(row if row is not None else stations(service))
    height = boxes[-1].bottom + 6
    parts = [
        f'<svg class="psk-flow" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" aria-hidden="true" '
        'focusable="false" xmlns="http://www.w3.org/2000/svg">',
        '<defs><marker id="psk-flow-head" markerWidth="9" markerHeight="9" refX="7" refY="4.5" orient="auto">'
        '<path d="M1 1 L8 4.5 L1 8 Z"/></marker></defs>',
    ]
    for before, after in pairwise(boxes):
        x = LEFT + BOX // 2
        parts.append(f'<path class="psk-flow__way" d="M{x} {before.bottom} V{after.top - 3}"/>')
    parts.extend(_way_back(service, boxes))
    for box in boxes:
        parts.append(_drawn(box))
    parts.append("</svg>")
    return mark_safe("".join(parts))


def _drawn(box: _Box) -> str:
    look = "psk-flow__box psk-flow__box--company" if box.station.is_company else "psk-flow__box"
    lines = [
        f'<rect class="{look}" x="{LEFT}" y="{box.top}" width="{BOX}" height="{box.height}" rx="8"/>',
    ]
    y = box.top + PAD + 12
    for style, words in (("psk-flow__title", box.title), ("psk-flow__detail", box.detail)):
        for text in words:
            lines.append(f'<text class="{style}" x="{LEFT + PAD}" y="{y}">{escape(text)}</text>')
            y += LINE
    return "".join(lines)


def _way_back(service: Service, boxes: list[_Box]) -> list[str]:
    """One dashed line from the stages that can return an application, back to the company at the top."""
    returning = [box for box in boxes if box.station.can_return]
    if not returning:
        return []
    edge, far = LEFT + BOX, LEFT + BOX + 30
    first, last = boxes[0], returning[-1]
    parts = [
        f'<path class="psk-flow__back" d="M{edge} {last.middle} H{far} V{first.middle} H{edge + 3}"/>',
        *(f'<path class="psk-flow__back-stem" d="M{edge} {box.middle} H{far}"/>' for box in returning[:-1]),
    ]
    words = _("Repair, %d working days") % service.repair_days
    x, y = far + 16, (first.middle + last.middle) // 2
    parts.append(
        f'<text class="psk-flow__note" x="{x}" y="{y}" transform="rotate(90 {x} {y})" text-anchor="middle">'
        f"{escape(words)}</text>"
    )
    return parts
