"""Usual wordings: written once, chosen in the form of a finding, kept from a finding; one's own and the office's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from psk_plugin.review import wordings
from psk_plugin.review.models import Wording
from psk_plugin.submissions.models import Finding

from .. import factories
from .test_findings import WORDS

pytestmark = pytest.mark.django_db

INDEX = "psk_kalimat_modeladmin_index"


def wording(title: str = "Cuti kurang", **kwargs) -> Wording:
    values = {"problem": "Cuti kurang dari 12 hari.", "request": "Ubah menjadi 12 hari.", "legal_basis": "UU 13/2003"}
    return Wording.objects.create(title=title, **values | kwargs)


@pytest.fixture
def submission(office):
    return factories.filed(office, steps=2)


@pytest.fixture
def korektor(client, office):
    client.force_login(office.korektor)
    return office.korektor


def desk_of(client, submission) -> str:
    return client.get(reverse("psk_desk:desk", args=[submission.pk])).content.decode()


def test_the_form_offers_ones_own_and_the_offices_most_used_first(client, korektor, submission):
    colleague = factories.staff("korektor")
    wording("Jarang", is_shared=True, used=1)
    wording("Sering", is_shared=True, used=9)
    wording("Punya saya", owner=korektor)
    wording("Rahasia rekan", owner=colleague)
    wording("Tidak ditawarkan", is_shared=True, is_active=False)
    page = desk_of(client, submission)
    assert page.index("Punya saya") < page.index("Sering") < page.index("Jarang")
    assert "Rahasia rekan" not in page and "Tidak ditawarkan" not in page


def test_choosing_one_fills_the_form_in_without_saving_and_without_a_script(client, korektor, submission):
    chosen = wording(is_shared=True)
    url = reverse("psk_desk:finding_add", args=[submission.pk])
    typed = {"wording": chosen.pk, "isi": "1", "article": "Pasal 7", "document_code": "naskah-pp"}
    answer = client.post(url, typed)
    form = answer.context_data["desk"].finding_form
    assert answer.status_code == 200 and not Finding.objects.exists()
    assert form["problem"].value() == chosen.problem and form["legal_basis"].value() == "UU 13/2003"
    assert form["article"].value() == "Pasal 7" and form["document_code"].value() == "naskah-pp"
    assert not form.errors and chosen.problem in answer.content.decode()
    assert " autofocus" in str(form["problem"]), "whoever works by keys has to look for the form again"


def test_what_was_typed_stays_and_the_wording_comes_below(client, korektor, submission):
    chosen = wording(is_shared=True)
    url = reverse("psk_desk:finding_add", args=[submission.pk])
    answer = client.post(url, WORDS | {"wording": chosen.pk, "isi": "1", "problem": "Kata saya."})
    form = answer.context_data["desk"].finding_form
    assert form["problem"].value() == f"Kata saya.\n\n{chosen.problem}"
    assert form["legal_basis"].value() == WORDS["legal_basis"]


def test_filling_in_an_edited_finding_keeps_its_mark(client, office, korektor, submission):
    chosen, finding = wording(is_shared=True), factories.finding(submission, korektor)
    url = reverse("psk_desk:finding_edit", args=[submission.pk, finding.pk])
    page = client.post(url, WORDS | {"wording": chosen.pk, "isi": "1", "mark": "x"}).content.decode()
    assert url in page and chosen.problem in page
    finding.refresh_from_db()
    assert finding.problem == "Cuti tahunan 10 hari."


def test_saving_with_a_wording_counts_it(client, korektor, submission):
    chosen = wording(is_shared=True)
    client.post(reverse("psk_desk:finding_add", args=[submission.pk]), WORDS | {"wording": chosen.pk})
    chosen.refresh_from_db()
    assert chosen.used == 1 and Finding.objects.count() == 1


def test_a_wording_that_is_gone_when_the_finding_is_saved_is_no_obstacle(client, korektor, submission):
    gone = wording(is_shared=True).pk
    Wording.objects.all().delete()
    client.post(reverse("psk_desk:finding_add", args=[submission.pk]), WORDS | {"wording": gone})
    assert Finding.objects.count() == 1


@pytest.mark.parametrize("value", ["", "0", "abc", "9" * 30, "\x00", "-1"])
def test_odd_choice_gets_a_sentence_and_keeps_what_was_typed(client, korektor, submission, value):
    url = reverse("psk_desk:finding_add", args=[submission.pk])
    answer = client.post(url, WORDS | {"wording": value, "isi": "1", "problem": "Kata saya."})
    assert answer.status_code == 409
    html, form = answer.content.decode(), answer.context_data["desk"].finding_form
    assert "Pilih dulu rumusannya." in html and "Kata saya." in html
    assert " autofocus" in str(form["wording"])


def test_a_colleagues_own_wording_cannot_be_chosen(client, korektor, submission):
    other = wording(owner=factories.staff("korektor"))
    url = reverse("psk_desk:finding_add", args=[submission.pk])
    assert client.post(url, WORDS | {"wording": other.pk, "isi": "1"}).status_code == 409


def test_a_finding_is_kept_as_a_wording(client, korektor, submission):
    finding = factories.finding(submission, korektor)
    url = reverse("psk_desk:wording_keep", args=[submission.pk, finding.pk])
    page = client.post(url, {"title": "  Cuti  tahunan ", "is_shared": "on"}, follow=True).content.decode()
    kept = Wording.objects.get()
    assert (kept.title, kept.owner, kept.is_shared) == ("Cuti tahunan", korektor, True)
    assert (kept.problem, kept.request, kept.legal_basis) == (finding.problem, finding.request, finding.legal_basis)
    assert "“Cuti tahunan” disimpan" in page


@pytest.mark.parametrize("title", ["", "   ", "\x00", "Cuti kurang"])
def test_a_name_that_does_not_do_gets_a_sentence_and_stays(client, korektor, submission, title):
    wording(owner=korektor)
    finding = factories.finding(submission, korektor)
    answer = client.post(reverse("psk_desk:wording_keep", args=[submission.pk, finding.pk]), {"title": title})
    assert answer.status_code == 409 and Wording.objects.count() == 1
    page = answer.content.decode()
    assert ("Sudah ada rumusan" in page) == (title == "Cuti kurang")
    assert '<details class="psk-keep" open>' in page


def test_two_people_may_have_the_same_name_for_their_own(office):
    first, second = factories.staff("korektor"), factories.staff("korektor")
    finding = factories.finding(factories.filed(office, steps=2), office.korektor)
    for person in (first, second):
        wordings.keep(finding, person, "Cuti", is_shared=False)
    assert Wording.objects.filter(title="Cuti").count() == 2


def test_the_list_shows_the_offices_and_ones_own(client, korektor):
    wording("Bersama saja", is_shared=True)
    mine = wording("Milik sendiri", owner=korektor)
    other = wording("Rahasia rekan", owner=factories.staff("korektor"))
    page = client.get(reverse(INDEX)).content.decode()
    assert "Bersama saja" in page and "Milik sendiri" in page and "Rahasia rekan" not in page
    edit = "psk_kalimat_modeladmin_edit"
    assert client.get(reverse(edit, args=[mine.pk])).status_code == 200
    assert client.get(reverse(edit, args=[other.pk])).status_code == 302
    assert client.get(reverse("psk_kalimat_modeladmin_delete", args=[other.pk])).status_code == 302


def test_a_new_one_from_the_list_is_ones_own(client, korektor):
    values = {"title": "Lembur", "problem": "Tidak diatur.", "request": "Atur lembur.", "legal_basis": "", "norm": ""}
    client.post(reverse("psk_kalimat_modeladmin_create"), values | {"is_active": "on"})
    kept = Wording.objects.get()
    assert kept.owner == korektor and not kept.is_shared
    again = client.post(reverse("psk_kalimat_modeladmin_create"), values | {"is_active": "on"})
    assert again.status_code == 200 and "Sudah ada rumusan dengan nama ini" in again.content.decode()
    assert Wording.objects.count() == 1


def test_deleting_one_leaves_the_findings(client, korektor, submission):
    kept = wording(is_shared=True)
    client.post(reverse("psk_desk:finding_add", args=[submission.pk]), WORDS | {"wording": kept.pk})
    client.post(reverse("psk_kalimat_modeladmin_delete", args=[kept.pk]))
    assert not Wording.objects.exists() and Finding.objects.get().problem == WORDS["problem"]


@pytest.mark.parametrize(
    "query", ["p=abc", "q=%00", "q=" + "x" * 20_000, "is_shared__exact=abc", "owner__email=x", "o=9.z"]
)
def test_odd_addresses_of_the_list_get_a_page(client, korektor, query):
    wording(is_shared=True)
    assert client.get(f"{reverse(INDEX)}?{query}", follow=True).status_code == 200


def test_queries_of_list_and_form_do_not_grow(client, korektor, submission):
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    for number in range(3):
        wording(f"Bersama {number}", is_shared=True, owner=korektor)
    paths = [reverse(INDEX), reverse("psk_desk:desk", args=[submission.pk])]
    for path in paths:
        queries(path)
    before = [queries(path) for path in paths]
    for number in range(6):
        wording(f"Lagi {number}", is_shared=number % 2 == 0, owner=korektor)
    assert [queries(path) for path in paths] == before
