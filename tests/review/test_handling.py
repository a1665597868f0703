"""Who has an application in hand, who acts for whom, and how work is distributed."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from psk_plugin.companies.models import Membership
from psk_plugin.office.models import Absence, ActingAppointment
from psk_plugin.review import handling
from psk_plugin.submissions import drafts
from psk_plugin.submissions.errors import Forbidden, Impossible
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission

from .. import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def office():
    return factories.Office()


@pytest.fixture
def waiting(office):
    """Waits for a verifier."""
    return factories.filed(office, steps=1)


def fresh(submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)


def acting(person, role: str, first: int = 0, last: int = 5, **kwargs) -> ActingAppointment:
    return ActingAppointment.objects.create(
        person=person,
        group=factories.group(role),
        kind=kwargs.pop("kind", "plh"),
        valid_from=TODAY() + dt.timedelta(days=first),
        valid_until=TODAY() + dt.timedelta(days=last),
        letter="800/1/2026",
        **kwargs,
    )


def test_what_is_taken_is_decided_by_who_took_it(office, waiting):
    other = factories.staff("verifikator")
    handling.take(waiting, office.verifikator)
    with pytest.raises(Forbidden, match="ditangani"):
        perform(waiting, "declare_complete", other)
    assert perform(waiting, "declare_complete", office.verifikator).stage.code == "koreksi"


def test_what_nobody_took_is_decided_by_anybody_at_the_desk(waiting):
    assert perform(waiting, "declare_complete", factories.staff("verifikator")).stage.code == "koreksi"


def test_after_a_decision_the_next_one_that_no_colleague_has_in_hand_is_offered(client, office):
    mine, taken, free = (factories.filed(office, steps=2) for _n in range(3))
    handling.take(taken, factories.staff("korektor"))
    client.force_login(office.korektor)
    address = reverse("psk_desk:decide", args=[mine.pk, "declare_in_order"])
    html = client.post(address, {"revision": mine.revision}, follow=True).content.decode()
    assert f"Permohonan berikutnya: {free.number}" in html and f"berikutnya: {taken.number}" not in html


def test_the_next_desk_starts_with_empty_hands(office, waiting):
    handling.take(waiting, office.verifikator)
    assert perform(waiting, "declare_complete", office.verifikator).assignee is None


@pytest.mark.parametrize("role", ["registrasi", "korektor", "kasi", "kabid", "kadis"])
def test_another_desk_cannot_take_it(office, waiting, role):
    with pytest.raises(Forbidden):
        handling.take(waiting, getattr(office, role))


def test_taking_over_needs_a_reason_and_both_are_in_the_timeline(office, waiting):
    other = factories.staff("verifikator")
    handling.take(waiting, office.verifikator)
    with pytest.raises(Impossible):
        handling.take(waiting, other)
    handling.take(waiting, other, reason="Diminta Kasi.")
    assert fresh(waiting).assignee == other
    event = waiting.events.filter(action="take").last()
    assert event.reason == "Diminta Kasi." and not event.is_public
    assert event.details["hands"] == [office.verifikator.username, other.username]


def test_a_colleague_who_is_away_is_taken_over_from_without_a_reason(office, waiting):
    other = factories.staff("verifikator")
    handling.take(waiting, office.verifikator)
    Absence.objects.create(person=office.verifikator, valid_from=TODAY(), valid_until=TODAY())
    handling.take(waiting, other)
    assert fresh(waiting).assignee == other
    assert "tidak masuk" in waiting.events.filter(action="take").last().reason


def test_the_corrector_who_falls_ill_leaves_the_drafts_to_who_takes_over(office):
    submission = factories.filed(office, steps=2)
    handling.take(submission, office.korektor)
    finding = factories.finding(submission, office.korektor)
    other = factories.staff("korektor")
    handling.take(submission, other, reason="Sakit.")
    returned = perform(submission, "return", other)
    assert list(returned.notices.get().findings.all()) == [finding]


def test_after_a_repair_it_returns_into_the_same_hands(office):
    submission = factories.filed(office, steps=1)
    handling.take(submission, office.verifikator)
    factories.finding(submission, office.verifikator)
    returned = perform(submission, "return", office.verifikator)
    drafts.attach(returned, returned.applicant, "naskah-pp", factories.upload("baru.pdf"))
    repaired = perform(fresh(returned), "repair", returned.applicant)
    assert repaired.assignee == office.verifikator


def test_who_has_left_the_desk_meanwhile_does_not_get_it_back(office):
    submission = factories.filed(office, steps=2)
    handling.take(submission, office.korektor)
    sent = perform(submission, "declare_in_order", office.korektor)
    office.korektor.groups.clear()
    stage = next(s["id"] for s in sent.route if s["code"] == "koreksi")
    back = perform(sent, "send_back", office.kasi, reason="Belum jelas.", data={"stage": stage})
    assert back.assignee is None


def test_giving_back_and_handing_over(office, waiting):
    other = factories.staff("verifikator")
    handling.take(waiting, office.verifikator)
    with pytest.raises(Forbidden):
        handling.release(waiting, other)
    handling.hand_over(waiting, office.verifikator, other, "Tolong dilanjutkan.")
    assert fresh(waiting).assignee == other
    with pytest.raises(Forbidden):
        handling.hand_over(waiting, office.verifikator, office.verifikator)
    handling.release(waiting, other)
    assert fresh(waiting).assignee is None


def test_work_is_handed_only_to_people_of_the_desk(office, waiting):
    with pytest.raises(Impossible):
        handling.hand_over(waiting, office.kabid, office.korektor)


def test_work_is_not_handed_to_somebody_of_the_company_itself(office, waiting):
    both = factories.staff("verifikator")
    Membership.objects.create(
        company=waiting.company, user=both, role=Membership.Role.MEMBER, state=Membership.State.ACTIVE
    )
    with pytest.raises(Impossible):
        handling.hand_over(waiting, office.kabid, both)


def test_several_at_once_each_for_itself(office):
    here = [factories.filed(office, steps=1) for _number in range(2)]
    elsewhere = factories.filed(office, steps=2)
    outcomes = handling.hand_over_many([s.pk for s in [*here, elsewhere]], office.kabid, office.verifikator)
    assert [bool(outcome.problem) for outcome in outcomes] == [False, False, True]
    assert {fresh(s).assignee for s in here} == {office.verifikator}
    assert fresh(elsewhere).assignee is None


def test_not_more_than_a_hundred_at_once_and_not_by_everybody(office):
    with pytest.raises(Impossible):
        handling.hand_over_many(range(1, 102), office.kabid, office.verifikator)
    with pytest.raises(Forbidden):
        handling.hand_over_many([1], office.verifikator, office.verifikator)


def test_an_acting_head_sees_and_decides_from_the_first_to_the_last_day(office):
    submission = factories.filed(office, steps=5)
    deputy = factories.staff("sekretaris")
    assert not Submission.objects.awaiting(deputy).exists()
    appointment = acting(deputy, "kadis", first=1)
    assert not Submission.objects.awaiting(deputy).exists(), "not before the first day"
    appointment.valid_from = TODAY()
    appointment.save()
    assert list(Submission.objects.awaiting(deputy)) == [submission]
    assert perform(submission, "sign", deputy).status == "issued"


def test_an_appointment_that_is_over_opens_nothing(office):
    submission = factories.filed(office, steps=5)
    deputy = factories.staff("sekretaris")
    acting(deputy, "kadis", first=-9, last=-1)
    with pytest.raises(Forbidden):
        perform(submission, "sign", deputy)


def test_the_decree_names_the_acting_head(office):
    submission = factories.filed(office, steps=5)
    deputy = factories.staff("sekretaris")
    acting(deputy, "kadis", kind="plt", signer_name="Sekretaris Contoh", signer_nip="0" * 18)
    signer = perform(submission, "sign", deputy).decree.content["signer"]
    assert signer["title"].startswith("Plt. KEPALA DINAS") and signer["name"] == "Sekretaris Contoh"
    own = perform(factories.filed(office, steps=5), "sign", office.kadis).decree.content["signer"]
    assert own["title"].startswith("KEPALA DINAS")


def test_four_eyes_hold_for_acting_heads_too(office):
    submission = factories.filed(office, steps=5)
    acting(office.kabid, "kadis")
    with pytest.raises(Forbidden):
        perform(submission, "sign", office.kabid)


def test_the_distribution_shows_everybody_and_moves_what_is_ticked(client, office, waiting):
    handling.take(waiting, office.verifikator)
    other = factories.staff("verifikator")
    Absence.objects.create(person=office.verifikator, valid_from=TODAY(), valid_until=TODAY())
    client.force_login(office.kabid)
    page = client.get(f"/admin/psk/beban/?orang={office.verifikator.pk}").content.decode()
    assert waiting.number in page and "tidak masuk sampai" in page
    answer = client.post(
        f"/admin/psk/beban/?orang={office.verifikator.pk}", {"permohonan": [waiting.pk], "to": other.pk}, follow=True
    )
    assert waiting.number in answer.content.decode()
    assert fresh(waiting).assignee == other


@pytest.mark.parametrize("query", ["orang=abc", "orang=" + "9" * 30, "hal=x", "orang=\x00"])
def test_odd_addresses_of_the_distribution_get_a_page(client, office, query):
    client.force_login(office.kabid)
    assert client.get(f"/admin/psk/beban/?{query}").status_code == 200


@pytest.mark.parametrize("data", [{}, {"permohonan": ["x"], "to": "1"}, {"permohonan": ["9" * 30], "to": "\x00"}])
def test_odd_posts_of_the_distribution_change_nothing(client, office, data):
    client.force_login(office.kabid)
    assert client.post("/admin/psk/beban/", data).status_code == 302


def test_queries_of_the_distribution_do_not_grow(client, office):
    client.force_login(office.kabid)
    counts = []
    for _round in range(2):
        for _number in range(3):
            handling.take(factories.filed(office, steps=1), factories.staff("verifikator"))
        client.get("/admin/psk/beban/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/psk/beban/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_desk_says_who_has_it_and_the_inbox_finds_mine(client, office, waiting):
    handling.take(waiting, office.verifikator)
    client.force_login(factories.staff("verifikator"))
    page = client.get(f"/admin/psk/permohonan/{waiting.pk}/").content.decode()
    assert office.verifikator.username in page and "Ambil alih" in page
    client.force_login(office.verifikator)
    assert waiting.number in client.get("/admin/psk/kotak-masuk/?tangan=saya").content.decode()
    assert waiting.number not in client.get("/admin/psk/kotak-masuk/?tangan=kosong").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_take_it_at_once_leave_it_in_one_pair_of_hands():
    office = factories.Office()
    submission = factories.filed(office, steps=1)
    people = [office.verifikator, factories.staff("verifikator")]
    start, outcomes = threading.Barrier(2), []

    def press(user) -> None:
        start.wait()
        try:
            handling.take(submission, user)
            outcomes.append(user.pk)
        except Impossible:
            outcomes.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(None) == 1
    assert fresh(submission).assignee_id in outcomes
