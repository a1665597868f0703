"""Things for tests: each made with the least it needs, through the same verbs the site uses."""

from pathlib import Path

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from psk_plugin import roles
from psk_plugin.companies.models import Company, Membership
from psk_plugin.services.loader import DATA, load_service
from psk_plugin.services.models import Service
from psk_plugin.submissions import answers, drafts
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Finding, Submission

#: Demo name -> group, as the demo accounts have them.
STAFF = {
    "registrasi": roles.REGISTRASI,
    "verifikator": roles.VERIFIKATOR,
    "korektor": roles.KOREKTOR,
    "kasi": roles.KASI,
    "kabid": roles.KABID,
    "sekretaris": roles.SEKRETARIS,
    "kadis": roles.KADIS,
}


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"orang{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@contoh.test")
    password = factory.PostGenerationMethodCall("set_password", "rahasia-sekali")

    @factory.post_generation
    def _saved(self, create, extracted, **kwargs):
        if create:
            self.save()


def group_named(name: str) -> Group:
    """A group of the office with its permissions: there from the start, made anew where a test emptied the tables."""
    return Group.objects.filter(name=name).first() or roles.ensure_groups()[name]


def of_group(name: str, **kwargs):
    """Somebody in the group of that name."""
    user = UserFactory(**kwargs)
    user.groups.add(group_named(name))
    return user


def staff(role: str, **kwargs):
    """A member of the office in the group of one role: `registrasi`, `verifikator`, ..."""
    return of_group(STAFF[role], **kwargs)


def service_editor(**kwargs):
    """Somebody of the office who builds services and has nothing to do with applications."""
    return of_group(roles.SERVICE_EDITOR, **kwargs)


def group(role: str) -> Group:
    return group_named(STAFF[role])


class CompanyFactory(DjangoModelFactory):
    class Meta:
        model = Company

    name = factory.Sequence(lambda n: f"PT Contoh Sejahtera {n}")
    legal_form = "pt"
    nib = factory.Sequence(lambda n: f"91{n:011d}")
    npwp = factory.Sequence(lambda n: f"09{n:014d}")
    address = "Jl. Contoh Raya No. 1"
    kecamatan = "bekasi-selatan"
    kelurahan = "Kayuringin Jaya"
    phone = "021 8000000"
    email = factory.Sequence(lambda n: f"hrd{n}@perusahaan.test")
    kbli_code = "28110"
    kbli_edition = "2020"
    business = "Industri mesin"
    investment = "pmdn"
    male_permanent = 40
    female_permanent = 25
    male_contract = 10
    female_contract = 5


def service(code: str = "pp-baru") -> Service:
    """A seeded service of this database."""
    return load_service(DATA / f"{code}.json")[0]


def every_kind() -> Service:
    """A service that asks one question of each kind, some of them only if another is answered so."""
    return load_service(Path(__file__).parent / "data" / "layanan-uji.json")[0]


#: Right answers to every question of `every_kind` that a company without union and clinic is asked.
EVERY_KIND = {
    "nama": "LKS Bipartit Contoh",
    "uraian": "Bersidang\nsetiap bulan.",
    "anggota": "12",
    "anggaran": "25.000.000",
    "tanggal-bentuk": "2026-02-03",
    "masa-bakti": {"from": "2026-03-01", "until": "2029-02-28"},
    "surel": "lks@perusahaan.test",
    "telepon": "",
    "nib-mitra": "9120.0012.34567",
    "npwp-mitra": "09.254.294.3-407.0001",
    "kbli-mitra": {"code": "28110", "edition": "2020"},
    "kecamatan": "rawalumbu",
    "ada-fasilitas": "tidak",
    "rapat": "Setiap bulan",
    "cabang": [{"Nama cabang": "Cabang Satu", "Alamat": "Jl. Satu No. 1", "Jumlah pekerja": "12"}],
}
#: What a company with a clinic answers besides.
CLINIC = {
    "ada-fasilitas": "ya",
    "fasilitas": ["Klinik", "Kantin"],
    "nama-dokter": "dr. Contoh",
    "izin-sampai": f"{timezone.localdate().year + 1}-12-31",
}


def every_kind_draft(company: Company | None = None, user=None, *, clinic: bool = False) -> Submission:
    """A draft of `every_kind` that could be filed as it is."""
    company = company or CompanyFactory()
    user = user or member_of(company)
    submission, _new = drafts.open_draft(every_kind(), company, user)
    submission = drafts.keep_answers(submission, user, EVERY_KIND | (CLINIC if clinic else {}))
    for code in ["surat", *(["izin-klinik", "foto-klinik"] if clinic else [])]:
        drafts.attach(submission, user, code, upload(f"{code}.pdf"))
    return Submission.objects.get(pk=submission.pk)


def member_of(company: Company, role: str = Membership.Role.OWNER, **kwargs):
    """A person who acts for the company."""
    user = UserFactory(**kwargs)
    Membership.objects.create(company=company, user=user, role=role)
    return user


def pdf_bytes(text: str = "Contoh", pages: int = 1) -> bytes:
    """A small real PDF with `text` on each page."""
    import io

    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, invariant=1)
    for number in range(pages):
        page.drawString(72, 720, f"{text} {number + 1}")
        page.showPage()
    page.save()
    return buffer.getvalue()


def upload(name: str = "berkas.pdf", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes(name) if data is None else data, content_type="application/pdf")


#: A regulation asked for now begins with the next year and holds for two, whenever the tests run.
NEXT_YEAR = timezone.localdate().year + 1
VALID_FROM, VALID_UNTIL = f"{NEXT_YEAR}-01-01", f"{NEXT_YEAR + 1}-12-31"
VALID_IN_WORDS = f"1 Januari {NEXT_YEAR} sampai dengan 31 Desember {NEXT_YEAR + 1}"

ANSWERS = {
    "judul": f"Peraturan Perusahaan {NEXT_YEAR}-{NEXT_YEAR + 1}",
    "nomor-surat": "001/HRD/XI/2026",
    "tanggal-surat": "2026-11-20",
    "masa-berlaku": {"from": VALID_FROM, "until": VALID_UNTIL},
    "upah-terendah": "5999443",
    "upah-tertinggi": "",
    "waktu-kerja": "5 hari kerja seminggu",
    "penanggung-jawab": "Direktur Contoh",
    "jabatan": "Direktur Utama",
    "telepon-kontak": "021 8000000",
}


def draft(company: Company | None = None, user=None, *, complete: bool = True) -> Submission:
    """A draft; complete means that it could be filed as it is."""
    company = company or CompanyFactory()
    user = user or member_of(company)
    submission, _new = drafts.open_draft(service(), company, user)
    if complete:
        submission = drafts.keep_answers(submission, user, ANSWERS)
        for row, must in answers.wanted_documents(submission):
            if must:
                drafts.attach(submission, user, row["code"], upload(f"{row['code']}.pdf"))
    return Submission.objects.get(pk=submission.pk)


class Office:
    """One person per desk, made when first asked for."""

    def __init__(self) -> None:
        self._people: dict[str, object] = {}

    def __getattr__(self, role: str):
        if role.startswith("_") or role not in STAFF:
            raise AttributeError(role)
        if role not in self._people:
            self._people[role] = staff(role)
        return self._people[role]


#: Role and action that take an application from one desk to the next.
WAY = [
    ("registrasi", "receive"),
    ("verifikator", "declare_complete"),
    ("korektor", "declare_in_order"),
    ("kasi", "endorse"),
    ("kabid", "endorse"),
    ("kadis", "sign"),
]


def filed(office: Office | None = None, *, steps: int = 0, company=None, user=None) -> Submission:
    """A filed application that has passed the first `steps` desks; 6 means that the decree is issued."""
    submission = draft(company, user)
    submission = perform(submission, "file", submission.applicant)
    office = office or Office()
    for role, action in WAY[:steps]:
        submission = perform(submission, action, getattr(office, role))
    return submission


def finding(submission: Submission, user, **kwargs) -> Finding:
    """A finding being written at the application's present stage."""
    values = {
        "document_code": "naskah-pp",
        "article": "Pasal 12",
        "problem": "Cuti tahunan 10 hari.",
        "request": "Ubah menjadi sekurang-kurangnya 12 hari kerja.",
        "legal_basis": "UU 13/2003 Pasal 79",
    }
    return Finding.objects.create(submission=submission, stage=submission.stage, written_by=user, **values | kwargs)
