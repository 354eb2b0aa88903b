"""What the rules say of passages as the book knows it now: at arrival, or judged anew since."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

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


def differing(passages: QuerySet[Any]) -> QuerySet[Any]:
    """Those of these passages that were decided otherwise than the rules say as the book stands now."""
    newest = Rejudgement.objects.filter(passage=OuterRef("pk")).order_by("-received_at").values("differs")[:1]
    judged_anew = Rejudgement.objects.filter(differs=True).values("passage")
    asked = passages.filter(Q(differs=True) | Q(pk__in=judged_anew))
    found: QuerySet[Any] = asked.annotate(differs_now=Coalesce(Subquery(newest), F("differs")))
    return found.filter(differs_now=True)
