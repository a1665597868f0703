"""Three meetings: one to come with registrations, one that is full, one that took place with minutes and photos."""

import datetime as dt
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as Picture
from PIL import ImageDraw
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from ..companies.models import Company
from ..meetings import verbs
from ..meetings.models import Meeting, MeetingMaterial, MeetingPhoto, Registration
from ..services.leaflet import make_leaflet
from ..services.models import Service
from .clock import at

LEAFLET = "Leaflet pengesahan PP"
PLACE = "Aula Dinas Tenaga Kerja, Jl. Ahmad Yani No. 13, Bekasi Selatan"
MAP = "https://www.openstreetmap.org/search?query=Jl.%20Ahmad%20Yani%2013%20Bekasi"
POSITIONS = ("Manajer SDM", "Staf HRD", "Ketua serikat pekerja", "Kepala bagian umum", "Direktur")
INVITATION = (
    "<p>Dengan hormat,</p><p>Dalam rangka meningkatkan kepatuhan perusahaan terhadap kewajiban memiliki Peraturan "
    "Perusahaan atau Perjanjian Kerja Bersama, kami mengundang Saudara untuk hadir pada kegiatan berikut.</p>"
)


def load(people: dict, companies: dict[str, Company]) -> int:
    """Make the meetings that are missing. Returns how many were made."""
    today = timezone.localdate()
    guests = list(companies.values())
    made = 0
    for slug, tell in (
        ("sosialisasi-kewajiban-pp-2", _past),
        ("sosialisasi-kewajiban-pp-3", _to_come),
        ("klinik-naskah-pp", _full),
    ):
        if not Meeting.objects.filter(slug=slug).exists():
            tell(slug, today, guests, people)
            made += 1
    return made


def _moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def _workday(day: dt.date) -> dt.date:
    """The day itself, or the Monday after a weekend."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _register(meeting: Meeting, guests: list[Company], moment: dt.datetime) -> None:
    for number, company in enumerate(guests, 1):
        with at(moment + dt.timedelta(hours=3 * number)):
            verbs.register(
                meeting,
                verbs.Person(
                    name=f"Peserta Contoh {number}",
                    email=f"peserta{number}@perusahaan.example",
                    company_name=company.name,
                    company=company,
                    position=POSITIONS[number % len(POSITIONS)],
                    phone=f"(021) 0000-2{number:03d}",
                ),
            )


def _to_come(slug: str, today: dt.date, guests: list[Company], people: dict) -> None:
    day = _workday(today + dt.timedelta(days=16))
    with at(_moment(today - dt.timedelta(days=9), 9)):
        meeting = Meeting(
            title="Sosialisasi kewajiban PP dan PKB, gelombang III",
            slug=slug,
            description=(
                "<p>Bagi perusahaan dengan sedikitnya sepuluh pekerja yang belum memiliki PP, atau yang PP-nya "
                "berakhir dalam enam bulan ke depan.</p><ol><li>Kewajiban memiliki PP dan hubungannya dengan "
                "PKB.</li><li>Kesalahan yang paling sering ditemukan pada naskah.</li><li>Praktik mengajukan "
                "permohonan daring.</li><li>Tanya jawab.</li></ol>"
            ),
            invitation_text=INVITATION,
            letter_number="500.15/000/Disnaker.HI",
            starts_at=_moment(day, 9),
            ends_at=_moment(day, 12),
            place=PLACE,
            map_url=MAP,
            online_url="https://rapat.contoh.test/sosialisasi-3",
            capacity=60,
            is_published=True,
        )
        meeting._change_reason = "Data contoh"
        meeting.materials = [MeetingMaterial(document=_leaflet(), title="")]
        meeting.save()
    _register(meeting, guests[:9], _moment(today - dt.timedelta(days=8), 8))


def _full(slug: str, today: dt.date, guests: list[Company], people: dict) -> None:
    day = _workday(today + dt.timedelta(days=8))
    with at(_moment(today - dt.timedelta(days=6), 9)):
        meeting = Meeting.objects.create(
            title="Klinik naskah PP bersama mediator",
            slug=slug,
            description=(
                "<p>Bawa naskah PP Anda dalam bentuk Word. Mediator hubungan industrial memeriksanya bersama Anda, "
                "tiga puluh menit untuk tiap perusahaan.</p>"
            ),
            starts_at=_moment(day, 13),
            ends_at=_moment(day, 16),
            place="Ruang Mediasi, Dinas Tenaga Kerja Kota Bekasi",
            map_url=MAP,
            capacity=6,
            is_published=True,
        )
    _register(meeting, guests[4:12], _moment(today - dt.timedelta(days=5), 8))


def _past(slug: str, today: dt.date, guests: list[Company], people: dict) -> None:
    day = _workday(today - dt.timedelta(days=40))
    with at(_moment(day - dt.timedelta(days=20), 9)):
        meeting = Meeting(
            title="Sosialisasi kewajiban PP dan PKB, gelombang II",
            slug=slug,
            description="<p>Penjelasan kewajiban memiliki PP atau PKB bagi perusahaan di Kota Bekasi.</p>",
            invitation_text=INVITATION,
            starts_at=_moment(day, 9),
            ends_at=_moment(day, 12),
            place=PLACE,
            map_url=MAP,
            capacity=40,
            is_published=True,
        )
        meeting._change_reason = "Data contoh"
        meeting.materials = [MeetingMaterial(document=_leaflet(), title="")]
        meeting.save()
    _register(meeting, guests[:11], _moment(day - dt.timedelta(days=15), 8))
    with at(_moment(day, 12, 30)):
        rows = list(meeting.registrations.values_list("pk", flat=True))
        verbs.tick_attendance(meeting, rows[:-2], rows)
    with at(_moment(day + dt.timedelta(days=1), 10)):
        meeting = Meeting.objects.get(pk=meeting.pk)
        meeting.minutes = (
            "<h3>Pokok pembahasan</h3><ul><li>Perusahaan dengan sedikitnya sepuluh pekerja wajib memiliki PP (UU "
            "13/2003 Pasal 108).</li><li>Kekurangan yang paling sering: masa berlaku lebih dari dua tahun dan upah "
            "di bawah UMK.</li></ul><h3>Tindak lanjut</h3><ul><li>Peserta mengajukan permohonan daring dalam tiga "
            "puluh hari.</li><li>Dinas membuka klinik naskah setiap bulan.</li></ul>"
        )
        meeting.photos = [
            MeetingPhoto(image=_photo(title, words, shade), caption=words)
            for title, words, shade in (
                ("Suasana sosialisasi", "Peserta menyimak penjelasan di aula.", "#0c5c57"),
                ("Sesi tanya jawab", "Meja tanya jawab sesudah acara.", "#b3722a"),
            )
        ]
        meeting._change_reason = "Notula dan foto ditambahkan"
        meeting.save()
    assert Registration.objects.attended().filter(meeting=meeting).count() == len(rows) - 2


def _leaflet():
    documents = get_document_model()
    existing = documents.objects.filter(title=LEAFLET).first()
    if existing:
        return existing
    data = make_leaflet(Service.objects.get(code="pp-baru"))
    return documents.objects.create(title=LEAFLET, file=ContentFile(data, name="leaflet-pp.pdf"))


def _photo(title: str, words: str, shade: str):
    """A drawn hall in place of a photo: nobody's face stands in the demo."""
    images = get_image_model()
    if existing := images.objects.filter(title=title).first():
        return existing
    board = Picture.new("RGB", (960, 640), "#e5f1ef")
    pen = ImageDraw.Draw(board)
    pen.rectangle((180, 60, 780, 300), fill="#ffffff", outline=shade, width=8)
    for line in range(4):
        pen.rectangle((240, 110 + 42 * line, 700 - 90 * (line % 2), 126 + 42 * line), fill=shade)
    for row in range(3):
        for seat in range(9 - row):
            x, y = 90 + 48 * row + 96 * seat, 400 + 80 * row
            pen.ellipse((x - 22, y - 22, x + 22, y + 22), fill="#9fcac3" if (row + seat) % 3 else shade)
            pen.rounded_rectangle((x - 34, y + 24, x + 34, y + 70), 14, fill="#3d8f87" if (row + seat) % 2 else shade)
    out = BytesIO()
    board.save(out, "PNG")
    out.seek(0)
    return images.objects.create(title=title, description=words, file=ImageFile(out, name=f"{title.lower()}.png"))
