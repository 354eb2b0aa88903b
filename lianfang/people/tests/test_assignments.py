"""包保: who is answerable on any day, and handing it over without a gap."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from lianfang.book.actions import Actor
from lianfang.book.errors import Conflict
from lianfang.people import actions, queries
from lianfang.people.models import Assignment
from lianfang.people.tests.builders import a_body, a_person, a_township, an_actor

pytestmark = pytest.mark.django_db

ESTATE = "家具厂小区"
FROM = date(2020, 1, 25)
HANDED = date(2020, 2, 10)


def an_assignment(actor: Actor, **values: object) -> Assignment:
    return actions.assign(actor, body=a_body("县工商联"), place_name=ESTATE, valid_from=FROM, **values)


def answerable(day: date) -> list[str]:
    return [line.body.name for line in queries.answerable_on(day, place_name=ESTATE)]


def test_after_a_handover_one_is_answerable_on_every_day() -> None:
    actor = an_actor()
    old = an_assignment(actor)
    actions.hand_over(actor, assignment=old, on=HANDED, to_body=a_body("县教育局"))
    assert answerable(date(2020, 1, 24)) == []
    assert answerable(FROM) == ["县工商联"]
    assert answerable(date(2020, 2, 9)) == ["县工商联"]
    assert answerable(HANDED) == ["县教育局"]
    assert answerable(date(2021, 1, 1)) == ["县教育局"]


def test_a_handover_names_whom_it_took_over_from() -> None:
    actor = an_actor()
    old = an_assignment(actor)
    new = actions.hand_over(actor, assignment=old, on=HANDED, to_body=a_body("县教育局"))
    assert new.taken_over_from == old
    assert queries.handed_over_to(old) == new
    assert list(queries.history_of_answerable(place_name=ESTATE)) == [new, old]


def test_a_handover_to_another_person_of_the_same_body() -> None:
    actor = an_actor()
    old = an_assignment(actor, person=a_person("林晓"))
    new = actions.hand_over(actor, assignment=old, on=HANDED, to_body=old.body, to_person=a_person("江楠"))
    assert [line.person.name for line in queries.answerable_on(HANDED, place_name=ESTATE)] == ["江楠"]
    assert new.valid_from == HANDED


def test_two_officers_handing_over_the_same_duty_are_not_both_right() -> None:
    actor = an_actor()
    old = an_assignment(actor)
    actions.hand_over(actor, assignment=old, on=HANDED, to_body=a_body("县教育局"))
    with pytest.raises(Conflict):
        actions.hand_over(an_actor(), assignment=old, on=HANDED, to_body=a_body("县水利局"))


@pytest.mark.parametrize(("on", "code"), [(FROM, "period_reversed"), (date(2020, 1, 1), "period_reversed")])
def test_a_handover_before_the_duty_began_is_refused(on: date, code: str) -> None:
    actor = an_actor()
    with pytest.raises(ValidationError) as refused:
        actions.hand_over(actor, assignment=an_assignment(actor), on=on, to_body=a_body("县教育局"))
    assert refused.value.error_dict["on"][0].code == code
    assert answerable(HANDED) == ["县工商联"]


def test_a_duty_that_has_ended_is_not_handed_over_later() -> None:
    actor = an_actor()
    old = an_assignment(actor, valid_to=date(2020, 2, 1))
    with pytest.raises(ValidationError):
        actions.hand_over(actor, assignment=old, on=HANDED, to_body=a_body("县教育局"))


def test_a_handover_that_changes_nobody_is_refused() -> None:
    actor = an_actor()
    old = an_assignment(actor)
    with pytest.raises(ValidationError) as refused:
        actions.hand_over(actor, assignment=old, on=HANDED, to_body=old.body)
    assert refused.value.error_dict["to_body"][0].code == "nothing_changes"


def test_an_assignment_names_what_it_is_for() -> None:
    with pytest.raises(ValidationError):
        actions.assign(an_actor(), body=a_body())


def test_a_duty_without_dates_holds() -> None:
    actor = an_actor()
    village = a_township("石桥镇")
    actions.assign(actor, body=a_body("县工商联"), area=village)
    assert [line.body.name for line in queries.answerable_on(HANDED, area=village)] == ["县工商联"]


def test_the_same_duty_twice_at_a_time_is_refused() -> None:
    actor = an_actor()
    first = an_assignment(actor)
    with pytest.raises(ValidationError) as refused:
        actions.assign(actor, body=first.body, place_name=ESTATE)
    assert refused.value.error_dict["body"][0].code == "assigned_twice"


def test_a_body_is_answerable_under_its_one_name_after_a_merge() -> None:
    actor = an_actor()
    helped, short = a_body("云溪县晨光竹编有限公司"), a_body("晨光竹编")
    line = actions.assign(actor, body=a_body("县工商联"), helped_body=short)
    actions.merge_bodies(actor, body=short, into=helped)
    assert list(queries.answerable_on(HANDED, helped_body=helped)) == [line]
