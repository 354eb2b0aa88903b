"""Where the guard's decision is not that of the rules, and where two collide (a quota used twice)."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from lianfang.book.models import Response
from lianfang.gates.models import Passage
from lianfang.gates.queries.judgements import differing
from lianfang.gates.queries.passages import visible_passages
from lianfang.people.models import Officer

QUOTA_USED = "quota_used"


def differing_passages(officer: Officer, response: Response | None) -> QuerySet[Any]:
    """Passages that were decided otherwise than the rules say, newest first."""
    return differing(visible_passages(officer, response)).select_related(
        "gate__place", "household", "written_by"
    )


def is_quota_conflict(passage: Passage) -> bool:
    """Two gates let the same household's one person out: both are kept, the second is marked."""
    return any(reason.startswith("quota") for reason in passage.judged_reasons)


def differing_since(officer: Officer, response: Response, since: datetime) -> int:
    return differing_passages(officer, response).filter(happened_at__gte=since).count()
