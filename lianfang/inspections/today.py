"""What waits in the inspections today."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.today import Item, Urgency, todays_work
from lianfang.inspections import queries
from lianfang.people.models import Officer


@todays_work
def inspections_waiting(officer: Officer, response: Response) -> Iterator[Item]:
    """Findings that are late, that wait to be put right or to be checked again."""
    if not (officer.may(Right.INSPECT) or officer.may(Right.RECTIFY)):
        return
    now = timezone.now()
    ledger = reverse("inspections:ledger")
    late = queries.late_findings(officer, response, now).count()
    yield Item(_("逾期未整改的问题"), late, f"{ledger}?stage=late", Urgency.LATE)
    if officer.may(Right.INSPECT):
        waiting = queries.findings_to_reinspect(officer, response)
        others = waiting.exclude(written_by=officer)
        yield Item(_("整改待复查"), others.count(), f"{ledger}?stage=to_reinspect", Urgency.DUE)
    if officer.may(Right.RECTIFY):
        due = queries.open_findings(officer, response).filter(awaiting=False, due_at__gte=now)
        first = due.order_by("due_at").first()
        yield Item(
            _("待整改的问题"),
            due.count(),
            f"{ledger}?stage=to_rectify",
            Urgency.DUE,
            due_at=first.due_at if first else None,
        )
