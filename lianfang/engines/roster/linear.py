"""HiGHS, made quiet: the library greets on standard output when its first solver of a process is made."""

from __future__ import annotations

import os
import sys
import threading
from functools import cache

import highspy

_lock = threading.Lock()


def new_solver(**options: bool | int | float | str) -> highspy.Highs:
    """A solver on one thread that prints nothing, with further options by their HiGHS names."""
    _greet_nobody()
    solver = highspy.Highs()
    settings: dict[str, bool | int | float | str] = {"output_flag": False, "threads": 1, **options}
    for name, value in settings.items():
        solver.setOptionValue(name, value)
    return solver


@cache
def _greet_nobody() -> None:
    with _lock:
        sys.stdout.flush()
        try:
            kept = os.dup(1)
        except OSError:  # there is no standard output to keep clean
            highspy.Highs()
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            highspy.Highs()
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)
