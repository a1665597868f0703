"""One line of a list into the values of a company or a decree, with every refusal and remark as a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..companies.choices import sector_of
from ..companies.models import validate_kbli, validate_phone
from ..services.models import Kind
from . import cells
from .columns import FIELDS, plain
from .models import BatchKind
from .reading import Value

#: Field of a company -> most characters.
_TEXTS = {"kelurahan": 60, "business": 200, "wlkp_number": 60}


@dataclass
class Understood:
    """What a line says. With `problems` it is refused; `remarks` tell what was left out of it."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Line:
    """The cells of a line by field."""

    def __init__(self, mapping: dict[str, int], labels: dict[str, str], row: Sequence[Value]) -> None:
        self.mapping, self.labels, self.row = mapping, labels, row
        self.understood = Understood()

    def cell(self, code: str) -> Value:
        place = self.mapping.get(code)
        return self.row[place] if place is not None and place < len(self.row) else None

    def take(self, code: str, read: Callable[..., Any], *args: Any) -> Any:
        """The cell's value as `read` understands it; a refusal of it refuses the line."""
        try:
            return read(self.cell(code), self.labels[code], *args)
        except ValidationError as problem:
            self.understood.problems.append(problem.messages[0])
            return None

    def need(self, code: str, value: Any) -> None:
        label = self.labels[code]
        if not value and not any(problem.startswith(label) for problem in self.understood.problems):
            self.understood.problems.append(_("%s: is missing. Please fill it in.") % label)

    def leave_out(self, code: str, said: str) -> None:
        self.understood.remarks.append(
            _("%(field)s: “%(text)s” was left out, because it is not written as it must be.")
            % {"field": self.labels[code], "text": said[:60]}
        )


class Reader:
    """Understands the lines of one file."""

    def __init__(self, kind: str, mapping: dict[str, int]) -> None:
        self.mapping = mapping
        self.labels = {each.code: capfirst(str(each.label)) for each in FIELDS[kind]}
        self._understand = _company if kind == BatchKind.COMPANIES else _decree

    def understand(self, row: Sequence[Value]) -> Understood:
        return self._understand(Line(self.mapping, self.labels, row))


def _company(line: Line) -> Understood:
    understood, values = line.understood, line.understood.values
    values["name"] = line.take("name", cells.text, 200) or ""
    line.need("name", values["name"])
    values["nib"] = line.take("nib", cells.digits, (13,)) or ""
    values["npwp"] = line.take("npwp", cells.digits, (15, 16)) or ""
    values["address"] = line.take("address", cells.text, 250) or ""
    values["kecamatan"] = line.take("kecamatan", cells.kecamatan) or ""
    for code, most in _TEXTS.items():
        values[code] = line.take(code, cells.text, most) or ""
    values["legal_form"] = _lenient(line, "legal_form", cells.legal_form, values["name"])
    values["investment"] = _lenient(line, "investment", cells.investment)
    for code, check in (("phone", _phone), ("email", _email), ("kbli_code", _kbli), ("postcode", _postcode)):
        values[code] = _checked(line, code, check)
    values["sector"] = sector_of(values["kbli_code"]) if values["kbli_code"] else _lenient(line, "sector", cells.sector)
    values["counted_workers"] = _people(line)
    understood.values = {code: value for code, value in values.items() if value not in ("", None)}
    return understood


def _people(line: Line) -> int | None:
    """Workers in all. Where the list tells men and women as well, a sum that differs is told."""
    told = {code: line.take(code, cells.count) for code in ("workers", "men", "women")}
    parts = [told[code] for code in ("men", "women") if told[code] is not None]
    if told["workers"] is None:
        return sum(parts) if parts else None
    if len(parts) == 2 and sum(parts) != told["workers"]:
        line.understood.remarks.append(
            _("Men and women make %(sum)d, the number in all says %(total)d; the number in all was taken.")
            % {"sum": sum(parts), "total": told["workers"]}
        )
    return told["workers"]


def _lenient(line: Line, code: str, read: Callable[..., str], *args: Any) -> str:
    """A value of a closed list; a word that is not recognised is left out and told. A formula refuses the line."""
    found = line.take(code, read, *args) or ""
    said = line.cell(code)
    if said is not None and not found and not line.understood.problems:
        line.leave_out(code, str(said))
    return found


def _checked(line: Line, code: str, check: Callable[[str], str]) -> str:
    said = line.take(code, cells.text, 254)
    if not said or said in ("-", "–"):
        return ""
    try:
        return check(said)
    except ValidationError:
        line.leave_out(code, said)
        return ""


def _phone(said: str) -> str:
    validate_phone(said)
    if len(said) > 30:
        raise ValidationError("too long")
    return said


def _email(said: str) -> str:
    validate_email(said)
    return said


def _kbli(said: str) -> str:
    code = said.split()[0]
    validate_kbli(code)
    return code


def _postcode(said: str) -> str:
    if not (said.isascii() and said.isdigit() and len(said) == 5):
        raise ValidationError("no postcode")
    return said


def _decree(line: Line) -> Understood:
    understood, values = line.understood, line.understood.values
    values["number"] = line.take("number", cells.text, 100) or ""
    values["name"] = line.take("name", cells.text, 200) or ""
    values["nib"] = line.take("nib", cells.digits, (13,)) or ""
    values["title"] = line.take("title", cells.text, 250) or ""
    values["file_name"] = line.take("file_name", cells.text, 150) or ""
    said = plain(line.take("kind", cells.text, 100) or "")
    values["kind"] = Kind.PKB if "pkb" in said or "perjanjian kerja bersama" in said else ""
    if not values["kind"] and ("pp" in said.split() or "peraturan perusahaan" in said):
        values["kind"] = Kind.PP
    for code in ("decree_date", "valid_from", "valid_until"):
        values[code] = line.take(code, cells.day)
    for code in ("number", "name", "kind", "decree_date", "valid_from", "valid_until"):
        line.need(code, values[code])
    first, last = values["valid_from"], values["valid_until"]
    if first and last and last < first:
        understood.problems.append(_("It ends before it begins. Please check both days."))
    if not values["title"] and values["kind"]:
        values["title"] = f"{Kind(values['kind']).label} {values['name']}"[:250]
    understood.values = {code: value for code, value in values.items() if value not in ("", None)}
    return understood
