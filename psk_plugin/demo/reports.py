"""Six reports in different states, told through the room's verbs on their days."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import Group

from .. import roles
from ..companies.models import Company
from ..helpdesk import verbs
from ..helpdesk.loader import load_categories
from ..helpdesk.models import Ticket, TicketCategory, TicketKind
from ..submissions.models import Submission
from .clock import Story, at


@dataclass(frozen=True)
class Report:
    """What came in, and the steps after it: working day, hour, what is done."""

    subject: str
    message: str
    kind: str
    category: str
    days_ago: int
    name: str
    email: str
    steps: tuple[tuple[int, str, str, str, dict], ...] = ()
    values: dict = field(default_factory=dict)


#: A step: working day after receipt, time, who (an account, or "" for the reporter), action, what comes with it.
REPORTS = (
    Report(
        "Apakah PP perlu dua bahasa?",
        "Sebagian pekerja kami berbahasa Inggris. Apakah naskah PP boleh dua bahasa, dan mana yang berlaku?",
        TicketKind.QUESTION,
        "Permohonan pengesahan PP",
        0,
        "Warga Contoh Satu",
        "warga1@contoh.test",
    ),
    Report(
        "Tidak bisa mengunggah surat kuasa",
        "Berkas PDF 3 MB selalu ditolak dengan kalimat yang tidak saya pahami. Sudah dicoba dari dua komputer.",
        TicketKind.COMPLAINT,
        "Akun dan kendala sistem",
        5,
        "Warga Contoh Dua",
        "warga2@contoh.test",
    ),
    Report(
        "Permohonan kami belum ada kabar",
        "Permohonan sudah lewat dari waktu yang dijanjikan. Mohon dijelaskan sampai di mana prosesnya.",
        TicketKind.COMPLAINT,
        "Permohonan pengesahan PP",
        3,
        "Pemohon Contoh",
        "pemohon@contoh.test",
        steps=(
            (0, "14:10", "registrasi", "take", {}),
            (1, "09:00", "registrasi", "forward", {"group": roles.KABID, "text": "Mohon dilihat, menyangkut tenggat."}),
        ),
    ),
    Report(
        "Diminta biaya saat mengantar berkas",
        "Seseorang di tempat parkir menawarkan bantuan dan meminta uang. Apakah itu petugas dinas?",
        TicketKind.COMPLAINT,
        "Sikap dan pelayanan petugas",
        6,
        "Warga Contoh Tiga",
        "warga3@contoh.test",
        steps=(
            (0, "15:30", "kabid", "take", {}),
            (0, "15:35", "kabid", "classify", {"field": True}),
            (1, "10:20", "kabid", "ask", {"text": "Terima kasih. Kapan dan pukul berapa kejadiannya, serta di mana?"}),
        ),
    ),
    Report(
        "Masa berlaku PKB yang sedang dirundingkan",
        "PKB kami berakhir bulan depan dan perundingan belum selesai. Apakah boleh diperpanjang?",
        TicketKind.QUESTION,
        "Pendaftaran PKB",
        8,
        "Warga Contoh Empat",
        "warga4@contoh.test",
        steps=(
            (
                *(1, "11:00", "registrasi", "answer"),
                {
                    "text": "PKB dapat diperpanjang paling lama satu tahun dengan persetujuan tertulis kedua pihak "
                    "(UU 13/2003 Pasal 123 ayat (2)). Daftarkan perpanjangan itu melalui layanan PKB."
                },
            ),
        ),
    ),
    Report(
        "Saran: kirim pengingat sebelum PP berakhir",
        "Akan sangat membantu bila dinas mengingatkan perusahaan tiga bulan sebelum PP berakhir.",
        TicketKind.SUGGESTION,
        "Lainnya",
        15,
        "Warga Contoh Lima",
        "warga5@contoh.test",
        steps=(
            (2, "09:40", "kabid", "answer", {"text": "Terima kasih, saran Anda kami masukkan dalam rencana kerja."}),
            (2, "13:00", "", "reply", {"text": "Terima kasih atas jawabannya."}),
            (3, "08:50", "kabid", "close", {"text": "Laporan kami tutup. Terima kasih.", "reason": "settled"}),
        ),
    ),
)


def load(people: dict) -> int:
    """Make the reports that are missing. Returns how many were made."""
    load_categories()
    made = 0
    for number, report in enumerate(sorted(REPORTS, key=lambda r: -r.days_ago), 1):
        if not Ticket.objects.filter(email=report.email, subject=report.subject).exists():
            _tell(report, people, number)
            made += 1
    return made


def _tell(report: Report, people: dict, number: int) -> None:
    story = Story.ago(report.days_ago)
    user = people.get(report.email.partition("@")[0])
    company = Company.objects.of(user).order_by("pk").first() if user else None
    application = Submission.objects.filed().filter(company=company).order_by("pk").first() if company else None
    category = TicketCategory.objects.filter(title=report.category).first() or TicketCategory.objects.first()
    with at(story.on(0, "09:15")):
        ticket = verbs.file_ticket(
            {
                "kind": report.kind,
                "category": category,
                "subject": report.subject,
                "name": report.name,
                "email": report.email,
                "company": company,
                "company_name": company.name if company else "",
                "application_number": application.number if application else "",
            },
            report.message,
            user=user,
            form_key=f"demo-{number}",
        )
    previous = story.on(0, "09:15")
    for day, time, who, action, given in report.steps:
        # A story that began today reaches now: its steps then follow each other by minutes.
        moment = max(story.on(day, time), previous + dt.timedelta(minutes=1))
        previous = moment
        with at(moment):
            _step(ticket, people, who, action, given)


def _step(ticket: Ticket, people: dict, who: str, action: str, given: dict) -> None:
    text = given.get("text", "")
    if not who:
        verbs.write(ticket, action, text=text)
        return
    more: dict[str, Callable[[], verbs.Given]] = {
        "forward": lambda: verbs.Given(to_group=Group.objects.get(name=given["group"])),
        "classify": lambda: verbs.Given(kind=ticket.kind, category=ticket.category, needs_field_check=given["field"]),
        "close": lambda: verbs.Given(reason=given["reason"]),
    }
    verbs.act(ticket, action, people[who], text=text, given=more.get(action, verbs.Given)())
