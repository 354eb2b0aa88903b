"""Finding a household, a person or a vehicle by a fragment of what one knows.

find(place, "3-2-501"), find(place, "3号楼501"), find(place, "0012"), find(place, "M123"),
find(place, "wdm"), find(place, "2组 王"), find(place, "K7XR")
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.book import sealing
from lianfang.book.rights import Right
from lianfang.engines.names import search_query
from lianfang.engines.passes import read_spoken
from lianfang.people.models import Officer, Person
from lianfang.places.addresses import plate_of, typed_address
from lianfang.places.models import (
    AddressKey,
    AddressKeyKind,
    Employee,
    EntryPass,
    Household,
    Place,
    Resident,
)
from lianfang.places.models.finding import KEY_LENGTH
from lianfang.places.queries.places import visible_places

_LOOK_AT = 200
_TAIL = re.compile(r"[0-9]{3}[0-9X]")
Places = list[UUID] | None
"""At which places; None: at all."""


class By(StrEnum):
    """By what something was found."""

    ROOM = "room"
    NAME = "name"
    PLATE = "plate"
    TAIL = "tail"
    ENTRY_PASS = "pass"  # noqa: S105  no password: a pass


@dataclass(frozen=True, slots=True)
class Found:
    """A household, one of its people if a person was meant, or an employee (without household)."""

    place_id: UUID
    household: Household | None
    person: Person | None
    by: By
    shown: str

    @property
    def label(self) -> str:
        return self.household.label if self.household else ""


@dataclass(frozen=True, slots=True)
class _Hit:
    place: UUID
    household: UUID | None
    person: UUID | None
    by: By
    shown: str


def find(place: Place, text: str, *, limit: int = 20) -> list[Found]:
    """What `text` may mean at a place, the most exact first: a room, a name, its pinyin or initials, a
    plate, the last four signs of a phone or ID number, the number or spoken code of a pass; several
    words all apply ("2组 王"). At most `limit`."""
    return _read(_hits([place.pk], text, limit), limit)


def find_visible(officer: Officer, text: str, *, right: Right, limit: int = 20) -> list[Found]:
    """As `find`, over all places on which the officer holds `right`."""
    reach = officer.reach(right)
    if not reach:
        return []
    places = None if reach.everywhere else list(visible_places(officer, right).values_list("pk", flat=True))
    return _read(_hits(places, text, limit), limit)


def matching_households(rows: QuerySet[Household], typed: str) -> QuerySet[Household]:
    """Those of `rows` that `find` would find, or whose name holds what was typed."""
    for word in typed.split():
        numbers = {hit.household for hit in (*_by_tail(None, word, 500), *_by_pass(None, word))} - {None}
        meant = Q(pk__in=numbers) | Q(label__icontains=word)
        for kind, beginning in _meanings(word):
            keys = _keys(None, kind, beginning).exclude(household_id=None)
            meant |= Q(pk__in=keys.order_by().values("household_id"))
        rows = rows.filter(meant)
    return rows


def _hits(places: Places, text: str, limit: int) -> list[_Hit]:
    words = text.split()
    if not words or len(text) > 80:
        return []
    hits = [] if len(words) > 1 else [*_by_tail(places, words[0], limit), *_by_pass(places, words[0])]
    narrowed = [_told_by(places, word) for word in words[:-1]]
    found: list[tuple[int, _Hit]] = []
    for kind, beginning in _meanings(words[-1]):
        rows = _keys(places, kind, beginning)
        for told in narrowed:
            rows = rows.filter(told)
        # In the order of keys the exact one comes first, and the index gives them so.
        for place, household, person, key, shown in rows.order_by("key").values_list(
            "place_id", "household_id", "person_id", "key", "shown"
        )[:_LOOK_AT]:
            found.append((len(key), _Hit(place, household, person, By(kind), shown)))
    return hits + [hit for _length, hit in sorted(found, key=lambda one: one[0])]


def _told_by(places: Places, word: str) -> Q:
    """That a key's household (or employee) is one that another word means, too."""
    told = Q(pk__in=())
    for kind, beginning in _meanings(word):
        keys = _keys(places, kind, beginning).order_by()
        told |= Q(household_id__in=keys.exclude(household_id=None).values("household_id"))
        if kind == AddressKeyKind.NAME:
            told |= Q(household_id=None, person_id__in=keys.exclude(person_id=None).values("person_id"))
    return told


def _keys(places: Places, kind: str, beginning: str) -> QuerySet[AddressKey]:
    """Asked for one kind at a time: or-ed together, a database would walk all keys of the place."""
    return AddressKey.objects.filter(_at(places), kind=kind, key__begins=beginning)


def _meanings(word: str) -> list[tuple[str, str]]:
    """What a word may be the beginning of: a room, a name, a plate."""
    meanings = [
        (AddressKeyKind.ROOM, typed_address(word)),
        (AddressKeyKind.NAME, search_query(word)),
        (AddressKeyKind.PLATE, plate_of(word) if len(plate_of(word)) >= 3 else ""),
    ]
    return [(kind, beginning[:KEY_LENGTH]) for kind, beginning in meanings if beginning]


def _by_tail(places: Places, word: str, limit: int) -> list[_Hit]:
    """Those whose phone or ID number ends in these four signs; nothing is opened."""
    tail = word.upper()
    if len(tail) != 4 or not (
        tail.isascii() and tail[:3].isdigit() and (tail[3].isdigit() or tail[3] == "X")
    ):
        return []
    persons = list(
        Person.objects.filter(
            Q(phone_tail=sealing.blind_index(tail, "phone_tail"))
            | Q(document_tail=sealing.blind_index(tail, "document_tail"))
        )
        .order_by()
        .values_list("pk", flat=True)[:5000]
    )
    today = timezone.localdate()
    found: list[_Hit] = []
    for start in range(0, len(persons), 500):
        some = persons[start : start + 500]
        living = Resident.objects.on(today).filter(
            _at(places, "household__place"), person__in=some, household__ended_on=None
        )
        found += [
            _Hit(place, household, person, By.TAIL, tail)
            for place, household, person in living.order_by("household__label", "pk").values_list(
                "household__place_id", "household_id", "person_id"
            )[:limit]
        ]
        working = Employee.objects.on(today).filter(_at(places), person__in=some)
        found += [
            _Hit(place, None, person, By.TAIL, tail)
            for place, person in working.order_by("pk").values_list("place_id", "person_id")[:limit]
        ]
    return found


def _by_pass(places: Places, word: str) -> list[_Hit]:
    number = word.upper()
    asked = Q(number=number) if number.isdigit() and len(number) >= 6 else Q(pk__in=())
    if len(word) <= 8 and (spoken := read_spoken(word)):
        asked |= Q(spoken_code=spoken)
    rows = EntryPass.objects.filter(_at(places), asked, revoked_at=None)
    hits = []
    for one in rows.select_related("vehicle").order_by("number")[:20]:
        household = one.household_id or (one.vehicle.household_id if one.vehicle else None)
        if household is None and one.person_id:
            home = Resident.objects.filter(
                person=one.person_id, household__place=one.place_id, valid_to=None
            ).first()
            household = home.household_id if home else None
        hits.append(_Hit(one.place_id, household, one.person_id, By.ENTRY_PASS, one.number))
    return hits


def _at(places: Places, path: str = "place") -> Q:
    return Q() if places is None else Q(**{f"{path}__in": places})


def _read(hits: list[_Hit], limit: int) -> list[Found]:
    """Each household or person once, with what is shown of it. Two queries."""
    chosen: dict[tuple[UUID | None, UUID | None], _Hit] = {}
    for hit in hits:
        chosen.setdefault((hit.household, hit.person), hit)
        if len(chosen) >= limit:
            break
    households = (
        Household.objects.filter(ended_on=None, merged_into=None)
        .select_related("place")
        .in_bulk([hit.household for hit in chosen.values() if hit.household])
    )
    persons = Person.objects.in_bulk([hit.person for hit in chosen.values() if hit.person])
    return [
        Found(
            hit.place,
            households.get(hit.household) if hit.household else None,
            persons.get(hit.person) if hit.person else None,
            hit.by,
            hit.shown,
        )
        for hit in chosen.values()
        if (hit.household in households) or (hit.household is None and hit.person in persons)
    ]
