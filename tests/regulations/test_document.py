"""What `docs/redline.md` says of the sample texts is what the program says of them today."""

import re

import pytest

from .examples import between, block, examples, made

MARKED = re.compile(r"~~(?P<gone>.+?)~~|\*\*(?P<come>.+?)\*\*")


def squeezed(text: str) -> str:
    """A text without spaces, hyphens and the signs of headings, by which a file's words and its source differ."""
    return re.sub(r"[\s#-]+", "", text)


def rows(title: str) -> list[list[str]]:
    """The cells of an example's table in the document."""
    part = between().split(f"### {title}\n")[1].split("\n### ")[0]
    return [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("|")][2:]


def test_the_document_says_what_the_program_says():
    assert between() == made(), "Write it anew: python -m tests.regulations.examples"


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.slug)
def test_each_part_that_changed_is_in_the_document_and_no_other(example):
    told = [entry.unit.label for entry in example.redline.entries if not entry.is_quiet]
    assert [where for _what, where, _words in rows(example.title)] == told
    assert block(example).count("\n| ") == len(told) + 1


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.slug)
def test_words_of_an_example_stand_in_the_texts_that_were_compared(example):
    """By the document alone: without what is marked as inserted it is the old text, without the deleted the new one."""
    sides = {"come": squeezed(example.old), "gone": squeezed(example.new)}
    looked = 0
    for what, where, words in rows(example.title):
        if not where.startswith("Pasal"):
            continue  # cover and signatures are made with the file
        for other, text in sides.items():
            if (other, what) in {("gone", "Removed"), ("come", "Added")}:
                continue
            side = MARKED.sub(lambda match, other=other: "" if match[other] else match["gone"] or match["come"], words)
            for piece in side.split("…"):
                assert squeezed(piece) in text, f"{where}: {piece}"
                looked += 1
    assert looked > 5


def test_the_repaired_sample_shows_every_repaired_article_and_no_other():
    repaired = re.findall(r"(?m)^## (Pasal \d+)", (examples_folder() / "naskah-v2.md").read_text("utf-8"))
    example = examples()[0]
    assert [where for _what, where, _words in rows(example.title) if where.startswith("Pasal")] == repaired


def examples_folder():
    from psk_plugin.demo.samples.make_samples import TEXTS

    return TEXTS / examples()[0].slug
