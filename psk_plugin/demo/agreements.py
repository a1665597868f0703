"""Stories of the demo about two parties and about what follows a first decree: a PKB that waits for its union, a PKB
registered with a note of the office, the renewal of a PP that is under way.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from ..companies.models import Company
from ..review import verbs
from ..services.models import Service
from ..submissions import answers, union
from ..submissions.models import Submission
from . import accounts, small_papers, stories
from .clock import Story, at
from .companies import join

#: Codes of companies in the background: whose PKB waits for the union, whose is registered, who renews its PP.
WAITS, REGISTERED, RENEWS = "cakra", "pandawa", "lestari"
#: Months ago that the registered PKB was asked for; working days ago for those that are under way.
MONTHS_AGO, WAITS_SINCE, RENEWS_SINCE = 7, 2, 3
NOTE = (
    "Pasal 5 tentang lembur: lamanya lembur tidak boleh melebihi 4 jam sehari dan 18 jam seminggu (PP 35/2021 Pasal "
    "26)."
)


def tales(fillers: Mapping[str, Company], people: Mapping[str, Any]) -> list[tuple[Story, Callable[[Story], bool]]]:
    """The three stories with their first day."""
    services = {service.code: service for service in Service.objects.all()}
    long_ago = timezone.localdate() - relativedelta(months=MONTHS_AGO)
    return [
        (Story(long_ago), partial(_registered, services["pkb-baru"], fillers[REGISTERED], people)),
        (Story.ago(WAITS_SINCE), partial(_waits, services["pkb-baru"], fillers[WAITS], people)),
        (Story.ago(RENEWS_SINCE), partial(_renews, services["pp-pembaharuan"], fillers[RENEWS], people)),
    ]


def _registered(service: Service, company: Company, people: Mapping[str, Any], story: Story) -> bool:
    """The union agrees on the same day, the corrector notes a clause on the decree, the PKB is registered."""

    def tell() -> None:
        teller = _begun(service, company, people, story, 41)
        _union_agrees(teller.submission, story.on(0, "14:05"))
        for day, (who, action, time) in enumerate(stories.WAY, 1):
            if action == "declare_in_order":
                with at(story.on(day, "11:05")):
                    verbs.write_decree_notes(teller.submission, people[who], NOTE)
            teller.do(story.on(day, time), who, action)

    return stories.once(service, company, stories.end_of(story, len(stories.WAY)), tell)


def _waits(service: Service, company: Company, people: Mapping[str, Any], story: Story) -> bool:
    """Received by the office; somebody of the union has opened the link and has not answered."""

    join(company, people["pemohon2"])

    def tell() -> None:
        teller = _begun(service, company, people, story, 42)
        teller.do(story.on(1, "09:10"), "registrasi", "receive")
        with at(story.on(1, "13:20")):
            union.mark_seen(union.current(teller.submission))

    return stories.once(service, company, story.on(1, "13:20"), tell)


def _renews(service: Service, company: Company, people: Mapping[str, Any], story: Story) -> bool:
    """The renewal of a PP that ends soon: at correction, with a text that differs from the old one in some Pasal."""

    def tell() -> None:
        teller = _begun(service, company, people, story, 43)
        for day, (who, action, time) in enumerate(stories.WAY[:2], 1):
            teller.do(story.on(day, time), who, action)

    return stories.once(service, company, stories.end_of(story, 2), tell)


def _begun(service: Service, company: Company, people: Mapping[str, Any], story: Story, number: int) -> stories.Teller:
    """An application filed in the morning, with what the office knows already filled in."""
    filer = people[accounts.FILER]
    join(company, filer)
    teller = stories.Teller(service, company, people, filer, story)
    teller.draft(story.on(0, "09:00"), {}, {})
    given = _answers(teller.submission, story.start, number)
    teller.draft(story.on(0, "09:20"), given, _papers(teller.submission, company))
    teller.do(story.on(0, "10:20"), "company", "file")
    return teller


def _answers(draft: Submission, filed: dt.date, number: int) -> dict[str, Any]:
    """What a company writes, besides what stands in its profile and in the office's records."""
    company = draft.company
    known = stories.filler_answers(company, filed, number) | {
        "judul": f"Perjanjian Kerja Bersama {company.name}",
        "alamat-sp": f"{company.address}, Kota Bekasi",
        "kontak-sp": "Pengurus Contoh",
        "surel-sp": f"serikat.{company.email.partition('@')[0]}@contoh.test",
        "tanggal-tanda-tangan": (filed - dt.timedelta(days=5)).isoformat(),
        "penandatangan-pengusaha": "Pimpinan Contoh, Direktur",
        "penandatangan-sp": "Pengurus Contoh, Ketua",
    }
    codes = {row["code"] for row in draft.definition["fields"]}
    return {code: value for code, value in known.items() if code in codes and not draft.data.get(code)}


def _papers(draft: Submission, company: Company) -> dict[str, tuple[str, bytes]]:
    """A small paper for each document that the company owes; the text with both parties, or with what changed."""
    data = {"name": company.name, "address": company.address, "kelurahan": company.kelurahan}
    files = {}
    for row, must in answers.wanted_documents(draft):
        if not must:
            continue
        if row["is_regulation_text"] and draft.definition["kind"] == "PKB":
            paper = small_papers.agreement(company.unions.first().name, data)
        elif row["is_regulation_text"]:
            title = f"PERATURAN PERUSAHAAN {company.name.upper()}"
            paper = small_papers.regulation(title, data, small_papers.IMPROVED)
        else:
            lines = [f"Dokumen ini dibuat sebagai contoh untuk {company.name}."]
            paper = small_papers.paper(row["title"].upper(), data, lines)
        files[row["code"]] = (f"{row['code']}.pdf", paper)
    return files


def _union_agrees(submission: Submission, moment: dt.datetime) -> None:
    with at(moment):
        confirmation = union.current(submission)
        union.mark_seen(confirmation)
        union.answer(confirmation, agrees=True, name="Pengurus Contoh", position="Ketua", reason="")
