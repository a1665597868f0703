"""The demo: accounts, companies and applications at every desk. Safe to run again: nothing is doubled, nothing lost."""

import datetime as dt
import tempfile
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.test.utils import override_settings
from django.utils import timezone, translation

from ..companies.models import Company
from ..norms.loader import load_norms
from ..office.models import OfficeSettings
from ..services.loader import load_services
from ..services.models import Service
from . import accounts, agreements, campaigns, census, claims, meetings, opinions, reports, stories, wordings
from .census_sample import ALL_COMPANIES
from .clock import Story
from .companies import filler_companies, join, sample_companies
from .samples import make_samples

#: Code of a company in the background -> months ago that its decree was asked for. Two years make it expire:
#: the first two have expired, the next two expire soon, the others are in force.
DECREES = {
    "garuda": 33,
    "anggrek": 28,
    "seruni": 24,
    "lestari": 24,
    "sagara": 14,
    "tirta": 9,
    "melati": 7,
    "pelita": 2,
}
#: Code -> desks passed: what waits at registration, verification and paraf.
WAITING = {"bahari": 0, "mentari": 0, "wijaya": 1, "rimba": 3, "satria": 4}
#: Begun and left by `pemohon2`: some answers and three papers are there, the rest is for whoever tries it out.
DRAFT = "kenanga"
#: `pemohon` acts for it too: its PP ends soon, so that renewing it can be tried out.
EXPIRES = "seruni"


def load(stdout: Any, companies: int = ALL_COMPANIES) -> None:
    """Fill an empty installation; complete one that has parts of the demo.

    `stdout`: has `write`. `companies`: how many of the invented census are taken in.
    """
    # Letters of the past go nowhere; their rows stand in the admin as sent.
    with (
        translation.override(settings.LANGUAGE_CODE),
        override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"),
    ):
        people = accounts.make_accounts()
        _office()
        load_services(with_templates=True)
        load_norms()
        service = Service.objects.get(code="pp-baru")
        told = _tell(service, people)
        meetings.load(people, filler_companies())
        reports.load(people)
        # Before any census: its letters go to the demo's own companies.
        campaigns.load(people)
        opinions.load(people)
        wordings.load()
        census.load(people, companies)
        claims.load(people)
    stdout.write(f"{Company.objects.count()} perusahaan, {told} permohonan baru dibuat.\n")
    stdout.write(accounts.table() + "\n")


def _office() -> None:
    """Signer and contact by role only, unless somebody has filled them in."""
    office = OfficeSettings.load()
    if not office.signer_nip:
        office.contact = office.contact or "Telepon (021) 0000-0000 · disnaker@contoh.test"
        office.signer_rank = office.signer_rank or "Pembina Utama Muda"
        office.signer_nip = "00000000 000000 0 000"
        office.save()


def _tell(service: Service, people: dict) -> int:
    samples, fillers = sample_companies(), filler_companies()
    join(samples["ombak-besi-nusatirta"], people["pemohon"])
    join(samples["griya-embun-pelangi"], people["pemohon"])
    join(samples["gudang-layang-sembilan"], people["pemohon2"])
    join(fillers[DRAFT], people["pemohon2"])
    join(fillers[EXPIRES], people["pemohon"])
    today = timezone.localdate()
    tales: list[tuple[Story, Callable[[Story], bool]]] = []
    for number, (code, months) in enumerate(DECREES.items(), 1):
        story = Story(today - relativedelta(months=months) + dt.timedelta(days=number))
        tales.append((story, partial(_filler, service, fillers[code], people, number, 6)))
    for number, (code, steps) in enumerate(WAITING.items(), 20):
        tales.append((Story.ago(steps + 1), partial(_filler, service, fillers[code], people, number, steps)))
    tales += agreements.tales(fillers, people)
    with tempfile.TemporaryDirectory() as folder:
        papers = Papers(Path(folder))
        for slug, days_ago, tell in SAMPLES:
            tales.append((Story.ago(days_ago), partial(tell, service, samples[slug], people, papers, slug)))
        # Oldest first: the numbers of a year run in the order of filing.
        tales.sort(key=lambda tale: tale[0].start)
        told = sum(tell(story) for story, tell in tales)
    return told + _draft(service, fillers[DRAFT], people)


class Papers:
    """The samples' papers, made when the first story asks for them: a second run needs none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def built(self) -> list[make_samples.Sample]:
        return make_samples.build(self.folder)

    def of(self, slug: str, version: int) -> dict[str, tuple[str, bytes]]:
        return stories.sample_files(self.built, slug, version)


def _filler(service: Service, company: Company, people: dict, number: int, steps: int, story: Story) -> bool:
    """A company in the background whose application has passed the first `steps` desks."""
    filer = people[accounts.FILER]
    join(company, filer)

    def tell() -> None:
        teller = stories.Teller(service, company, people, filer, story)
        given = stories.filler_answers(company, story.start, number)
        stories.plain_way(teller, given, stories.filler_files(service, company), steps)

    return stories.once(service, company, stories.end_of(story, steps), tell)


def _draft(service: Service, company: Company, people: dict) -> bool:
    story = Story.ago(1)
    moment = story.on(0, "15:12")

    def tell() -> None:
        given = stories.filler_answers(company, story.start, 31)
        for code in ("upah-terendah", "waktu-kerja", "penanggung-jawab", "jabatan"):
            given[code] = ""
        files = stories.filler_files(service, company, {"surat-permohonan", "bukti-wlkp", "naskah-pp"})
        stories.Teller(service, company, people, people["pemohon2"], story).draft(moment, given, files)

    return stories.once(service, company, moment, tell)


def _repaired(service: Service, company: Company, people: dict, papers: Papers, slug: str, story: Story) -> bool:
    """Returned by the verifier, repaired, returned by the corrector, repaired: at correction, text in version 2."""
    faults = make_samples.faults(slug)

    def tell() -> None:
        teller = stories.Teller(service, company, people, people["pemohon"], story)
        first, second = (papers.of(slug, version) for version in (1, 2))
        text = {"naskah-pp": second.pop("naskah-pp")}
        stories.plain_way(teller, stories.sample_answers(slug), first, 1)
        incomplete = [fault for fault in faults if fault["kind"] == "completeness"]
        teller.send_back(story.on(3, "14:05"), "verifikator", incomplete, "Mohon kedua pernyataan diperbaiki.")
        teller.read(story.on(3, "16:20"))
        teller.attach(story.on(8, "09:30"), second)
        teller.do(story.on(8, "09:40"), "company", "repair")
        teller.accept_all(story.on(8, "14:00"), "verifikator")
        teller.do(story.on(8, "14:10"), "verifikator", "declare_complete")
        substance = [fault for fault in faults if fault["kind"] == "substance"]
        teller.send_back(
            story.on(9, "09:15"), "korektor", substance, "Naskah sudah rapi. Mohon ketentuan berikut disesuaikan."
        )
        teller.read(story.on(9, "10:30"))
        teller.attach(story.on(9, "15:50"), text)
        teller.do(story.on(9, "16:00"), "company", "repair")
        teller.say(
            story.on(9, "16:05"),
            "company",
            "Naskah yang baru sudah kami kirim. Apakah Pasal tentang lembur perlu kami jelaskan dalam lampiran?",
        )
        teller.say(story.on(9, "16:20"), "korektor", "Tidak perlu lampiran. Kami periksa naskahnya besok pagi.")
        teller.say(story.on(9, "16:40"), "company", "Terima kasih. Kami tunggu kabarnya.")
        note = "Mohon pendapat tentang masa percobaan dalam naskah yang baru."
        teller.note(story.on(9, "16:45"), "korektor", note, "kasi")

    return stories.once(service, company, story.on(9, "16:45"), tell)


def _at_the_head(service: Service, company: Company, people: dict, papers: Papers, slug: str, story: Story) -> bool:
    """In order at every desk; waits for the signature."""

    def tell() -> None:
        teller = stories.Teller(service, company, people, people["pemohon"], story)
        stories.plain_way(teller, stories.sample_answers(slug), papers.of(slug, 1), 5)

    return stories.once(service, company, stories.end_of(story, 5), tell)


def _returned(service: Service, company: Company, people: dict, papers: Papers, slug: str, story: Story) -> bool:
    """Returned by the verifier; nobody of the company has read the notice, so its days have not begun."""
    incomplete = [fault for fault in make_samples.faults(slug) if fault["kind"] == "completeness"]
    for fault in incomplete:
        if fault["norm"] == "A3":  # the samples advise the office here; the company is asked
            fault["suggestion"] = (
                "Jelaskan apakah depo ini masih beroperasi. Bila ya, permohonan diajukan ke Dinas provinsi."
            )

    def tell() -> None:
        teller = stories.Teller(service, company, people, people["pemohon2"], story)
        stories.plain_way(teller, stories.sample_answers(slug), papers.of(slug, 1), 1)
        message = "Mohon dokumen berikut dilengkapi. Isi naskah diperiksa sesudah dokumen lengkap."
        teller.send_back(story.on(1, "15:20"), "verifikator", incomplete, message)

    return stories.once(service, company, story.on(1, "15:20"), tell)


#: Company of the samples, working days ago that it filed, its story.
SAMPLES = (
    ("ombak-besi-nusatirta", 10, _repaired),
    ("griya-embun-pelangi", 8, _at_the_head),
    ("gudang-layang-sembilan", 2, _returned),
)
