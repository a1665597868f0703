"""Words in braces that a decree's text and the mails may use, and what each stands for.

Besides the fixed ones every question of the form gives one: `{jawaban.<code>}` becomes the company's answer.
"""

import re
import string
from collections.abc import Collection, Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: Name -> what the editor is told. `decrees.text` gives each its value.
PLACEHOLDERS = {
    "company": _("name of the company"),
    "address": _("address of the company"),
    "business": _("line of business"),
    "kecamatan": _("kecamatan"),
    "nib": _("NIB"),
    "service": _("title of the service"),
    "regulation_title": _("title of the regulation"),
    "valid_from": _("first day of validity"),
    "valid_until": _("last day of validity"),
    "letter_number": _("number of the application letter"),
    "letter_date": _("date of the application letter"),
    "responsible": _("name of the responsible person"),
    "responsible_position": _("position of the responsible person"),
    "union": _("name of the union"),
    "union_number": _("registration number of the union"),
    "union_date": _("date of the union's registration"),
    "previous_decree": _("number of the old decree"),
    "previous_date": _("date of the old decree"),
    "previous_from": _("first day of the old regulation"),
    "previous_until": _("last day of the old regulation"),
    "sequence": _("which renewal or amendment it is, e.g. KE-2"),
    "amended": _("articles that are amended"),
    "submission_number": _("number of the application"),
    "filed_on": _("date on which the application was filed"),
    "decree_number": _("number of the decree"),
    "register_number": _("number in the register book"),
    "issued_on": _("date of the decree"),
    "year": _("year of the decree"),
    "signer_title": _("office of the signer"),
}
#: Known only once the decree is signed: a mail about anything earlier cannot say them.
KNOWN_AT_ISSUE = ("decree_number", "register_number", "issued_on", "year", "signer_title")
#: What a mail about a step before the signature may say.
BEFORE_ISSUE = tuple(name for name in PLACEHOLDERS if name not in KNOWN_AT_ISSUE)

#: Before the code of a question.
ANSWER = "jawaban."
_ANSWER = re.compile(re.escape(ANSWER) + r"[a-zA-Z0-9_-]+\Z")


def answer_code(name: str) -> str:
    """The code of the question that `name` stands for; empty where it is another placeholder."""
    return name.removeprefix(ANSWER) if _ANSWER.match(name) else ""


def unknown_placeholders(text: str, names: Collection[str] = PLACEHOLDERS) -> list[str]:
    """Names in braces that nothing fills; a lone brace counts as one. Whether an answer exists is not asked here."""
    try:
        used = list(_names(text))
    except ValueError:
        return ["{"]
    return sorted({name or "{}" for name in used if name not in names and not answer_code(name)})


def placeholder_problem(unknown: list[str]) -> str:
    """What to tell an editor about the names that `unknown_placeholders` found."""
    if unknown == ["{"]:
        return gettext("A brace is open or stands alone. Please write each word as {word}.")
    names = ", ".join(name if name == "{}" else f"{{{name}}}" for name in unknown)
    return gettext("Unknown placeholder: %s. Please use only the words in braces that are listed.") % names


def too_early(names: list[str]) -> str:
    """What to tell an editor about names that are not known yet when the mail goes out."""
    words = ", ".join(f"{{{name}}}" for name in names)
    return gettext("Not known yet when this mail is sent: %s. Only the mail “Decree issued” can use it.") % words


def used_placeholders(text: str) -> set[str]:
    """Names in braces that `text` uses; empty where the text is not well formed, which `unknown_placeholders` tells."""
    try:
        return {name for name in _names(text) if name}
    except ValueError:
        return set()


def fill(text: str, values: dict[str, str]) -> str:
    """`text` with its placeholders filled. Only whole names are filled: no attributes, no formats.

    Raises `KeyError` for a name without a value, `ValueError` for a lone brace.
    """
    parts = []
    for literal, name, _spec, _conversion in string.Formatter().parse(text):
        parts.append(literal)
        if name is not None:
            parts.append(values[name])
    return "".join(parts)


def _names(text: str) -> Iterator[str]:
    return (name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None)
