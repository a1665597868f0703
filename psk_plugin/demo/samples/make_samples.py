"""Make the papers of the invented companies: `python -m psk_plugin.demo.samples.make_samples FOLDER`."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import papers, regulation_text
from .bad_files import bad_files

__all__ = ["COMPANIES", "Sample", "bad_files", "build", "company_data", "faults", "source_text"]

TEXTS = Path(__file__).parent / "texts"

#: Slugs in the order in which a demonstration tells them: repaired, turned away, approved.
COMPANIES = ("ombak-besi-nusatirta", "gudang-layang-sembilan", "griya-embun-pelangi")


@dataclass(frozen=True)
class Sample:
    """One file: slug of its company, code of the required document, version counted from 1."""

    company: str
    code: str
    path: Path
    version: int


def company_data(slug: str, version: int = 1) -> dict:
    """The data of a company, with those of its repair put over them for version 2."""
    data = json.loads((TEXTS / slug / "company.json").read_text("utf-8")) | {"slug": slug}
    if version > 1:
        data["text"] |= data["repairs"]["text"]
    return data


def faults(slug: str) -> list[dict]:
    """The planted faults: document, where, kind, norm, what, suggestion."""
    return json.loads((TEXTS / slug / "faults.json").read_text("utf-8"))


def source_text(slug: str, version: int = 1) -> str:
    """The plain source of a company's regulation; version 2 has the repaired articles in place."""
    source = (TEXTS / slug / "naskah.md").read_text("utf-8")
    if version > 1:
        source = regulation_text.repaired(source, (TEXTS / slug / "naskah-v2.md").read_text("utf-8"))
    return source


def build(target: Path) -> list[Sample]:
    """Write every paper of every company below `target`, one folder per company."""
    samples: list[Sample] = []
    for slug in COMPANIES:
        folder = Path(target) / slug
        folder.mkdir(parents=True, exist_ok=True)
        data = company_data(slug)
        for version in (1, 2) if "repairs" in data else (1,):
            samples += _regulation(company_data(slug, version), folder, version)
        samples += _papers(data, data["documents"], folder, 1)
        if "repairs" in data:
            samples += _papers(data, data["repairs"]["documents"], folder, 2)
    return samples


def _regulation(company: dict, folder: Path, version: int) -> Iterator[Sample]:
    source = source_text(company["slug"], version)
    for ending, write in (("pdf", regulation_text.to_pdf), ("docx", regulation_text.to_docx)):
        path = folder / f"naskah-pp-v{version}.{ending}"
        write(company, source, path)
        yield Sample(company["slug"], "naskah-pp", path, version)


def _papers(company: dict, documents: dict, folder: Path, version: int) -> Iterator[Sample]:
    for code, changes in documents.items():
        own = TEXTS / company["slug"] / f"{code}.md"
        source = (own if own.exists() else TEXTS / "formulir" / f"{code}.md").read_text("utf-8")
        ops = papers.lay_out(source, _values(company) | changes)
        photo = changes.get("photo")
        path = folder / f"{code}-v{version}.{'jpg' if photo else 'pdf'}"
        if photo:
            papers.save_photo(ops, photo, path)
        else:
            papers.save_pdf(ops, f"{code} - {company['name']}", path)
        yield Sample(company["slug"], code, path, version)


def _values(company: dict) -> dict:
    """What the forms may name in braces."""
    male = company["male_permanent"] + company["male_contract"]
    female = company["female_permanent"] + company["female_contract"]
    branches = company["branches"]
    away = sum(branch["workers"] for branch in branches)
    union = company["unions"][0] if company["unions"] else {}
    rows = (
        f"| {number} | {branch['name']} | {branch['address']} | {branch['regency']} | {branch['workers']} |"
        for number, branch in enumerate(branches, 1)
    )
    return (
        company
        | company["filing"]
        | {
            "letterhead": company["name"],
            "full_address": papers.full_address(company),
            "business_lower": company["business"][0].lower() + company["business"][1:],
            "male": male,
            "female": female,
            "workers": male + female,
            "permanent": company["male_permanent"] + company["female_permanent"],
            "contract": company["male_contract"] + company["female_contract"],
            "workers_branches": away,
            "workers_main": male + female - away,
            "branch_rows": "\n".join(rows),
            "union_registration": union.get("registration_number", ""),
            "union_members": union.get("members", 0),
            "meterai": "meterai",
        }
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python -m psk_plugin.demo.samples.make_samples FOLDER")
    made = build(Path(sys.argv[1]))
    bad = bad_files(Path(sys.argv[1]) / "bad-files")
    total = sum(sample.path.stat().st_size for sample in made)
    print(f"{len(made)} papers, {total:,} bytes; {len(bad)} bad files")
