"""What the search across the book finds here."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.desk.searching import Hit, searched
from lianfang.people import queries
from lianfang.people.models import Officer


@searched(_("单位"), order=10)
def bodies(officer: Officer, typed: str, limit: int) -> Iterable[Hit]:
    for found in queries.find_bodies(officer, typed, limit=limit):
        body = found.line
        also = found.by if found.by != body.name else ""
        detail = " · ".join(
            part for part in (str(body.get_kind_display()), str(body.area or ""), also) if part
        )
        yield Hit(body.name, reverse("body", args=[body.pk]), detail)


@searched(_("人员"), order=30)
def persons(officer: Officer, typed: str, limit: int) -> Iterable[Hit]:
    """By name; by a whole ID number or phone; by the last four digits of a phone."""
    if typed.isdigit() and len(typed) >= 4:
        lines = list(queries.persons_by_number(officer, typed)[:limit])
    else:
        lines = [found.line for found in queries.find_persons(officer, typed, limit=limit)]
    posts = queries.posts_in_words(lines)
    for person in lines:
        yield Hit(person.name, reverse("person", args=[person.pk]), posts.get(person.pk, ""))


@searched(_("属地"), order=40)
def areas(officer: Officer, typed: str, limit: int) -> Iterable[Hit]:
    paths = queries.paths_of_areas()
    for found in queries.find_areas(officer, typed, limit=limit):
        area = found.line
        yield Hit(area.name, reverse("area", args=[area.pk]), paths.get(area.pk, ""))
