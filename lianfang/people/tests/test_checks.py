"""`lianfang check` finds what does not hold in the registers."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from lianfang.book.soundness import findings
from lianfang.people import actions
from lianfang.people.models import AliasState, Area, Body, BodyAlias, Person, PostHeld
from lianfang.people.tests.builders import a_body, a_county, a_person, an_actor

pytestmark = pytest.mark.django_db

WALKS = frozenset({"merged_bodies", "body_names", "periods", "grants", "sealed_values", "area_tree"})


def test_registers_written_by_actions_are_sound() -> None:
    actor = an_actor()
    county = a_county()
    actions.change_area(actor, area=county, name="云溪县", division_code="379901")
    full = actions.register_body(actor, name="甲商会", kind="chamber", area=county)
    short = actions.register_body(actor, name="乙商会", kind="chamber", area=county)
    actions.add_alias(actor, body=full, name="甲会")
    actions.merge_bodies(actor, body=short, into=full)
    actions.add_alias(actor, body=short, name="乙商会")
    actions.register_person(actor, name="林晓", area=county, phone="13900000001")
    assert list(findings(WALKS)) == []


def merged_in_a_circle() -> None:
    one, other = a_body(), a_body()
    Body.objects.filter(pk=one.pk).update(merged_into=other)
    Body.objects.filter(pk=other.pk).update(merged_into=one)


def one_alias_of_two() -> None:
    for body in (a_body(), a_body()):
        BodyAlias.objects.create(body=body, name="商会", state=AliasState.CONFIRMED)


def a_post_reversed() -> None:
    post = PostHeld.objects.create(person=a_person(), body=a_body(), title="会长")
    PostHeld.objects.filter(pk=post.pk).update(valid_from=date(2020, 2, 1), valid_to=date(2020, 1, 1))


def a_seal_from_another_row() -> None:
    one, other = a_person(), a_person()
    one.seal_phone("13900000001")
    Person.objects.filter(pk=other.pk).update(phone=one.phone)


def a_town_at_the_top() -> None:
    Area.objects.create(name="飞地", level="township")


@pytest.mark.parametrize(
    ("walk", "break_it"),
    [
        ("merged_bodies", merged_in_a_circle),
        ("body_names", one_alias_of_two),
        ("periods", a_post_reversed),
        ("sealed_values", a_seal_from_another_row),
        ("area_tree", a_town_at_the_top),
    ],
)
def test_what_was_broken_past_the_actions_is_named(walk: str, break_it: Callable[[], None]) -> None:
    break_it()
    assert [finding.code for finding in findings(frozenset({walk}))]


def test_the_database_itself_refuses_a_grant_without_scope() -> None:
    from django.db import IntegrityError, transaction

    from lianfang.people.models import Grant
    from lianfang.people.tests.builders import an_officer

    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(officer=an_officer(None), role="reader")
    assert connection.vendor in {"sqlite", "postgresql"}
