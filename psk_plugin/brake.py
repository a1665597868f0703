"""A brake on doing something too often from one address: too many times, and that address waits."""

import hashlib
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


@dataclass(frozen=True)
class Brake:
    """At most `limit` counted acts of one address in each window of `seconds`."""

    name: str
    limit: int
    seconds: int

    def is_on(self, request: HttpRequest) -> bool:
        """Whether the address has used up the present window."""
        return (cache.get(self._key(request)) or 0) >= self.limit

    def count(self, request: HttpRequest) -> None:
        key = self._key(request)
        cache.add(key, 0, timeout=self.seconds)
        try:
            cache.incr(key)
        except ValueError:  # lapsed between the two
            cache.set(key, 1, timeout=self.seconds)

    def _key(self, request: HttpRequest) -> str:
        # The same source as sign-in's brake, so that a proxy in front is configured once (ALLAUTH_TRUSTED_PROXY_COUNT).
        try:
            address = get_adapter(request).get_client_ip(request)
        except PermissionDenied:
            address = "unknown"
        # Hashed: an address is personal data and the cache may be shared.
        digest = hashlib.sha256(address.encode()).hexdigest()[:24]
        return f"psk-{self.name}-{digest}-{int(time.time() // self.seconds)}"
