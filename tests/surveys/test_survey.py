"""The survey as a company and the office meet it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from psk_plugin.decrees import rendering
from psk_plugin.surveys.blocks import SatisfactionBlock
from psk_plugin.surveys.models import SurveyAnswer
from psk_plugin.surveys.questions import CODES

from .. import factories
from .test_index import answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    company = factories.CompanyFactory()
    member = factories.member_of(company)
    office = factories.Office()
    issued = factories.filed(office, steps=6, company=company, user=member)
    return company, member, office, issued


def address(submission) -> str:
    return reverse("psk:survey", args=[submission.number])


GOOD = dict.fromkeys(CODES, "4") | {"comment": "=1+1 cepat sekali"}


def test_a_decided_application_is_asked_once(client, world):
    _company, member, _office, issued = world
    client.force_login(member)
    assert address(issued) in client.get(issued.get_absolute_url()).content.decode()
    assert client.post(address(issued), GOOD).status_code == 302
    again = client.post(address(issued), GOOD, follow=True)
    assert "Tidak ada survei" in again.content.decode()
    assert SurveyAnswer.objects.count() == 1
    assert address(issued) not in client.get(issued.get_absolute_url()).content.decode()


def test_the_decree_can_be_downloaded_without_answering(client, world):
    _company, member, _office, issued = world
    client.force_login(member)
    rendering.render_once(issued.decree.pk)
    assert client.get(reverse("psk:submission_decree", args=[issued.number])).status_code == 200


def test_an_application_under_way_is_not_asked(client, world):
    company, member, office, _issued = world
    running = factories.filed(office, steps=1, company=company, user=member)
    client.force_login(member)
    assert address(running) not in client.get(running.get_absolute_url()).content.decode()
    assert client.post(address(running), GOOD).status_code == 302
    assert not SurveyAnswer.objects.exists()


def test_an_open_question_gets_a_sentence_and_keeps_the_rest(client, world):
    _company, member, _office, issued = world
    client.force_login(member)
    answered = client.post(address(issued), GOOD | {"waktu": ""})
    text = answered.content.decode()
    assert answered.status_code == 422
    assert text.count("Pilih salah satu.") == 2, "in the summary and at the question"
    assert text.count("checked") == 8
    assert "cepat sekali" in text


@pytest.mark.parametrize("bad", ["5", "0", "abc", "4\x00", "9" * 20_000])
def test_no_score_but_one_of_the_four_is_taken(client, world, bad):
    _company, member, _office, issued = world
    client.force_login(member)
    assert client.post(address(issued), GOOD | {"biaya": bad}).status_code == 422
    assert not SurveyAnswer.objects.exists()


def test_nothing_is_chosen_beforehand(client, world):
    _company, member, _office, issued = world
    client.force_login(member)
    assert "checked" not in client.get(address(issued)).content.decode()


def test_results_show_sums_and_comments_but_no_company(client, world):
    company, _member, office, issued = world
    SurveyAnswer.objects.create(
        submission=issued,
        service=issued.service,
        answered_on=issued.closed_at.date(),
        comment="Cepat sekali",
        **dict.fromkeys(CODES, 4),
    )
    client.force_login(office.kabid)
    page = client.get("/admin/psk/survei/?dari=2020-01-01").content.decode()
    assert "IKM 100,00" in page and "Cepat sekali" in page
    assert company.name not in page and issued.number not in page
    table = client.get("/admin/psk/survei/unduh/?dari=2020-01-01").content.decode()
    assert "Cepat sekali" in table and company.name not in table


def test_an_index_of_few_answers_says_so_and_stays_off_the_pages(client, world, settings):
    _company, _member, office, issued = world
    SurveyAnswer.objects.create(
        submission=issued, service=issued.service, answered_on=issued.closed_at.date(), **dict.fromkeys(CODES, 4)
    )
    client.force_login(office.kabid)
    block = SatisfactionBlock()
    value = block.to_python({"heading": "", "service": None, "period": "all"})
    assert "Kurang dari 5 jawaban" in client.get("/admin/psk/survei/?dari=2020-01-01").content.decode()
    assert "100,00" not in block.render(value)
    settings.PSK_SURVEY_MIN_ANSWERS = 1
    assert "Kurang dari" not in client.get("/admin/psk/survei/?dari=2020-01-01").content.decode()
    assert "100,00" in block.render(value)


def test_a_comment_that_looks_like_a_formula_opens_as_text(client, world):
    answer(*[4] * 9, comment="=HYPERLINK(1)")
    client.force_login(world[2].kabid)
    assert "'=HYPERLINK(1)" in client.get("/admin/psk/survei/unduh/?dari=2020-01-01").content.decode()


@pytest.mark.parametrize("query", ["dari=abc", "layanan=" + "9" * 20, "hal=abc", "sampai=2020-01-01&dari=2021-01-01"])
def test_odd_addresses_of_the_results_get_a_page(client, world, query):
    client.force_login(world[2].kabid)
    assert client.get(f"/admin/psk/survei/?{query}").status_code == 200


def test_queries_of_the_results_do_not_grow_with_the_answers(client, world):
    client.force_login(world[2].kabid)
    counts = []
    for _round in range(2):
        answer(*[4] * 9, comment="baik")
        client.get("/admin/psk/survei/?dari=2020-01-01")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/admin/psk/survei/?dari=2020-01-01")
        counts.append(len(queries))
    assert counts[0] == counts[1]
