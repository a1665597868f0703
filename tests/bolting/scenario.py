"""What people do on a site that the plugin was bolted onto. Runs in that site's process and imports none of our tests.

before  the owner's page has content
work    menu, block, sign-up, filing, desks, decree, check page, all in the host's look
after   the plugin is out: page, editor, lists and people work as before
"""

import datetime as dt
import io
import os
import re
import sys

import django

django.setup()

from bs4 import BeautifulSoup  # noqa: E402
from django.apps import apps  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.core import mail  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from wagtail.models import Page, Site, get_page_models  # noqa: E402
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield  # noqa: E402

LOOK = os.environ["HOST_LOOK"]
OLD_TEXT = "Naskah lama pemilik situs"
NEXT_YEAR = dt.date.today().year + 1
ADMIN, COMPANY, PASSWORD = "pemilik@kantor.test", "hrd@nusa-uji.test", "kata-sandi-panjang-2026"
DESKS = (
    ("PSK Registrasi", "receive"),
    ("PSK Verifikator", "declare_complete"),
    ("PSK Korektor", "declare_in_order"),
    ("PSK Kasi", "endorse"),
    ("PSK Kabid", "endorse"),
    ("PSK Kepala Dinas", "sign"),
)
PROFILE = {
    "name": "PT Nusa Uji Sejahtera",
    "legal_form": "pt",
    "nib": "9120001234567",
    "npwp": "09.254.294.3-407.0001",
    "kbli_code": "25910",
    "kbli_edition": "2020",
    "business": "Penempaan logam",
    "investment": "pmdn",
    "address": "Jl. Uji Coba No. 7",
    "kecamatan": "rawalumbu",
    "kelurahan": "Bojong Rawalumbu",
    "phone": "021 8000001",
    "email": "kantor@nusa-uji.test",
    "male_permanent": "60",
    "female_permanent": "30",
    "has_unions": "no",
    "has_branches": "no",
}
ANSWERS = {
    "field-judul": "Peraturan Perusahaan",
    "field-nomor-surat": "014/HRD",
    "field-tanggal-surat": "2026-11-20",
    "field-masa-berlaku_from": f"{NEXT_YEAR}-01-01",
    "field-masa-berlaku_until": f"{NEXT_YEAR + 1}-12-31",
    "field-upah-terendah": "5.999.443",
    "field-waktu-kerja": "5 hari kerja seminggu",
    "field-penanggung-jawab": "Direktur Contoh",
    "field-jabatan": "Direktur",
    "field-telepon-kontak": "021 8000001",
}


def owner_page() -> Page:
    """The site's first page, of the owner's own type."""
    return next(m for m in get_page_models() if m._meta.app_label in ("home", "halaman")).objects.get()


def make_person(email: str, **fields):
    model = get_user_model()
    if model.USERNAME_FIELD == "username":
        fields["username"] = email.split("@")[0]
    person = model(email=email, **fields)
    person.set_password(PASSWORD)
    person.save()
    return person


def signed_in(email: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    return client


def seen(answer, *texts: str, status: int = 200) -> BeautifulSoup:
    """The page that was answered; what is looked for must stand in it."""
    html = answer.content.decode()
    where = answer.request["PATH_INFO"]
    assert answer.status_code == status, f"{where}: {answer.status_code} {html[:2000]}"
    for text in texts:
        assert text in html, f"{where} lacks {text!r}:\n{BeautifulSoup(html, 'html.parser').get_text(' ', strip=True)}"
    return BeautifulSoup(html, "html.parser")


def send(client: Client, page, wanted: str, **typed):
    """Fill in and send the form on a page, as a browser does: what the form holds already goes with it."""
    tree = BeautifulSoup(page.content, "html.parser")
    form = tree.select_one(wanted)
    here = page.request["PATH_INFO"]
    assert form, f"{here} has no form {wanted}:\n{tree.get_text(' ', strip=True)}"
    data: dict[str, object] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        kind = field.get("type", "")
        if kind in ("submit", "file") or (kind in ("radio", "checkbox") and not field.has_attr("checked")):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            data[field["name"]] = chosen.get("value", "") if chosen else ""
        else:
            data[field["name"]] = field.get("value", "") if field.name == "input" else field.text
    return client.post(form.get("action") or here, data | typed, follow=True)


def paper(name: str) -> SimpleUploadedFile:
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer)
    sheet.drawString(72, 720, f"Pasal 1 {name}")
    sheet.save()
    return SimpleUploadedFile(f"{name}.pdf", buffer.getvalue(), content_type="application/pdf")


def before() -> None:
    make_person(ADMIN, is_staff=True, is_superuser=True)
    model = next(m for m in get_page_models() if m._meta.app_label in ("home", "halaman"))
    if not model.objects.exists():
        page = Page.objects.get(depth=1).add_child(instance=model(title="Beranda", slug="beranda"))
        Site.objects.update(root_page=page)
    page = owner_page()
    page.body = [("paragraph", OLD_TEXT)]
    page.save_revision().publish()
    seen(Client().get(page.url), OLD_TEXT, LOOK)


def work() -> None:
    from psk_plugin.services.models import Service

    service = Service.objects.get(code="pp-baru")
    office = signed_in(ADMIN)
    seen(office.get(reverse("wagtailadmin_home")), '"PSK"')
    page_with_form(office, service)
    company = sign_up()
    number = file_application(company, service)
    decree(company, number)
    in_the_host_s_look(company, number)
    only_our_permissions()


def edited(page: Page, body: list) -> dict:
    """What the page editor sends when somebody presses "publish"."""
    data = {"title": page.title, "slug": page.slug, "body": streamfield(body), "action-publish": "1"}
    return nested_form_data(data | {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"})


def page_with_form(office: Client, service) -> None:
    """The block is offered in the owner's StreamField, and an editor puts it there."""
    page = owner_page()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    seen(office.get(edit), "Formulir layanan", OLD_TEXT)
    body = [("paragraph", rich_text(f"<p>{OLD_TEXT}</p>")), ("service_form", {"service": service.pk})]
    data = {
        "title": page.title,
        "slug": page.slug,
        "body": streamfield(body),
        "action-publish": "1",
        "comments-TOTAL_FORMS": "0",
    }
    posted = nested_form_data(data | {"comments-INITIAL_FORMS": "0"})
    answer = office.post(edit, posted, follow=True)
    seen(answer)
    seen(Client().get(page.url), OLD_TEXT, LOOK, "Yang perlu disiapkan", "psk_plugin/psk")


def sign_up() -> Client:
    client = Client()
    start = client.get(reverse("account_signup"))
    seen(start, LOOK)
    send(client, start, "form:has([name=password2])", email=COMPANY, password1=PASSWORD, password2=PASSWORD)
    link = re.search(r"https?://\S+?(/akun/\S+)", mail.outbox[-1].body).group(1)
    confirm = client.get(link)
    seen(confirm, LOOK)
    send(client, confirm, f"form[action='{link}']")
    send(client, client.get(reverse("account_login")), "form:has([name=password])", login=COMPANY, password=PASSWORD)
    assert client.session.get("_auth_user_id"), "not signed in"
    return client


def file_application(client: Client, service) -> str:
    """From the owner's page to the number of the application."""
    page = owner_page()
    seen(client.get(page.url), "Daftarkan perusahaan")
    form = client.get(reverse("psk:company_create"), {"next": page.url})
    seen(form, LOOK)
    back = send(client, form, "form[data-psk-companies]", **PROFILE)
    seen(back, LOOK, "PT Nusa Uji Sejahtera")

    step = send(client, client.get(page.url), "#formulir form[action$='/mulai/']")
    step = send(client, step, "#formulir form")
    step = send(client, step, "#formulir form", **ANSWERS)
    wanted = seen(step, LOOK).select("#formulir input[type=file]")
    step = send(client, step, "#formulir form", **{field["name"]: paper(field["name"]) for field in wanted})
    done = send(client, step, "#formulir form[action$='/ajukan/']", benar="1", dikunci="1")
    seen(done, LOOK)
    return re.search(r"PSK-\d{4}-\d+", done.content.decode()).group()


def decree(company: Client, number: str) -> None:
    """Each desk decides; the last signs; the company gets its PDF."""
    submission = apps.get_model("psk_plugin", "Submission").objects.get(number=number)
    for place, (group, action) in enumerate(DESKS):
        email = f"petugas{place}@kantor.test"
        make_person(email).groups.add(Group.objects.get(name=group))
        client = signed_in(email)
        seen(client.get(reverse("wagtailadmin_home")), number)
        address = reverse("psk_desk:decide", args=[submission.pk, action])
        if action == "sign":
            answer = send(client, client.get(address), f"form[action='{address}']")
        else:
            desk = client.get(reverse("psk_desk:desk", args=[submission.pk]))
            answer = send(client, desk, f"form[action='{address}']")
        seen(answer)
        assert submission.movements.count() >= place + 1
    submission.refresh_from_db()
    assert submission.status == "issued", submission.status
    file = company.get(f"{submission.get_absolute_url()}sk.pdf")
    assert file.status_code == 200, file.status_code
    assert b"".join(file) if file.streaming else file.content.startswith(b"%PDF")
    assert any(submission.decree.number in message.body for message in mail.outbox if COMPANY in message.to)


def in_the_host_s_look(company: Client, number: str) -> None:
    seen(company.get(reverse("psk:submission_detail", args=[number])), LOOK, number)
    for name in ("psk:submission_list", "psk:company_list", "psk:service_list", "psk:register", "account_email"):
        seen(company.get(reverse(name)), LOOK)
    seen(Client().get(reverse("psk:register")), LOOK, "PT Nusa Uji Sejahtera")
    submission = apps.get_model("psk_plugin", "Submission").objects.get(number=number)
    seen(Client().get(submission.decree.get_absolute_url()), LOOK, submission.decree.number)


def only_our_permissions() -> None:
    """The groups of the office got no right over the owner's own models, even where these are called the same."""
    for group in Group.objects.filter(name__startswith="PSK "):
        labels = set(group.permissions.values_list("content_type__app_label", flat=True))
        # The administrator of the plugin looks after accounts, whatever the owner's model of them is called.
        people = {get_user_model()._meta.app_label} if group.name == "PSK Administrator" else set()
        assert labels <= {"psk_plugin", "wagtailadmin"} | people, (group, labels)


def after() -> None:
    assert not apps.is_installed("psk_plugin")
    page = owner_page()
    html = seen(Client().get(page.url), OLD_TEXT, LOOK)
    assert not html.select("#formulir")
    office = signed_in(ADMIN)
    assert '"PSK"' not in office.get(reverse("wagtailadmin_home")).content.decode()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    seen(office.get(edit), OLD_TEXT)
    body = [("paragraph", rich_text(f"<p>{OLD_TEXT}</p>"))]
    seen(office.post(edit, edited(page, body), follow=True), page.title)
    seen(Client().get(page.url), OLD_TEXT)
    for name in (
        "wagtailadmin_explore_root",
        "wagtailusers_users:index",
        "wagtailusers_groups:index",
        "wagtailadmin_reports:site_history",
        "wagtailadmin_pages:search",
    ):
        seen(office.get(reverse(name)))
    group = Group.objects.get(name="PSK Kabid")
    seen(office.get(reverse("wagtailusers_groups:edit", args=[group.pk])), "PSK Kabid")
    person = get_user_model().objects.get(email="petugas0@kantor.test")
    seen(office.get(reverse("wagtailusers_users:edit", args=[person.pk])))


setup_test_environment()
{"before": before, "work": work, "after": after}[sys.argv[1]]()
