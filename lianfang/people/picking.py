"""What fields pick from while somebody types: bodies, areas, persons, officers."""

from collections.abc import Iterable

from lianfang.desk.picking import Choice, known
from lianfang.people import queries
from lianfang.people.models import Body, Officer


@known("body")
def bodies(_officer: Officer, typed: str, limit: int) -> Iterable[Choice]:
    """Any body, by any of its names. Names of bodies are public, and any giver may have to be named."""
    if not typed:
        return [_body(body, body.name) for body in queries.bodies_for_choice()[:limit]]
    return [_body(found.line, found.by) for found in queries.find_any_body(typed, limit=limit)]


@known("kept_body")
def kept_bodies(officer: Officer, typed: str, limit: int) -> Iterable[Choice]:
    """A body whose register the officer keeps."""
    return [_body(found.line, found.by) for found in queries.find_kept_bodies(officer, typed, limit=limit)]


@known("area")
def areas(officer: Officer, typed: str, limit: int) -> Iterable[Choice]:
    paths = queries.paths_of_areas()
    lines = (
        [found.line for found in queries.find_areas(officer, typed, limit=limit)]
        if typed
        else list(queries.visible_areas(officer)[:limit])
    )
    return [Choice(str(area.pk), area.name, paths.get(area.pk, "")) for area in lines]


@known("person")
def persons(officer: Officer, typed: str, limit: int) -> Iterable[Choice]:
    """A person in reach, by name, by a whole number, or by the last four digits of a phone."""
    if typed.isdigit() and len(typed) >= 4:
        lines = list(queries.persons_by_number(officer, typed)[:limit])
    elif typed:
        lines = [found.line for found in queries.find_persons(officer, typed, limit=limit)]
    else:
        lines = list(queries.visible_persons(officer)[:limit])
    posts = queries.posts_in_words(lines)
    return [Choice(str(person.pk), person.name, posts.get(person.pk, "")) for person in lines]


@known("officer")
def officers(officer: Officer, typed: str, limit: int) -> Iterable[Choice]:
    found = queries.visible_officers(officer).filter(is_active=True)
    if typed:
        found = found.filter(display_name__icontains=typed) | found.filter(username__icontains=typed)
    return [Choice(str(one.pk), str(one), str(one.body or "")) for one in found[:limit]]


def _body(body: Body, by: str) -> Choice:
    detail = " · ".join(
        part
        for part in (str(body.get_kind_display()), str(body.area or ""), by if by != body.name else "")
        if part
    )
    return Choice(str(body.pk), body.name, detail)
