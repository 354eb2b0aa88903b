"""The port that every reader of notices fits: ours by rules, or another one behind an address."""

from typing import Protocol

from lianfang.engines.intake.claim import Reading


class Extractor(Protocol):
    """Reads a notice into claims.

    Whatever an extractor returns, `text[claim.start:claim.end] == claim.quote` must hold for every claim.
    """

    def read(self, text: str, *, title: str | None = None) -> Reading:
        """Everything that the notice says about giving; `title` where it does not stand in the text."""
        ...
