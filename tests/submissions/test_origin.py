"""A renewal, extension or amendment starts from the company's regulation in force, filled in, by the rules of law."""

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils import timezone

from psk_plugin.calendar import office_calendar
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.regulations.verbs import put_in_force, revoke
from psk_plugin.submissions import answers, drafts, rules
from psk_plugin.submissions.errors import Impossible, Incomplete
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission

from .. import factories
from ..services import seeded

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return seeded.with_union(factories.CompanyFactory())


@pytest.fixture
def person(company):
    return factories.member_of(company)


def begin(code: str, company, person, **kwargs) -> Submission:
    return drafts.open_draft(factories.service(code), company, person, **kwargs)[0]


def problem_of(draft: Submission, code: str, value) -> str:
    """What the form says about one answer; empty where nothing."""
    draft = drafts.keep_answers(draft, draft.applicant, {code: value})
    return answers.draft_problems(draft).get(f"field-{code}", "")


def day(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def test_renewal_begins_filled_in_and_the_day_after_the_old_end(company, person):
    old = seeded.in_force(company, "PP", 60)
    draft = begin("pp-pembaharuan", company, person)
    assert draft.origin == old and draft.origin_data["decree_number"] == old.decree_number
    first = old.valid_until + dt.timedelta(days=1)
    until = first + relativedelta(years=2) - dt.timedelta(days=1)
    assert draft.data["masa-berlaku"] == {"from": first.isoformat(), "until": until.isoformat()}
    assert draft.data["judul"] == old.title and draft.data["pembaharuan-ke"] == "1"


def test_answers_of_the_old_application_are_taken_over_but_not_its_letter(office):
    from ..lifecycle.test_seeded_services import issued

    old = issued(office, "pp-baru")
    draft = begin("pp-pembaharuan", old.company, old.applicant)
    assert draft.data["upah-terendah"] == old.data["upah-terendah"]
    assert draft.data["penanggung-jawab"] == old.data["penanggung-jawab"]
    assert "nomor-surat" not in draft.data and "tanggal-surat" not in draft.data
    # The office has decree and text, so nobody need file them again, nor answer questions about them.
    asked = {row["code"] for row, _must in answers.wanted_documents(draft)}
    assert not asked & {"sk-lama", "naskah-lama"}
    assert not {"field-nomor-sk-lama", "field-masa-berlaku-lama"} & answers.draft_problems(draft).keys()


def test_the_union_of_the_profile_fills_a_pkb(company, person):
    draft = begin("pkb-baru", company, person)
    assert draft.data["nama-sp"] == "Serikat Pekerja Contoh"
    assert draft.data["nomor-pencatatan-sp"] == "250/SP/2019" and draft.data["tanggal-pencatatan-sp"] == "2019-05-02"


def test_without_a_record_the_company_says_so_and_attaches_the_old_papers(company, person):
    with pytest.raises(Impossible, match="belum memuat PP"):
        begin("pp-pembaharuan", company, person)
    draft = begin("pp-pembaharuan", company, person, claims_unrecorded=True)
    assert draft.origin is None
    asked = {row["code"]: must for row, must in answers.wanted_documents(draft)}
    assert asked["sk-lama"] and asked["naskah-lama"]
    assert "field-nomor-sk-lama" in answers.draft_problems(draft)
    ended = {"from": day(-800).isoformat(), "until": day(-70).isoformat()}
    assert "berakhir" in problem_of(draft, "masa-berlaku-lama", ended)


@pytest.mark.parametrize(
    ("code", "ends_in", "words"),
    [
        ("pp-pembaharuan", -1, "PP baru"),
        ("pp-perubahan", -1, "PP baru"),
        ("pkb-perpanjangan", -1, "PKB baru"),
        ("pp-perpanjangan", -400, "PP baru"),
        ("pp-pembaharuan", 0, ""),
        ("pp-perpanjangan", -30, ""),
        ("pp-perubahan", 300, ""),
    ],
)
def test_what_has_ended_is_no_start_except_for_an_extension_within_its_year(company, person, code, ends_in, words):
    seeded.in_force(company, code.partition("-")[0].upper(), ends_in)
    if words:
        with pytest.raises(Impossible, match=words):
            begin(code, company, person)
    else:
        assert begin(code, company, person).origin is not None


def test_a_revoked_regulation_is_no_start(company, person, office):
    from ..lifecycle.test_seeded_services import issued

    old = issued(office, "pp-baru", company=company, user=person)
    revoke(company_id=company.pk, kind="PP", decree_id=old.decree.pk, day=day(0), user=None, reason="Uji")
    with pytest.raises(Impossible, match="dicabut"):
        begin("pp-pembaharuan", company, person)


def test_late_renewal_is_warned_about_and_still_accepted(company, person):
    last = office_calendar().add(timezone.localdate(), 29)
    draft = seeded.draft("pp-pembaharuan", company, person, ends_in=(last - timezone.localdate()).days)
    assert "30 hari kerja" in rules.warnings(draft)[0]
    assert perform(draft, "file", person).number


def test_timely_renewal_is_not_warned_about(company, person):
    draft = seeded.draft("pp-pembaharuan", company, person, ends_in=90)
    assert rules.warnings(draft) == []


def test_extension_of_a_pp_needs_talks_a_union_and_at_most_a_year(company, person):
    old = seeded.in_force(company, "PP", 60)
    draft = begin("pp-perpanjangan", company, person)
    assert "dirundingkan" in problem_of(draft, "pkb-dirundingkan", "tidak")
    assert problem_of(draft, "pkb-dirundingkan", "ya") == ""
    first = old.valid_until + dt.timedelta(days=1)

    def until(last: dt.date) -> str:
        return problem_of(draft, "masa-berlaku", {"from": first.isoformat(), "until": last.isoformat()})

    assert until(old.valid_until + relativedelta(months=12)) == ""
    assert until(old.valid_until + relativedelta(months=12, days=2))
    later = {"from": day(80).isoformat(), "until": day(100).isoformat()}
    assert "sehari sesudah" in problem_of(draft, "masa-berlaku", later)

    without = factories.CompanyFactory()
    seeded.in_force(without, "PP", 60)
    with pytest.raises(Impossible, match="SP/SB"):
        begin("pp-perpanjangan", without, factories.member_of(without))


def test_a_second_extension_of_a_pp_counts_from_the_first_end(company, person):
    old = seeded.in_force(company, "PP", 20)
    base = old.valid_until
    seeded.in_force(company, "PP", 80, valid_from=base + dt.timedelta(days=1), change="perpanjangan")
    draft = begin("pp-perpanjangan", company, person)
    first = day(81)

    def until(last: dt.date) -> str:
        return problem_of(draft, "masa-berlaku", {"from": first.isoformat(), "until": last.isoformat()})

    assert until(base + relativedelta(months=12)) == ""
    assert "paling lama satu tahun" in until(base + relativedelta(months=12, days=1))


def test_a_pkb_is_extended_only_once(company, person):
    seeded.in_force(company, "PKB", 20)
    seeded.in_force(company, "PKB", 80, valid_from=day(21), change="perpanjangan")
    seeded.in_force(company, "PKB", 80, valid_from=day(30), change="perubahan")
    with pytest.raises(Impossible, match="hanya satu kali"):
        begin("pkb-perpanjangan", company, person)
    assert begin("pkb-pembaharuan", company, person)


def test_talks_on_the_next_pkb_begin_at_the_earliest_three_months_before(company, person):
    old = seeded.in_force(company, "PKB", 60)
    draft = begin("pkb-pembaharuan", company, person)
    earliest = old.valid_until - relativedelta(months=3)
    assert problem_of(draft, "mulai-runding", earliest.isoformat()) == ""
    assert "3 bulan" in problem_of(draft, "mulai-runding", (earliest - dt.timedelta(days=1)).isoformat())


def test_amendment_leaves_the_last_day(company, person):
    old = seeded.in_force(company, "PP", 300)
    draft = begin("pp-perubahan", company, person)
    assert draft.data["masa-berlaku"] == {"from": "", "until": old.valid_until.isoformat()}
    assert draft.data["perubahan-ke"] == "1"
    moved = {"from": day(0).isoformat(), "until": day(301).isoformat()}
    assert "hari terakhir" in problem_of(draft, "masa-berlaku", moved)


def test_one_change_of_a_regulation_at_a_time(company, person):
    first = seeded.draft("pp-pembaharuan", company, person)
    second = seeded.draft("pp-perubahan", company, person)
    filed = perform(first, "file", person)
    with pytest.raises(Impossible, match=filed.number):
        perform(second, "file", person)
    assert Submission.objects.get(pk=second.pk).status == "draft"
    with pytest.raises(Impossible, match=filed.number):
        begin("pp-perpanjangan", company, person)


def test_filing_checks_again_what_was_true_when_the_draft_began(company, person):
    draft = seeded.draft("pp-perubahan", company, person)
    regulation = CompanyRegulation.objects.get(company=company, kind="PP")
    CompanyRegulation.objects.filter(pk=regulation.pk).update(valid_until=day(-1))
    with pytest.raises(Impossible, match="berakhir"):
        perform(draft, "file", person)
    CompanyRegulation.objects.filter(pk=regulation.pk).update(valid_until=day(10))
    with pytest.raises(Incomplete) as refused:
        perform(draft, "file", person)
    assert "field-masa-berlaku" in refused.value.problems


def test_an_amendment_of_what_has_changed_meanwhile_is_not_signed(company, person, office):
    draft = seeded.draft("pp-perubahan", company, person)
    submission = perform(draft, "file", person)
    for role, action in factories.WAY[:5]:
        submission = perform(submission, action, getattr(office, role))
    seeded.in_force(company, "PP", 60, change="perubahan", decree_number="560/LAIN")
    with pytest.raises(Impossible, match="560/LAIN"):
        perform(submission, "sign", office.kadis)


def test_a_pkb_in_force_closes_the_way_to_a_pp_while_there_is_a_union(company, person):
    seeded.in_force(company, "PKB", 60)
    with pytest.raises(Impossible, match="Ps 129"):
        begin("pp-baru", company, person)
    with pytest.raises(Impossible, match="satu PKB"):
        begin("pkb-baru", company, person)
    company.unions.all().delete()
    assert begin("pp-baru", company, person)


def test_after_the_pkb_the_old_pp_is_no_start(company, person):
    seeded.in_force(company, "PP", 60)
    seeded.in_force(company, "PKB", 60)
    with pytest.raises(Impossible, match="digantikan PKB"):
        begin("pp-perubahan", company, person)


def test_amendments_and_renewals_are_counted(company, person):
    seeded.in_force(company, "PP", 300)
    for number in (1, 2):
        put = CompanyRegulation.objects.get(company=company, kind="PP")
        put_in_force(
            company_id=company.pk,
            kind="PP",
            title=put.title,
            valid_from=day(-number),
            valid_until=put.valid_until,
            decree_id=None,
            decree_number=f"560/UBAH/{number}",
            decree_date=day(0),
            text_file=None,
            user=None,
            reason="Uji",
            change="perubahan",
        )
    assert begin("pp-perubahan", company, person).data["perubahan-ke"] == "3"
    assert begin("pp-pembaharuan", company, person).data["pembaharuan-ke"] == "1"


# The pages


def test_own_list_leads_to_a_choice_and_the_choice_to_a_filled_form(client, company, person):
    old = seeded.in_force(company, "PP", 60)
    for code in seeded.CODES:
        factories.service(code)
    client.force_login(person)
    page = client.get(reverse("psk:own_regulations")).content.decode()
    way = reverse("psk:regulation_next", args=[old.pk])
    assert old.decree_number in page and way in page
    choice = client.get(way).content.decode()
    assert "Pengesahan Pembaharuan" in choice and Submission.objects.count() == 0
    answer = client.post(way, {"layanan": factories.service("pp-pembaharuan").pk})
    draft = Submission.objects.get()
    assert str(draft.token) in answer["Location"] and draft.origin == old
    assert old.decree_number in client.get(answer["Location"]).content.decode()


def test_a_choice_that_does_not_exist_gets_a_sentence(client, company, person):
    old = seeded.in_force(company, "PP", 60)
    client.force_login(person)
    way = reverse("psk:regulation_next", args=[old.pk])
    for wrong in ("", "abc", "9" * 30, "1\x00", str(factories.service("pkb-baru").pk)):
        answer = client.post(way, {"layanan": wrong}, follow=True)
        assert answer.status_code == 200 and "Mohon pilih" in answer.content.decode()
    assert Submission.objects.count() == 0


def test_the_list_takes_the_same_queries_however_long(client, person, company, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(person)

    def add() -> None:
        other = factories.CompanyFactory()
        person.psk_memberships.create(company=other)
        seeded.in_force(other, "PP", 60)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("psk:own_regulations"))
        return len(asked)

    add()
    add()
    count()
    before = count()
    add()
    add()
    assert count() == before
