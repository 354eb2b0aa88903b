"""Regular expressions that are compiled when first used.

The grammar holds some two hundred; a notice needs a part of them. Compiled at import, they would take most
of the time in which `lianfang intake FILE` starts.
"""

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


def expression(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of a source; an error in it shows at its first use."""
    return cast("re.Pattern[str]", _Expression(source, flags))


class _Expression:
    """Stands in for a pattern; its first use sets the methods of the compiled one in their places."""

    __slots__ = ("_flags", "_source", *_METHODS)

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
