"""Regular expressions that are compiled when first used, and tried only where they can match.

The grammar holds some two hundred; a notice needs a part of them. Compiled at import, they would take most
of the time in which `lianfang intake FILE` starts.

Two habits keep the search through a text short. An alternation begins every branch with a plain character
(`义(?<!名义)捐`, not `(?<!名)义捐`): then `re` looks for these alone until one of them comes. Where a pattern
cannot be written so, `needs` names characters of which every match holds one.
"""

import re
import sys
from collections.abc import Callable
from typing import Any, TypeVar, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


def expression(source: str, flags: int = 0, *, needs: str = "") -> re.Pattern[str]:
    """The pattern of a source; an error in it shows at its first use.

    `needs`: the pattern is tried only on a stretch that holds one of these characters.
    """
    return cast("re.Pattern[str]", _Expression(source, flags, needs))


class _Expression:
    """Stands in for a pattern; its first use sets the methods of the compiled one in their places."""

    __slots__ = ("_flags", "_source", "needs", *_METHODS)
    finditer: Any

    def __init__(self, source: str, flags: int, needs: str) -> None:
        self._source = source
        self._flags = flags
        self.needs = needs

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        if self.needs:
            sign = re.compile(f"[{self.needs}]").search
            for method in ("search", "match", "fullmatch"):
                setattr(self, method, _gated(sign, getattr(compiled, method), None))
            self.finditer = _gated(sign, compiled.finditer, ())
        return getattr(self if name in _METHODS else compiled, name)


_Sign = Callable[[str, int, int], object]
_Found = TypeVar("_Found")


def _gated(sign: _Sign, find: Callable[[str, int, int], _Found], nothing: _Found) -> Callable[..., _Found]:
    def found(text: str, start: int = 0, end: int = sys.maxsize) -> _Found:
        return nothing if sign(text, start, end) is None else find(text, start, end)

    return found
