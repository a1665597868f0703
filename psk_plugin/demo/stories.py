"""Applications of the demo, told through the verbs the site uses: what stands in the lists really happened."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from ..companies.models import Company
from ..review import verbs
from ..services.editions import current_edition
from ..services.models import Service
from ..submissions import answers, drafts, repairs
from ..submissions.lifecycle import perform
from ..submissions.models import Submission
from ..talk import verbs as talk
from . import small_papers
from .clock import Story, at
from .samples import make_samples

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
#: Norm of the corrector's checklist -> legal basis as the company reads it.
LEGAL_BASIS = {
    "A2": "UU 13/2003 Pasal 111 ayat (3)",
    "A3": "Permenaker 28/2014 Pasal 7",
    "A5": "UU 13/2003 Pasal 110; Permenaker 28/2014 Pasal 4",
    "B8": "UU 13/2003 Pasal 60",
    "C2": "PP 35/2021 Pasal 26",
    "D1": "UU 13/2003 Pasal 79",
    "D9": "UU 13/2003 Pasal 93 ayat (3)",
    "E6": "Permenaker 6/2016 Pasal 3 dan 5",
    "G2": "PP 35/2021 Pasal 52 ayat (2)",
    "K1": "UU 24/2011; PP 37/2021",
}


@dataclass
class Teller:
    """Leads one application from desk to desk, each step at its moment."""

    service: Service
    company: Company
    people: Mapping[str, Any]
    filer: Any
    story: Story
    submission: Submission = field(init=False)

    def draft(self, moment: dt.datetime, given: dict, files: Mapping[str, tuple[str, bytes]]) -> None:
        with at(moment):
            self.submission, _new = drafts.open_draft(self.service, self.company, self.filer)
            self.submission = drafts.keep_answers(self.submission, self.filer, given)
            self.attach(moment, files)

    def attach(self, moment: dt.datetime, files: Mapping[str, tuple[str, bytes]]) -> None:
        with at(moment):
            for code, (name, data) in files.items():
                drafts.attach(self.submission, self.filer, code, SimpleUploadedFile(name, data))

    def do(self, moment: dt.datetime, who: str, action: str, **kwargs) -> None:
        actor = self.filer if who == "company" else self.people[who]
        with at(moment):
            self.submission = perform(self.submission, action, actor, **kwargs)

    def say(self, moment: dt.datetime, who: str, text: str) -> None:
        """A message to the other side."""
        by_company = who == "company"
        with at(moment):
            talk.write(self.submission, self.filer if by_company else self.people[who], text, by_company=by_company)

    def note(self, moment: dt.datetime, who: str, text: str, *told: str) -> None:
        """A note among colleagues that names some of them."""
        with at(moment):
            verbs.add_note(self.submission, self.people[who], text, [self.people[name].pk for name in told])

    def send_back(self, moment: dt.datetime, who: str, faults: list[dict], message: str = "") -> None:
        """Write the faults as findings and return the application with them."""
        with at(moment):
            for fault in faults:
                verbs.add_finding(
                    self.submission,
                    self.people[who],
                    {
                        "document_code": fault["document"],
                        "field_code": "",
                        "article": fault["where"][:80],
                        "problem": fault["what"],
                        "request": fault["suggestion"],
                        "legal_basis": LEGAL_BASIS.get(fault["norm"], ""),
                        "is_mandatory": True,
                    },
                )
        self.do(moment, who, "return", data={"message": message})

    def read(self, moment: dt.datetime) -> None:
        with at(moment):
            repairs.mark_read(repairs.open_notice(self.submission), self.filer)

    def accept_all(self, moment: dt.datetime, who: str) -> None:
        with at(moment):
            for finding in self.submission.findings.filter(state="answered"):
                verbs.accept(self.submission, self.people[who], finding.pk)


#: Who does what at which time of day, on a way without trouble; one working day each.
WAY = (
    ("registrasi", "receive", "09:10"),
    ("verifikator", "declare_complete", "13:40"),
    ("korektor", "declare_in_order", "11:20"),
    ("kasi", "endorse", "09:45"),
    ("kabid", "endorse", "14:15"),
    ("kadis", "sign", "10:30"),
)


def once(service: Service, company: Company, last: dt.datetime, tell: Callable[[], None]) -> bool:
    """Tell a story unless the company has an application already: all of it or nothing.

    What follows the commit, PDF and letters, happens at `last`, the story's last moment, not today.
    """
    if Submission.objects.filter(service=service, company=company).exists():
        return False
    with at(last), transaction.atomic():
        tell()
    return True


def plain_way(teller: Teller, given: dict, files: Mapping[str, tuple[str, bytes]], steps: int) -> None:
    """Filed and passed on by the first `steps` desks, a working day each."""
    story = teller.story
    teller.draft(story.on(0, "09:00"), given, files)
    teller.do(story.on(0, "10:20"), "company", "file")
    for day, (who, action, time) in enumerate(WAY[:steps], 1):
        teller.do(story.on(day, time), who, action)


def end_of(story: Story, steps: int) -> dt.datetime:
    return story.on(steps, WAY[steps - 1][2]) if steps else story.on(0, "10:20")


def sample_answers(slug: str) -> dict:
    """The form's answers as the sample company's papers give them; the period as in its last version."""
    data = make_samples.company_data(slug)
    newest = make_samples.company_data(slug, 2) if "repairs" in data else data
    first, _dash, last = newest["text"]["period"].partition(" - ")
    return {
        "judul": data["text"]["title"],
        "nomor-surat": data["filing"]["number"],
        "tanggal-surat": _iso(data["filing"]["date"]),
        "masa-berlaku": {"from": _iso(first), "until": _iso(last)},
        "upah-terendah": data["filing"]["wage_min"],
        "upah-tertinggi": data["filing"]["wage_max"],
        "waktu-kerja": "Keduanya, menurut bagian",
        "penanggung-jawab": data["filing"]["signatory"],
        "jabatan": data["filing"]["position"],
        "telepon-kontak": data["phone"],
    }


def filler_answers(company: Company, filed: dt.date, number: int) -> dict:
    """Answers of a company in the background that files on `filed`; valid from a first of month after the decree."""
    first = filed + dt.timedelta(days=20) + relativedelta(months=1, day=1)
    return {
        "judul": f"Peraturan Perusahaan {company.name}",
        "nomor-surat": f"{number:03d}/HRD/{filed.month:02d}/{filed.year}",
        "tanggal-surat": (filed - dt.timedelta(days=2)).isoformat(),
        "masa-berlaku": {
            "from": first.isoformat(),
            "until": (first + relativedelta(years=2) - dt.timedelta(days=1)).isoformat(),
        },
        "upah-terendah": "5999443",
        "upah-tertinggi": "",
        "waktu-kerja": "5 hari kerja seminggu",
        "penanggung-jawab": "Pimpinan Contoh",
        "jabatan": "Direktur",
        "telepon-kontak": company.phone,
    }


def sample_files(built: list[make_samples.Sample], slug: str, version: int) -> dict[str, tuple[str, bytes]]:
    """The sample company's papers of one version, by document; of the regulation the PDF."""
    files = {}
    for sample in built:
        if (sample.company, sample.version) == (slug, version) and sample.path.suffix != ".docx":
            files[sample.code] = (Path(sample.path).name, sample.path.read_bytes())
    return files


def filler_files(service: Service, company: Company, codes: set[str] | None = None) -> dict[str, tuple[str, bytes]]:
    """A small paper for each document that the company owes, or only for `codes`."""
    data = {"name": company.name, "address": company.address, "kelurahan": company.kelurahan}
    blank = Submission(service=service, company=company)
    blank.edition = current_edition(service)
    files = {}
    for row, must in answers.wanted_documents(blank):
        if not must or (codes is not None and row["code"] not in codes):
            continue
        if row["is_regulation_text"]:
            paper = small_papers.regulation(f"PERATURAN PERUSAHAAN {company.name.upper()}", data)
        else:
            lines = [
                f"Dokumen ini dibuat sebagai contoh untuk {company.name}.",
                f"Jumlah pekerja: {company.workers} orang. Bidang usaha: {company.business}.",
            ]
            paper = small_papers.paper(row["title"].upper(), data, lines)
        files[row["code"]] = (f"{row['code']}.pdf", paper)
    return files


def _iso(text: str) -> str:
    """ "9 November 2026" as 2026-11-09."""
    day, month, year = text.split()
    return dt.date(int(year), MONTHS.index(month) + 1, int(day)).isoformat()
