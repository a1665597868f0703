"""Where a stage may send an application back to is the editor's word, as the service was filed."""

import pytest

from psk_plugin.services.models import Service
from psk_plugin.submissions.errors import Impossible
from psk_plugin.submissions.lifecycle import earlier_stages, perform

from .. import factories

pytestmark = pytest.mark.django_db


def at_kabid(office, rule: str):
    factories.service()
    stage = Service.objects.get().stages.get(code="paraf-kabid")
    stage.send_back = rule
    stage.save()
    return factories.filed(office, steps=4)


@pytest.mark.parametrize(
    ("rule", "codes"),
    [("any", ["verifikasi", "koreksi", "paraf-kasi"]), ("previous", ["paraf-kasi"]), ("none", [])],
)
def test_a_stage_offers_what_its_editor_allowed(office, rule, codes):
    submission = at_kabid(office, rule)
    assert submission.stage.code == "paraf-kabid"
    assert [station["code"] for station in earlier_stages(submission)] == codes


def test_what_is_not_offered_is_refused_whoever_asks(office):
    submission = at_kabid(office, "previous")
    wanted = {station["code"]: station["id"] for station in submission.route}
    with pytest.raises(Impossible, match="tahapan yang tersedia"):
        perform(submission, "send_back", office.kabid, reason="Kurang.", data={"stage": wanted["koreksi"]})
    moved = perform(submission, "send_back", office.kabid, reason="Kurang.", data={"stage": wanted["paraf-kasi"]})
    assert moved.stage.code == "paraf-kasi"


def test_a_change_of_the_rule_does_not_reach_running_work(office):
    submission = at_kabid(office, "any")
    stage = submission.service.stages.get(code="paraf-kabid")
    stage.send_back = "none"
    stage.save()
    assert len(earlier_stages(submission)) == 3
