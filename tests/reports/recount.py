"""A year of applications told step by step, and its figures counted again from the rows in plain Python.

Nothing of the reports room is used here: neither its functions nor its sets, and no count of the database. What the
rows are is read one by one; how days are counted is written down a second time.
"""

import datetime as dt
import random
import statistics
from collections import Counter, defaultdict

from django.utils import timezone

from psk_plugin.demo.clock import at
from psk_plugin.norms.loader import load_norms
from psk_plugin.norms.models import Norm
from psk_plugin.office.models import CalendarException
from psk_plugin.review.models import NormAnswer, NormVerdict
from psk_plugin.submissions import drafts, union
from psk_plugin.submissions.actions import RejectionGround
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission
from psk_plugin.submissions.trail import Event, Movement

from .. import factories
from ..services import seeded

YEAR = 2025
#: The office was closed on these days and open on that Saturday.
CLOSED, OPEN = (dt.date(YEAR, 3, 12), dt.date(YEAR, 7, 9)), dt.date(YEAR, 5, 24)
#: National holidays and joint leave of 2025 (SKB 3 Menteri 2025), those on weekdays.
HOLIDAYS = {
    dt.date(YEAR, month, day)
    for month, days in {
        1: (1, 27, 28, 29),
        3: (28, 31),
        4: (1, 2, 3, 4, 7, 18),
        5: (1, 12, 13, 29, 30),
        6: (6, 9, 27),
        8: (18,),
        9: (5,),
        12: (25, 26),
    }.items()
    for day in days
}


def is_open(day: dt.date) -> bool:
    return day == OPEN or (day.weekday() < 5 and day not in HOLIDAYS and day not in CLOSED)


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Working days after `first`, up to and with `last`."""
    days = [first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1)]
    return [day for day in days if is_open(day)]


class Teller:
    """Tells applications with a clock of its own."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.office, self.second = factories.Office(), factories.Office()
        self.now = timezone.make_aware(dt.datetime(YEAR, 1, 2, 9))
        self.norms = list(Norm.objects.order_by("pk")[:4])

    def later(self, most: int) -> None:
        """Some days pass, none of them asked whether the office is open; never beyond the year after."""
        self.now += dt.timedelta(days=self.dice.randint(0, most), hours=self.dice.randint(0, 3), minutes=7)

    def do(self, submission: Submission, action: str, user, **more) -> Submission:
        with at(self.now):
            return perform(submission, action, user, **more)

    def tell(self, start: dt.date, kind: str, fate: str) -> None:
        self.now = timezone.make_aware(dt.datetime.combine(start, dt.time(8, self.dice.randint(0, 59))))
        company = factories.CompanyFactory(
            kecamatan=self.dice.choice(["rawalumbu", "jatiasih"]), kbli_code=self.dice.choice(["28110", "56101"])
        )
        user = factories.member_of(company)
        with at(self.now):
            if kind == "PKB":
                draft = seeded.draft("pkb-baru", seeded.with_union(company), user)
            else:
                draft = factories.draft(company, user)
        submission = self.do(draft, "file", user)
        office = self.dice.choice([self.office, self.second])
        steps = {"open": self.dice.randint(0, 4), "rejected": 0, "withdrawn": self.dice.randint(0, 3), "lapsed": 1}
        returns_at = self.dice.choice([None, 1, 2]) if fate == "issued" else None
        for number, (role, action) in enumerate(factories.WAY):
            if number >= steps.get(fate, 6):
                break
            if number == 1 and kind == "PKB":
                with at(self.now):
                    union.record_paper(submission, office.verifikator, reason="Berita acara asli ditunjukkan.")
                submission.refresh_from_db()
            if number == returns_at:
                submission = self.repaired(self.returned(submission, office, role), user)
                if self.dice.random() < 0.4:
                    submission = self.repaired(self.returned(submission, office, role), user)
            self.later(5)
            submission = self.do(submission, action, getattr(office, role))
        self.later(4)
        match fate:
            case "rejected":
                data = {"ground": RejectionGround.DUPLICATE}
                self.do(submission, "reject", office.registrasi, reason="Sudah diajukan.", data=data)
            case "withdrawn":
                self.do(submission, "withdraw", user, reason="Salah layanan.")
            case "lapsed":
                submission = self.returned(submission, office, "verifikator")
                self.now += dt.timedelta(days=60)
                self.do(submission, "lapse", office.verifikator)

    def returned(self, submission: Submission, office, role: str) -> Submission:
        person, norm = getattr(office, role), self.dice.choice(self.norms)
        with at(self.now):
            answer, _made = NormAnswer.objects.get_or_create(
                submission=submission,
                norm=norm,
                defaults={"norm_version": norm.history.first().pk, "verdict": NormVerdict.BELOW},
            )
            answer.verdict = NormVerdict.MISSING
            answer.save()
            factories.finding(submission, person, document_code=text_of(submission))
        return self.do(submission, "return", person)

    def repaired(self, submission: Submission, user) -> Submission:
        self.later(9)
        with at(self.now):
            drafts.attach(submission, user, text_of(submission), factories.upload("baru.pdf"))
        submission = self.do(submission, "repair", user)
        self.later(2)
        with at(self.now):
            submission.findings.update(state="accepted")
            for answer in submission.norm_answers.all():
                answer.verdict = NormVerdict.MET
                answer.save()
            if union.lacking_agreement(submission, "declare_in_order"):
                desk = submission.stage.groups.first().user_set.first()
                union.record_paper(submission, desk, reason="Berita acara baru.")
                submission.refresh_from_db()
        return submission


def text_of(submission: Submission) -> str:
    return next(row["code"] for row in submission.definition["documents"] if row["is_regulation_text"])


FATES = (
    *("lapsed", "issued", "withdrawn", "issued", "issued", "rejected", "issued", "issued", "open", "issued", "issued"),
    *("issued", "withdrawn", "issued", "issued", "issued", "open", "issued", "issued", "open", "issued", "open"),
)


def tell_a_year() -> None:
    """Applications of both kinds over the year, some of which go on into the next."""
    for day in CLOSED:
        CalendarException.objects.create(date=day, is_open=False, reason="Tutup")
    CalendarException.objects.create(date=OPEN, is_open=True, reason="Buka")
    load_norms()
    teller = Teller(7)
    for number, fate in enumerate(FATES):
        start = dt.date(YEAR, 1, 2) + dt.timedelta(days=number * 16 + teller.dice.randint(0, 9))
        kind = "PKB" if number % 3 == 0 else "PP"
        teller.tell(start, kind, fate)


# Counted again


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()


def nearest_rank(values: list[int], percent: int) -> int:
    """The value at the place that at least so many of a hundred values reach, one by one."""
    return next(v for v in sorted(values) if 100 * sum(1 for other in values if other <= v) >= percent * len(values))


def recount(first: dt.date, last: dt.date, company=lambda company: True, kind: str = "") -> dict:
    """Every figure of the period, from events, movements, notices and answers."""
    ENDS = {"sign": "terbit", "reject": "ditolak", "withdraw": "dibatalkan", "lapse": "lewat"}
    found: dict = {"counts": Counter(), "used": [], "paused": [], "on_time": 0, "monthly": Counter(), "notices": 0}
    found |= {"stages": defaultdict(list), "people": defaultdict(list), "norms": defaultdict(set)}
    for submission in Submission.objects.exclude(status="draft"):
        if not company(submission.company) or (kind and submission.service.kind != kind):
            continue
        events = [(event.action, _day(event.at)) for event in Event.objects.filter(submission=submission)]
        filed_on = next(day for action, day in events if action == "file")
        end = next(((ENDS[action], day) for action, day in events if action in ENDS), None)
        sent = [day for action, day in events if action == "return"]
        if first <= filed_on <= last:
            found["counts"]["masuk"] += 1
            found["monthly"][f"{filed_on:%Y-%m}", "in"] += 1
            for row in NormAnswer.history.filter(submission=submission):
                if row.verdict in ("kurang", "tidak-diatur"):
                    found["norms"][row.norm_id].add(submission.pk)
        if filed_on <= last and (end is None or end[1] > last):
            found["counts"]["berjalan"] += 1
        if any(first <= day <= last for day in sent):
            found["counts"]["dikembalikan"] += 1
        if end and first <= end[1] <= last:
            found["counts"][end[0]] += 1
            found["counts"]["selesai"] += 1
            found["monthly"][f"{end[1]:%Y-%m}", "out"] += 1
            found["notices"] += len(sent)
            if end[0] == "terbit":
                found["counts"]["langsung"] += not sent
                theirs = set()
                waiting = None
                for action, day in events:
                    if action == "return":
                        waiting = day
                    elif action == "repair":
                        theirs |= set(days_between(waiting, day))
                in_all = days_between(filed_on, end[1])
                found["used"].append(len([day for day in in_all if day not in theirs]))
                found["paused"].append(len([day for day in in_all if day in theirs]))
                days = submission.edition.definition["days"]
                found["on_time"] += found["used"][-1] <= days["examination"] + days["decree"]
        for stay in Movement.objects.filter(submission=submission, left_at__isnull=False):
            if first <= _day(stay.left_at) <= last:
                days_there = len(days_between(_day(stay.entered_at), _day(stay.left_at)))
                row = (days_there, days_there <= stay.target_days)
                found["stages"][stay.stage.code].append(row)
                if stay.action != "withdraw":
                    found["people"][stay.left_by_id].append(row)
    return found


def median_of(values: list[int]) -> float:
    return statistics.median(values)
