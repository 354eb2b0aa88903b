"""Inspections on the phone: the places in reach, their checklists, what is open there."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.phone_tasks import phone_task
from lianfang.inspections import queries
from lianfang.inspections.standing import Standing, found_or_rectified_by, standings_of
from lianfang.people.models import Body, Officer
from lianfang.places.models import Place
from lianfang.places.queries import guarding_on

_MOST_PLACES = 300
_MOST_BODIES = 300
_MOST_FINDINGS = 300


def inspections_of(officer: Officer, place: UUID) -> dict[str, Any] | None:
    """What an inspector carries along: own place first, then those in reach; None for anybody else."""
    reach = officer.reach(Right.INSPECT)
    here = Place.objects.filter(pk=place).first()
    if here is None or not reach.covers(here.scope()):
        return None
    response = Response.objects.first()
    in_reach = queries.places_to_inspect(officer).exclude(pk=place).order_by("name")[:_MOST_PLACES]
    places = [here, *in_reach]
    open_there = _open_findings(officer, response) if response else {}
    bodies = Body.objects.filter(merged_into__isnull=True).order_by("name")[:_MOST_BODIES]
    return {
        "places": [_place(one, open_there.get(one.pk, [])) for one in places],
        "lists": [
            {
                "id": str(one.pk),
                "title": str(one),
                "items": [
                    {
                        "id": str(item.pk),
                        "text": item.text,
                        "kind": item.kind,
                        "severity": item.severity,
                    }
                    for item in one.items.all()
                ],
            }
            for one in queries.checklists_in_use()
        ],
        "bodies": [[str(one.pk), one.name] for one in bodies],
    }


def _place(place: Place, findings: list[Standing]) -> dict[str, Any]:
    answerable = list(guarding_on(place, timezone.localdate()).select_related("body", "person"))
    bodies = {place.body.pk: place.body.name} if place.body else {}
    bodies |= {line.body.pk: line.body.name for line in answerable}
    return {
        "id": str(place.pk),
        "name": place.name,
        "bodies": [[str(pk), name] for pk, name in bodies.items()],
        "people": list(dict.fromkeys(line.person.name for line in answerable if line.person)),
        "findings": [_finding(one) for one in findings],
    }


def _finding(standing: Standing) -> dict[str, Any]:
    finding = standing.finding
    measures = standing.rectification
    return {
        "id": str(finding.root_id),
        "text": finding.text,
        "severity": finding.severity,
        "body": finding.responsible_body.name,
        "person": finding.responsible_person,
        "stage": standing.stage.value,
        "found": int((finding.happened_at or finding.written_at).timestamp()),
        "due": int(standing.deadline.timestamp()) if standing.deadline else None,
        "measures": f"{measures.measures} {measures.result}".strip() if measures else "",
        "not_by": sorted(found_or_rectified_by(standing)),
    }


def _open_findings(officer: Officer, response: Response) -> dict[UUID, list[Standing]]:
    rows = queries.open_findings(officer, response).order_by("due_at")[:_MOST_FINDINGS]
    known = standings_of([row.root_id for row in rows])
    found: dict[UUID, list[Standing]] = defaultdict(list)
    for row in rows:
        found[row.inspection.place_id].append(known[row.root_id])
    return found


phone_task(
    "inspections",
    title=_("督导检查"),
    module="inspections/field/inspections.js",
    icon="clipboard-check",
    order=40,
    record_types=["inspection", "reinspection"],
    data_for_officer=inspections_of,
)
