"""Every page of ours without an accessibility violation, on a desk and on a phone, and none wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.utils import timezone

from psk_plugin.census.models import CensusBatch, PaperDecree
from psk_plugin.companies.models import Company
from psk_plugin.decrees.models import Decree
from psk_plugin.helpdesk.models import Ticket
from psk_plugin.meetings.models import Meeting
from psk_plugin.norms.models import Norm
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.review.models import SavedFilter, Wording
from psk_plugin.submissions.models import Finding, LimitWarning, Status, Submission
from psk_plugin.talk.models import Message

from .. import factories

OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


#: Answers 404, with a page that helps.
MISSING = "/tidak-ada/"


def public() -> list[str]:
    decree = Decree.objects.first()
    regulation = CompanyRegulation.objects.first()
    return [
        *("/", "/layanan/", "/layanan/pengesahan-pp/", "/pengumuman/", "/pengumuman/pengajuan-pp-daring/"),
        *("/panduan/", "/panduan/mengajukan-pp/", "/profil/", "/kontak/", "/cari/?query=pp"),
        *("/layanan/sop-pengesahan-pp/", "/layanan/maklumat-pelayanan/", "/panduan/tanya-jawab/", "/privasi/"),
        *("/sosialisasi/", "/sosialisasi/contoh-film/", "/sosialisasi/leaflet-lima-langkah/"),
        *("/cari/?q=pp", "/cari/?q=zzzz", MISSING, "/psk/dasar-hukum/", "/psk/dasar-hukum/uu-13-2003/"),
        *("/akun/login/", "/akun/signup/", "/akun/kirim-ulang/", "/akun/password/reset/"),
        *("/psk/layanan/", "/psk/layanan/pp-baru/", "/psk/register/", "/psk/register/?q=tidak+ada"),
        *(f"/psk/register/{regulation.pk}/", "/psk/verifikasi/", f"/psk/verifikasi/{decree.code}/"),
        *reports_and_meetings(),
    ]


def reports_and_meetings() -> list[str]:
    """Reports by their secret links, which the session remembers; meetings to come, full and past."""
    past, full = Meeting.objects.past().first(), Meeting.objects.get(slug="klinik-naskah-pp")
    waiting = full.registrations.in_line().last()
    return [
        *("/psk/pengaduan/", "/psk/pengaduan/lacak/", "/psk/sosialisasi/", "/psk/sosialisasi/?bagian=lampau"),
        *(row.secret_url for row in Ticket.objects.order_by("pk")),
        *(past.get_absolute_url(), full.get_absolute_url(), waiting.get_absolute_url()),
    ]


def company() -> list[str]:
    draft = Submission.objects.filter(status=Status.DRAFT, company__memberships__user__username="pemohon2").first()
    form = "/psk/layanan/pp-baru/?permohonan={}&langkah={}"
    returned = Submission.objects.filter(status=Status.RETURNED).first()
    return [
        *("/psk/permohonan/", "/psk/perusahaan/", "/psk/perusahaan/baru/"),
        *(f"/psk/perusahaan/{draft.company_id}/", f"/psk/perusahaan/{draft.company_id}/ubah/"),
        f"/psk/perusahaan/{draft.company_id}/orang/",
        *(form.format(draft.token, step) for step in ("perusahaan", "isian-1", "dokumen", "ringkasan")),
        *(form.format(draft.token, f"{step}&periksa=1") for step in ("isian-1", "dokumen")),
        *(f"/psk/permohonan/{returned.number}/", f"/psk/permohonan/{returned.number}/perbaikan/"),
        f"/psk/permohonan/{returned.number}/pesan/",
        *(
            f"/psk/permohonan/{returned.number}/tanda-terima/",
            f"/psk/permohonan/{returned.number}/perbaikan/?periksa=1",
        ),
    ]


def reviewer() -> list[str]:
    at_desk = Submission.objects.filter(status=Status.IN_REVIEW, stage__code="koreksi").first()
    regulation = CompanyRegulation.objects.first()
    desk = f"/admin/psk/permohonan/{at_desk.pk}/"
    return [
        *("/admin/", "/admin/psk/kotak-masuk/", "/admin/psk/semua-permohonan/", "/admin/psk/peraturan/"),
        *("/admin/psk/semua-permohonan/?q=baja&tahap=koreksi&o=-tempo", "/admin/psk/cari/?q=pt+", kept_filter()),
        *(desk, f"{desk}?bagian=daftar", f"{desk}?bagian=data", f"{desk}?bagian=catatan", f"{desk}?bagian=riwayat"),
        f"{desk}?bagian=pesan",
        f"/admin/psk/peraturan/{regulation.pk}/",
        *(f"/admin/psk/permohonan/{repaired().pk}/banding/", f"/admin/psk/permohonan/{repaired().pk}/"),
    ]


def corrector() -> list[str]:
    """A finding being edited with a usual wording at hand, the wordings, messages, notices and minutes, own choices."""
    person = get_user_model().objects.get(username="korektor")
    at_desk = Submission.objects.filter(status=Status.IN_REVIEW, stage__code="koreksi").first()
    finding = Finding.objects.filter(submission=at_desk, state=Finding.State.DRAFT).first()
    finding = finding or factories.finding(at_desk, person)
    desk = "/admin/psk/permohonan/{}/?bagian={}"
    return [
        desk.format(at_desk.pk, f"periksa&ubah={finding.pk}"),
        *("/admin/psk/kalimat/", "/admin/psk/kalimat/create/"),
        f"/admin/psk/kalimat/edit/{Wording.objects.filter(is_shared=True).first().pk}/",
        desk.format(Message.objects.first().submission_id, "pesan"),
        desk.format(Submission.objects.filter(status=Status.ISSUED).first().pk, "riwayat"),
        *("/admin/psk/kotak-masuk/", "/admin/account/#tab-notifications"),
    ]


def head_of_the_office() -> list[str]:
    """The first page while an application comes near the limit of law."""
    near = Submission.objects.filter(status=Status.IN_REVIEW).first()
    LimitWarning.objects.get_or_create(submission=near, step=5, defaults={"left": 5})
    return ["/admin/"]


def repaired() -> Submission:
    """Its text was filed twice, so that there is something to compare."""
    return Submission.objects.filter(documents__code="naskah-pp", documents__version__gt=1).first()


def kept_filter() -> str:
    owner = get_user_model().objects.get(username="korektor")
    row, _new = SavedFilter.objects.get_or_create(owner=owner, place="kotak-masuk", name="Terlambat")
    return f"/admin/psk/daftar/kotak-masuk/saringan/{row.pk}/"


def administrator() -> list[str]:
    return [
        *("/admin/psk/layanan/", "/admin/psk/keputusan/", "/admin/psk/perusahaan/", "/admin/psk/surel/"),
        *("/admin/psk/kalender/", f"/admin/psk/keputusan/{Decree.objects.first().pk}/"),
        f"/admin/psk/kalender/isi/{timezone.localdate().year + 1}/",
        f"/admin/psk/riwayat/peraturan/{CompanyRegulation.objects.first().pk}/",
        f"/admin/psk/riwayat/norma/{Norm.objects.first().pk}/",
        f"/admin/psk/riwayat/dokumen/{repaired().documents.get(code='naskah-pp').pk}/",
    ]


def registrar() -> list[str]:
    """A census that waits for decisions, and one of decrees that was taken over."""
    place = "/admin/psk/sensus/"
    waiting, taken = CensusBatch.objects.get(state="ready"), CensusBatch.objects.get(state="done", kind="decrees")
    return [
        *(place, f"{place}unggah/", f"{place}{waiting.pk}/", f"{place}{waiting.pk}/?hasil=ditolak"),
        *(f"{place}{waiting.pk}/kolom/", f"{place}{taken.pk}/", f"{place}{taken.pk}/batalkan/"),
        f"{place}sk/{PaperDecree.objects.first().pk}/",
    ]


def head_of_division() -> list[str]:
    waiting, meeting = Ticket.objects.get(state="waiting"), Meeting.objects.past().first()
    place = f"/admin/psk/sosialisasi/{meeting.pk}/"
    return [
        *("/admin/psk/pengaduan/", f"/admin/psk/pengaduan/{waiting.pk}/", "/admin/psk/kategori-pengaduan/"),
        *("/admin/psk/sosialisasi/", f"{place}peserta/", f"{place}surel/"),
        *("/admin/psk/beban/", "/admin/psk/norma/", "/admin/psk/survei/"),
        *("/admin/psk/perusahaan/ganda/", "/admin/psk/penggabungan/", "/admin/psk/klaim/"),
        "/admin/psk/perusahaan/ganda/{}/{}/".format(*Company.objects.values_list("pk", flat=True)[:2]),
    ]


PEOPLE = {
    None: public,
    "pemohon2": company,
    "korektor": reviewer,
    "registrasi": registrar,
    "kabid": head_of_division,
    "admin": administrator,
}
#: Pages on which all that is folded is opened before they are looked at.
OPENED = {"korektor": corrector, "kabid": lambda: ["/admin/psk/beban/"], "kadis": head_of_the_office}
OPEN = "document.querySelectorAll('main details').forEach((part) => { part.open = true; })"


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", PEOPLE, ids=str)
def test_pages_have_no_accessibility_violation(person, name, width):
    look(person(name, width), PEOPLE[name](), width)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", OPENED)
def test_opened_parts_have_no_accessibility_violation(person, name, width):
    look(person(name, width), OPENED[name](), width, OPEN)


def look(somebody, paths: list[str], width: int, first: str = "") -> None:
    """Go through pages, run `first` on each; fail with all that is wrong on any of them."""
    axe = Axe()
    wrong = []
    for path in paths:
        if path == MISSING:
            somebody.page.goto(somebody.site + path)
        else:
            somebody.go(path)
        if first:
            somebody.page.evaluate(first)
        # What Wagtail's own frame around our pages does is Wagtail's.
        context = "main" if path.startswith("/admin/") else None
        found = axe.run(somebody.page, context=context, options=OPTIONS)
        wrong += [
            f"{path}: {v['id']} {v['nodes'][0]['target']} {v['nodes'][0]['failureSummary'][:200]}"
            for v in found.response["violations"]
        ]
        if somebody.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{path}: wider than {width} px")
    assert not wrong, "\n".join(wrong)
