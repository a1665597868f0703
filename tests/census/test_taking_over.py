"""A list is taken over whole or not at all, says nothing over what companies say themselves, and can be undone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from psk_plugin.census import applying, checking, verbs, working
from psk_plugin.census.errors import Lost, Overtaken, Refused
from psk_plugin.census.models import LEASE, BatchState, CensusBatch, CensusEffect
from psk_plugin.companies.models import Company, Membership

from .. import factories
from .making import checked, csv, fresh, line, taken_over, undone, verdicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return factories.staff("registrasi")


def test_new_companies_are_entered_with_their_history(clerk):
    batch = taken_over(csv([line(1), line(2, nib="", npwp="", workers="")]), clerk)
    assert (batch.state, batch.result) == (BatchState.DONE, {"made": 2, "completed": 0})
    first, second = Company.objects.order_by("name")
    assert (first.nib, first.counted_workers, first.workers, first.source) == ("8120000000001", 25, 25, "census")
    assert (second.nib, second.npwp, second.counted_workers, second.sector) == (None, "", None, "other")
    told = first.history.get()
    assert (told.history_type, told.history_user, told.history_change_reason) == ("+", clerk, "Sensus: sensus.csv")


def test_what_a_company_says_of_itself_is_never_overwritten(clerk):
    known = factories.CompanyFactory(nib="8120000000001", website="", phone="", kelurahan="")
    before = {name: getattr(known, name) for name in ("name", "address", "kecamatan", "npwp", "male_permanent")}
    headings = ["Nama Perusahaan", "NIB", "Alamat", "Kecamatan", "Jumlah Tenaga Kerja", "Telepon", "Kelurahan"]
    row = ["PT Nama Lain", "8120000000001", "Jl. Lain", "Jatiasih", 900, "021 555555", "Kayuringin"]
    taken_over(csv([row], headings=headings), clerk)
    known.refresh_from_db()
    assert {name: getattr(known, name) for name in before} == before
    assert (known.phone, known.kelurahan, known.counted_workers) == ("021 555555", "Kayuringin", None)
    assert known.history.first().history_change_reason == "Sensus: sensus.csv"


def test_a_company_that_only_a_census_knows_follows_the_newer_census(clerk):
    taken_over(csv([line(1, nib="8120000000001")]), clerk)
    taken_over(csv([line(1, name="PT Sensus Uji Baru", address="Jl. Baru", workers=40)]), clerk)
    company = Company.objects.get()
    assert (company.name, company.address, company.counted_workers) == ("PT Sensus Uji Baru", "Jl. Baru", 40)


def test_once_somebody_acts_for_it_only_blanks_are_filled(clerk):
    taken_over(csv([line(1)]), clerk)
    Membership.objects.create(company=Company.objects.get(), user=factories.UserFactory())
    assert verdicts(checked(csv([line(1, name="PT Lain", workers=90)]))) == ["same"]


def test_refused_rows_stay_outside_and_the_others_come_in(clerk):
    taken_over(csv([line(1), line(2, kecamatan="Cikarang")]), clerk)
    assert Company.objects.count() == 1


def test_rows_without_decision_hold_the_list_up_unless_they_are_left_out(clerk):
    factories.CompanyFactory(name="PT Sensus Uji Satu", address="Jl. Uji No. 1")
    batch = checked(csv([line(1, name="PT Sensus Uji Satu", nib="", npwp=""), line(2, name="CV Berbeda Sekali")]))
    assert verdicts(batch) == ["ask", "new"]
    with pytest.raises(Refused, match="1 baris"):
        verbs.take_over(batch, clerk)
    verbs.take_over(batch, clerk, skip_open=True)
    working.go_on(batch.pk)
    assert fresh(batch).result["made"] == 1


@pytest.mark.parametrize(
    ("decision", "verdict", "companies"), [("same", "matched", 1), ("new", "new", 2), ("skip", "skipped", 1)]
)
def test_a_person_decides_about_a_similar_company(clerk, decision, verdict, companies):
    known = factories.CompanyFactory(name="PT Sensus Uji Satu", phone="")
    headings = ["Nama Perusahaan", "Kecamatan", "Telepon"]
    batch = checked(csv([["Sensus Uji Satu, PT", "Rawalumbu", "021 777777"]], headings=headings))
    row = batch.rows.get()
    verbs.decide(batch, clerk, [row.pk], decision)
    row.refresh_from_db()
    assert (row.verdict, row.decided_by) == (verdict, clerk)
    verbs.take_over(batch, clerk)
    working.go_on(batch.pk)
    known.refresh_from_db()
    assert Company.objects.count() == companies
    assert known.phone == ("021 777777" if decision == "same" else "")


def test_two_rows_are_not_decided_to_be_the_same_company(clerk):
    factories.CompanyFactory(name="PT Sensus Uji Satu")
    rows = [["PT Sensus Uji Satu", "Rawalumbu", "Jl. A"], ["PT Sensus Uji Satu", "Jatiasih", "Jl. B"]]
    batch = checked(csv(rows, headings=["Nama Perusahaan", "Kecamatan", "Alamat"]))
    keys = list(batch.rows.values_list("pk", flat=True))
    with pytest.raises(Refused, match="sudah menunjuk"):
        verbs.decide(batch, clerk, keys, "same")
    assert verdicts(batch) == ["ask", "matched"] or verdicts(batch) == ["ask", "ask"]


def test_a_company_that_is_not_offered_cannot_be_chosen(clerk):
    factories.CompanyFactory(name="PT Sensus Uji Satu")
    other = factories.CompanyFactory(name="CV Lain Sekali")
    batch = checked(csv([line(1, name="PT Sensus Uji Satu", nib="", npwp="")]))
    with pytest.raises(Refused, match="yang ditampilkan"):
        verbs.decide(batch, clerk, [batch.rows.get().pk], "same", other.pk)


def test_somebody_who_signs_up_meanwhile_is_not_doubled(clerk):
    batch = checked(csv([line(1), line(2)]))
    factories.CompanyFactory(nib="8120000000001", name="PT Lain Sekali")
    verbs.take_over(batch, clerk)
    working.go_on(batch.pk)
    batch = fresh(batch)
    assert (batch.state, verdicts(batch)) == (BatchState.READY, ["same", "new"])
    assert "diperiksa ulang" in batch.problem and Company.objects.count() == 1


def test_decisions_outlive_a_second_check(clerk):
    factories.CompanyFactory(name="PT Sensus Uji Satu")
    batch = checked(csv([line(1, name="PT Sensus Uji Satu", nib="", npwp=""), line(2, name="CV Berbeda")]))
    verbs.decide(batch, clerk, [batch.rows.first().pk], "new")
    verbs.assign(batch, batch.mapping)
    working.go_on(batch.pk)
    assert verdicts(fresh(batch)) == ["new", "new"]


def stop_after(monkeypatch, module, name: str, calls: int):
    """The worker dies in the middle: the function works so often, then never again."""
    real, left = getattr(module, name), iter(range(calls))

    def dying(*args, **kwargs):
        if next(left, None) is None:
            raise RuntimeError("mati listrik")
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, dying)


@pytest.fixture
def many():
    return csv([line(n) for n in range(1, 1_201)])


def test_a_worker_that_stops_in_the_middle_leaves_nothing_and_the_next_finishes(clerk, many, monkeypatch):
    batch = checked(many)
    verbs.take_over(batch, clerk)
    with monkeypatch.context() as patch:
        stop_after(patch, applying, "_make", 2)
        assert not working.go_on(batch.pk)
    assert (Company.objects.count(), Company.history.count(), CensusEffect.objects.count()) == (0, 0, 0)
    assert fresh(batch).state == BatchState.APPLYING
    assert working.catch_up() == 1
    assert (Company.objects.count(), fresh(batch).state) == (1_200, BatchState.DONE)


def test_a_check_that_stopped_begins_anew(many, monkeypatch):
    batch = checked(many)
    verbs.assign(batch, batch.mapping)
    with monkeypatch.context() as patch:
        stop_after(patch, checking.CompanyJudge, "rows", 1)
        assert not working.go_on(batch.pk)
    assert 0 < batch.rows.count() < 1_200
    assert working.catch_up() == 1
    assert batch.rows.count() == 1_200


def test_work_that_stops_again_and_again_says_so(clerk, monkeypatch):
    batch = checked(csv([line(1)]))
    verbs.take_over(batch, clerk)
    stop_after(monkeypatch, applying, "_make", 0)
    for _n in range(working.MAX_ATTEMPTS):
        working.go_on(batch.pk)
    batch = fresh(batch)
    assert (batch.state, batch.stopped_in) == (BatchState.FAILED, BatchState.APPLYING)
    assert "Tidak ada yang berubah" in batch.problem
    monkeypatch.undo()
    verbs.again(batch)
    working.go_on(batch.pk)
    assert Company.objects.count() == 1


def test_a_worker_thought_dead_writes_nothing_once_another_has_taken_over(clerk, monkeypatch):
    batch = checked(csv([line(1)]))
    verbs.take_over(batch, clerk)
    CensusBatch.objects.filter(pk=batch.pk).update(claim=1, busy_until=timezone.now() - LEASE)
    late = CensusBatch.objects.select_related("file").get(pk=batch.pk)
    assert working.go_on(batch.pk)
    with pytest.raises((Lost, Overtaken)):
        applying.apply(late, working.Progress(late))
    assert Company.objects.count() == 1


def test_a_batch_that_somebody_is_at_is_left_alone(clerk):
    batch = checked(csv([line(1)]))
    verbs.take_over(batch, clerk)
    CensusBatch.objects.filter(pk=batch.pk).update(busy_until=timezone.now() + LEASE)
    assert not working.go_on(batch.pk) and working.catch_up() == 0


def test_progress_is_seen_while_the_transaction_is_open(clerk, many, monkeypatch):
    batch, seen = checked(many), []
    verbs.take_over(batch, clerk)
    real = working.Progress.told_within

    def told(self, done):
        real(self, done)
        seen.append(working.done_of(fresh(batch)))

    monkeypatch.setattr(working.Progress, "told_within", told)
    working.go_on(batch.pk)
    if connection.vendor == "sqlite":
        assert seen == sorted(seen) and len(seen) == 3 and seen[-1] > 1_000


def test_undoing_removes_what_was_made_and_restores_what_was_filled(clerk):
    known = factories.CompanyFactory(nib="8120000000001", kelurahan="", phone="")
    headings = ["Nama Perusahaan", "NIB", "Kecamatan", "Telepon"]
    rows = [["PT Satu", "8120000000001", "Rawalumbu", "021 777777"], ["PT Dua", "8120000000002", "Rawalumbu", ""]]
    batch = undone(taken_over(csv(rows, headings=headings), clerk), clerk)
    assert (batch.state, batch.result["undone"], batch.result["kept"]) == (BatchState.UNDONE, 2, 0)
    assert Company.objects.get().phone == ""
    last = Company.history.filter(name="PT Dua").first()
    assert (last.history_type, last.history_change_reason) == ("-", "Sensus dibatalkan: Salah berkas")
    known.refresh_from_db()
    assert known.history.first().history_change_reason == "Sensus dibatalkan: Salah berkas"


def test_what_has_been_used_or_changed_since_is_left_and_says_why(clerk):
    batch = taken_over(csv([line(n) for n in range(1, 5)]), clerk)
    joined, edited, gone, _idle = Company.objects.order_by("name")
    Membership.objects.create(company=joined, user=factories.UserFactory())
    edited.phone = "021 999999"
    edited.save()
    gone.delete()
    batch = undone(batch, clerk)
    assert (batch.result["undone"], batch.result["kept"]) == (1, 3)
    assert set(Company.objects.all()) == {joined, edited}
    why = dict(batch.effects.exclude(kept="").values_list("row__number", "kept"))
    assert "orang perusahaan" in why[2] and "diubah" in why[3] and "sudah tidak ada" in why[4]


def test_undoing_needs_a_reason_and_happens_once(clerk):
    batch = taken_over(csv([line(1)]), clerk)
    with pytest.raises(Refused, match="satu kalimat"):
        verbs.undo(batch, clerk, "  ")
    batch = undone(batch, clerk)
    with pytest.raises(Refused, match="Dibatalkan"):
        verbs.undo(batch, clerk, "Lagi")


def test_an_undoing_that_stops_leaves_the_list_taken_over(clerk, many, monkeypatch):
    from psk_plugin.census import undoing

    batch = taken_over(many, clerk)
    verbs.undo(batch, clerk, "Salah")
    with monkeypatch.context() as patch:
        stop_after(patch, undoing, "_delete", 1)
        assert not working.go_on(batch.pk)
    assert Company.objects.count() == 1_200
    assert working.catch_up() == 1 and not Company.objects.exists()


def test_queries_do_not_grow_with_the_rows(clerk):
    def queries(first: int, count: int) -> int:
        batch = checked(csv([line(n) for n in range(first, first + count)]))
        verbs.take_over(batch, clerk)
        with CaptureQueriesContext(connection) as seen:
            working.go_on(batch.pk)
            undone(fresh(batch), clerk)
        return len(seen)

    assert queries(1, 10) == queries(101, 20)


def test_a_company_that_was_merged_is_left_when_the_census_is_undone(clerk):
    from psk_plugin.companies import merging

    batch = taken_over(csv([line(1), line(2)]), clerk)
    stays, goes = Company.objects.order_by("name")
    merge = merging.Merge(stays, goes, clerk, "Uji")
    for move in merging._movers.values():
        move(merge)
    goes.delete()
    batch = undone(batch, clerk)
    assert (batch.result["undone"], batch.result["kept"]) == (0, 2)
    assert Company.objects.get() == stays
