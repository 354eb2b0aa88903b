"""What the search across the book finds here."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.searching import Hit, searched
from lianfang.people.models import Officer
from lianfang.places import queries
from lianfang.places.models import Place


@searched(_("场所"), order=15)
def places(officer: Officer, typed: str, limit: int) -> Iterable[Hit]:
    rows = queries.visible_anywhere(officer).select_related("area")
    for place in queries.matching_places(rows, typed)[:limit]:
        yield Hit(place.name, reverse("place", args=[place.pk]), f"{place.get_kind_display()} · {place.area}")


@searched(_("住户、出入证"), order=25)
def households(officer: Officer, typed: str, limit: int) -> Iterable[Hit]:
    """By room, name, plate, the last four signs of a number, or a pass."""
    found = queries.find_visible(officer, typed, right=Right.READ_PERSONS, limit=limit)
    names = dict(Place.objects.filter(pk__in={one.place_id for one in found}).values_list("pk", "name"))
    for one in found:
        place = names.get(one.place_id, "")
        if one.household:
            detail = " · ".join(
                part for part in (place, one.person.name if one.person else one.shown) if part
            )
            yield Hit(one.household.label, reverse("household", args=[one.household.pk]), detail)
        elif one.person:
            yield Hit(
                one.person.name, f"{reverse('employees')}?place={one.place_id}&q={one.person.name}", place
            )
