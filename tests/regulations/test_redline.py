"""What changed between two texts: every word accounted for, articles known again, printing no change."""

import io
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psk_plugin.demo.samples.make_samples import source_text
from psk_plugin.marks import Op, words_of
from psk_plugin.regulations.headings import read
from psk_plugin.regulations.matching import pieces
from psk_plugin.regulations.redline import Change, compare

from .texts import WORDS, articles, distinct, named_articles, numbered, pdf, printed, titles, write

free = st.text(alphabet=st.characters(codec="utf-8"), max_size=300)


def shape(text: str) -> str:
    """A text as a row of words, as the marks account for it."""
    rows = (f"{unit.label}\n{''.join(w.space + w.text for w in words_of(unit.content))}" for unit in pieces(read(text)))
    return " ".join("\n".join(rows).split())


def told(redline) -> list[tuple[str, str]]:
    """What is not quiet, in reading order."""
    return [(entry.change.value, entry.unit.label) for entry in redline.entries if not entry.is_quiet]


def flat(text: str) -> str:
    return " ".join(text.split())


def edited(rows, data):
    """The articles with some changed, dropped, added, and put elsewhere."""
    rows = list(rows)
    for _step in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(rows) - 1))
        match data.draw(st.sampled_from(["word", "drop", "add", "move"])):
            case "word":
                title, body = rows[place]
                rows[place] = (title, [f"{body[0]} Tambahan {data.draw(st.sampled_from(WORDS))}.", *body[1:]])
            case "drop" if len(rows) > 1:
                del rows[place]
            case "add":
                rows.insert(place, (data.draw(titles), ["(1) Ketentuan yang sama sekali baru."]))
            case "move":
                rows.append(rows.pop(place))
    return rows


@given(articles, st.data())
def test_the_marks_lead_from_the_old_text_to_the_new_one(rows, data):
    old, new = write(rows), write(edited(rows, data))
    redline = compare(old, new)
    assert flat(redline.old_text) == shape(old)
    assert flat(redline.new_text) == shape(new)


@given(free, free)
def test_the_marks_account_for_any_two_texts(old, new):
    redline = compare(f"Pasal 1\n{old}", new)
    assert flat(redline.old_text) == shape(f"Pasal 1\n{old}")
    assert flat(redline.new_text) == shape(new)


@given(articles)
def test_a_text_beside_itself_is_unchanged(rows):
    redline = compare(write(rows), write(rows))
    assert redline.is_same and told(redline) == []


@given(named_articles, st.integers(45, 110), st.integers(8, 40), st.integers(45, 110), st.integers(8, 40))
def test_printing_is_no_change(rows, width, lines, other_width, other_lines):
    head = "Peraturan Perusahaan PT Contoh"
    first = printed(write(rows), width=width, lines_per_page=lines)
    second = printed(write(rows), width=other_width, lines_per_page=other_lines, foot="Halaman {page}")
    assert told(compare(first, second)) == []
    if first.count("\f") > 2:
        assert told(compare(printed(write(rows), width=width, lines_per_page=lines, head=head), second)) == []


def test_the_same_text_set_twice_by_xhtml2pdf_shows_no_change():
    from pypdf import PdfReader

    text = "\n".join(
        line.lstrip("# ") for line in source_text("gudang-layang-sembilan").splitlines() if "|" not in line
    )
    first, second = (
        "\n\f\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(text, **look))).pages)
        for look in (
            {"size": 11, "margin_cm": 2.5, "head": "Peraturan Perusahaan PT Gudang Layang Sembilan, halaman"},
            {"size": 14, "margin_cm": 3.5, "head": "hal."},
        )
    )
    assert second.count("\f") > first.count("\f") + 5
    assert len(read(first).articles) == 65
    assert told(compare(first, second)) == []


def test_a_word_that_changed_is_marked_alone():
    old = numbered("Cuti tahunan selama 10 (sepuluh) hari kerja.", "Upah dibayar.")
    new = numbered("Cuti tahunan selama 12 (dua belas) hari kerja.", "Upah dibayar.")
    redline = compare(old, new)
    assert told(redline) == [("changed", "Pasal 1")]
    marks = [(mark.op, mark.text.strip()) for mark in redline.entries[0].marks]
    assert (Op.DELETE, "10 (sepuluh") in marks and (Op.INSERT, "12 (dua belas") in marks
    assert (redline.entries[0].deleted, redline.entries[0].inserted) == (2, 3)


def test_an_article_put_in_renumbers_the_rest_and_changes_nothing_else():
    bodies = distinct(8)
    redline = compare(numbered(*bodies), numbered(*bodies[:3], "Ketentuan baru tentang kerja jarak jauh.", *bodies[3:]))
    assert told(redline) == [("added", "Pasal 4")]
    assert redline.counts["renumbered"] == 5
    assert [e.old.label for e in redline.entries if e.is_renumbered] == [f"Pasal {n}" for n in range(4, 9)]


def test_an_article_taken_out_stands_where_it_was():
    bodies = distinct(6)
    redline = compare(numbered(*bodies), numbered(*bodies[:2], *bodies[3:]))
    assert told(redline) == [("removed", "Pasal 3")]
    assert [e.change for e in redline.entries].index(Change.REMOVED) == 2


@pytest.mark.parametrize("place", [0, 3, 6])
def test_an_article_put_elsewhere_has_moved_and_nothing_else_has(place):
    bodies = distinct(8)
    moved = [body for body in bodies if body != bodies[place]] + [bodies[place]]
    redline = compare(numbered(*bodies), numbered(*moved))
    (entry,) = [e for e in redline.entries if e.is_moved]
    assert (entry.old.label, entry.new.label, entry.change) == (f"Pasal {place + 1}", "Pasal 8", Change.UNCHANGED)


def test_two_articles_that_changed_places_are_one_move():
    bodies = distinct(6)
    swapped = [*bodies[:1], bodies[2], bodies[1], *bodies[3:]]
    redline = compare(numbered(*bodies), numbered(*swapped))
    assert redline.counts["moved"] == 1 and redline.counts["renumbered"] == 2 and redline.counts["changed"] == 0


def test_an_article_that_moved_and_changed_is_both():
    bodies = distinct(6)
    words = bodies[0].split()
    redline = compare(numbered(*bodies), numbered(*bodies[1:], " ".join([*words[:10], "lain", *words[11:]])))
    (entry,) = [e for e in redline.entries if e.is_moved]
    assert entry.change == Change.CHANGED and entry.old.label == "Pasal 1" and entry.new.label == "Pasal 6"


def test_an_article_written_anew_under_its_number_is_changed_not_replaced():
    bodies = distinct(5)
    redline = compare(numbered(*bodies), numbered(*bodies[:2], *distinct(1, salt="lain"), *bodies[3:]))
    assert told(redline) == [("changed", "Pasal 3")]


def test_a_split_article_says_where_its_second_half_came_from():
    bodies = distinct(5)
    words = bodies[2].split()
    redline = compare(numbered(*bodies), numbered(*bodies[:2], " ".join(words[:20]), " ".join(words[20:]), *bodies[3:]))
    assert told(redline) == [("changed", "Pasal 3"), ("added", "Pasal 4")]
    assert redline.entries[3].kin == ["Pasal 3"]


def test_a_merged_article_says_where_it_went():
    bodies = distinct(5)
    redline = compare(numbered(*bodies), numbered(*bodies[:2], f"{bodies[2]} {bodies[3]}", *bodies[4:]))
    assert redline.counts["changed"] == 1 and redline.counts["removed"] == 1
    (gone,) = [e for e in redline.entries if e.change == Change.REMOVED]
    assert gone.kin == ["Pasal 3"]


def test_citations_that_follow_the_new_numbering_are_told_apart():
    bodies = [*distinct(4), "Denda menurut Pasal 3 dibayar setiap bulan kepada pekerja."]
    new = [bodies[0], "Ketentuan baru yang disisipkan di sini.", *bodies[1:4], bodies[4].replace("Pasal 3", "Pasal 4")]
    redline = compare(numbered(*bodies), numbered(*new))
    (entry,) = [e for e in redline.entries if e.change == Change.CHANGED]
    assert entry.follows_numbering
    wrong = compare(numbered(*bodies), numbered(*new[:-1], bodies[4].replace("Pasal 3", "Pasal 1")))
    assert not any(e.follows_numbering for e in wrong.entries)


def test_articles_of_the_same_words_are_matched_by_their_number():
    body = "Ketentuan ini cukup jelas."
    redline = compare(numbered(body, body, body), numbered(body, body, body, body))
    assert told(redline) == [("added", "Pasal 4")]


def test_a_text_without_articles_is_compared_by_paragraphs():
    old = "\n".join(distinct(6))
    new = "\n".join([*distinct(3), "Alinea yang baru di tengah naskah.", *distinct(6)[3:]])
    assert told(compare(old, new)) == [("added", "Alinea 4")]


def test_a_chapter_with_another_name_is_changed():
    redline = compare("BAB I\nUMUM\nPasal 1\nSatu.", "BAB I\nKETENTUAN UMUM\nPasal 1\nSatu.")
    assert told(redline) == [("changed", "BAB I")]


def test_the_repaired_sample_shows_the_eight_repaired_articles():
    old, new = (
        "\n".join(line.lstrip("# ") for line in source_text("ombak-besi-nusatirta", version).splitlines())
        for version in (1, 2)
    )
    labels = [label for change, label in told(compare(old, new)) if change == "changed"]
    assert labels == [f"Pasal {number}" for number in (11, 20, 30, 31, 32, 61, 76)]


def large(pages: int, seed: int = 1) -> str:
    """A text of so many pages of 350 words."""
    chance, lines, words, number = random.Random(seed), [], 0, 0
    while words < pages * 350:
        number += 1
        lines.append(f"Pasal {number}")
        for ayat in range(1, chance.randint(2, 7)):
            body = " ".join(chance.choice(WORDS) + chance.choice(["", "", "", "nya", "an"]) for _i in range(25))
            words += 25
            lines.append(f"({ayat}) {body}.")
    return "\n".join(lines)


def test_two_texts_of_a_hundred_pages_are_compared_in_two_seconds():
    old, chance = large(100), random.Random(2)
    new = "\n".join(
        " ".join(
            chance.choice(WORDS) if chance.random() < 0.03 and place > 1 else word for place, word in enumerate(row)
        )
        for row in (line.split(" ") for line in old.split("\n"))
    )
    started = time.process_time()
    redline = compare(old, new)
    assert time.process_time() - started < 2
    assert redline.counts["changed"] > 100 and redline.counts["added"] == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Pasal 1\n" + "upah " * 20_000, "Pasal 1\n" + "upah " * 19_000 + "cuti " + "upah " * 500),
        (" ".join(WORDS * 400), " ".join(reversed(WORDS * 400))),
        ("", large(60)),
        ("\n".join(f"Pasal {n}\n" for n in range(1, 900)), "\n".join(f"Pasal {n}\n" for n in range(900, 1, -1))),
    ],
)
def test_odd_texts_do_not_take_long(old, new):
    started = time.process_time()
    redline = compare(old, new)
    assert time.process_time() - started < 4
    assert flat(redline.new_text) == shape(new)
