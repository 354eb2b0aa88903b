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
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


def expression(source: str, flags: int = 0, *, needs: str = "") -> re.Pattern[str]:
    """The pattern of a source; an error in it shows at its first use.

    `needs`: the pattern is compiled and tried only for a stretch that holds one of these characters.
    """
    made = _GatedExpression(source, flags, needs) if needs else _Expression(source, flags)
    return cast("re.Pattern[str]", made)


class _Expression:
    """Stands in for a pattern; its first use sets the methods of the compiled one in their places."""

    __slots__ = ("_flags", "pattern", *_METHODS)

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


class _GatedExpression(_Expression):
    """A pattern that is compiled and tried once a stretch holds one of the characters that it needs."""

    __slots__ = ("_pattern", "needs")

    def __init__(self, source: str, flags: int, needs: str) -> None:
        super().__init__(source, flags)
        self.needs = needs
        self._pattern = _Expression(source, flags)

    def __getattr__(self, name: str) -> Any:
        if name not in _GATED:
            return getattr(self._pattern, name)
        holds = _holds(self.needs)
        for method in _GATED:
            setattr(self, method, _gated(holds, self._pattern, method))
        return getattr(self, name)


_GATED = ("search", "match", "fullmatch", "finditer")


def _holds(needs: str) -> Callable[[str, int, int], object]:
    """A quick look whether a stretch holds one of the characters."""
    if len(needs) == 1:
        return lambda text, start, end: text.find(needs, start, end) >= 0
    return re.compile(f"[{re.escape(needs)}]").search


def _gated(holds: Callable[[str, int, int], object], pattern: _Expression, method: str) -> Callable[..., Any]:
    nothing = () if method == "finditer" else None
    compiled: Callable[[str, int, int], Any] | None = None

    def found(text: str, start: int = 0, end: int = sys.maxsize) -> Any:
        nonlocal compiled
        if not holds(text, start, end):
            return nothing
        if compiled is None:
            compiled = getattr(pattern, method)
        return compiled(text, start, end)

    return found
