"""Words in braces that a decree's text may use, and what each stands for."""

import string

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: Name -> what the editor is told. `decrees.text` gives each its value.
PLACEHOLDERS = {
    "company": _("name of the company"),
    "address": _("address of the company"),
    "business": _("line of business"),
    "kecamatan": _("kecamatan"),
    "nib": _("NIB"),
    "regulation_title": _("title of the regulation"),
    "valid_from": _("first day of validity"),
    "valid_until": _("last day of validity"),
    "letter_number": _("number of the application letter"),
    "letter_date": _("date of the application letter"),
    "submission_number": _("number of the application"),
    "decree_number": _("number of the decree"),
    "register_number": _("number in the register book"),
    "issued_on": _("date of the decree"),
    "year": _("year of the decree"),
    "signer_title": _("office of the signer"),
}


def unknown_placeholders(text: str) -> list[str]:
    """Names in braces that nothing fills; a lone brace counts as one."""
    try:
        names = [name for _t, name, spec, conv in string.Formatter().parse(text) if name is not None]
    except ValueError:
        return ["{"]
    return sorted({name or "{}" for name in names if name not in PLACEHOLDERS})


def placeholder_problem(unknown: list[str]) -> str:
    """What to tell an editor about the names that `unknown_placeholders` found."""
    if unknown == ["{"]:
        return gettext("A brace is open or stands alone. Please write each word as {word}.")
    names = ", ".join(name if name == "{}" else f"{{{name}}}" for name in unknown)
    return gettext("Unknown placeholder: %s. Please use only the words in braces that are listed.") % names


def used_placeholders(text: str) -> set[str]:
    """Names in braces that `text` uses; empty where the text is not well formed, which `unknown_placeholders` tells."""
    try:
        return {name for _t, name, _spec, _conv in string.Formatter().parse(text) if name}
    except ValueError:
        return set()
