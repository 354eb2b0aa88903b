"""A sentence of running text under reading, with what the sentences before it leave to be understood."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from lianfang.engines.intake.claim import GiftKind, Place, Scope
from lianfang.engines.intake.clauses import clauses
from lianfang.engines.intake.draft import Draft, Party
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import Giver
from lianfang.engines.intake.notice import Notice
from lianfang.engines.intake.sentence import Sentence

Topic = Callable[[], list[Giver]]
"""Reads whom a clause speaks of."""
_UNREAD_TOPICS: Final = 100
"""No more are kept, so that no text fills the memory."""


@dataclass(slots=True)
class Thread:
    """What a clause leaves behind for the clauses after it.

    A clause that tells no gift may name whom the next ones speak of. Who that is, is read only when somebody
    asks for the givers or the parties: most clauses that tell a gift name their own.
    """

    _givers: list[Giver] = field(default_factory=list)
    _recipient: Party | None = None
    _via: Party | None = None
    _topics_for_givers: list[Topic] = field(default_factory=list)
    _topics_for_parties: list[Topic] = field(default_factory=list)
    pledged: bool = False
    scope: Scope = Scope.GIFT
    kind: GiftKind = GiftKind.CASH
    drafts: list[Draft] = field(default_factory=list)
    """The records of the last clause that gave any."""
    tiers: list[Draft] = field(default_factory=list)
    sum_drafts: list[Draft] = field(default_factory=list)
    """The last sum, whose parts may follow."""
    open: bool = False
    """A gift was told in this sentence, so a verbless clause may go on with it."""
    receiving: bool = False
    speaker: Giver | None = None
    last_deed: int = 0
    """Where the last word of giving in the paragraph ends; behind it nobody needs to be remembered."""
    topic: Giver | None = None
    """The giver that a heading of its own names: all that follows is told of it."""
    joined: bool = False
    """A semicolon joins the sentence to the one before."""
    listing: bool = False
    """What was given follows as a list (捐赠的物资包括:…;…)."""
    parts_go_on: bool = False
    """The sentence before, which a semicolon closes, came to the parts of a sum (其中甲4万元;乙6万元)."""
    labelled: bool = False
    """The giver stood before a colon, and the first sentence tells what it gave."""
    waiting: Place | None = None
    """A clause with a giver and a verb but nothing given yet."""

    def go_on_about(self, topic: Topic) -> None:
        """From here on whoever the topic turns out to be is spoken of, if it is anybody."""
        for topics in (self._topics_for_givers, self._topics_for_parties):
            topics.append(topic)
            if len(topics) > _UNREAD_TOPICS:
                del topics[0]

    @property
    def givers(self) -> list[Giver]:
        """Who gave, or was spoken of, last."""
        while self._topics_for_givers:
            givers = self._topics_for_givers.pop()()
            if givers and givers[0].name is not None:
                self._topics_for_givers.clear()
                self._givers = givers
        return self._givers

    @givers.setter
    def givers(self, givers: list[Giver]) -> None:
        self._topics_for_givers.clear()
        self._givers = givers

    @property
    def recipient(self) -> Party | None:
        """Who received last; nobody, once somebody else is spoken of."""
        self._forget_parties()
        return self._recipient

    @recipient.setter
    def recipient(self, recipient: Party | None) -> None:
        self._topics_for_parties.clear()
        self._recipient = recipient

    @property
    def via(self) -> Party | None:
        """Through whom it went; always set together with the receiver."""
        self._forget_parties()
        return self._via

    @via.setter
    def via(self, via: Party | None) -> None:
        self._via = via

    def _forget_parties(self) -> None:
        while self._topics_for_parties:
            givers = self._topics_for_parties.pop()()
            if givers and givers[0].name is not None:
                self._topics_for_parties.clear()
                self._recipient = self._via = None


@dataclass(slots=True)
class Passage:
    """One sentence while it is read; `thread` carries over from the sentence before."""

    notice: Notice
    sentence: Sentence
    thread: Thread
    masked: str = ""
    """The sentence with its figures hidden and the parts of sums in brackets opened."""
    clauses: list[Place] = field(default_factory=list)
    may_turn: bool = False
    """Somewhere it has a word with which a clause may turn away from telling gifts."""
    index: int = 0
    """Which clause is read."""
    found: list[Draft] = field(default_factory=list)
    taken: Place | None = None
    """A clause that took something up (把…, 购买…) without saying yet what became of it."""
    value_told: Place | None = None
    """A clause with the value of goods whose giving comes after it."""
    within_sum: bool = False
    """The sentence has come to the parts of a sum (其中 …)."""
    topics: dict[Place, list[Giver]] = field(default_factory=dict)
    """Topics found so far, by clause."""

    def __post_init__(self) -> None:
        self.sentence.masked = _opened(self.sentence.masked)
        self.masked = self.sentence.masked
        self.clauses = clauses(self.sentence)

    def keep(self, records: list[Draft], scope: Scope) -> None:
        """Take up the records of a clause, so that the clauses after it can go on with them."""
        self.found.extend(records)
        self.notice.vague = None
        self.thread.drafts = records
        self.thread.scope = scope
        self.thread.open = True
        self.thread.waiting = None
        if scope is Scope.TOTAL and not self.within_sum:
            self.thread.sum_drafts = records
            if records:
                self.thread.kind = records[0].kind
                self.notice.kind = records[0].kind


def _opened(masked: str) -> str:
    """The sentence with the parts of a sum that stand in brackets set as a clause of their own."""
    return _INNER_PARTS.sub(lambda match: f",{match['parts']},", masked) if "(" in masked else masked


_INNER_PARTS: Final = expression(r"\((?P<parts>(?:其中|含(?!本)|包括|折合)[^()]*[\ue000-\ue003][^()]*)\)")
