"""The chain of a device's records: which place a record takes in it, what is missing, where it breaks.

Each record of a device has a sequence number, counted from 1 without holes, and says the digest of the one
before it. Records may arrive in any order: one is taken if it fits those of its two neighbours that are
there already. So a record that was slipped in, or changed and sent again, fits nowhere and is refused,
while one that merely comes late finds its place.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

START = "0" * 64
"""What the first record of a device says of the one before it."""

_MOST_PIECES = 2000


class Fit(Enum):
    TAKEN = "taken"
    KNOWN = "known"
    """Its place is taken already: by itself, if it is sent again."""
    BROKEN = "broken"
    """It does not fit the record before or after it."""


@dataclass(slots=True)
class Piece:
    """Records `first` to `last` without a hole. `before` is what the first says of the one before it,
    `digest` that of the last."""

    first: int
    last: int
    before: str
    digest: str


@dataclass(slots=True)
class Chain:
    """What of a device's chain is in the book, as pieces in order. No two of them touch."""

    pieces: list[Piece] = field(default_factory=list)

    @classmethod
    def of(cls, next_sequence: int, head: str, beyond: Iterable[tuple[int, int, str, str]]) -> "Chain":
        whole = [Piece(1, next_sequence - 1, START, head)] if next_sequence > 1 else []
        return cls(whole + [Piece(*piece) for piece in beyond])

    def place(self, sequence: int, before: str, digest: str) -> Fit:
        """Give a record its place, if it has one here."""
        at = bisect_right(self.pieces, sequence, key=lambda piece: piece.first)
        left = self.pieces[at - 1] if at else None
        right = self.pieces[at] if at < len(self.pieces) else None
        if left is not None and sequence <= left.last:
            return Fit.KNOWN
        follows = left is not None and left.last + 1 == sequence
        leads = right is not None and right.first == sequence + 1
        if follows and left is not None and left.digest != before:
            return Fit.BROKEN
        if leads and right is not None and right.before != digest:
            return Fit.BROKEN
        if sequence == 1 and before != START:
            return Fit.BROKEN
        if follows and left is not None:
            left.last, left.digest = sequence, digest
            if leads and right is not None:
                left.last, left.digest = right.last, right.digest
                del self.pieces[at]
        elif leads and right is not None:
            right.first, right.before = sequence, before
        elif len(self.pieces) >= _MOST_PIECES:
            return Fit.BROKEN
        else:
            self.pieces.insert(at, Piece(sequence, sequence, before, digest))
        return Fit.TAKEN

    @property
    def next_sequence(self) -> int:
        """The first that is missing."""
        return self.pieces[0].last + 1 if self.pieces and self.pieces[0].first == 1 else 1

    @property
    def head(self) -> str:
        return self.pieces[0].digest if self.next_sequence > 1 else START

    @property
    def beyond(self) -> list[tuple[int, int, str, str]]:
        """The pieces behind the first gap."""
        later = self.pieces[1:] if self.next_sequence > 1 else self.pieces
        return [(piece.first, piece.last, piece.before, piece.digest) for piece in later]

    @property
    def end(self) -> int:
        """The highest sequence number that is there, 0 if there is none."""
        return self.pieces[-1].last if self.pieces else 0

    def gaps(self) -> list[tuple[int, int]]:
        """What is missing before the end: first and last of each hole."""
        found, expected = [], 1
        for piece in self.pieces:
            if piece.first > expected:
                found.append((expected, piece.first - 1))
            expected = piece.last + 1
        return found
