"""Few tries a minute from one address, so that codes cannot be guessed one after the other.

A code is one of 8.5 × 10¹¹. At the limit of one address it takes longer than a life to hit one of 20,000.
"""

from time import time

from django.core.cache import cache
from django.http import HttpRequest

TRIES = 10
SECONDS = 60


class TooOften(Exception):
    """This address has tried too often within a minute."""

    code = "too_often"


def count_try(request: HttpRequest, what: str, *, tries: int = TRIES, seconds: int = SECONDS) -> None:
    """Count one try. Raises TooOften until the span that began with the first try is over."""
    key, now = f"tries:{what}:{request.META.get('REMOTE_ADDR', '')}", time()
    until, counted = cache.get(key) or (0.0, 0)
    if until <= now:
        until, counted = now + seconds, 0
    # Counting up in the cache itself would renew the key for longer than the span.
    cache.set(key, (until, counted + 1), seconds)
    if counted >= tries:
        raise TooOften
