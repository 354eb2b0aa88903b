"""A day in figures, who is inside, and who passed together."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from lianfang.gates.actions.crossings import register_passages, withdraw_passage
from lianfang.gates.models import Direction, Outcome, Passage, PersonCategory
from lianfang.gates.queries.contacts import contacts_of, meetings_of
from lianfang.gates.queries.days import day_of, last_day_before
from lianfang.gates.queries.inside import inside_of, vehicles_inside
from lianfang.gates.tests.builders import (
    a_gate,
    a_keeper,
    a_passage,
    a_place,
    a_resident,
    circumstances,
)
from lianfang.gates.writing import Crossing
from lianfang.people.tests.builders import a_response
from lianfang.places.models import Spot

pytestmark = pytest.mark.django_db

NOON = timezone.make_aware(datetime(2020, 2, 10, 12, 0))


def test_persons_and_vehicles_are_counted_apart_by_hour() -> None:
    a_passage(name="甲", at=NOON)
    a_passage(name="乙", at=NOON.replace(hour=23), direction=Direction.OUT)
    a_passage(name="丙", at=NOON, outcome=Outcome.TURNED_BACK, reasons=["外来"])
    register_passages(
        a_keeper(),
        crossings=[
            Crossing(category=PersonCategory.VISITOR, plate="鲁M12345"),
            Crossing(category=PersonCategory.VISITOR, name="驾驶人"),
        ],
        at=circumstances(happened_at=NOON.replace(hour=7)),
    )
    day = day_of([a_gate()], a_response(), NOON.date(), timezone.now())
    tally = day.total
    assert (tally.persons_in, tally.persons_out, tally.vehicles, tally.turned_back) == (2, 1, 1, 1)
    assert (day.hours_in[12], day.hours_in[7], day.hours_out[23]) == (1, 1, 1)


def test_midnight_in_china_parts_the_days() -> None:
    a_passage(name="甲", at=NOON.replace(hour=0, minute=5))
    a_passage(name="乙", at=NOON.replace(hour=0) - timedelta(minutes=5))
    day = day_of([a_gate()], a_response(), NOON.date(), timezone.now())
    assert (day.total.persons_in, day.hours_in[0]) == (1, 1)


def test_an_empty_day_leads_to_the_last_one_with_entries() -> None:
    gate = a_gate()
    gates = Spot.objects.filter(pk=gate.pk)
    assert last_day_before(gates, a_response(), NOON.date()) is None
    a_passage(name="甲", at=NOON - timedelta(days=3))
    a_passage(name="乙", at=NOON + timedelta(days=1))
    assert last_day_before(gates, a_response(), NOON.date()) == (NOON - timedelta(days=3)).date()


def test_a_withdrawn_passage_is_not_counted() -> None:
    withdraw_passage(a_keeper(), passage=a_passage(name="甲", at=NOON), reason="重复")
    assert day_of([a_gate()], a_response(), NOON.date(), timezone.now()).total.persons == 0


def test_a_gate_is_silent_when_it_writes_nothing_while_another_does() -> None:
    now = timezone.make_aware(datetime(2020, 2, 10, 12, 0))
    east, west = a_gate("东门"), a_gate("西门")
    a_passage(name="甲", gate=east, at=now - timedelta(minutes=3))
    a_passage(name="乙", gate=west, at=now - timedelta(minutes=90))
    assert [one.gate for one in day_of([east, west], a_response(), now.date(), now).silent] == [west]


def test_nobody_is_silent_while_all_are() -> None:
    now = NOON
    a_passage(name="甲", at=now - timedelta(minutes=90))
    assert not day_of([a_gate(), a_gate("西门")], a_response(), now.date(), now).silent


def test_whoever_went_out_and_is_not_back_is_out_and_over_the_time() -> None:
    back, out = a_resident("王一"), a_resident("王二")
    a_passage(back, at=NOON - timedelta(hours=4), direction=Direction.OUT)
    a_passage(back, at=NOON - timedelta(hours=3))
    a_passage(out, at=NOON - timedelta(hours=3), direction=Direction.OUT)
    found = inside_of(a_place(), a_response(), NOON, allowed_out=timedelta(hours=2))
    assert [one.passage.name for one in found.out] == ["王二"]
    assert found.out[0].over == timedelta(hours=1)


def test_visitors_who_came_in_are_inside_until_they_leave() -> None:
    a_passage(name="访客甲", phone="13800001111", at=NOON - timedelta(hours=3))
    a_passage(name="访客乙", at=NOON - timedelta(hours=2))
    # The same phone: the same person, though the name is written differently.
    a_passage(name="访客 甲", phone="13800001111", at=NOON - timedelta(hours=1), direction=Direction.OUT)
    found = inside_of(a_place(), a_response(), NOON)
    assert [one.passage.name for one in found.visitors] == ["访客乙"]


def test_whoever_was_not_admitted_is_not_inside() -> None:
    a_passage(name="访客甲", at=NOON, outcome=Outcome.TURNED_BACK, reasons=["外来"])
    assert not inside_of(a_place(), a_response(), NOON).visitors


def test_a_vehicle_is_inside_until_it_leaves() -> None:
    for plate, way in (("鲁M11111", Direction.IN), ("鲁M22222", Direction.IN), ("鲁M11111", Direction.OUT)):
        hours = 3 if way == Direction.IN else 1
        a_passage(plate=plate, direction=way, at=NOON - timedelta(hours=hours))
    assert [one.passage.plate for one in vehicles_inside(a_place(), a_response(), NOON)] == ["鲁M22222"]


def test_contacts_are_those_at_the_same_gate_within_the_minutes() -> None:
    ill = a_resident("病例")
    near, far = a_resident("王近", "1-1-101"), a_resident("王远", "1-1-102")
    a_passage(ill, at=NOON)
    a_passage(near, at=NOON + timedelta(minutes=4))
    a_passage(near, at=NOON + timedelta(minutes=9), direction=Direction.OUT)
    a_passage(far, at=NOON + timedelta(minutes=11))
    a_passage(name="西门的", gate=a_gate("西门"), at=NOON)
    found = contacts_of(
        meetings_of(
            ill, a_response(), minutes=10, since=NOON - timedelta(days=14), until=NOON + timedelta(days=1)
        )
    )
    assert [(one.name, len(one.meetings)) for one in found] == [("王近", 2)]
    assert found[0].closest.apart == timedelta(minutes=4)


def test_contacts_before_the_span_are_left_out() -> None:
    ill = a_resident("病例")
    a_passage(ill, at=NOON - timedelta(days=15))
    a_passage(name="甲", at=NOON - timedelta(days=15))
    assert not meetings_of(ill, a_response(), minutes=10, since=NOON - timedelta(days=14), until=NOON)


def test_spans_that_overlap_read_nobody_twice() -> None:
    ill = a_resident("病例")
    a_passage(ill, at=NOON)
    a_passage(ill, at=NOON + timedelta(minutes=5), direction=Direction.OUT)
    a_passage(name="甲", at=NOON + timedelta(minutes=2))
    found = meetings_of(
        ill, a_response(), minutes=10, since=NOON - timedelta(days=1), until=NOON + timedelta(days=1)
    )
    assert [one.name for one in found] == ["甲"]
    assert Passage.objects.count() == 3
