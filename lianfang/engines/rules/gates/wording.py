"""The words for a decision: 温情沟通."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.engines.rules.gates.decision import Decision


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    """For the guard: what was decided, in a few characters."""
    say: str
    """A polite sentence to say to the person."""
    instead: str
    """What the person can do instead, or what happens next."""


def say(decision: Decision, *, offset: int, language: str = "zh") -> Words:
    """The words for the weightiest reason of `decision`. `offset` is that of the situation."""
    raise NotImplementedError


def code_title(code: str, language: str = "zh") -> str:
    """The short name of a reason or note code."""
    raise NotImplementedError
