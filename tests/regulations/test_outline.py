"""BAB, Pasal and ayat are found in bare words, whatever a printer or a PDF program has put between them."""

import pytest
from hypothesis import given

from psk_plugin.demo.samples.make_samples import COMPANIES, source_text
from psk_plugin.regulations.cleaning import clean_characters, clean_lines, joined, picture_pages
from psk_plugin.regulations.headings import read
from psk_plugin.regulations.outline import UnitKind

from .texts import articles, printed, write

TEXT = """PERATURAN PERUSAHAAN
PT Contoh
BAB I
KETENTUAN UMUM
Pasal 1
Pengertian
Dalam Peraturan Perusahaan ini yang dimaksud dengan:
a. Pekerja adalah orang yang bekerja.
b. Upah adalah hak pekerja menurut
Pasal 88 Undang-Undang Ketenagakerjaan.
Pasal 2
(1) Upah dibayar sebagaimana dimaksud dalam
Pasal 13
ayat (2) setiap bulan.
(2) Rinciannya pada ayat
(1) berlaku.
BAB II WAKTU KERJA
Bagian Kesatu
Jam Kerja
Pasal 3. Hari Kerja
Lima hari.
Pasal 3A Kerja Gilir
Tiga regu.
Ditetapkan di Bekasi
Direktur
LAMPIRAN I JAM KERJA
Regu
08.00"""


def headings(text: str) -> list[str]:
    return [unit.heading for unit in read(text).units]


def numbers(text: str) -> list[str]:
    return [unit.number for unit in read(text).articles]


def test_a_text_becomes_its_chapters_parts_and_articles():
    assert headings(TEXT) == [
        "Pembukaan",
        "BAB I KETENTUAN UMUM",
        "Pasal 1 Pengertian",
        "Pasal 2",
        "BAB II WAKTU KERJA",
        "Bagian Kesatu Jam Kerja",
        "Pasal 3 Hari Kerja",
        "Pasal 3A Kerja Gilir",
        "Penutup",
        "Lampiran I JAM KERJA",
    ]


def test_the_tree_puts_articles_under_their_part_and_chapter():
    roots = read(TEXT).tree
    assert [branch.unit.label for branch in roots] == ["Pembukaan", "BAB I", "BAB II", "Penutup", "Lampiran I"]
    (part,) = roots[2].below
    assert part.unit.label == "Bagian Kesatu"
    assert [branch.unit.label for branch in part.below] == ["Pasal 3", "Pasal 3A"]


def test_ayat_are_counted_and_citations_of_them_are_not():
    second = read(TEXT).articles[1]
    assert [number for number, _words in second.ayat] == ["1", "2"]
    assert "Pasal 13 ayat (2)" in second.ayat[0][1]


@pytest.mark.parametrize("heading", ["Pasal 1", "PASAL 1", "Pasal1", "pasal 1", "Pasal 1.", "Pasal\n1", "P A S A L 1"])
def test_a_heading_is_known_in_all_its_spellings(heading):
    assert numbers(f"BAB I\nUMUM\n{heading}\nSatu kalimat.\nPasal 2\nDua kalimat.") == ["1", "2"]


@pytest.mark.parametrize(
    "line",
    [
        "Pasal 156 Undang-Undang Nomor 13 Tahun 2003 berlaku.",
        "Pasal 12 ayat (2) tetap berlaku.",
        "Pasal 5 dan Pasal 6 mengatur lembur.",
        "pasal 7 huruf a.",
        "Bab II mengatur lembur.",
        "BAB II dan BAB III berlaku bersama.",
    ],
)
def test_running_text_that_begins_like_a_heading_is_none(line):
    assert headings(f"Pasal 1\nHak pekerja diatur.\n{line}\nPasal 2\nPenutup.") == ["Pasal 1", "Pasal 2"]


def test_a_line_broken_before_a_citation_is_no_heading():
    assert numbers("Pasal 1\nSebagaimana dimaksud dalam\nPasal 9\nUpah dibayar.\nPasal 2\nCuti.") == ["1", "2"]


@pytest.mark.parametrize(
    "contents",
    [
        "DAFTAR ISI\nBAB I UMUM ........ 2\nPasal 1 Pengertian ........ 2\nPasal 2 Tujuan . . . . . 3",
        "DAFTAR ISI\n. . . . . . 2\nBAB I UMUM\n . . . . . . 2\nPasal 1 Pengertian\n. . . . . 3\nPasal 2 Tujuan",
        "DAFTAR ISI\nBAB I UMUM 2\nPasal 1 Pengertian 2\nPasal 2 Tujuan 3",
        "Pasal 1 Pengertian ...... 7\nPasal 2 Tujuan …………… 8",
    ],
)
def test_the_table_of_contents_is_no_article(contents):
    text = f"{contents}\nKata pengantar perusahaan.\nBAB I\nUMUM\nPasal 1\nPengertian\nSatu.\nPasal 2\nTujuan\nDua."
    outline = read(text)
    assert [unit.content for unit in outline.articles] == ["Pengertian\nSatu.", "Tujuan\nDua."]
    assert "Kata pengantar perusahaan." in outline.units[0].content


def test_page_numbers_and_running_heads_are_left_out():
    text = write([("Upah", [f"({n}) Upah ke {n} dibayar penuh." for n in range(1, 60)])])
    outline = read(
        printed(text, lines_per_page=12, head="Peraturan Perusahaan PT Contoh", foot="Halaman {page} dari 9")
    )
    (article,) = outline.articles
    assert "PT Contoh" not in article.content and "Halaman" not in article.content
    assert "Upah ke 59 dibayar" in article.content


def test_bare_page_numbers_go_and_numbers_of_the_text_stay():
    pages = [f"Baris awal {place} teks\n{place * 100 + 7}\nteks akhir\n{place + 4}" for place in range(1, 6)]
    lines = [line.text for line in clean_lines("\n\f\n".join(pages))]
    assert "107" in lines and "307" in lines
    assert not {"5", "6", "7", "8", "9"} & set(lines)


def test_an_article_at_the_top_of_every_page_is_no_running_head():
    text = "\n\f\n".join(f"Pasal {number}\nIsi pasal nomor {number} sendiri." for number in range(1, 9))
    assert numbers(text) == [str(number) for number in range(1, 9)]


def test_a_chapter_printed_again_at_the_head_of_each_page_is_one_chapter():
    text = "BAB I UMUM\nPasal 1\nSatu.\n\f\nBAB I UMUM\nlanjut satu.\n\f\nBAB I UMUM\nPasal 2\nDua."
    assert headings(text) == ["BAB I UMUM", "Pasal 1", "Pasal 2"]


def test_units_know_their_page():
    outline = read("BAB I\nUMUM\nPasal 1\nSatu.\n\f\nPasal 2\nDua.")
    assert [unit.page for unit in outline.units] == [1, 1, 2]
    assert (outline.page_count, read("Pasal 1\nSatu.").articles[0].page) == (2, None)


def test_pages_that_are_pictures_are_named():
    assert picture_pages("Pasal 1 berisi beberapa kata saja.\n\f\n 2 \n\f\nPasal 2 berisi beberapa kata.") == [2]
    assert picture_pages("tanpa halaman") == []


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("de\ufb01nisi", "definisi"),
        ("peng\u00adusaha", "pengusaha"),
        ("penge\u00ad\nsahan", "pengesahan"),
        ("upah\u00a0pokok\u2003tetap", "upah pokok tetap"),
        ("\u202bupah\u202c \u200fpokok\ufeff", "upah pokok"),
        ("“upah” ‘pokok’", "\"upah\" 'pokok'"),
        ("2024–2026", "2024-2026"),
        ("\uf0b7 butir\x00\x07", "• butir"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ],
)
def test_invisible_marks_and_odd_letters_are_plain(raw, clean):
    assert clean_characters(raw) == clean


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["per-", "usahaan"], "perusahaan"),
        (["undang-", "undang"], "undang-undang"),
        (["sekurang-", "kurangnya"], "sekurang-kurangnya"),
        (["tahun 2024 -", "2026"], "tahun 2024 - 2026"),
        (["upah", "pokok"], "upah pokok"),
    ],
)
def test_words_cut_at_the_end_of_a_line_are_whole(lines, text):
    assert joined(lines) == text


@pytest.mark.parametrize("slug", COMPANIES)
def test_every_article_of_the_sample_texts_is_found(slug):
    source = source_text(slug)
    wanted = [line.split()[2] for line in source.splitlines() if line.startswith("## Pasal")]
    text = "\n".join(line.lstrip("# ") for line in source.splitlines())
    assert numbers(text) == wanted and len(wanted) > 60


@given(articles)
def test_as_many_articles_are_read_as_were_written(rows):
    assert numbers(write(rows)) == [str(number) for number in range(1, len(rows) + 1)]


@pytest.mark.parametrize(
    "text", ["", "\f\f\f", "\x00", "Pasal", "BAB", "(1)", "DAFTAR ISI", "." * 5000, "Pasal 1" * 500]
)
def test_no_text_breaks_it(text):
    assert all(unit.kind in UnitKind for unit in read(text).units)
