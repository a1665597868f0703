"""Texts of regulations for tests: made of articles, and made ugly as printers and PDF programs make them."""

import io
import re

from hypothesis import strategies as st

WORDS = re.findall(
    r"\S+",
    "pekerja perusahaan upah lembur cuti tahunan bulan hari jam istirahat kerja ayat surat peringatan hak kewajiban "
    "tunjangan keluarga sakit melahirkan pensiun pengusaha direksi undang-undang sekurang-kurangnya bersama serikat "
    "masa percobaan jaminan sosial kesehatan keselamatan mesin izin atasan sanksi skorsing pesangon penghargaan",
)

sentences = st.lists(st.sampled_from(WORDS), min_size=4, max_size=14).map(
    lambda words: " ".join(words).capitalize() + "."
)
bodies = st.lists(sentences, min_size=1, max_size=4).map(
    lambda rows: [f"({number}) {row}" for number, row in enumerate(rows, 1)]
)
titles = st.lists(st.sampled_from(WORDS[:20]), min_size=1, max_size=3).map(lambda words: " ".join(words).title())
articles = st.lists(st.tuples(titles, bodies), min_size=2, max_size=9)


def _named(rows):
    """Each word with the place of its article in it: no line is there on many pages, as a running head is."""
    return [
        (
            f"{title} {_letters(place)}".title(),
            [re.sub(r"([a-z])(?=[ .])", rf"\1{_letters(place)}", row) for row in body],
        )
        for place, (title, body) in enumerate(rows)
    ]


named_articles = articles.map(_named)


def write(rows, *, first: int = 1) -> str:
    """A plain text of articles, numbered from `first`, under one BAB."""
    lines = ["BAB I", "KETENTUAN UMUM"]
    for number, (title, body) in enumerate(rows, first):
        lines += [f"Pasal {number}", title, *body]
    return "\n".join(lines)


def numbered(*bodies: str) -> str:
    """Articles without titles, one paragraph each."""
    return "\n".join(f"Pasal {number}\n{body}" for number, body in enumerate(bodies, 1))


def distinct(count: int, *, salt: str = "") -> list[str]:
    """Bodies that have nothing to do with each other, thirty words each."""
    return [
        " ".join(f"kata{salt}{_letters(number)}{_letters(place)}" for place in range(30)) + "."
        for number in range(count)
    ]


def _letters(number: int) -> str:
    return chr(97 + number // 26) + chr(97 + number % 26)


def printed(text: str, *, width: int = 60, lines_per_page: int = 25, head: str = "", foot: str = "- {page} -") -> str:
    """The text as a printer sets it: broken lines, words cut at their ends, pages with running head and number."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if len(line) + len(word) + 1 <= width:
                line = f"{line} {word}".strip()
            elif re.fullmatch(r"[a-z]{9,}[.,;]?", word) and len(line) + 6 <= width:
                lines.append(f"{line} {word[:5]}-")
                line = word[5:]
            else:
                lines.append(line)
                line = word
        lines.append(line)
    pages = [lines[i : i + lines_per_page] for i in range(0, len(lines), lines_per_page)]
    whole = []
    for number, page in enumerate(pages, 1):
        whole.append("\n".join(filter(None, [head.format(page=number), *page, foot.format(page=number)])))
    return "\n\f\n".join(whole)


def pdf(text: str, *, size: int, margin_cm: float, head: str) -> bytes:
    """The text set by xhtml2pdf: letters of `size` points, so that lines and pages end elsewhere."""
    from xhtml2pdf import pisa

    rows = "".join(
        f"<h2>{line}</h2>" if re.match(r"(?:BAB|Pasal) [IVX\d]+$", line) else f"<p>{line}</p>"
        for line in text.split("\n")
    )
    out = io.BytesIO()
    pisa.CreatePDF(
        f"<html><head><style>@page {{ size: a4; margin: {margin_cm}cm; @frame foot {{ -pdf-frame-content: foot; "
        f"bottom: .5cm; left: 2cm; width: 15cm; height: 1cm; }} }} body {{ font-size: {size}pt; text-align: justify }}"
        f"</style></head><body><div id='foot'>{head} <pdf:pagenumber></div>{rows}</body></html>",
        dest=out,
    )
    return out.getvalue()
