"""What the search across the book finds here."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.searching import Hit, searched
from lianfang.people.models import Officer
from lianfang.volunteers import queries


@searched(_("志愿者"), order=35)
def volunteers(officer: Officer, typed: str, limit: int) -> Iterable[Hit]:
    if not officer.may(Right.KEEP_VOLUNTEERS):
        return
    for one in queries.find_volunteers(officer, typed)[:limit]:
        yield Hit(one.person.name, reverse("volunteers:volunteer", args=[one.pk]), one.unit)


@searched(_("志愿队"), order=36)
def teams(officer: Officer, typed: str, limit: int) -> Iterable[Hit]:
    found = queries.visible_teams(officer).filter(
        Q(name__icontains=typed) | Q(organiser__name=typed) | Q(body__name__icontains=typed)
    )
    for team in found[:limit]:
        yield Hit(team.name, reverse("volunteers:team", args=[team.pk]), team.body.name)
