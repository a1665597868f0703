"""Kinds of answers, by the name an editor chooses in a service's questions."""

from collections.abc import Mapping
from typing import Any

from ...services.models import FieldKind
from .base import MAX_KEPT, MAX_LONG_TEXT, MAX_TEXT, AnswerKind, plain
from .choices import ChoiceKind, KecamatanKind, SeveralKind, YesNoKind, lines_of
from .dates import DateKind, PeriodKind, parse_safe
from .files import FileKind
from .kbli import KBLIKind
from .numbers import MoneyKind, NumberKind
from .tables import TableKind
from .texts import EmailKind, LongTextKind, NibKind, NpwpKind, PhoneKind

__all__ = ["KINDS", "MAX_KEPT", "MAX_LONG_TEXT", "MAX_TEXT", "AnswerKind", "kind_of", "lines_of", "parse_safe", "plain"]

KINDS: dict[str, AnswerKind] = {
    FieldKind.TEXT: AnswerKind(),
    FieldKind.LONG_TEXT: LongTextKind(),
    FieldKind.NUMBER: NumberKind(),
    FieldKind.MONEY: MoneyKind(),
    FieldKind.DATE: DateKind(),
    FieldKind.PERIOD: PeriodKind(),
    FieldKind.YES_NO: YesNoKind(),
    FieldKind.CHOICE: ChoiceKind(),
    FieldKind.SEVERAL: SeveralKind(),
    FieldKind.EMAIL: EmailKind(),
    FieldKind.PHONE: PhoneKind(),
    FieldKind.NIB: NibKind(),
    FieldKind.NPWP: NpwpKind(),
    FieldKind.KBLI: KBLIKind(),
    FieldKind.KECAMATAN: KecamatanKind(),
    FieldKind.FILE: FileKind(),
    FieldKind.TABLE: TableKind(),
}


def kind_of(row: Mapping[str, Any]) -> AnswerKind:
    """How the question `row` is handled."""
    return KINDS.get(row["kind"]) or KINDS[FieldKind.TEXT]
