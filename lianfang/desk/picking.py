"""Pick from what is known: each app registers, in its module `picking`, what a field may be filled from.

    @known("body")
    def bodies(officer: Officer, typed: str, limit: int) -> Iterable[Choice]: ...

The widget of `PickField` asks `/known/<name>/?q=…` while somebody types; the answer is limited to
what the officer may see and finds by name, pinyin and initials. A lookup that is registered with
`known_within` is told besides within what it shall look (`PickWidget.within`: the key of a place).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lianfang.people.models import Officer


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be picked: its key, its name, and a line that tells it from its namesakes."""

    key: str
    name: str
    detail: str = ""


Lookup = Callable[["Officer", str, int], Iterable[Choice]]
LookupWithin = Callable[["Officer", str, int, str], Iterable[Choice]]
_lookups: dict[str, Lookup] = {}
_lookups_within: dict[str, LookupWithin] = {}


def known(name: str) -> Callable[[Lookup], Lookup]:
    """Register a lookup under the name by which fields ask for it."""

    def register(lookup: Lookup) -> Lookup:
        _lookups[name] = lookup
        return lookup

    return register


def known_within(name: str) -> Callable[[LookupWithin], LookupWithin]:
    """As `known`; the lookup is told within what it shall look ("" where the field does not say)."""

    def register(lookup: LookupWithin) -> LookupWithin:
        _lookups_within[name] = lookup
        return lookup

    return register


def is_known(name: str) -> bool:
    return name in _lookups or name in _lookups_within


def look_up(name: str, officer: "Officer", typed: str, limit: int, within: str = "") -> list[Choice]:
    """What fits `typed`, best first, at most `limit`. Raises KeyError for a name nobody registered."""
    if name in _lookups_within:
        return list(islice(_lookups_within[name](officer, typed.strip(), limit, within), limit))
    return list(islice(_lookups[name](officer, typed.strip(), limit), limit))
