"""A redline made ready to be shown: summary first, what did not change folded, everything said in words."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .cleaning import picture_pages
from .models import RegulationText
from .outline import UnitKind
from .redline import Change, Entry, Redline


@dataclass
class Part:
    """Either one entry to read, or a run of entries that did not change."""

    entry: Entry | None = None
    folded: list[Entry] = field(default_factory=list)
    #: Anchor of the next entry to read, for the link at the end of this one.
    following: str = ""

    @property
    def folded_label(self) -> str:
        first, last = self.folded[0].unit.label, self.folded[-1].unit.label
        span = first if len(self.folded) == 1 else _("%(first)s to %(last)s") % {"first": first, "last": last}
        return ngettext("%(span)s: unchanged", "%(span)s: %(count)d parts unchanged", len(self.folded)) % {
            "span": span,
            "count": len(self.folded),
        }

    @cached_property
    def words(self) -> list[str]:
        """What became of the entry, each a few words; the first names the kind of change."""
        entry = self.entry
        told: list[str] = []
        if entry is None:
            return told
        if entry.change == Change.ADDED:
            told.append(_("Added"))
        elif entry.change == Change.REMOVED:
            told.append(_("Removed"))
        elif entry.change == Change.CHANGED:
            told.append(_("Only citations follow the new numbering") if entry.follows_numbering else _("Changed"))
        if entry.is_moved:
            told.append(_("Moved"))
        if entry.is_renumbered:
            told.append(_("was %s") % entry.old.label)
        return told

    @property
    def measure(self) -> str:
        """How many words came and went."""
        entry = self.entry
        if entry is None or entry.change != Change.CHANGED:
            return ""
        told = []
        if entry.deleted:
            told.append(ngettext("%d word deleted", "%d words deleted", entry.deleted) % entry.deleted)
        if entry.inserted:
            told.append(ngettext("%d word inserted", "%d words inserted", entry.inserted) % entry.inserted)
        return ", ".join(told) or _("punctuation only")

    @property
    def pages(self) -> str:
        """Where it stands in the two files."""
        entry = self.entry
        if entry is None:
            return ""
        places = []
        if entry.old is not None and entry.old.page:
            places.append(_("left: page %d") % entry.old.page)
        if entry.new is not None and entry.new.page:
            places.append(_("right: page %d") % entry.new.page)
        return ", ".join(places)

    @property
    def kin(self) -> str:
        """Where most of the words of an added or removed article stand in the other text."""
        entry = self.entry
        if entry is None or not entry.kin:
            return ""
        if entry.change == Change.ADDED:
            return _("Most of these words stood in: %s. It may have been split off.") % "; ".join(entry.kin)
        return _("Most of these words now stand in: %s. It may have been merged.") % "; ".join(entry.kin)


class Shown:
    """What a page shows of a redline."""

    def __init__(self, redline: Redline) -> None:
        self.redline = redline
        self.parts: list[Part] = []
        for entry in redline.entries:
            if not entry.is_quiet:
                self.parts.append(Part(entry))
            elif self.parts and self.parts[-1].folded:
                self.parts[-1].folded.append(entry)
            else:
                self.parts.append(Part(folded=[entry]))
        self.loud = [part for part in self.parts if part.entry is not None]
        for part, following in zip(self.loud, self.loud[1:], strict=False):
            part.following = following.entry.anchor

    @property
    def summary(self) -> str:
        """ "3 changed, 1 added, 2 moved, 60 unchanged": first thing on the page."""
        counts = self.redline.counts
        told = [
            ngettext("%d changed", "%d changed", counts["changed"]),
            ngettext("%d added", "%d added", counts["added"]),
            ngettext("%d removed", "%d removed", counts["removed"]),
            ngettext("%d moved", "%d moved", counts["moved"]),
            ngettext("%d renumbered", "%d renumbered", counts["renumbered"]),
        ]
        names = ("changed", "added", "removed", "moved", "renumbered")
        parts = [words % counts[name] for words, name in zip(told, names, strict=True) if counts[name]]
        quiet = sum(entry.is_quiet for entry in self.redline.entries)
        parts.append(ngettext("%d unchanged", "%d unchanged", quiet) % quiet)
        return ", ".join(parts)

    @property
    def renumbered(self) -> list[str]:
        """Articles that only have another number."""
        rows = (entry for entry in self.redline.entries if entry.is_renumbered and entry.is_quiet)
        return [f"{entry.old.label} → {entry.new.label}" for entry in rows]

    @property
    def has_articles(self) -> bool:
        return any(entry.unit.kind == UnitKind.ARTICLE for entry in self.redline.entries)


def warnings(text: RegulationText, side: str) -> list[str]:
    """What is not compared, or not surely, because of how the file is. `side`: "left" or "right", in words."""
    told = [text.explanation] if text.explanation else []
    pages = picture_pages(text.words) if text.has_words else []
    if pages:
        listed = ", ".join(map(str, pages[:12])) + (", …" if len(pages) > 12 else "")
        told.append(_("These pages have no words and are not compared: %s.") % listed)
    return [f"{side}: {sentence}" for sentence in told]
