"""The redlines of the three sample texts as `docs/redline.md` shows them, computed from what is shipped.

`python -m tests.regulations.examples` writes them into the document anew; `test_document` compares both. Two of the
samples were filed once only: their second text is a renewal of the same regulation, edited here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

PLACE = Path(__file__).parents[2] / "docs" / "redline.md"
BEGIN, END = "<!-- examples: begin -->\n", "<!-- examples: end -->\n"
#: Words shown on either side of a change, and of a long one at its two ends.
NEAR, ENDS = 6, 12


@dataclass(frozen=True)
class Example:
    """Two texts of one company, as source and as words of the files made of them."""

    slug: str
    title: str
    told: str
    old: str
    new: str
    ending: str

    @property
    def redline(self):
        from psk_plugin.regulations.redline import compare

        return compare(words_of(self.slug, self.old, 1, self.ending), words_of(self.slug, self.new, 2, self.ending))


@cache
def words_of(slug: str, source: str, version: int, ending: str) -> str:
    """The words that the site reads out of a file of this text."""
    from psk_plugin.demo.samples import make_samples, regulation_text
    from psk_plugin.regulations import text

    write, read = {
        "pdf": (regulation_text.to_pdf, lambda data: text._pdf_words(data)[0]),
        "docx": (regulation_text.to_docx, text._docx_words),
    }[ending]
    data = make_samples.company_data(slug)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"naskah.{ending}"
        write(make_samples.company_data(slug, version) if "repairs" in data else data, source, path)
        return read(path.read_bytes())


def examples() -> list[Example]:
    """One per sample, in the order of the document."""
    from psk_plugin.demo.samples.make_samples import COMPANIES, source_text

    press, depot, hotel = COMPANIES
    return [
        Example(
            press,
            "PT Ombak Besi Nusatirta: the repair of a returned text",
            "Version 1 and its repair, both shipped, as PDF: set anew, breaks elsewhere. Every repaired article and no "
            "other.",
            source_text(press, 1),
            source_text(press, 2),
            "pdf",
        ),
        Example(
            depot,
            "PT Gudang Layang Sembilan: a renewal with a new article",
            "The shipped text and a renewal, as PDF: the age of admission raised, the ban on marriage taken out, an "
            "article on safety put in. All that follows it has another number, and what cites it follows.",
            source_text(depot),
            depot_renewed(source_text(depot)),
            "pdf",
        ),
        Example(
            hotel,
            "PT Griya Embun Pelangi: a renewal with an article put elsewhere",
            "The shipped text and a renewal, as Word: the article on relatives stands in another chapter, the "
            "bipartite forum is no longer a matter of need, the article on absence is gone.",
            source_text(hotel),
            hotel_renewed(source_text(hotel)),
            "docx",
        ),
    ]


# --- renewals ---------------------------------------------------------------------------------------------------------


def depot_renewed(source: str) -> str:
    safety = (
        "## Pasal 0\n(1) Perusahaan menerapkan sistem manajemen keselamatan dan kesehatan kerja.\n"
        "(2) Alat pelindung diri disediakan tanpa biaya bagi petugas gudang dan awak armada.\n\n"
    )
    parts = split(source)
    replace(parts, "Pasal 5", "17 (tujuh belas)", "18 (delapan belas)")
    ban = next(line for line in parts[place(parts, "Pasal 44")].splitlines() if line.startswith("(2)"))
    replace(parts, "Pasal 44", f"{ban}\n", "")
    replace(parts, "Pasal 44", "(1) Karyawan", "Karyawan")
    parts.insert(place(parts, "Pasal 34") + 1, safety)
    return numbered_anew(parts)


def hotel_renewed(source: str) -> str:
    parts = split(source)
    replace(parts, "Pasal 62", "akan dibentuk apabila dipandang perlu", "dibentuk paling lambat 6 (enam) bulan")
    del parts[place(parts, "Pasal 66")]
    relatives = parts.pop(place(parts, "Pasal 60"))
    parts.insert(place(parts, "Pasal 14") + 1, relatives)
    return numbered_anew(parts)


def split(source: str) -> list[str]:
    """A source by its headings."""
    return re.split(r"(?m)^(?=#)", source)


def place(parts: list[str], label: str) -> int:
    return next(number for number, part in enumerate(parts) if re.match(rf"## {label}\b", part))


def replace(parts: list[str], label: str, old: str, new: str) -> None:
    number = place(parts, label)
    assert old in parts[number], f"{label}: {old}"
    parts[number] = parts[number].replace(old, new)


def numbered_anew(parts: list[str]) -> str:
    """The parts joined, their articles numbered in order; what cites an article of the text follows."""
    numbers: dict[str, int] = {}
    for part in parts:
        if match := re.match(r"## Pasal (\d+)", part):
            numbers[match[1]] = len(numbers) + 1
    # Articles of laws keep their numbers.
    cited = re.compile(r"Pasal (\d+)(?! (?:undang-undang|Peraturan Pemerintah))")
    return cited.sub(lambda match: f"Pasal {numbers.get(match[1], match[1])}", "".join(parts))


# --- the document -----------------------------------------------------------------------------------------------------


def rows_of(redline) -> Iterator[tuple[str, str, str]]:
    """What became of it, where, and its words with marks, for each part that is worth reading."""
    from psk_plugin.regulations.showing import Shown

    for part in Shown(redline).loud:
        yield ", ".join(part.words), part.entry.unit.label, excerpt(part.entry.marks)


def excerpt(marks) -> str:
    """The changed words among their neighbours; ~~deleted~~, **inserted**, a long stretch by its ends."""
    from psk_plugin.marks import Op

    signs = {Op.DELETE: "~~", Op.INSERT: "**", Op.EQUAL: ""}
    pieces = []
    for number, mark in enumerate(marks):
        words, sign = mark.text.split(), signs[mark.op]
        first = ENDS if sign else (NEAR if number else 0)
        last = ENDS if sign else (NEAR if number < len(marks) - 1 else 0)
        if len(marks) == 1:  # moved, nothing changed: its beginning
            first, last = ENDS, 0
        shown = [words] if len(words) <= first + last else [words[:first], words[len(words) - last :]]
        is_beginning = number == 1 and not mark.lead  # nothing stood before what is deleted there
        lead = " " if mark.lead or is_beginning else ""
        pieces.append(lead + " … ".join(f"{sign}{' '.join(w)}{sign}" if w else "" for w in shown))
    return " ".join("".join(pieces).split())


def block(example: Example) -> str:
    """One example as it stands in the document."""
    from psk_plugin.regulations.showing import Shown

    redline = example.redline
    shown = Shown(redline)
    lines = [f"### {example.title}", example.told, "", f"The page says: *{shown.summary}*.", ""]
    lines += ["| | where | words |", "|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in rows_of(redline)]
    if shown.renumbered:
        lines += ["", f"Only another number: {shown.renumbered[0]} and so on to {shown.renumbered[-1]}."]
    return "\n".join(lines) + "\n"


def other_pairs() -> str:
    """Pairs that are told in a line: each sample as PDF beside Word, and two texts of different companies."""
    from psk_plugin.demo.samples.make_samples import COMPANIES, company_data, source_text
    from psk_plugin.regulations.redline import compare
    from psk_plugin.regulations.showing import Shown

    def summary(old: tuple[str, str], new: tuple[str, str]) -> str:
        sides = (words_of(slug, source_text(slug), 1, ending) for slug, ending in (old, new))
        redline = compare(*sides)
        loud = [part.entry.unit.label for part in Shown(redline).loud]
        return Shown(redline).summary + (f": {', '.join(loud)}" if 0 < len(loud) < 9 else "")

    name = {slug: company_data(slug)["name"] for slug in COMPANIES}
    lines = ["### Other pairs", "| compared | the page says |", "|---|---|"]
    for slug in COMPANIES:
        lines.append(f"| {name[slug]}: PDF beside Word, the same text | {summary((slug, 'pdf'), (slug, 'docx'))} |")
    _press, depot, hotel = COMPANIES
    told = summary((hotel, "pdf"), (depot, "pdf"))
    lines.append(f"| {name[hotel]} beside {name[depot]}, which have nothing to do with each other | {told} |")
    return "\n".join(lines) + "\n"


def made() -> str:
    """All of it, to stand between the two marks of the document."""
    from django.utils import translation

    with translation.override("en"):
        return "\n".join([*map(block, examples()), other_pairs()])


def between() -> str:
    """What the document has there now."""
    return PLACE.read_text("utf-8").split(BEGIN)[1].split(END)[0]


def written() -> str:
    """The document with today's examples."""
    head, rest = PLACE.read_text("utf-8").split(BEGIN)
    return f"{head}{BEGIN}{made()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disnaker_site.settings.test")
    django.setup()
    PLACE.write_text(written(), "utf-8")
