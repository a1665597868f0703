"""System checks: a wrong setting is found at start, with what to do."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Info, register
from django.core.files.storage import InvalidStorageError, storages

from . import WAGTAIL_WORDS, conf


@register()
def check_records_storage(app_configs, **kwargs) -> list[Error]:
    """Filed documents need a storage of their own that has no public address."""
    try:
        place = storages[conf.RECORDS_STORAGE]
    except InvalidStorageError:
        return [
            Error(
                f"STORAGES has no entry “{conf.RECORDS_STORAGE}”.",
                hint="Add one that is not below MEDIA_ROOT, for example a FileSystemStorage with base_url None.",
                id="psk_plugin.E001",
            )
        ]
    location, media = getattr(place, "location", None), str(settings.MEDIA_ROOT)
    if location and media and str(location).startswith(media):
        return [
            Error(
                "Filed documents would lie below MEDIA_ROOT, where anyone who guesses an address can read them.",
                hint=f"Give the storage “{conf.RECORDS_STORAGE}” a location outside MEDIA_ROOT.",
                id="psk_plugin.E002",
            )
        ]
    return []


@register()
def check_words(app_configs, **kwargs) -> list[Info]:
    """On an Indonesian site the admin would be English in many places."""
    language = settings.LANGUAGE_CODE.lower()
    if not language.startswith("id"):
        return []
    found = []
    if WAGTAIL_WORDS not in {Path(folder) for folder in settings.LOCALE_PATHS}:
        found.append(
            Info(
                "Most words of the Wagtail admin will be English.",
                hint="Add psk_plugin.WAGTAIL_WORDS to LOCALE_PATHS.",
                id="psk_plugin.I001",
            )
        )
    if language == "id":
        found.append(
            Info(
                "Wagtail's own Indonesian catalogue is called “id_ID” and is not read for the language “id”.",
                hint='Set LANGUAGE_CODE = "id-id", and name it so in LANGUAGES.',
                id="psk_plugin.I002",
            )
        )
    return found
