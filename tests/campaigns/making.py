"""Campaigns for tests, made and sent through the room's own verbs."""

from psk_plugin.campaigns import sending
from psk_plugin.campaigns.choosing import matching
from psk_plugin.campaigns.models import Campaign
from psk_plugin.companies.models import Company

from .. import factories

TEXT = "Dengan hormat,\n\n{perusahaan} di {kecamatan} {status}.\n\nSilakan ke {tautan}."


def campaign(**values) -> Campaign:
    base = {
        "title": "Belum pernah mengajukan",
        "purpose": "Supaya mengajukan.",
        "conditions": {"standings": ["never"]},
        "subject": "Kewajiban memiliki PP",
        "text": TEXT,
    }
    return Campaign.objects.create(**base | values)


def companies(count: int, **values) -> list[Company]:
    """Companies that never filed, by name in their order."""
    return [factories.CompanyFactory(**values) for _n in range(count)]


def send(row: Campaign, user=None) -> Campaign:
    """Sent; the letters are made once the transaction of the test would have committed."""
    expected = matching(row).filter(is_left_out=False).count()
    return sending.send(row, user or factories.staff("kabid"), expected=expected)
