"""Decrees on paper come in by a list, hold like others, keep their scan, and can be taken back."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from psk_plugin.census import scans, verbs, working
from psk_plugin.census.errors import Refused
from psk_plugin.census.models import BatchState, PaperDecree
from psk_plugin.companies.models import Company
from psk_plugin.compliance.standing import companies_on
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.regulations.verbs import put_in_force
from psk_plugin.regulations.versions import versions_of

from .. import factories
from .making import decree, decrees, fresh, taken_over_decrees, undone, verdicts

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = {
    "valid_from": (TODAY - dt.timedelta(days=300)).strftime("%d/%m/%Y"),
    "valid_until": (TODAY + dt.timedelta(days=400)).strftime("%d/%m/%Y"),
}


@pytest.fixture
def company(db) -> Company:
    return factories.CompanyFactory(name="PT Sensus Uji 1", nib="8120000000001")


@pytest.fixture
def clerk():
    return factories.staff("registrasi")


def issued(company, first: dt.date, number: str = "SK/BARU", kind: str = "PP") -> CompanyRegulation:
    """As a decree of this system would put it in force."""
    return put_in_force(
        company_id=company.pk,
        kind=kind,
        title="Peraturan",
        valid_from=first,
        valid_until=first + dt.timedelta(days=700),
        decree_id=None,
        decree_number=number,
        decree_date=first,
        text_file=None,
        user=None,
        reason="Uji",
    )


def test_a_decree_on_paper_holds_and_is_in_the_public_register(client, company, clerk):
    batch = taken_over_decrees([decree(1, **NOW)], clerk)
    assert (batch.state, batch.result) == (BatchState.DONE, {"entered": 1})
    regulation = CompanyRegulation.objects.get()
    assert (regulation.decree_number, regulation.decree_id, regulation.state) == (
        "560/001/Disnaker/2024",
        None,
        "in_force",
    )
    assert regulation.history.get().history_change_reason == "SK di atas kertas, daftar sk.csv, baris 2"
    assert companies_on(TODAY).get(pk=company.pk).standing == "in_force"
    response = client.get(reverse("psk:register_detail", args=[regulation.pk]))
    assert "560/001/Disnaker/2024" in response.content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"number": ""}, "Nomor"),
        ({"decree_date": "tidak ada"}, "tanggal yang wajar"),
        ({"decree_date": "31/02/2024"}, "tanggal yang wajar"),
        ({"valid_until": "01/01/2020"}, "mendahului"),
        ({"kind": "Izin"}, "PP atau PKB"),
        ({"name": "=A1"}, "rumus"),
        ({"nib": "8120000000999", "name": "PT Tidak Dikenal"}, "belum dikenal"),
    ],
)
def test_a_bad_cell_refuses_its_row(company, values, words):
    batch = decrees([decree(1, **values)])
    row = batch.rows.get()
    assert row.verdict == "bad" and words in " ".join(row.problems)


@pytest.mark.parametrize(
    "written",
    ["12/03/2024", "12-03-2024", "2024-03-12", "12 Maret 2024", "12 Mar 2024", "12.03.24", "2024-03-12 00:00:00"],
)
def test_days_are_understood_however_lists_write_them(company, written):
    row = decrees([decree(1, decree_date=written)]).rows.get()
    assert (row.problems, row.cleaned["decree_date"]) == ([], "2024-03-12")


def test_a_number_that_is_known_or_doubled_is_told(company):
    issued(company, TODAY, "560/001/Disnaker/2024", "PKB")
    rows = decrees([decree(1), decree(2), decree(2)]).rows.order_by("number")
    assert [row.verdict for row in rows] == ["bad", "matched", "bad"]
    assert "sudah tercatat" in rows[0].problems[0] and "baris 3" in rows[2].problems[0]


def test_an_older_decree_does_not_take_the_place_of_a_newer(company):
    issued(company, TODAY)
    row = decrees([decree(1)]).rows.get()
    assert row.verdict == "bad" and "SK/BARU" in row.problems[0]


def test_several_decrees_of_a_company_come_in_their_order(company, clerk):
    rows = [
        decree(2, **NOW),
        decree(1, valid_from="01/01/2020", valid_until="31/12/2021"),
    ]
    taken_over_decrees(rows, clerk)
    regulation = CompanyRegulation.objects.get()
    assert (regulation.version, regulation.decree_number) == (2, "560/002/Disnaker/2024")
    assert [each.decree_number[:7] for each in versions_of(regulation)] == ["560/002", "560/001"]
    assert companies_on(dt.date(2021, 6, 1)).get(pk=company.pk).standing == "in_force"


def test_a_pp_on_paper_beside_a_pkb_is_replaced_by_it(company, clerk):
    pkb = issued(company, TODAY - dt.timedelta(days=30), "SK/PKB", "PKB")
    taken_over_decrees([decree(1, **NOW)], clerk)
    pp = CompanyRegulation.objects.get(kind="PP")
    assert (pp.replaced_from, pp.replaced_by, pp.state) == (pkb.valid_from, "SK/PKB", "replaced")


def test_a_company_by_name_only_is_a_persons_decision(company, clerk):
    batch = decrees([decree(1, nib="", name="Sensus Uji 1, PT")])
    row = batch.rows.get()
    assert (row.verdict, row.candidates[0]["pk"]) == ("ask", company.pk)
    with pytest.raises(Refused, match="tidak membuat perusahaan"):
        verbs.decide(batch, clerk, [row.pk], "new")
    verbs.decide(batch, clerk, [row.pk], "same")
    verbs.take_over(batch, clerk)
    working.go_on(batch.pk)
    assert CompanyRegulation.objects.get().company == company


def test_a_decree_that_was_issued_meanwhile_has_the_rows_checked_again(company, clerk):
    batch = decrees([decree(1)])
    issued(company, TODAY)
    verbs.take_over(batch, clerk)
    working.go_on(batch.pk)
    batch = fresh(batch)
    assert (batch.state, verdicts(batch)) == (BatchState.READY, ["bad"])
    assert "diperiksa ulang" in batch.problem


def test_undoing_takes_decrees_back_as_if_they_had_never_been(company, clerk):
    batch = taken_over_decrees([decree(1, **NOW)], clerk)
    batch = undone(batch, clerk)
    assert (batch.result["undone"], CompanyRegulation.objects.count(), PaperDecree.objects.count()) == (1, 0, 0)
    assert companies_on(TODAY).get(pk=company.pk).standing == "never"
    assert verdicts(taken_over_decrees([decree(1, **NOW)], clerk)) == ["matched"]


def test_undoing_the_second_version_brings_the_first_back(company, clerk):
    first = taken_over_decrees([decree(1, valid_from="01/01/2020", valid_until="31/12/2021")], clerk)
    undone(taken_over_decrees([decree(2, **NOW)], clerk), clerk)
    regulation = CompanyRegulation.objects.get()
    assert (regulation.version, regulation.decree_number) == (1, "560/001/Disnaker/2024")
    assert companies_on(TODAY).get(pk=company.pk).standing == "expired"
    assert fresh(first).state == BatchState.DONE


def test_undoing_a_pkb_lets_the_pp_hold_again(company, clerk):
    issued(company, TODAY - dt.timedelta(days=400), "SK/PP")
    batch = taken_over_decrees([decree(1, kind="PKB", **NOW)], clerk)
    assert CompanyRegulation.objects.get(kind="PP").state == "replaced"
    undone(batch, clerk)
    assert CompanyRegulation.objects.get().replaced_from is None


def test_a_decree_that_another_follows_is_kept(company, clerk):
    batch = taken_over_decrees([decree(1)], clerk)
    issued(company, TODAY)
    batch = undone(batch, clerk)
    assert batch.result["kept"] == 1 and "lebih baru" in batch.effects.get().kept


def test_a_scan_is_attached_on_the_decrees_page(client, company, clerk):
    batch = taken_over_decrees([decree(1, **NOW)], clerk)
    paper = PaperDecree.objects.get(row__batch=batch)
    client.force_login(clerk)
    address = reverse("psk_paper_decree", args=[paper.pk])
    assert client.get(reverse("psk_paper_decree_scan", args=[paper.pk])).status_code == 404
    assert client.post(address, {"pdf": factories.upload("sk.pdf", b"bukan pdf")}).status_code == 422
    assert client.post(address, {"pdf": factories.upload("sk.pdf")}).status_code == 302
    response = client.get(reverse("psk_paper_decree_scan", args=[paper.pk]))
    assert response["Content-Type"] == "application/pdf" and b"".join(response.streaming_content)[:5] == b"%PDF-"


def test_pdfs_find_their_decrees_by_name(company, clerk):
    batch = taken_over_decrees([decree(1, **NOW)], clerk)
    files = [factories.upload("560-001-Disnaker-2024.pdf"), factories.upload("lain.pdf")]
    attached, refused = scans.attach_by_name(batch, clerk, files)
    assert attached == 1 and len(refused) == 1 and "lain.pdf" in refused[0]
    assert PaperDecree.objects.get().scan is not None


def test_staff_see_on_the_versions_page_that_a_decree_was_on_paper(client, company, clerk):
    taken_over_decrees([decree(1, **NOW)], clerk)
    client.force_login(clerk)
    response = client.get(reverse("psk_regulation_versions", args=[CompanyRegulation.objects.get().pk]))
    assert response.status_code == 200
    assert "SK di atas kertas" in response.content.decode()
