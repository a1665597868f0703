"""The demo fills an empty installation, and a second run changes nothing."""

import io

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.utils import timezone

from psk_plugin import conf
from psk_plugin.campaigns.effect import differences, effect_of
from psk_plugin.campaigns.models import Campaign
from psk_plugin.companies import claims
from psk_plugin.companies.claim_models import Claim
from psk_plugin.companies.doubles import likely_doubles
from psk_plugin.companies.models import Company, Membership
from psk_plugin.decrees.models import Decree
from psk_plugin.demo import campaigns
from psk_plugin.demo.accounts import ACCOUNTS, DEMO_PASSWORD
from psk_plugin.demo.clock import at
from psk_plugin.demo.loader import load
from psk_plugin.outreach.models import Mail
from psk_plugin.records.intake import storage
from psk_plugin.records.models import StoredFile
from psk_plugin.regulations.models import CompanyRegulation, RegulationState
from psk_plugin.services.models import Service
from psk_plugin.submissions import union
from psk_plugin.submissions.clocks import clocks_of
from psk_plugin.submissions.models import Event, Finding, Status, Submission, SubmissionDocument
from psk_plugin.surveys.models import SurveyAnswer

pytestmark = pytest.mark.slow

COUNTED = (
    *(Company, Membership, Submission, SubmissionDocument, Event, Finding, Decree, CompanyRegulation),
    *(Mail, StoredFile, SurveyAnswer, Claim),
)


def counts() -> dict[str, int]:
    return {model.__name__: model._base_manager.count() for model in (*COUNTED, get_user_model(), Service)}


# Real commits, because what follows them is part of the demo.
@pytest.mark.django_db(transaction=True)
def test_demo_fills_every_desk_and_a_second_run_changes_nothing():
    out = io.StringIO()
    load(out, companies=25)
    first = counts()
    assert DEMO_PASSWORD in out.getvalue() and "verifikator@contoh.test" in out.getvalue()

    # Accounts sign in with the printed password, which our own rules accept.
    validate_password(DEMO_PASSWORD)
    for name in ACCOUNTS:
        assert authenticate(username=name, password=DEMO_PASSWORD), name
    assert get_user_model().objects.get(username="admin").is_superuser
    assert authenticate(username="berkas-contoh", password=DEMO_PASSWORD) is None

    # The claim that waits can be accepted as it is.
    claim = Claim.objects.get()
    assert claims.profile_for(claim.company, claim.as_sent()).is_valid()

    # Two rows of one company stand there to be merged.
    assert [pair.reasons for pair in likely_doubles()] == [("name",)]

    # The letters of the campaign had an effect that can be shown.
    _in_30, in_60, _in_90 = differences(effect_of(Campaign.objects.get(title=campaigns.SENT)))
    assert in_60 > 10

    # Something waits at each desk that should have work.
    people = {user.username: user for user in get_user_model().objects.all()}
    for desk in ("registrasi", "verifikator", "korektor", "kasi", "kabid", "kadis"):
        assert Submission.objects.awaiting(people[desk]).exists(), desk
    mine = Submission.objects.of(people["pemohon"]).exclude(status=Status.ISSUED)
    assert {(row.status, row.stage.code) for row in mine} == {("in_review", "koreksi"), ("in_review", "tanda-tangan")}
    other = Submission.objects.of(people["pemohon2"])
    assert {row.status for row in other} == {Status.RETURNED, Status.DRAFT, Status.IN_REVIEW}

    # The repaired one really has a second version of its text, and the corrector has something to check.
    repaired = mine.get(stage__code="koreksi")
    assert [v.version for v in repaired.documents.get(code="naskah-pp").versions()] == [2, 1]
    assert repaired.findings.filter(state=Finding.State.ANSWERED).count() == 7
    # The returned one waits unread, so that its days begin when somebody tries it out.
    returned = other.get(status=Status.RETURNED)
    assert returned.notices.get().first_read_at is None
    assert returned.findings.filter(state=Finding.State.OPEN).count() == 6

    # A PKB waits for its union, another is registered with a note; the renewal of a PP starts from the one in force.
    waiting = Submission.objects.get(service__code="pkb-baru", stage__code="verifikasi")
    assert waiting in other  # so that its company's side can be looked at
    assert union.current(waiting).first_seen_at and not union.current(waiting).is_answered
    registered = Decree.objects.get(kind="PKB")
    assert registered.content["outcome"] == "Terdaftar" and len(registered.content["notes"]) == 1
    renewal = Submission.objects.get(service__code="pp-pembaharuan")
    assert renewal.stage.code == "koreksi" and renewal.origin.decree_number in renewal.origin_data["decree_number"]
    ending = CompanyRegulation.objects.get(company__memberships__user=people["pemohon"])
    assert ending.state_on(timezone.localdate()) == RegulationState.EXPIRING

    # Enough opinions for an index, given after the decree; the visitor's own company has yet to be asked.
    assert SurveyAnswer.objects.count() >= conf.SURVEY_MIN_ANSWERS
    assert not SurveyAnswer.objects.filter(submission__in=Submission.objects.of(people["pemohon"])).exists()
    for answer in SurveyAnswer.objects.select_related("submission"):
        assert answer.submission.closed_at.date() <= answer.answered_on <= timezone.localdate()

    # The register shows every state that matters; each decree has its PDF and number in the order of its day.
    today = timezone.localdate()
    states = {regulation.state_on(today) for regulation in CompanyRegulation.objects.all()}
    assert states >= {RegulationState.IN_FORCE, RegulationState.EXPIRING, RegulationState.EXPIRED}
    for decree in Decree.objects.all():
        assert storage().exists(decree.file.path)
        assert decree.rendered_at.date() == decree.signed_at.date() == decree.issued_on
    assert CompanyRegulation.objects.values("company__kecamatan").distinct().count() >= 5
    assert CompanyRegulation.objects.values("company__sector").distinct().count() >= 5

    # Told in the order of time, by different people, within its days; nothing happens in the future.
    for row in Submission.objects.filed():
        moments = list(row.events.order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments) and moments[-1] <= timezone.now()
        assert clocks_of(row)
    numbers = list(Submission.objects.filed().order_by("filed_at", "pk").values_list("number", flat=True))
    assert numbers == sorted(numbers)

    # Nothing left the house while it was loaded.
    assert mail.outbox == []
    assert set(Mail.objects.values_list("state", flat=True)) == {Mail.State.SENT}

    # What somebody did with the demo survives the second run.
    person = people["pemohon"]
    person.set_password("diubah-sendiri-1")
    person.save()
    draft = other.get(status=Status.DRAFT)
    Submission.objects.filter(pk=draft.pk).update(data={"judul": "Diketik pengunjung"})
    load(io.StringIO(), companies=25)
    assert counts() == first
    assert authenticate(username="pemohon", password="diubah-sendiri-1")
    assert Submission.objects.get(pk=draft.pk).data == {"judul": "Diketik pengunjung"}


@pytest.mark.django_db
def test_templates_are_given_to_download_and_stay_away_where_an_editor_took_them():
    import docx

    from psk_plugin.services.loader import COLLECTION, attach_templates, load_services

    from .. import factories

    service = factories.service()
    assert attach_templates(service) == 4
    letter = service.documents.get(code="surat-permohonan").template
    assert letter.collection.name == COLLECTION
    with letter.file.open("rb") as handle:
        document = docx.Document(handle)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert "Kepala Dinas Tenaga Kerja Kota Bekasi" in words and "NIB" in words
    # Loading again gives nothing to a service that is there already.
    service.documents.filter(code="surat-permohonan").update(template=None)
    load_services(with_templates=True)
    assert service.documents.get(code="surat-permohonan").template is None


def test_the_demo_clock_is_put_back_after_an_error():
    before = timezone.localtime()
    with pytest.raises(RuntimeError), at(before.replace(year=2020)):
        assert timezone.localdate().year == 2020
        raise RuntimeError
    assert timezone.now() >= before
