"""What is read of inspections, limited to what the officer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.inspections.models import (
    Checklist,
    Finding,
    Inspection,
    OrderedFinding,
    ProblemKind,
    Rectification,
    RectificationOrder,
    Reinspection,
    Verdict,
    Visit,
)
from lianfang.inspections.standing import Standing, standings_of
from lianfang.people.models import Officer
from lianfang.places.models import Place

READERS = (Right.INSPECT, Right.RECTIFY)


@dataclass(frozen=True, slots=True)
class Statistics:
    """Findings of a span of time: how many were found, put right, are open, late, found again."""

    inspections: int
    places: int
    findings: int
    on_spot: int
    closed: int
    open: int
    late: int
    repeated: int
    escalated: int
    by_kind: Sequence[tuple[str, int, int]]
    """Name of the kind, found, of them closed; the most frequent first."""

    @property
    def closed_share(self) -> int | None:
        """Closed of found, in per cent; None where nothing was found."""
        return round(100 * self.closed / self.findings) if self.findings else None


def visible_inspections(officer: Officer, response: Response) -> QuerySet[Any]:
    """Inspections of places and bodies for which the officer inspects or answers, newest first."""
    found: QuerySet[Any] = (
        Inspection.objects.current()
        .filter(
            _rows(officer, areas=["place__area"], bodies=["place__body", "inspected_body"], places=["place"]),
            response=response,
        )
        .select_related("place", "inspected_body", "team", "checklist", "written_by")
        .annotate(
            finding_count=Count(
                "versions__findings",
                filter=Q(versions__findings__correction__isnull=True, versions__findings__withdrawn=False),
                distinct=True,
            )
        )
        .order_by(F("happened_at").desc(nulls_last=True), "-received_at")
    )
    return found


def visible_findings(officer: Officer, response: Response) -> QuerySet[Any]:
    """Findings at places and bodies for which the officer inspects or answers.

    Each row says whether it is struck off (`closed`), waits for a check (`awaiting`), and by when it
    must be put right (`due_at`).
    """
    checks = Reinspection.objects.current().filter(finding=OuterRef("root")).order_by("-received_at")
    measures = Rectification.objects.current().filter(finding=OuterRef("root")).order_by("-received_at")
    found: QuerySet[Any] = (
        Finding.objects.current()
        .filter(
            _rows(
                officer,
                areas=["inspection__place__area", "responsible_body__area"],
                bodies=["responsible_body", "inspection__place__body"],
                places=["inspection__place"],
            ),
            response=response,
        )
        .select_related("inspection__place", "inspection__team", "responsible_body", "item", "written_by")
        .annotate(
            last_verdict=Subquery(checks.values("verdict")[:1]),
            last_checked=Subquery(checks.values("rectification")[:1]),
            last_measure=Subquery(measures.values("pk")[:1]),
            due_at=Coalesce(
                Subquery(checks.filter(verdict=Verdict.REOPENED).values("deadline")[:1]),
                F("deadline"),
                output_field=DateTimeField(),
            ),
        )
        .annotate(
            closed=Q(fixed_on_spot=True) | (Q(last_verdict__isnull=False) & Q(last_verdict=Verdict.CLOSED)),
            awaiting=Q(fixed_on_spot=False)
            & Q(last_measure__isnull=False)
            & (Q(last_checked__isnull=True) | ~Q(last_checked=F("last_measure"))),
        )
    )
    return found


def open_findings(officer: Officer, response: Response) -> QuerySet[Any]:
    return visible_findings(officer, response).filter(closed=False)


def late_findings(officer: Officer, response: Response, now: datetime) -> QuerySet[Any]:
    """Not put right by the deadline in force."""
    return open_findings(officer, response).filter(awaiting=False, due_at__lt=now)


def findings_to_reinspect(officer: Officer, response: Response) -> QuerySet[Any]:
    return open_findings(officer, response).filter(awaiting=True)


def visible_orders(officer: Officer, response: Response) -> QuerySet[Any]:
    """Orders that the officer gives or has to answer, newest first."""
    found: QuerySet[Any] = (
        RectificationOrder.objects.current()
        .filter(
            _rows(officer, areas=["body__area", "issuer__area"], bodies=["body", "issuer"], places=[]),
            response=response,
        )
        .select_related("body", "issuer", "written_by")
        .annotate(line_count=Count("versions__lines", distinct=True))
    )
    return found


def order_lines(order: RectificationOrder) -> list[Standing]:
    """The findings of an order, as they stand, in the order in which they were put into it."""
    lines = OrderedFinding.objects.current().filter(order=order.root_id).order_by("received_at")
    roots = list(lines.values_list("finding_id", flat=True))
    known = standings_of(roots)
    return [known[root] for root in roots if root in known]


def visible_visits(officer: Officer, response: Response) -> QuerySet[Any]:
    """Visits of sympathy, for those who read the book of the place."""
    rows = officer.reach(Right.READ_BOOK).rows(
        areas=["place__area"], bodies=["place__body"], places=["place"]
    )
    if officer.may(Right.READ_BOOK):
        rows |= Q(place__isnull=True)
    found: QuerySet[Any] = (
        Visit.objects.current()
        .filter(rows, response=response)
        .select_related("place", "written_by")
        .order_by(F("happened_at").desc(nulls_last=True), "-received_at")
    )
    return found


def checklists_in_use() -> QuerySet[Checklist]:
    return Checklist.objects.filter(ended_on__isnull=True).prefetch_related("items")


def places_to_inspect(officer: Officer) -> QuerySet[Place]:
    """Where the officer may write down an inspection."""
    rows = officer.reach(Right.INSPECT).rows(areas=["area"], bodies=["body"], places=["pk"])
    return Place.objects.filter(rows).select_related("area", "body")


def statistics(officer: Officer, response: Response, *, since: datetime, until: datetime) -> Statistics:
    """What was found between two moments, and how it stands now."""
    span = {"inspection__happened_at__gte": since, "inspection__happened_at__lt": until}
    found = visible_findings(officer, response)
    rows = list(
        found.filter(**span).values_list(
            "kind", "closed", "fixed_on_spot", "repeats", "root", "awaiting", "due_at"
        )
    )
    made = visible_inspections(officer, response).filter(happened_at__gte=since, happened_at__lt=until)
    names = dict(ProblemKind.choices)
    counts: dict[str, list[int]] = {}
    for kind, closed, *_rest in rows:
        count = counts.setdefault(kind, [0, 0])
        count[0] += 1
        count[1] += closed
    by_kind = sorted(counts.items(), key=lambda one: (-one[1][0], one[0]))
    escalated = found.filter(**span).filter(
        Exists(Finding.objects.filter(pk=OuterRef("root"), escalations__isnull=False))
    )
    return Statistics(
        inspections=made.count(),
        places=made.order_by().values("place").distinct().count(),
        findings=len(rows),
        on_spot=sum(row[2] for row in rows),
        closed=sum(row[1] for row in rows),
        open=sum(not row[1] for row in rows),
        late=sum(not row[1] and not row[4] and row[5] is not None and row[5] < until for row in rows),
        repeated=sum(row[3] is not None for row in rows),
        escalated=escalated.count(),
        by_kind=[(str(names[kind]), found_, closed) for kind, (found_, closed) in by_kind],
    )


def before_a_visit(officer: Officer, response: Response, place: Place, now: datetime) -> "WalkSheet":
    """What a leader should know before walking to a place: last inspections, what is open, what is late."""
    inspections = visible_inspections(officer, response).filter(place=place)[:3]
    rows = visible_findings(officer, response).filter(inspection__place=place)
    open_rows = list(rows.filter(closed=False).order_by("due_at"))
    recent = rows.filter(closed=True, received_at__gte=now - timedelta(days=14)).order_by("-received_at")
    known = standings_of([row.root_id for row in open_rows])
    return WalkSheet(
        place=place,
        inspections=list(inspections),
        open=[known[row.root_id] for row in open_rows],
        closed_lately=list(recent[:10]),
        visits=list(visible_visits(officer, response).filter(place=place)[:3]),
    )


@dataclass(frozen=True, slots=True)
class WalkSheet:
    place: Place
    inspections: Sequence[Inspection]
    open: Sequence[Standing]
    closed_lately: Sequence[Finding]
    visits: Sequence[Visit]


def _rows(officer: Officer, *, areas: list[str], bodies: list[str], places: list[str]) -> Q:
    rows = Q(pk__in=())
    for right in READERS:
        rows |= officer.reach(right).rows(areas=areas, bodies=bodies, places=places)
    return rows
