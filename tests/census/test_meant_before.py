"""A company without numbers that a list has brought in once is known by its name and address in the next list."""

import pytest

from psk_plugin.census import verbs, working
from psk_plugin.census.models import Verdict
from psk_plugin.companies.models import Company

from .. import factories
from .making import checked, csv, fresh, line, problem_of, taken_over, undone, verdicts

pytestmark = pytest.mark.django_db
HEADINGS = ["Nama Perusahaan", "Kecamatan", "Alamat", "Telepon"]
ROW = ["PT Tanpa Nomor", "Rawalumbu", "Jl. Uji No. 7", ""]
#: The same company in the hand of another clerk, with something new.
AGAIN = ["TANPA NOMOR, PT", "Rawalumbu", "Jln Uji 7", "021 777777"]


def listed(*rows: list[str]) -> bytes:
    return csv(list(rows), headings=HEADINGS)


@pytest.fixture
def clerk(db):
    return factories.staff("registrasi")


def decided(data: bytes, user, decision: str):
    batch = checked(data, user)
    assert verdicts(batch) == ["ask"]
    verbs.decide(batch, user, [batch.rows.get().pk], decision)
    verbs.take_over(fresh(batch), user)
    working.go_on(batch.pk)
    return fresh(batch)


def test_a_company_made_by_a_list_is_completed_by_the_next_and_nobody_is_asked(clerk):
    taken_over(listed(ROW), clerk)
    company = Company.objects.get()
    batch = taken_over(listed(AGAIN), clerk)
    row = batch.rows.get()
    assert (row.verdict, row.company, row.decided_by) == (Verdict.MATCHED, company, None)
    assert "daftar sebelumnya" in problem_of(batch)
    company.refresh_from_db()
    assert (Company.objects.count(), company.phone) == (1, "021 777777")


def test_what_a_person_said_is_the_same_company_is_not_asked_again(clerk):
    known = factories.CompanyFactory(name="PT Tanpa Nomor Jaya", address="Jl. Uji No. 7")
    decided(listed(ROW), clerk, "same")
    batch = checked(listed(AGAIN), clerk)
    assert batch.rows.get().company == known and verdicts(batch) != ["ask"]


def test_what_a_person_said_is_another_company_stays_another(clerk):
    factories.CompanyFactory(name="PT Tanpa Nomor", address="Jl. Uji No. 70")
    decided(listed(ROW), clerk, "new")
    batch = checked(listed(AGAIN), clerk)
    assert batch.rows.get().company == Company.objects.get(source=Company.Source.CENSUS)


def test_who_was_wrong_the_last_time_can_say_otherwise_and_is_heard_the_next_time(clerk):
    other = factories.CompanyFactory(name="PT Tanpa Nomor Jaya", address="Jl. Uji No. 7")
    decided(listed(ROW), clerk, "same")
    batch = checked(listed(AGAIN), clerk)
    row = batch.rows.get()
    assert row.candidates[0]["pk"] == other.pk and "daftar sebelumnya" in row.candidates[0]["why"]
    verbs.decide(batch, clerk, [row.pk], "new")
    # Somebody changes the columns: the rows are checked once more, and the decision stands.
    verbs.assign(fresh(batch), batch.mapping)
    working.go_on(batch.pk)
    row = fresh(batch).rows.get()
    assert (row.verdict, row.company, row.decided_by) == (Verdict.NEW, None, clerk)
    verbs.take_over(fresh(batch), clerk)
    working.go_on(batch.pk)
    assert Company.objects.filter(source=Company.Source.CENSUS).count() == 1
    assert verdicts(checked(listed(AGAIN), clerk)) == ["ask"]


@pytest.mark.parametrize("change", ["undone", "waiting", "without address", "two companies", "left out"])
def test_a_person_is_asked_where_nothing_certain_is_remembered(clerk, change):
    factories.CompanyFactory(name="PT Tanpa Nomor Jaya", address="Jl. Uji No. 7")
    first, again = ROW, AGAIN
    if change == "without address":
        first, again = ([*row[:2], "", row[3]] for row in (ROW, AGAIN))
    if change == "waiting":
        batch = checked(listed(first), clerk)
        verbs.decide(batch, clerk, [batch.rows.get().pk], "same")
    else:
        batch = decided(listed(first), clerk, "skip" if change == "left out" else "same")
    if change == "undone":
        undone(batch, clerk)
    if change == "two companies":
        other = factories.CompanyFactory(name="PT Tanpa Nomor Lain")
        copy = decided_as(listed(first), clerk, other)
        assert copy.rows.get().company == other
    assert verdicts(checked(listed(again), clerk)) == ["ask"]


def decided_as(data: bytes, user, company: Company):
    """A list that was taken over before anybody knew better."""
    batch = taken_over(data, user)
    batch.rows.update(company=company)
    return batch


def test_a_row_with_a_nib_goes_by_its_nib(clerk):
    taken_over(listed(ROW), clerk)
    batch = checked(csv([line(1, name="PT Tanpa Nomor", address="Jl. Uji No. 7")]), clerk)
    assert batch.rows.get().known_as == "" and batch.rows.get().company is None


def test_remembering_takes_one_query_whatever_the_rows(clerk, django_assert_max_num_queries):
    taken_over(listed(*([f"PT Tanpa {n}", "Rawalumbu", f"Jl. Uji No. {n}", ""] for n in range(5))), clerk)
    with django_assert_max_num_queries(60) as few:
        checked(listed(["PT Tanpa 1", "Rawalumbu", "Jl. Uji No. 1", ""]), clerk)
    with django_assert_max_num_queries(len(few)):
        checked(listed(*([f"PT Tanpa {n}", "Rawalumbu", f"Jl. Uji No. {n}", ""] for n in range(5))), clerk)
