"""The decree on paper: what it says, how it looks inside, and that it is made once."""

import hashlib
import io
import subprocess

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from psk_plugin import pdf
from psk_plugin.decrees import rendering
from psk_plugin.decrees.models import Decree
from psk_plugin.decrees.rendering import draw, render_missing, render_once
from psk_plugin.decrees.signals import decree_rendered
from psk_plugin.office.models import OfficeSettings

from .. import factories
from . import making

pytestmark = pytest.mark.django_db


def _codes_in(data: bytes, tmp_path) -> set[str]:
    """What a scanner reads off the printed pages."""
    (tmp_path / "sk.pdf").write_bytes(data)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "sk.pdf", "page"], cwd=tmp_path, check=True)
    return {code.text for page in tmp_path.glob("page*.png") for code in zxingcpp.read_barcodes(Image.open(page))}


def test_the_paper_says_what_was_decided(office, tmp_path):
    decree = making.rendered(office)
    data = making.pdf_of(decree)
    words = making.words_of(data)
    for sentence in (
        "PEMERINTAH KOTA BEKASI",
        "KEPUTUSAN KEPALA DINAS TENAGA KERJA KOTA BEKASI",
        f"NOMOR: {decree.number}",
        "TENTANG",
        f"PENGESAHAN PERATURAN PERUSAHAAN {decree.company_name.upper()}",
        "Membaca",
        "Menimbang",
        "Mengingat",
        "MEMUTUSKAN:",
        "Menetapkan",
        "KESATU",
        "KELIMA",
        f"pada tanggal {decree.content['date']}",
        "Tembusan:",
        decree.code_in_groups,
        "bukan tanda tangan elektronik tersertifikasi",
        "Halaman 1 dari",
    ):
        assert sentence in words
    assert _codes_in(data, tmp_path) == {decree.content["verify_url"]}


def test_the_file_carries_title_language_and_its_own_fonts(office):
    reader = PdfReader(io.BytesIO(making.pdf_of(making.rendered(office))))
    assert reader.metadata.title.startswith("Keputusan Kepala Dinas Tenaga Kerja Nomor")
    assert reader.trailer["/Root"]["/Lang"] == "id-ID"
    assert tuple(map(round, reader.pages[0].mediabox[2:])) == (595, 842)
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("SourceSerifPro-Bold" in name for name in fonts)
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts.values())


def test_an_electronic_signature_is_claimed_only_where_the_office_says_so(office):
    settings = OfficeSettings.load()
    settings.electronic_signature_note = "Ditandatangani secara elektronik dengan sertifikat yang diterbitkan BSrE."
    settings.save()
    words = making.words_of(making.pdf_of(making.rendered(office)))
    assert "sertifikat yang diterbitkan BSrE" in words
    assert "bukan tanda tangan elektronik" not in words


def test_a_name_of_200_characters_does_not_break_the_page(office):
    name = "PT " + ("Sinar Gemilang Abadi Nusantara Makmur " * 5) + "Persero"
    company = factories.CompanyFactory(name=name[:200])
    words = making.words_of(making.pdf_of(making.rendered(office, company=company)))
    assert company.name.upper().split()[-1] in words
    assert "KELIMA" in words


def test_a_word_without_any_space_stays_on_the_page(office):
    company = factories.CompanyFactory(name="PT" + "X" * 198)
    reader = PdfReader(io.BytesIO(making.pdf_of(making.rendered(office, company=company))))
    assert len(reader.pages) < 6


@pytest.mark.parametrize("name", ["PT Maju & Jaya <b>Tbk</b>", 'PT "Kutip" {{ settings }} {% now %}'])
def test_signs_in_a_name_are_printed_as_they_are(office, name):
    company = factories.CompanyFactory(name=name)
    words = making.words_of(making.pdf_of(making.rendered(office, company=company)))
    assert name in words


def test_the_pdf_is_made_once_and_kept_by_its_hash(office):
    heard = []

    def listen(sender, decree, **kwargs):
        heard.append(decree.pk)

    decree_rendered.connect(listen)
    try:
        decree = making.rendered(office)
        assert render_once(decree.pk) is False
    finally:
        decree_rendered.disconnect(listen)
    assert heard == [decree.pk]
    data = making.pdf_of(decree)
    assert hashlib.sha256(data).hexdigest() == decree.file.sha256
    assert draw(decree.content) == data


def test_what_the_office_changes_later_does_not_change_a_decree(office):
    decree = making.issued(office)
    settings = OfficeSettings.load()
    settings.signer_name = "Orang Lain"
    settings.address = "Alamat baru"
    settings.save()
    render_once(decree.pk)
    words = making.words_of(making.pdf_of(Decree.objects.get(pk=decree.pk)))
    assert "Orang Lain" not in words and "Alamat baru" not in words


def test_a_failed_rendering_loses_nothing_and_is_made_up_for(office, monkeypatch):
    decree = making.issued(office)
    other = making.issued(office)
    real = rendering.draw

    def fail_for_first(content):
        if content["number"] == decree.number:
            raise pdf.PdfError("no")
        return real(content)

    monkeypatch.setattr(rendering, "draw", fail_for_first)
    assert render_missing() == 1
    assert Decree.objects.get(pk=decree.pk).file is None
    assert Decree.objects.get(pk=other.pk).file is not None
    monkeypatch.setattr(rendering, "draw", real)
    assert render_missing() == 1
    assert render_missing() == 0


@pytest.mark.django_db(transaction=True)
def test_after_the_commit_the_pdf_is_there_and_the_company_is_told(mailoutbox):
    decree = making.issued(factories.Office())
    decree.refresh_from_db()
    assert decree.file is not None
    told = [mail for mail in mailoutbox if decree.number in mail.body]
    assert told and decree.code in told[0].body


def test_the_office_emblem_is_kept_with_the_decree(office):
    from django.core.files.images import ImageFile
    from wagtail.images import get_image_model

    picture = io.BytesIO()
    Image.new("RGB", (900, 1200), "navy").save(picture, "PNG")
    picture.seek(0)
    image = get_image_model().objects.create(title="Lambang", file=ImageFile(picture, "lambang.png"))
    settings = OfficeSettings.load()
    settings.emblem = image
    settings.save()
    decree = making.issued(office)
    assert len(decree.content["letterhead"]["emblem_sha256"]) == 64
    image.delete()
    render_once(decree.pk)
    reader = PdfReader(io.BytesIO(making.pdf_of(Decree.objects.get(pk=decree.pk))))
    assert len(reader.pages[0].images) == 1


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/x.png", "https://contoh.test/x.png", "/etc/passwd", "file:///etc/passwd", "../../conf.py"],
)
def test_nothing_outside_our_own_folder_gets_into_a_pdf(address, tmp_path, settings):
    (tmp_path / "bad.html").write_text(
        '{% extends "psk_plugin/pdf/base.html" %}{% block content %}<img src="{{ a }}">{% endblock %}'
    )
    templates = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    settings.TEMPLATES = templates
    with pytest.raises(pdf.PdfError):
        pdf.render("bad.html", {"a": address})
