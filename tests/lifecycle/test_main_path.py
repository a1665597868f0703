"""The one path everything hangs on, without a browser."""

import pytest

from psk_plugin.submissions import drafts, repairs
from psk_plugin.submissions.errors import Forbidden, Impossible, Incomplete
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Finding, Status, Submission

from .. import factories

pytestmark = pytest.mark.django_db


def test_filing_numbers_freezes_and_enters_the_first_stage():
    draft = factories.draft()
    filed = perform(draft, "file", draft.applicant)
    assert filed.status == Status.IN_REVIEW
    assert filed.number.startswith("PSK-")
    assert filed.stage.code == "registrasi"
    assert filed.company_data["nib"] == filed.company.nib
    assert {d.version for d in filed.documents.all()} == {1}
    assert all(d.pending_id is None for d in filed.documents.all())


def test_draft_with_gaps_is_not_filed_and_says_which():
    draft = factories.draft(complete=False)
    with pytest.raises(Incomplete) as refused:
        perform(draft, "file", draft.applicant)
    assert "field-judul" in refused.value.problems
    assert "document-naskah-pp" in refused.value.problems
    assert Submission.objects.get(pk=draft.pk).status == Status.DRAFT


def test_whole_way_ends_in_a_decree(office):
    issued = factories.filed(office, steps=6)
    assert issued.status == Status.ISSUED
    assert issued.movements.filter(left_at__isnull=True).count() == 0


def test_return_and_repair_make_a_second_version_of_what_was_asked(office):
    submission = factories.filed(office, steps=2)
    found = factories.finding(submission, office.korektor)
    submission = perform(submission, "return", office.korektor)
    assert submission.status == Status.RETURNED
    found.refresh_from_db()
    assert found.state == Finding.State.OPEN

    person = submission.applicant
    with pytest.raises(Incomplete):
        perform(submission, "repair", person)
    with pytest.raises(Impossible):
        drafts.attach(submission, person, "bukti-wlkp", factories.upload())
    drafts.attach(submission, person, "naskah-pp", factories.upload("naskah-2.pdf"))
    submission = perform(submission, "repair", person)
    assert submission.status == Status.IN_REVIEW
    assert submission.stage.code == "koreksi"
    text = submission.documents.get(code="naskah-pp")
    assert [v.version for v in text.versions()] == [2, 1]
    with pytest.raises(Impossible):
        perform(submission, "declare_in_order", office.korektor)


def test_four_eyes(office):
    submission = factories.filed(office, steps=1)
    office.registrasi.groups.add(factories.group("verifikator"))
    with pytest.raises(Forbidden):
        perform(submission, "declare_complete", office.registrasi)


def test_notice_is_read_once(office):
    submission = factories.filed(office, steps=1)
    factories.finding(submission, office.verifikator)
    submission = perform(submission, "return", office.verifikator)
    notice = repairs.open_notice(submission)
    repairs.mark_read(notice, submission.applicant)
    first = notice.first_read_at
    repairs.mark_read(notice, submission.applicant)
    assert notice.first_read_at == first
