"""What a browser would send, and people whose e-mail address is confirmed."""

from allauth.account.models import EmailAddress

from psk_plugin.companies.models import Company, Membership
from psk_plugin.companies.profile import latest_version
from tests.factories import UserFactory, member_of


def verified(user):
    """`user`, whose address has been shown to answer."""
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def person(**kwargs):
    return verified(UserFactory(**kwargs))


def owner_of(company: Company, **kwargs):
    return verified(member_of(company, **kwargs))


def plain_member_of(company: Company, **kwargs):
    return verified(member_of(company, Membership.Role.MEMBER, **kwargs))


def rows(prefix: str, *values: dict, initial: int = 0) -> dict[str, str]:
    """Rows of a list as the form sends them."""
    sent = {f"{prefix}-TOTAL_FORMS": str(len(values)), f"{prefix}-INITIAL_FORMS": str(initial)}
    for index, row in enumerate(values):
        sent |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return sent


PROFILE = {
    "name": "PT Maju Contoh",
    "legal_form": "pt",
    "nib": "9120001234567",
    "npwp": "0912345678901234",
    "kbli_code": "10710",
    "kbli_edition": "2020",
    "business": "Industri roti",
    "investment": "pmdn",
    "address": "Jl. Contoh Raya No. 7",
    "kecamatan": "bekasi-selatan",
    "kelurahan": "Kayuringin Jaya",
    "postcode": "17144",
    "phone": "021 8000000",
    "email": "hrd@majucontoh.test",
    "website": "",
    "male_permanent": "12",
    "female_permanent": "8",
    "male_contract": "",
    "female_contract": "5",
    "wlkp_number": "17144.20261.001",
    "wlkp_valid_until": "2027-03-31",
    "has_unions": "no",
    "has_branches": "no",
}

BRANCH = {
    "name": "Gudang",
    "in_city": "no",
    "address": "Jl. Pabrik No. 2",
    "regency": "kab. karawang",
    "province": "Jawa Barat",
    "workers": "20",
}


def profile(*, unions: list[dict] = (), branches: list[dict] = (), **changes: str) -> dict[str, str]:
    """A whole form, right unless `changes` makes it wrong."""
    return PROFILE | changes | rows("unions", *unions) | rows("branches", *branches)


def profile_of(company: Company, **changes: str) -> dict[str, str]:
    """The form of a company that stands, as its owner's browser would send it back; without rows."""
    names = [n for n in PROFILE if not n.startswith("has_")]
    sent = {n: str(getattr(company, n) if getattr(company, n) is not None else "") for n in names}
    sent |= {"has_unions": "no", "has_branches": "no", "reason": "", "seen": str(latest_version(company.pk))}
    return sent | rows("unions") | rows("branches") | changes
