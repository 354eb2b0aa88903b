"""What the rules say of passages as the book knows it now: at arrival, or judged anew since."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from lianfang.gates.models import Passage, Rejudgement


@dataclass(frozen=True, slots=True)
class Judgement:
    outcome: str
    reasons: tuple[str, ...]
    differs: bool


def judgements_of(passages: Iterable[Passage]) -> dict[UUID, Judgement]:
    """The newest judgement of each of these passages, by id."""
    found = {
        passage.pk: Judgement(passage.judged_outcome, tuple(passage.judged_reasons), passage.differs)
        for passage in passages
    }
    later = Rejudgement.objects.filter(passage__in=found).order_by("received_at")
    for one in later:
        found[one.passage_id] = Judgement(one.judged_outcome, tuple(one.judged_reasons), one.differs)
    return found
