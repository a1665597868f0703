"""Short ways to write the JSON of stream blocks."""

from typing import Any

Block = dict[str, Any]


def text(html: str) -> Block:
    return {"type": "text", "value": html}


def heading(words: str, level: str = "h2") -> Block:
    return {"type": "heading", "value": {"text": words, "level": level}}


def notice(html: str, title: str = "", kind: str = "info") -> Block:
    return {"type": "notice", "value": {"kind": kind, "title": title, "text": html}}


def facts(*lines: tuple[str, str]) -> Block:
    return {"type": "facts", "value": [{"term": term, "text": f"<p>{html}</p>"} for term, html in lines]}


def questions(*lines: tuple[str, str]) -> Block:
    return {"type": "questions", "value": [{"question": q, "answer": f"<p>{a}</p>"} for q, a in lines]}


def steps(*lines: tuple[str, str, str]) -> Block:
    """Title, text, name of a screen in demo_files (empty for none)."""
    return {"type": "steps", "value": [{"title": t, "text": f"<p>{h}</p>", "image": screen} for t, h, screen in lines]}


def link(words: str, url: str) -> dict[str, Any]:
    return {"text": words, "page": None, "url": url}


def card(icon: str, title: str, words: str, url: str) -> dict[str, Any]:
    return {"icon": icon, "title": title, "text": words, "link": link(title, url)}


def organisation(head: str, note: str, *units: tuple[str, str, tuple[str, ...]], highlighted: int) -> Block:
    """Name, note and parts of each unit; `highlighted` is the place of the one that stands out."""
    rows = [
        {"name": name, "note": words, "parts": list(parts), "is_highlighted": place == highlighted}
        for place, (name, words, parts) in enumerate(units)
    ]
    return {"type": "organisation", "value": {"head": head, "note": note, "units": rows}}


def contact() -> Block:
    return {"type": "contact", "value": None}
