"""The passages of a gate on a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from lianfang.gates.models import Passage, Temperature
from lianfang.gates.queries.judgements import judgements_of
from lianfang.places.models import Spot


@dataclass(frozen=True, slots=True)
class PassageOfDay:
    """A passage as it reads now, with its temperatures in the order in which they were taken."""

    passage: Passage
    temperatures: tuple[Decimal, ...]
    judged_outcome: str
    judged_reasons: tuple[str, ...]
    differs: bool


def passages_of_day(gate: Spot, day: date) -> list[PassageOfDay]:
    """Who passed `gate` on a day as China counts it, in order; without what was withdrawn."""
    begin = timezone.make_aware(datetime.combine(day, time()))
    passages = list(
        Passage.objects.current()
        .filter(gate=gate, happened_at__gte=begin, happened_at__lt=begin + timedelta(days=1))
        .order_by("happened_at", "pk")
    )
    temperatures: dict[UUID, list[Decimal]] = defaultdict(list)
    readings = (
        Temperature.objects.current()
        .filter(encounter__in={passage.root_id for passage in passages}, celsius__isnull=False)
        .order_by("happened_at", "pk")
        .values_list("encounter", "celsius")
    )
    for encounter, celsius in readings:
        temperatures[encounter].append(celsius)
    judgements = judgements_of(passages)
    return [
        PassageOfDay(
            passage,
            tuple(temperatures[passage.root_id]),
            judgements[passage.pk].outcome,
            judgements[passage.pk].reasons,
            judgements[passage.pk].differs,
        )
        for passage in passages
    ]
