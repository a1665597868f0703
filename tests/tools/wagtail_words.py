"""Words of the installed packages that neither their own Indonesian catalogue nor ours translates.

    python tests/tools/wagtail_words.py            lists them and fails when there are any
    python tests/tools/wagtail_words.py --compile  first compiles our catalogues of them

Asks what Django and Wagtail will really serve, in the order of INSTALLED_APPS and LOCALE_PATHS; scripts apart, since
Wagtail's catalogue for scripts reads Wagtail's own folder and LOCALE_PATHS only.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib

ROOT = Path(__file__).resolve().parent.parent.parent
#: Our catalogues of other packages' words.
OURS = ROOT / "psk_plugin" / "wagtail_locale" / "id" / "LC_MESSAGES"
LANGUAGE = "id-id"
DOMAINS = ("django", "djangojs")


class Word(NamedTuple):
    package: str
    domain: str
    context: str
    text: str


def folders() -> Iterator[tuple[str, Path]]:
    """Name and `locale` folder of Django itself and of each installed package that is not this project's."""
    import django
    from django.apps import apps

    yield "django", Path(django.__file__).parent / "conf" / "locale"
    for config in apps.get_app_configs():
        folder = Path(config.path) / "locale"
        is_ours = ROOT in folder.parents and "site-packages" not in folder.parts
        if folder.is_dir() and not is_ours:
            yield config.name, folder


def sources(folder: Path, domain: str) -> Iterator[polib.POEntry]:
    """The package's source strings: its English catalogue, or where it ships none, what its other languages hold."""
    english = folder / "en" / "LC_MESSAGES" / f"{domain}.po"
    for path in [english] if english.exists() else sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po")):
        yield from (entry for entry in polib.pofile(str(path)) if entry.msgid and not entry.obsolete)


def served(folder: Path, domain: str):
    """The translations a browser would get."""
    from django.utils.translation import trans_real

    if domain == "django":
        return trans_real.DjangoTranslation(LANGUAGE)
    return trans_real.DjangoTranslation(LANGUAGE, domain=domain, localedirs=[str(folder)])


def translate(translation, entry: polib.POEntry) -> str | None:
    """The Indonesian text of an entry, `None` where there is none."""
    key = f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid
    text = translation._catalog.get(key)
    if text is None:
        try:
            text = translation._catalog.plural(key, 2)
        except KeyError:
            return None
    return text


def missing() -> list[Word]:
    words = {}
    for package, folder in folders():
        for domain in DOMAINS:
            entries = list(sources(folder, domain))
            translation = served(folder, domain) if entries else None
            for entry in entries:
                if translate(translation, entry) is None:
                    words.setdefault((domain, entry.msgctxt, entry.msgid), package)
    return [Word(package, domain, context or "", text) for (domain, context, text), package in words.items()]


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disnaker_site.settings.test")
    if "--compile" in sys.argv[1:]:
        for domain in DOMAINS:
            polib.pofile(str(OURS / f"{domain}.po")).save_as_mofile(str(OURS / f"{domain}.mo"))
    import django

    django.setup()
    words = missing()
    for word in words:
        print(f"{word.package} ({word.domain}): {f'[{word.context}] ' if word.context else ''}{word.text!r}")
    print(f"{len(words)} kata belum diterjemahkan.")
    return 1 if words else 0


if __name__ == "__main__":
    sys.exit(main())
