"""Compiling the search: numba, with a place for what was compiled that can always be written to.

Importing this module loads numba (about a second), so it is imported when a search begins and not before.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """The function as machine code, compiled once for this machine; it runs beside other threads."""
    compile_: Any = numba.njit(cache=True, nogil=True, error_model="numpy")
    return cast(Function, compile_(function))


def _choose_cache() -> None:
    """Beside the source if that can be written; else in the user's cache; else in a folder of our own."""
    config: Any = numba.config
    if config.CACHE_DIR:
        return
    beside = Path(__file__).parent / "__pycache__"
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lianfang"
    own = Path(tempfile.gettempdir()) / f"lianfang-compiled-{os.getuid()}"
    for place in (beside, home, own):
        with contextlib.suppress(OSError):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.access(place, os.W_OK):
                if place != beside:
                    config.CACHE_DIR = str(place)
                return


_choose_cache()
