"""Walking the book: each app says what must hold, `lianfang check` walks it all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: the walk's code, the subject (`kind:id`), a sentence."""

    code: str
    subject: str
    message: str


Walk = Callable[[], Iterator[Finding]]
_WALKS: dict[str, Walk] = {}


def walk(code: str) -> Callable[[Walk], Walk]:
    """Register a walk under its code."""

    def register(function: Walk) -> Walk:
        _WALKS[code] = function
        return function

    return register


def walks() -> dict[str, Walk]:
    return dict(_WALKS)


def findings(only: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """What does not hold, by all walks or by those named."""
    for code, function in _WALKS.items():
        if not only or code in only:
            yield from function()
