"""The dashboard: every figure opens a list of as many rows; who sees it; what odd addresses do."""

import datetime as dt
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from psk_plugin import roles
from psk_plugin.outreach.models import Mail
from psk_plugin.reports import tables, views
from psk_plugin.reports.figures import Monitoring
from psk_plugin.reports.lists import LISTS
from psk_plugin.reports.period import Period, usual

from .. import factories
from ..regulations.making import in_force
from . import recount
from .recount import YEAR

pytestmark = pytest.mark.django_db
INDEX = "psk_monitoring_modeladmin_index"
WHOLE = Period(dt.date(YEAR, 1, 1), dt.date(YEAR, 12, 31))
#: From the told year until today: whatever was made in the test itself lies in it as well.
LONG = Period(dt.date(YEAR, 1, 1), timezone.localdate())


@pytest.fixture(scope="module", autouse=True)
def year(made_once):
    made_once(recount.tell_a_year)


@pytest.fixture
def kabid(client):
    cache.clear()
    client.force_login(factories.staff("kabid"))
    return client


def opened(client, period: Period, value: tables.Value) -> int:
    """How many rows the list behind a figure has, over all its pages."""
    page = client.get(views.behind_url(period, value.behind, value.key))
    assert page.status_code == 200, (value.behind, value.key)
    count, last = 0, page.context["page"].paginator.num_pages
    for number in range(1, last + 1):
        again = client.get(views.behind_url(period, value.behind, value.key) + f"&hal={number}")
        count += again.content.decode().count('<tr role="row"><td')
    return count


@pytest.mark.parametrize("period", [WHOLE, LONG, Period(WHOLE.first, WHOLE.last, kecamatan="jatiasih", size="50-99")])
def test_every_figure_opens_a_list_of_as_many_rows(kabid, period):
    in_force(factories.CompanyFactory(name="PT Segera Habis"), last=30)
    get_user_model().objects.filter(pk=recount.Submission.objects.first().applicant_id).update(
        last_login=timezone.now()
    )
    wanted, checked = {}, set()
    for table in tables.tables(Monitoring(period)):
        for row in table.rows:
            for value in row:
                if value.behind:
                    wanted[value.behind, value.key] = value
    # Of the many days and parts each kind of list is opened a few times.
    for (behind, _key), value in wanted.items():
        if sum(1 for code, _other in checked if code == behind) < 3:
            assert opened(kabid, period, value) == value.plain, (behind, value.key)
            checked.add((behind, value.key))
    if period is LONG:
        assert {behind for behind, _key in wanted} == set(LISTS)


def test_the_page_shows_the_figures_with_their_lists(kabid):
    page = kabid.get(views.dashboard_url(WHOLE)).content.decode()
    for table in tables.tables(Monitoring(WHOLE)):
        assert escape(table.title) in page
        for row in table.rows:
            for value in row:
                assert escape(value.shown) in page
                if value.behind:
                    assert escape(views.behind_url(WHOLE, value.behind, value.key)) in page


def test_each_drawing_is_named_and_stands_beside_its_table(kabid):
    page = kabid.get(views.dashboard_url(WHOLE)).content.decode()
    drawings = re.findall(r"<svg role=\"img\" aria-labelledby=\"(\S+) (\S+)\".*?</svg>", page, re.S)
    assert len(drawings) >= 8
    for name, described in drawings:
        assert re.search(rf'<title id="{name}">[^<.]{{4,}}</title>', page)
        assert re.search(rf'<desc id="{described}">[^<]{{10,}}</desc>', page)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "query",
    [
        *("periode=entah", "periode=bebas", "periode=bebas&dari=2026-05-01&sampai=2026-04-01", "dari=kemarin"),
        *("dari=0001-01-01&sampai=9999-12-31", "layanan=9" + "9" * 40, "kecamatan=%00", "ukuran=besar"),
        *("sektor=" + "x" * 20_000, "dari=2026-02-31&sampai=2026-03-31", "layanan=x", "hal=abc"),
    ],
)
def test_odd_addresses_are_told_and_break_nothing(kabid, query):
    response = kabid.get(f"{reverse(INDEX)}?{query}")
    assert response.status_code in (200, 422)
    assert "laporan" in response.content.decode().lower()
    for code in ("masuk", "tahap", "patuh", "tepat-waktu"):
        assert kabid.get(f"{reverse('psk_monitoring_list', args=[code])}?{query}").status_code in (200, 404)


@pytest.mark.parametrize(
    "key", ["x", "9" * 40, "pada:0000-00-00", "pada:2999-01-01", "kecamatan:", ":", "2026-13", "²"]
)
def test_a_key_that_names_nothing_is_an_empty_list_or_none(kabid, key):
    for code in LISTS:
        response = kabid.get(f"{reverse('psk_monitoring_list', args=[code])}?{WHOLE.query(untuk=key)}")
        assert response.status_code in (200, 404), code


def test_a_list_nobody_knows(kabid):
    assert kabid.get(reverse("psk_monitoring_list", args=["entah"])).status_code == 404


def test_an_error_stands_at_its_field(kabid):
    response = kabid.get(f"{reverse(INDEX)}?periode=bebas&dari=2026-05-01&sampai=2026-04-01")
    assert response.status_code == 422
    page = response.content.decode()
    assert 'id="id_sampai_error"' in page
    assert 'aria-describedby="id_sampai_error"' in page
    assert 'value="2026-05-01"' in page


def test_the_list_as_a_file_has_the_same_rows(kabid):
    from io import BytesIO

    from openpyxl import load_workbook

    value = tables.Value(Monitoring(WHOLE).counts["masuk"])
    response = kabid.get(views.behind_url(WHOLE, "masuk") + "&unduh=xlsx")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    assert sheet.max_row == value.plain + 1
    assert b"".join(kabid.get(views.behind_url(WHOLE, "masuk") + "&unduh=csv").streaming_content).count(b"\r\n") == (
        value.plain + 1
    )


def test_mails_show_no_address(kabid):
    Mail.objects.update(state=Mail.State.SENT, sent_at=timezone.now())
    page = kabid.get(views.behind_url(LONG, "surel")).content.decode()
    assert Mail.objects.exists()
    for address in Mail.objects.values_list("recipient", flat=True):
        assert address not in page


@pytest.mark.parametrize("role", ["kasi", "kabid", "sekretaris", "kadis"])
def test_the_heads_see_it(client, role):
    client.force_login(factories.staff(role))
    assert client.get(reverse(INDEX)).status_code == 200


def test_the_administrator_sees_lists_that_lead_nowhere_else(client):
    user = factories.UserFactory()
    user.groups.add(roles.ensure_groups()[roles.ADMINISTRATOR])
    client.force_login(user)
    assert client.get(reverse(INDEX)).status_code == 200
    page = client.get(views.behind_url(WHOLE, "masuk"))
    assert page.context["lines"]
    assert not any(line.address for line in page.context["lines"])


def test_the_cost_does_not_grow_with_the_rows(kabid, django_assert_num_queries, django_assert_max_num_queries):
    addresses = [views.dashboard_url(LONG)]
    addresses += [views.behind_url(LONG, code) for code in ("masuk", "terbit", "patuh", "pengembalian", "surel")]
    addresses += [views.behind_url(LONG, "tahap", "verifikasi"), views.behind_url(LONG, "draf")]
    # An empty list costs less: each has something before it is counted.
    factories.filed(steps=6)
    factories.draft()
    for address in addresses:
        assert kabid.get(address).status_code == 200
    before = {}
    for address in addresses:
        with django_assert_max_num_queries(70) as asked:
            kabid.get(address)
        before[address] = len(asked)
    for _again in range(4):
        factories.filed(steps=6)
        factories.draft()
    for address in addresses:
        with django_assert_num_queries(before[address]):
            kabid.get(address)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("bulan", "2026-11-01", "2026-11-30"),
        ("triwulan", "2026-10-01", "2026-12-31"),
        ("triwulan-lalu", "2026-07-01", "2026-09-30"),
        ("tahun", "2026-01-01", "2026-12-31"),
        ("setahun", "2025-11-25", "2026-11-24"),
    ],
)
def test_the_usual_periods(code, first, last):
    assert tuple(day.isoformat() for day in usual(code, dt.date(2026, 11, 24))) == (first, last)
