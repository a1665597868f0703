"""One cell into one value of a field. Refusals and remarks are sentences that name the cell and say what to do."""

import datetime as dt
import re
from decimal import Decimal
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..companies.choices import Investment, Kecamatan, LegalForm, Sector
from ..companies.models import MAX_WORKERS
from .columns import plain
from .reading import Fault, Value

_DIGITS_LOST = re.compile(r"^[0-9]([.,][0-9]+)?[eE]\+?[0-9]+$")
#: Excel keeps fifteen digits of a number; what comes after is zeros.
MAX_EXACT = 15
#: Days that can stand in a list of decrees.
FIRST_YEAR, LAST_YEAR = 1990, 2060
_MONTHS = {
    **{name: number for number, name in enumerate(("januari", "februari", "maret", "april", "mei", "juni"), 1)},
    **{name: number for number, name in enumerate(("juli", "agustus", "september", "oktober", "november"), 7)},
    "desember": 12,
    **{name: number for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun"), 1)},
    **{name: number for number, name in enumerate(("jul", "agu", "sep", "okt", "nov", "des"), 7)},
    **{"pebruari": 2, "aug": 8, "oct": 10, "dec": 12, "nopember": 11, "agt": 8, "sept": 9},
}
_SECTORS = {
    Sector.AGRICULTURE: ("pertanian", "perkebunan", "perikanan", "kehutanan"),
    Sector.MINING: ("pertambangan", "tambang"),
    Sector.MANUFACTURING: ("industri", "pengolahan", "manufaktur", "pabrik"),
    Sector.UTILITIES: ("listrik", "gas", "air bersih", "limbah", "sampah"),
    Sector.CONSTRUCTION: ("konstruksi", "bangunan", "kontraktor"),
    Sector.TRADE: ("perdagangan", "dagang", "ritel", "retail", "bengkel"),
    Sector.TRANSPORT: ("transportasi", "angkutan", "pergudangan", "logistik"),
    Sector.HOSPITALITY: ("hotel", "restoran", "akomodasi", "makan minum", "perhotelan"),
    Sector.INFORMATION: ("informasi", "komunikasi", "teknologi informasi", "telekomunikasi"),
    Sector.FINANCE: ("keuangan", "bank", "asuransi", "perbankan"),
    Sector.PROPERTY: ("real estat", "properti", "perumahan"),
    Sector.PROFESSIONAL: ("jasa profesional", "konsultan", "ilmiah", "teknis"),
    Sector.SUPPORT: ("penunjang usaha", "alih daya", "outsourcing", "persewaan", "ketenagakerjaan"),
    Sector.PUBLIC: ("pemerintahan",),
    Sector.EDUCATION: ("pendidikan", "sekolah"),
    Sector.HEALTH: ("kesehatan", "rumah sakit", "klinik"),
    Sector.ARTS: ("kesenian", "hiburan", "olahraga", "rekreasi"),
    Sector.OTHER: ("jasa lainnya", "lainnya", "jasa"),
}
_FORMS = {
    **{"pt": LegalForm.PT, "cv": LegalForm.CV, "firma": LegalForm.FIRMA, "fa": LegalForm.FIRMA, "ud": LegalForm.SOLE},
    **{"perseroan terbatas": LegalForm.PT, "persekutuan komanditer": LegalForm.CV, "perorangan": LegalForm.SOLE},
    **{"perseorangan": LegalForm.SOLE, "koperasi": LegalForm.COOPERATIVE, "yayasan": LegalForm.FOUNDATION},
    **{"bumn": LegalForm.STATE, "persero": LegalForm.STATE, "bumd": LegalForm.REGIONAL},
}
_INVESTMENTS = {
    **{"pma": Investment.FOREIGN, "pmdn": Investment.DOMESTIC, "asing": Investment.FOREIGN},
    **{"dalam negeri": Investment.DOMESTIC, "joint venture": Investment.JOINT, "patungan": Investment.JOINT},
    **{"swasta nasional": Investment.DOMESTIC, "non fasilitas": Investment.NONE},
}


def refuse_faults(value: Value, label: str) -> None:
    """Raises `ValidationError` where the cell holds a formula or an error of the program."""
    if isinstance(value, Fault):
        if value.code == "formula":
            raise ValidationError(
                _("%(field)s: the cell holds a formula (%(text)s). Please put its result there as a value.")
                % {"field": label, "text": value.text[:40]}
            )
        raise ValidationError(
            _("%(field)s: the cell shows the error %(text)s. Please put the right value there.")
            % {"field": label, "text": value.text}
        )


def text(value: Value, label: str, most: int) -> str:
    """Words in one line, at most `most` characters."""
    refuse_faults(value, label)
    if value is None:
        return ""
    if isinstance(value, dt.date):
        raise ValidationError(
            _("%(field)s: the cell holds a day (%(day)s). Please correct it, or assign the column anew.")
            % {"field": label, "day": f"{value:%d/%m/%Y}"}
        )
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    if len(words) > most:
        raise ValidationError(
            _("%(field)s: too long, at most %(most)d characters are taken. It begins with “%(start)s…”.")
            % {"field": label, "most": most, "start": words[:40]}
        )
    return words


def digits(value: Value, label: str, lengths: tuple[int, ...]) -> str:
    """A number that is a name: NIB, NPWP, postcode. Separators go; digits that the program lost are told."""
    refuse_faults(value, label)
    if value is None or value in ("-", "–", "0", 0):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = text(value, label, 60)
    if _DIGITS_LOST.match(said) or (isinstance(value, int) and len(said) > MAX_EXACT):
        raise ValidationError(
            _(
                "%(field)s: stands there as the number %(text)s, so Excel has lost its last digits. Please set the "
                "column to “Text” and type it again."
            )
            % {"field": label, "text": said}
        )
    bare = re.sub(r"[\s.\-/']", "", said)
    wanted = " / ".join(str(length) for length in lengths)
    if not bare.isascii() or not bare.isdigit():
        raise ValidationError(
            _("%(field)s: “%(text)s” must have digits only (%(wanted)s of them).")
            % {"field": label, "text": said, "wanted": wanted}
        )
    if len(bare) not in lengths:
        more = ""
        if isinstance(value, int) and len(bare) < min(lengths):
            more = " " + _("Zeros at its beginning may have been lost: please set the column to “Text”.")
        raise ValidationError(
            _("%(field)s: “%(text)s” has %(count)d digits; it must have %(wanted)s.")
            % {"field": label, "text": said, "count": len(bare), "wanted": wanted}
            + more
        )
    return bare


def count(value: Value, label: str) -> int | None:
    """A number of people, or nothing."""
    refuse_faults(value, label)
    if value is None or value in ("-", "–"):
        return None
    wrong = ValidationError(
        _("%(field)s: “%(text)s” is no number of people. Please write it in digits, for example 120.")
        % {"field": label, "text": str(value)[:40]}
    )
    if isinstance(value, dt.date):
        raise wrong
    if isinstance(value, str):
        bare = re.sub(r"\s*(orang|org|pekerja|tk)\.?$", "", value.strip(), flags=re.IGNORECASE)
        if not re.fullmatch(r"[0-9]{1,9}|[0-9]{1,3}([.,][0-9]{3})+", bare):
            raise wrong
        value = int(re.sub(r"[.,]", "", bare))
    if Decimal(str(value)) != int(value) or value < 0:
        raise wrong
    if value > MAX_WORKERS:
        raise ValidationError(
            _("%(field)s: %(text)s is too large. Please check it.") % {"field": label, "text": int(value)}
        )
    return int(value)


def day(value: Value, label: str) -> dt.date | None:
    """A day, however lists write it: a date of the program, 31/12/2024, 2024-12-31, 31 Desember 2024."""
    refuse_faults(value, label)
    if value is None:
        return None
    found = None
    if isinstance(value, dt.date):
        found = value
    elif isinstance(value, (int, float)):
        if 30_000 < value < 60_000:  # what Excel counts days from 1900 by, in a cell without a format
            found = dt.date(1899, 12, 30) + dt.timedelta(days=int(value))
    else:
        found = _written_day(value)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValidationError(
            _("%(field)s: “%(text)s” is no day that can be meant. Please write it like 31/12/2024.")
            % {"field": label, "text": str(value)[:40]}
        )
    return found


def _written_day(words: str) -> dt.date | None:
    words = re.sub(r"\s+00:00(:00)?$", "", words.strip())
    numbers = re.fullmatch(r"(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{1,4})", words)
    named = re.fullmatch(r"(\d{1,2})[ \-/.]+([A-Za-z]+)\.?[ \-/.]+(\d{4})", words)
    try:
        if named:
            return dt.date(int(named[3]), _MONTHS[named[2].casefold()], int(named[1]))
        if numbers:
            first, month, last = (int(part) for part in numbers.groups())
            year, of_month = (first, last) if first > 31 else (last, first)
            return dt.date(year + 2000 if year < 70 else year, month, of_month)
    except (ValueError, KeyError):
        return None
    return None


@cache
def _kecamatans() -> dict[str, str]:
    return {plain(each.label).replace(" ", ""): each.value for each in Kecamatan}


def kecamatan(value: Value, label: str) -> str:
    """A kecamatan by its name, with or without "Kec."; a slip of one or two letters is understood."""
    import difflib

    said = text(value, label, 100)
    if not said:
        raise ValidationError(_("%s: is missing. Please fill it in.") % label)
    bare = re.sub(r"^(kec|kecamatan)\s+", "", plain(said)).replace(" ", "")
    names = _kecamatans()
    if bare in names:
        return names[bare]
    near = difflib.get_close_matches(bare, names, n=2, cutoff=0.85)
    if len(near) == 1:
        return names[near[0]]
    raise ValidationError(
        _("%(field)s: “%(text)s” is no kecamatan of Kota Bekasi. Please correct it: %(names)s.")
        % {"field": label, "text": said[:60], "names": ", ".join(str(each.label) for each in Kecamatan)}
    )


def sector(value: Value, label: str) -> str:
    """A sector by one of its usual words; empty where none is recognised."""
    said = plain(text(value, label, 200))
    for each in Sector:
        if said in (each.value, plain(each.label)):
            return each.value
    for each, words in _SECTORS.items():
        if any(word in said for word in words):
            return each.value
    return ""


def legal_form(value: Value, label: str, name: str) -> str:
    """From the column, or from how the name begins; empty where neither says it."""
    said = plain(text(value, label, 60))
    if said in _FORMS:
        return _FORMS[said]
    words = plain(name).split()
    ends = {words[0], words[-1]} if words else set()
    return next((form for word, form in _FORMS.items() if word in ends), "")


def investment(value: Value, label: str) -> str:
    said = plain(text(value, label, 60))
    return next((each for words, each in _INVESTMENTS.items() if words in said), "")
