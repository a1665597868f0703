"""Each seeded service from filing to decree, and what it then does to the company's regulation."""

import datetime as dt

import pytest

from psk_plugin.regulations.models import CompanyRegulation, RegulationState
from psk_plugin.regulations.versions import versions_of
from psk_plugin.submissions import union
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Status, Submission

from .. import factories
from ..services import seeded

pytestmark = pytest.mark.django_db


def issued(office, code: str, **kwargs) -> Submission:
    """An application for the service that has gone the whole way; the union, where there is one, has agreed."""
    draft = seeded.draft(code, **kwargs)
    submission = perform(draft, "file", draft.applicant)
    for role, action in factories.WAY:
        if action == "declare_complete" and submission.definition["needs_union_confirmation"]:
            union.record_paper(submission, office.verifikator, reason="Berita acara asli ditunjukkan di loket.")
        submission = perform(submission, action, getattr(office, role))
    return submission


@pytest.mark.parametrize("code", seeded.CODES)
def test_from_filing_to_decree(office, code):
    submission = issued(office, code)
    assert submission.status == Status.ISSUED
    assert submission.public_status == ("Terdaftar" if code.startswith("pkb") else "Disahkan")
    regulation = CompanyRegulation.objects.get(company=submission.company, kind=submission.definition["kind"])
    assert regulation.decree == submission.decree
    assert regulation.change == submission.decree.change == submission.definition["filing_type"]
    newest = versions_of(regulation)[0]
    assert newest.reason.startswith(newest.change_label)
    if submission.definition["filing_type"] == "baru":
        assert regulation.version == 1
    else:
        assert regulation.version == 2
        assert submission.decree.content["subject"].count("{") == 0
        names = " ".join(text for _word, text in submission.decree.content["deciding"])
        assert "560/LAMA/" in names


def test_renewal_takes_over_when_the_old_one_ends(office):
    submission = issued(office, "pp-pembaharuan")
    regulation = CompanyRegulation.objects.get(company=submission.company)
    old_end = dt.date.fromisoformat(submission.origin_data["valid_until"])
    assert regulation.valid_from == old_end + dt.timedelta(days=1)
    assert regulation.state == RegulationState.IN_FORCE and regulation.previous_until == old_end


def test_extension_keeps_the_text(office):
    first = issued(office, "pp-baru", company=seeded.with_union(factories.CompanyFactory()))
    regulation = CompanyRegulation.objects.get(company=first.company)
    text = regulation.text_file
    assert text is not None
    submission = issued(office, "pp-perpanjangan", company=first.company, user=first.applicant)
    regulation.refresh_from_db()
    assert regulation.text_file == text and regulation.decree == submission.decree
    # What the office has is not asked for again.
    assert not submission.documents.filter(code__in=("sk-lama", "naskah-lama")).exists()


def test_amendment_replaces_visibly_and_keeps_the_last_day(office, client):
    base = issued(office, "pp-baru")
    last = base.decree.valid_until
    amending = issued(office, "pp-perubahan", company=base.company, user=base.applicant)
    assert amending.decree.valid_until == last
    page = client.get(base.decree.get_absolute_url()).content.decode()
    assert amending.decree.number in page and "Diubah" in page
    old = type(base.decree).objects.get(pk=base.decree.pk)
    assert old.state == "amended" and old.replaced_from is None
    assert type(old).objects.with_successor().get(pk=old.pk).state == "amended"
    regulation = CompanyRegulation.objects.get(company=base.company)
    assert regulation.valid_until == last and regulation.state == RegulationState.IN_FORCE
    states = [version.state for version in versions_of(regulation)]
    assert states == ["in_force", "amended"]


def test_a_pkb_takes_the_place_of_the_pp(office, client):
    company = seeded.with_union(factories.CompanyFactory())
    user = factories.member_of(company)
    pp = issued(office, "pp-baru", company=company, user=user)
    pkb = issued(office, "pkb-baru", company=company, user=user)
    regulation = CompanyRegulation.objects.get(company=company, kind="PP")
    assert regulation.replaced_by == pkb.decree.number
    assert regulation.state_on(pkb.decree.valid_from) == RegulationState.REPLACED
    assert CompanyRegulation.objects.in_state("replaced", pkb.decree.valid_from).get() == regulation
    assert pp.decree.__class__.objects.get(pk=pp.decree.pk).state_on(pkb.decree.valid_from) == "replaced"
    page = client.get(f"/psk/register/{regulation.pk}/").content.decode()
    assert pkb.decree.number in page
