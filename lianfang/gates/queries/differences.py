"""Where the guard's decision is not that of the rules, and where two collide (a quota used twice)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from lianfang.book.models import Response
from lianfang.gates.models import Passage
from lianfang.gates.queries.judgements import Judgement, differing, judgements_of
from lianfang.gates.queries.passages import visible_passages
from lianfang.people.models import Officer


def differing_passages(officer: Officer, response: Response | None) -> QuerySet[Any]:
    """Passages that were decided otherwise than the rules say, as the book stands now; newest first."""
    return differing(visible_passages(officer, response)).select_related(
        "gate__place", "household", "written_by"
    )


def give_judgements(passages: Iterable[Passage]) -> None:
    """Give each passage its newest `judgement`. One query for a page."""
    rows = list(passages)
    found = judgements_of(rows)
    for row in rows:
        row.judgement = found[row.pk]  # type: ignore[attr-defined]


def judgement_of(passage: Passage) -> Judgement:
    """The newest judgement: the one that `give_judgements` has read, or read now."""
    known: Judgement | None = getattr(passage, "judgement", None)
    return known or judgements_of([passage])[passage.pk]


def is_quota_conflict(passage: Passage) -> bool:
    """Two gates let the same household's one person out: both are kept, the second is marked."""
    return any(reason.startswith("quota") for reason in judgement_of(passage).reasons)


def differing_since(officer: Officer, response: Response, since: datetime) -> int:
    return differing_passages(officer, response).filter(happened_at__gte=since).count()
