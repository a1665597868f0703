"""System checks: a wrong setting is found at start, with what to do."""

from django.conf import settings
from django.core.checks import Error, register
from django.core.files.storage import InvalidStorageError, storages

from . import conf


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
