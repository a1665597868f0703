"""Two campaigns: one sent two months ago, with answers, and a draft; and an early sign that is looked after."""

import datetime as dt
import random

from django.utils import timezone

from ..campaigns import sending, tasks, verbs
from ..campaigns.choosing import matching
from ..campaigns.forms import DEFAULT_TEXT
from ..campaigns.models import Campaign, FollowUp, Reply
from ..companies.models import Company
from ..helpdesk import verbs as tickets
from ..helpdesk.models import Ticket, TicketCategory, TicketKind
from ..meetings.models import Meeting
from ..signs.finding import signs
from ..signs.models import SignMark
from ..signs.verbs import mark
from .clock import Story, at

SENT, DRAFT = "Undangan sosialisasi, perusahaan yang belum mengajukan", "PP yang sudah berakhir"
#: Days ago that the first one was sent: while its meeting was still to come.
DAYS_AGO = 57
#: With more companies than the demo has itself, nothing is sent: it would take minutes.
MOST_LETTERS = 60
INVITATION = (
    "Dengan hormat,\n\n"
    "Menurut data kami, {perusahaan} {status}. Setiap perusahaan dengan sedikitnya sepuluh pekerja wajib memiliki "
    "Peraturan Perusahaan atau Perjanjian Kerja Bersama (UU 13/2003 Pasal 108).\n\n"
    "Untuk membantu penyusunannya, kami mengundang Saudara ke {acara}. Kegiatan ini tidak dipungut biaya. Pendaftaran "
    "melalui {tautan}.\n\n"
    "Atas perhatian dan kehadiran Saudara, kami ucapkan terima kasih."
)
ANSWERS = (
    (9, Reply.Way.PHONE, "HRD menyampaikan akan mengajukan sesudah naskah ditinjau direksi.", FollowUp.PROMISED),
    (12, Reply.Way.MAIL, "Meminta contoh naskah PP. Sudah dikirimi tautan panduan.", FollowUp.HELP),
    (15, Reply.Way.RETURNED, "Surat kembali: alamat tidak ditemukan kurir.", FollowUp.RETURNED),
)

COMPLAINED_OF = "PT Arjuna Plastik Contoh"
COMPLAINTS = (
    (19, "Tidak ada aturan tertulis tentang lembur", "Lembur dihitung berbeda-beda. Kami belum pernah melihat PP."),
    (11, "Cuti tahunan ditolak tanpa alasan", "Tidak ada aturan tertulis tentang cuti di tempat kami bekerja."),
    (4, "Peraturan perusahaan tidak pernah dibagikan", "Kami menanyakan PP kepada HRD dan tidak mendapat jawaban."),
)


def load(people: dict) -> int:
    """Make what is missing. Returns how many campaigns were made."""
    made = 0
    if not Campaign.objects.filter(title=SENT).exists():
        _sent(people)
        made += 1
    if not Campaign.objects.filter(title=DRAFT).exists():
        Campaign.objects.create(
            title=DRAFT,
            purpose="Perusahaan yang PP-nya sudah berakhir memperbarui PP-nya dalam 60 hari.",
            conditions={"standings": ["expired"]},
            held_back_percent=20,
            subject="Pembaruan Peraturan Perusahaan",
            text=DEFAULT_TEXT,
            created_by=people["kasi"],
        )
        made += 1
    _complaints()
    _looked_after(people)
    return made


def _sent(people: dict) -> None:
    """Sent while only the demo's own companies had been known; two of them answered, one letter came back."""
    story = Story(timezone.localdate() - dt.timedelta(days=DAYS_AGO))
    with at(story.on(0, "09:00")):
        campaign = Campaign.objects.create(
            title=SENT,
            purpose="Perusahaan yang belum memiliki PP mengenal kewajibannya dan mengajukan dalam 60 hari.",
            conditions={"standings": ["never"]},
            held_back_percent=25,
            meeting=Meeting.objects.filter(slug="sosialisasi-kewajiban-pp-2").first(),
            subject="Undangan sosialisasi kewajiban memiliki PP",
            text=INVITATION,
            created_by=people["kasi"],
        )
    with at(story.on(0, "10:30")):
        found = list(matching(campaign))
        if not 2 <= len(found) <= MOST_LETTERS:
            return
        verbs.leave_out(campaign, found[-1], people["kasi"], "Sudah memberi tahu akan mengajukan pekan ini")
        # Always the same lot, so that the effect shown is always the same.
        sending.send(campaign, people["kabid"], expected=len(found) - 1, dice=random.Random(1))
        tasks.work_on(campaign.pk)
    for addressee, (days, way, text, follow_up) in zip(
        campaign.addressees.addressed().order_by("sequence"), ANSWERS, strict=False
    ):
        moment = story.on(days)
        with at(moment):
            reply = Reply(
                way=way,
                said_on=timezone.localdate(moment),
                text=text,
                follow_up=follow_up,
                form_key=f"contoh-{addressee.pk}",
            )
            verbs.note(addressee, people["kasi"], reply)


def _complaints() -> None:
    """Three complaints of workers about one company within a month: a sign for the mediator."""
    company = Company.objects.filter(name=COMPLAINED_OF).first()
    if company is None or Ticket.objects.filter(company=company).exists():
        return
    for number, (days, subject, message) in enumerate(COMPLAINTS, 1):
        story = Story.ago(days)
        values = {
            "kind": TicketKind.COMPLAINT,
            "category": TicketCategory.objects.first(),
            "subject": subject,
            "name": f"Pekerja Contoh {number}",
            "email": f"pekerja{number}@contoh.test",
            "company": company,
        }
        with at(story.on(0, "13:10")):
            tickets.file_ticket(values, message, user=None, form_key=f"contoh-tanda-{number}")


def _looked_after(people: dict) -> None:
    """The company with the most signs: somebody visits it, and the list shows the others."""
    if SignMark.objects.exists():
        return
    found = signs()
    if len(found) > 1:
        company = max(found, key=lambda pk: (len(found[pk].codes), -pk))
        mark(
            Company.objects.get(pk=company),
            people["kasi"],
            until=timezone.localdate() + dt.timedelta(days=21),
            note="Mediator mengunjungi perusahaan dan mendampingi penyusunan naskah.",
            codes=found[company].codes,
        )
