"""The services that the office starts with: each loads, asks for what the matrix says, and ends in its own decree."""

import pytest
from django.utils import timezone

from psk_plugin.decrees import text
from psk_plugin.laws.models import LegalSource
from psk_plugin.office.models import OfficeSettings
from psk_plugin.services.loader import attach_templates, load_services
from psk_plugin.services.models import Service
from psk_plugin.services.placeholders import unknown_placeholders, used_placeholders
from psk_plugin.submissions.answers import draft_problems
from psk_plugin.submissions.lifecycle import perform

from .. import factories
from . import seeded

pytestmark = pytest.mark.django_db

#: The matrix of documents, columns as `seeded.CODES`:
#: x always, n if no union, u if union, o if the office lacks the old one, b if branches.
#: An extension keeps the text (UU 13/2003 Ps 123(2), Permenaker 28/2014 Ps 11): no new text, no list of changes.
MATRIX = """
surat-permohonan            x x x x x x x x
naskah-pp                   x x - x - - - -
naskah-pkb                  - - - - x x - x
pernyataan-saran            x x - x - - - -
pernyataan-belum-sp         n n - n - - - -
persetujuan-sp              u u - u - - - -
bukti-wakil-pekerja         n n - - - - - -
sk-lama                     - o o o - o o o
naskah-lama                 - o o o - o o o
matriks-perubahan           - x - x - x - x
kesepakatan-perubahan       - - - x - - - x
bukti-perundingan           - - x - - - - -
bukti-pencatatan-sp         - - - - x x x x
keanggotaan-sp              - - - - x x x -
kesepakatan-perpanjangan    - - - - - - x -
bukti-wlkp                  x x x x x x x x
bukti-bpjs                  x x - - x x x -
struktur-skala-upah         x x - - x x x -
nib-akta                    x x - - x x x -
identitas-penanggung-jawab  x x - - x x x -
daftar-cabang               b b - - b b b -
"""
LETTER = {"required": "x", "if_no_union": "n", "if_union": "u", "if_unrecorded": "o", "if_branches": "b"}


@pytest.mark.parametrize("code", seeded.CODES)
def test_documents_are_those_of_the_matrix(code):
    column = 1 + seeded.CODES.index(code)
    rows = [line.split() for line in MATRIX.strip().splitlines()]
    wanted = {row[0]: row[column] for row in rows if row[column] != "-"}
    asked = {row.code: LETTER[row.condition] for row in factories.service(code).documents.all()}
    assert asked == wanted


@pytest.mark.parametrize("code", seeded.CODES)
def test_words_clocks_and_standard(code):
    service = factories.service(code)
    is_pkb = service.kind == "PKB"
    assert service.outcome == ("Terdaftar" if is_pkb else "Disahkan")
    assert service.needs_union_confirmation == is_pkb
    assert service.statutory_days == (0 if is_pkb else 30)
    assert service.max_validity_months == (12 if service.filing_type == "perpanjangan" else 24)
    standard = ("procedure", "complaint_handling", "facilities", "competence", "supervision", "staffing", "guarantee")
    assert all(getattr(service, name) for name in (*standard, "safety", "evaluation", "product", "eligibility"))
    assert service.legal_sources.exists()
    verb = "PENDAFTARAN" if is_pkb else "PENGESAHAN"
    assert service.decree_title.startswith(verb)
    texts = [service.decree_title, *(clause.text for clause in service.clauses.all())]
    assert not any(unknown_placeholders(line) for line in texts)
    used = set().union(*map(used_placeholders, texts))
    assert ("previous_decree" in used) == (service.filing_type != "baru")
    assert ("union" in used) == is_pkb
    assert sum(row.is_regulation_text for row in service.documents.all()) == 1


@pytest.mark.parametrize("code", seeded.CODES)
def test_an_editor_can_save_a_seeded_service_as_it_stands(code, rf):
    """What the builder would refuse must not be seeded."""
    from psk_plugin.services.panels import EDIT_HANDLER

    service = factories.service(code)
    form = EDIT_HANDLER.bind_to_model(Service).get_form_class()(instance=service, for_user=factories.service_editor())
    data = posted(form)
    form = EDIT_HANDLER.bind_to_model(Service).get_form_class()(
        data, instance=service, for_user=factories.service_editor()
    )
    assert form.is_valid(), list(form.problems())


def posted(form) -> dict:
    """The form as a browser would send it back untouched."""
    data = {}

    def take(one) -> None:
        for bound in one:
            value = bound.value()
            if value is None or value is False:
                continue
            if isinstance(value, (list, tuple)) and not isinstance(value, str):
                value = [getattr(item, "pk", item) for item in value]
            data[bound.html_name] = value

    take(form)
    for formset in form.formsets.values():
        for bound in formset.management_form:
            data[bound.html_name] = bound.value()
        for position, row in enumerate(formset.initial_forms, start=1):
            take(row)
            data[f"{row.prefix}-ORDER"] = str(position)
    return data


@pytest.mark.parametrize("code", seeded.CODES)
def test_decree_composes_from_a_complete_application(code):
    draft = seeded.draft(code)
    assert draft_problems(draft) == {}
    filed = perform(draft, "file", draft.applicant)
    office = OfficeSettings.load()
    values = text.known_values(filed, office, timezone.localdate())
    text.check(filed, values)
    content = text.compose(filed, office, values | {"decree_number": "560/1", "register_number": "1/PSK"})
    words = " ".join([content["subject"], *(paragraph for _word, paragraph in content["deciding"])])
    assert "{" not in words and filed.company_data["name"] in words
    if filed.origin_id:
        assert "560/LAMA/" in words
    if filed.definition["kind"] == "PKB":
        assert "SERIKAT PEKERJA CONTOH" in content["subject"]


def test_loading_gives_every_service_its_templates_once():
    Service.objects.all().delete()
    made = load_services(with_templates=True)
    assert {service.code for service, is_new in made if is_new} == set(seeded.CODES)
    letters = {service.documents.get(code="surat-permohonan").template for service, _new in made}
    assert len(letters) == len(seeded.CODES) and None not in letters
    shared = {
        service.documents.get(code="matriks-perubahan").template
        for service, _n in made
        if service.code.endswith("pembaharuan")
    }
    assert len(shared) == 1
    service = Service.objects.get(code="pkb-addendum")
    service.documents.filter(code="matriks-perubahan").update(template=None)
    assert not any(is_new for _service, is_new in load_services(with_templates=True))
    assert service.documents.get(code="matriks-perubahan").template is None
    assert LegalSource.objects.filter(code="mk-115-2009").exists()


def test_templates_are_forms_that_can_be_filled_in():
    import io

    import docx

    from psk_plugin.services.templates_docx import templates_for

    for code in seeded.CODES:
        service = factories.service(code)
        owed = set(service.documents.values_list("code", flat=True))
        for document, (title, make) in templates_for(service).items():
            if document in owed:
                opened = docx.Document(io.BytesIO(make()))
                cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
                assert "....." in "".join([*cells, *(paragraph.text for paragraph in opened.paragraphs)]), title
    assert attach_templates(factories.service("pkb-baru")) == 2
