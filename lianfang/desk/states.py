"""A state is shown by colour, shape and word together, never by colour alone."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Tone(StrEnum):
    """What a state asks of the reader. Its value names the style; its icon is the shape."""

    DONE = "done"
    WAITING = "waiting"
    NEW = "new"
    URGENT = "urgent"
    STOPPED = "stopped"
    PLAIN = "plain"

    @property
    def icon(self) -> str:
        return _ICONS[self]


_ICONS = {
    Tone.DONE: "check-circle-fill",
    Tone.WAITING: "hourglass-split",
    Tone.NEW: "circle-half",
    Tone.URGENT: "exclamation-triangle-fill",
    Tone.STOPPED: "slash-circle",
    Tone.PLAIN: "circle",
}


@dataclass(frozen=True, slots=True)
class State:
    """A state in words with its tone."""

    word: "str | StrPromise"
    tone: Tone = Tone.PLAIN

    def __str__(self) -> str:
        return str(self.word)
