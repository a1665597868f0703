"""What an editor sees beforehand: the form, the letter, the mails; saved or not, and nothing of it is kept."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from psk_plugin.decrees.models import Decree
from psk_plugin.outreach.models import Mail
from psk_plugin.records.models import NumberSeries, StoredFile
from psk_plugin.services.models import FieldKind, Service, ServiceEdition, ServiceField
from psk_plugin.submissions.models import Submission

from .. import factories
from .building import index_of, lks, posted, with_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(factories.service_editor())
    return client


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def pdf_words(response) -> str:
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def address(part: str, service: Service) -> str:
    return reverse(f"psk_service_preview_{part}", args=[service.pk])


def kept() -> tuple:
    models = (Submission, Decree, Mail, NumberSeries, StoredFile, ServiceEdition)
    return tuple(model.objects.count() for model in models)


# The form


def test_every_step_of_the_form_is_shown_and_nothing_can_be_sent(client):
    service, before = lks(), kept()
    page = words(client.get(address("form", service)))
    for part in ("Langkah 1 dari 4", "Nama ketua", "Jumlah anggota", "Berita acara pembentukan", "PT Contoh Sejahtera"):
        assert part in page
    main = page[page.index("<h1>Pencatatan LKS Bipartit") : page.index("Langkah 4 dari 4")]
    assert "<form" not in main and 'type="submit"' not in main
    assert kept() == before


def test_the_form_is_shown_as_typed_before_it_is_saved(client):
    service = lks()
    data = posted(client, service) | {"fields-0-label": "Nama ketua yang baru diketik"}
    with_row(data, "fields", label="Sektor", step="Data LKS", kind="choice", choices="A\nB", asked="if_union", code="")
    i = index_of(service, "fields", "catatan")
    data |= {
        f"fields-{i}-asked": "if_answer",
        f"fields-{i}-condition_field": "serikat",
        f"fields-{i}-condition_value": "ya",
    }
    page = words(client.post(address("form", service), data))
    assert "Nama ketua yang baru diketik" in page and "Sektor" in page
    assert "hanya bila: Ada serikat di dalamnya: Ya" in page
    assert service.fields.count() == 5 and service.fields.get(code="ketua").label == "Nama ketua"


def test_every_kind_of_answer_can_be_shown(client):
    service = lks()
    for place, kind in enumerate(FieldKind.values):
        ServiceField.objects.create(
            service=service, code=f"x-{place}", step="Semua", label=f"Jenis {kind}", kind=kind, choices="A\nB"
        )
    for part in ("form", "mails"):
        page = words(client.get(address(part, service)))
    page = words(client.get(address("form", service)))
    assert all(f"Jenis {kind}" in page for kind in FieldKind.values)
    assert pdf_words(client.get(address("decree", service) + "?contoh=1"))


@pytest.mark.parametrize("part", ["form", "decree", "mails"])
def test_what_cannot_be_shown_is_said(client, part):
    service = lks()
    data = posted(client, service) | {"clauses-0-text": "Ketua {jawaban.bendahara}"}
    response = client.post(address(part, service), data)
    assert response.status_code == 422
    assert "Tidak ada isian dengan kode “bendahara”" in words(response)


@pytest.mark.parametrize("part", ["form", "decree", "mails"])
def test_garbage_is_no_error_page(client, part):
    service = lks()
    assert client.post(address(part, service), {"title": "x" * 20000, "code": "\x00"}).status_code == 422
    assert client.get(f"/admin/psk/layanan/999999/pratinjau/{'formulir'}/").status_code == 404


# The letter


def test_the_letter_carries_a_stamp_and_takes_no_number(client):
    service, before = lks(), kept()
    text = pdf_words(client.get(address("decree", service) + "?contoh=1"))
    for part in ("CONTOH / PRATINJAU", "TANDA BUKTI PENCATATAN", "PT Contoh Sejahtera", "[Nama ketua]", "/LKS-"):
        assert part in text
    assert "MEMUTUSKAN" not in text and "KESATU" not in text
    assert kept() == before


def test_the_letter_is_shown_as_typed(client):
    service = lks()
    data = posted(client, service) | {"decree_heading": "", "clauses-1-text": "Kalimat yang baru diketik."}
    text = pdf_words(client.post(address("decree", service), data))
    assert "Kalimat yang baru diketik." in text and "MEMUTUSKAN" in text and "KEDUA" in text


def test_the_seeded_decree_can_be_shown_with_invented_data(client):
    text = pdf_words(client.get(address("decree", factories.service()) + "?contoh=1"))
    assert "PENGESAHAN PERATURAN PERUSAHAAN PT CONTOH SEJAHTERA" in text and "CONTOH / PRATINJAU" in text


def test_a_real_application_is_shown_to_who_may_open_it_only(client, office):
    submission = factories.filed(office, steps=1)
    url = address("decree", submission.service)
    name = submission.company_data["name"]
    assert submission.number not in words(client.get(url))
    assert client.get(f"{url}?permohonan={submission.number}").status_code == 404

    both = factories.service_editor()
    both.groups.add(factories.group("kabid"))
    client.force_login(both)
    assert submission.number in words(client.get(url))
    text = pdf_words(client.get(f"{url}?permohonan={submission.number}"))
    assert name.upper() in text.upper() and "CONTOH / PRATINJAU" in text
    assert client.get(f"{url}?permohonan=PSK-0000-00000").status_code == 404
    assert client.get(f"{url}?permohonan=%00").status_code == 404
    unchanged = Submission.objects.get(pk=submission.pk)
    assert (unchanged.edition_id, unchanged.status) == (submission.edition_id, submission.status)


# The mails


def test_each_mail_is_shown_with_the_editors_words_or_the_usual_ones(client):
    service, before = lks(), kept()
    page = words(client.get(address("mails", service)))
    assert "LKS PT Contoh Sejahtera tercatat nomor" in page
    assert "Selamat, LKS dengan ketua [Nama ketua] sudah tercatat." in page
    assert page.count("kata-kata baku") == 5 and page.count("teks Anda") == 1
    assert "menunggu registrasi" in page
    assert kept() == before


def test_a_mail_is_shown_as_typed(client):
    service = lks()
    data = posted(client, service)
    with_row(
        data,
        "mails",
        moment="file",
        subject="Terima kasih {company}",
        text="Halo {company}, nomornya {submission_number}.",
    )
    page = words(client.post(address("mails", service), data))
    assert "Terima kasih PT Contoh Sejahtera" in page and "-CONTOH." in page
    assert service.mails.count() == 1
