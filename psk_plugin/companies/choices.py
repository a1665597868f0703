"""Closed lists about companies: legal forms, districts of the city, sectors by KBLI division."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalForm(models.TextChoices):
    PT = "pt", "Perseroan Terbatas (PT)"
    CV = "cv", "Persekutuan Komanditer (CV)"
    FIRMA = "firma", "Firma"
    SOLE = "perseorangan", _("Sole proprietorship")
    COOPERATIVE = "koperasi", _("Cooperative")
    FOUNDATION = "yayasan", _("Foundation")
    STATE = "bumn", "BUMN / Persero"
    REGIONAL = "bumd", "BUMD"
    OTHER = "lainnya", _("Other")


class Investment(models.TextChoices):
    DOMESTIC = "pmdn", _("Domestic investment (PMDN)")
    FOREIGN = "pma", _("Foreign investment (PMA)")
    JOINT = "joint", _("Joint venture")
    NONE = "lainnya", _("Not an investment company")


class KBLIEdition(models.TextChoices):
    E2025 = "2025", "KBLI 2025"
    E2020 = "2020", "KBLI 2020"


class Kecamatan(models.TextChoices):
    """The twelve districts of Kota Bekasi."""

    BANTARGEBANG = "bantargebang", "Bantargebang"
    BEKASI_BARAT = "bekasi-barat", "Bekasi Barat"
    BEKASI_SELATAN = "bekasi-selatan", "Bekasi Selatan"
    BEKASI_TIMUR = "bekasi-timur", "Bekasi Timur"
    BEKASI_UTARA = "bekasi-utara", "Bekasi Utara"
    JATIASIH = "jatiasih", "Jatiasih"
    JATISAMPURNA = "jatisampurna", "Jatisampurna"
    MEDAN_SATRIA = "medan-satria", "Medan Satria"
    MUSTIKAJAYA = "mustikajaya", "Mustikajaya"
    PONDOKGEDE = "pondokgede", "Pondokgede"
    PONDOKMELATI = "pondokmelati", "Pondokmelati"
    RAWALUMBU = "rawalumbu", "Rawalumbu"


class Province(models.TextChoices):
    """The 38 provinces; a branch in another one takes a company to the ministry."""

    ACEH = "Aceh", "Aceh"
    BALI = "Bali", "Bali"
    BANTEN = "Banten", "Banten"
    BENGKULU = "Bengkulu", "Bengkulu"
    DAERAH_ISTIMEWA_YOGYAKARTA = "Daerah Istimewa Yogyakarta", "Daerah Istimewa Yogyakarta"
    DKI_JAKARTA = "DKI Jakarta", "DKI Jakarta"
    GORONTALO = "Gorontalo", "Gorontalo"
    JAMBI = "Jambi", "Jambi"
    JAWA_BARAT = "Jawa Barat", "Jawa Barat"
    JAWA_TENGAH = "Jawa Tengah", "Jawa Tengah"
    JAWA_TIMUR = "Jawa Timur", "Jawa Timur"
    KALIMANTAN_BARAT = "Kalimantan Barat", "Kalimantan Barat"
    KALIMANTAN_SELATAN = "Kalimantan Selatan", "Kalimantan Selatan"
    KALIMANTAN_TENGAH = "Kalimantan Tengah", "Kalimantan Tengah"
    KALIMANTAN_TIMUR = "Kalimantan Timur", "Kalimantan Timur"
    KALIMANTAN_UTARA = "Kalimantan Utara", "Kalimantan Utara"
    KEPULAUAN_BANGKA_BELITUNG = "Kepulauan Bangka Belitung", "Kepulauan Bangka Belitung"
    KEPULAUAN_RIAU = "Kepulauan Riau", "Kepulauan Riau"
    LAMPUNG = "Lampung", "Lampung"
    MALUKU = "Maluku", "Maluku"
    MALUKU_UTARA = "Maluku Utara", "Maluku Utara"
    NUSA_TENGGARA_BARAT = "Nusa Tenggara Barat", "Nusa Tenggara Barat"
    NUSA_TENGGARA_TIMUR = "Nusa Tenggara Timur", "Nusa Tenggara Timur"
    PAPUA = "Papua", "Papua"
    PAPUA_BARAT = "Papua Barat", "Papua Barat"
    PAPUA_BARAT_DAYA = "Papua Barat Daya", "Papua Barat Daya"
    PAPUA_PEGUNUNGAN = "Papua Pegunungan", "Papua Pegunungan"
    PAPUA_SELATAN = "Papua Selatan", "Papua Selatan"
    PAPUA_TENGAH = "Papua Tengah", "Papua Tengah"
    RIAU = "Riau", "Riau"
    SULAWESI_BARAT = "Sulawesi Barat", "Sulawesi Barat"
    SULAWESI_SELATAN = "Sulawesi Selatan", "Sulawesi Selatan"
    SULAWESI_TENGAH = "Sulawesi Tengah", "Sulawesi Tengah"
    SULAWESI_TENGGARA = "Sulawesi Tenggara", "Sulawesi Tenggara"
    SULAWESI_UTARA = "Sulawesi Utara", "Sulawesi Utara"
    SUMATERA_BARAT = "Sumatera Barat", "Sumatera Barat"
    SUMATERA_SELATAN = "Sumatera Selatan", "Sumatera Selatan"
    SUMATERA_UTARA = "Sumatera Utara", "Sumatera Utara"


class Sector(models.TextChoices):
    """Business sectors, named independently of the KBLI edition, whose letters moved in 2025."""

    AGRICULTURE = "agriculture", _("Agriculture, forestry, fishing")
    MINING = "mining", _("Mining")
    MANUFACTURING = "manufacturing", _("Manufacturing")
    UTILITIES = "utilities", _("Electricity, gas, water, waste")
    CONSTRUCTION = "construction", _("Construction")
    TRADE = "trade", _("Trade and repair of vehicles")
    TRANSPORT = "transport", _("Transport and storage")
    HOSPITALITY = "hospitality", _("Accommodation, food and drink")
    INFORMATION = "information", _("Information and communication")
    FINANCE = "finance", _("Finance and insurance")
    PROPERTY = "property", _("Real estate")
    PROFESSIONAL = "professional", _("Professional services")
    SUPPORT = "support", _("Rental, labour supply, business support")
    PUBLIC = "public", _("Public administration")
    EDUCATION = "education", _("Education")
    HEALTH = "health", _("Health and social work")
    ARTS = "arts", _("Arts, sports, recreation")
    OTHER = "other", _("Other services")


#: First two digits of a KBLI code, upper end of each range -> sector. The divisions hold for both editions.
_DIVISIONS = (
    (3, Sector.AGRICULTURE),
    (9, Sector.MINING),
    (33, Sector.MANUFACTURING),
    (39, Sector.UTILITIES),
    (43, Sector.CONSTRUCTION),
    (47, Sector.TRADE),
    (53, Sector.TRANSPORT),
    (56, Sector.HOSPITALITY),
    (63, Sector.INFORMATION),
    (66, Sector.FINANCE),
    (68, Sector.PROPERTY),
    (75, Sector.PROFESSIONAL),
    (82, Sector.SUPPORT),
    (84, Sector.PUBLIC),
    (85, Sector.EDUCATION),
    (88, Sector.HEALTH),
    (93, Sector.ARTS),
    (99, Sector.OTHER),
)


def sector_of(kbli_code: str) -> str:
    """The sector of a five-digit KBLI code; "other" where the code has no known division."""
    if not kbli_code[:2].isdigit():
        return Sector.OTHER
    division = int(kbli_code[:2])
    return next((sector for last, sector in _DIVISIONS if division <= last), Sector.OTHER)
