"""A brake on guessing codes: too many wrong ones from one address, and that address waits a minute."""

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

#: Wrong codes from one address in one minute. A code has 59 bits: nobody finds one at this pace.
PER_MINUTE = 60


def is_braked(request: HttpRequest) -> bool:
    """Whether the address has tried too many wrong codes in the present minute."""
    return (cache.get(_key(request)) or 0) >= PER_MINUTE


def count_miss(request: HttpRequest) -> None:
    key = _key(request)
    cache.add(key, 0, timeout=60)
    try:
        cache.incr(key)
    except ValueError:  # lapsed between the two
        cache.set(key, 1, timeout=60)


def _key(request: HttpRequest) -> str:
    # The same source as sign-in's brake, so that a proxy in front is configured once (ALLAUTH_TRUSTED_PROXY_COUNT).
    try:
        address = get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        address = "unknown"
    # Hashed: an address is personal data and the cache may be shared.
    digest = hashlib.sha256(address.encode()).hexdigest()[:24]
    return f"psk-verify-{digest}-{int(time.time() // 60)}"
