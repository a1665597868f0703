"""Every page of ours without an accessibility violation, on a desk and on a phone, and none wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.utils import timezone

from psk_plugin.decrees.models import Decree
from psk_plugin.helpdesk.models import Ticket
from psk_plugin.meetings.models import Meeting
from psk_plugin.norms.models import Norm
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.review.models import SavedFilter
from psk_plugin.submissions.models import Status, Submission

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


def head_of_division() -> list[str]:
    waiting, meeting = Ticket.objects.get(state="waiting"), Meeting.objects.past().first()
    place = f"/admin/psk/sosialisasi/{meeting.pk}/"
    return [
        *("/admin/psk/pengaduan/", f"/admin/psk/pengaduan/{waiting.pk}/", "/admin/psk/kategori-pengaduan/"),
        *("/admin/psk/sosialisasi/", f"{place}peserta/", f"{place}surel/"),
        *("/admin/psk/beban/", "/admin/psk/norma/", "/admin/psk/survei/"),
    ]


PEOPLE = {None: public, "pemohon2": company, "korektor": reviewer, "kabid": head_of_division, "admin": administrator}


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", PEOPLE, ids=str)
def test_pages_have_no_accessibility_violation(person, name, width):
    somebody = person(name, width)
    axe = Axe()
    wrong = []
    for path in PEOPLE[name]():
        if path == MISSING:
            somebody.page.goto(somebody.site + path)
        else:
            somebody.go(path)
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
