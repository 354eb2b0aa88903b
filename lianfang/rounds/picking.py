"""What fields pick from while somebody types: spots of the places whose rounds one keeps."""

from collections.abc import Iterable

from django.db.models import Q

from lianfang.desk.picking import Choice, known
from lianfang.people.models import Officer
from lianfang.places.models import Spot
from lianfang.rounds.queries.coverage import visible_round_places


@known("spot")
def spots(officer: Officer, typed: str, limit: int) -> Iterable[Choice]:
    """A spot by its name, its place's name or its printed code."""
    rows = Spot.objects.filter(place__in=visible_round_places(officer), ended_on__isnull=True)
    if typed:
        rows = rows.filter(Q(name__icontains=typed) | Q(place__name__icontains=typed) | Q(code=typed.upper()))
    found = rows.select_related("place").order_by("place__name", "name")[:limit]
    return [Choice(str(spot.pk), spot.name, spot.place.name) for spot in found]
