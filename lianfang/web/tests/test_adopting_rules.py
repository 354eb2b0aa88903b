"""A county adopts a gate's rule that another place had."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from lianfang.book.models import RuleProfile
from lianfang.book.responding import load_rule_profiles
from lianfang.book.rights import Role
from lianfang.engines.rules import read_profile
from lianfang.people.tests.builders import a_response, an_actor, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shipped_rules(db: None) -> None:
    a_response()
    load_rule_profiles(an_actor(Role.ADMINISTRATOR), subject="gate")


def adopt(client: Client, code: str, day: str) -> object:
    client.force_login(an_officer(Role.ADMINISTRATOR))
    return client.post(reverse("adopt_rule_profile", args=[code]), {"valid_from": day})


def spans() -> list[tuple[str, date, date | None]]:
    lines = RuleProfile.objects.filter(subject="gate").order_by("valid_from")
    for line in lines:
        profile = read_profile(line.parameters, line.code)
        assert (profile.valid_from, profile.valid_to) == (line.valid_from, line.valid_to)
    return [(line.code, line.valid_from, line.valid_to) for line in lines]


def test_the_rule_adopted_stands_between_the_one_before_and_the_next(client: Client) -> None:
    answer = adopt(client, "preset-wujiabao", "2020-02-06")
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert spans() == [
        ("gate-2020-01", date(2020, 1, 25), date(2020, 2, 5)),
        ("gate-2020-02-06", date(2020, 2, 6), date(2020, 4, 7)),
        ("gate-2020-04", date(2020, 4, 8), None),
    ]


def test_rules_that_come_with_the_program_end_where_the_county_ended_them(client: Client) -> None:
    adopt(client, "preset-ruyang", "2020-05-01")
    before = spans()
    load_rule_profiles(an_actor(Role.ADMINISTRATOR), subject="gate")
    assert spans() == before
    assert before[-1] == ("gate-2020-05-01", date(2020, 5, 1), None)


def test_two_rules_do_not_begin_on_one_day(client: Client) -> None:
    page = adopt(client, "preset-ruyang", "2020-04-08")
    assert "已有另一份规则生效" in page.content.decode()  # type: ignore[attr-defined]
    assert len(spans()) == 2


def test_rules_on_offer_are_shown_and_only_who_keeps_registers_adopts_them(client: Client) -> None:
    client.force_login(an_officer(Role.READER))
    page = client.get(reverse("rules")).content.decode()
    assert "每户每2天1人次外出，限7:30–11:30" in page
    offered = client.get(reverse("rule_profile", args=["preset-ruyang"])).content.decode()
    assert "对本县不起作用" in offered
    assert reverse("adopt_rule_profile", args=["preset-ruyang"]) not in offered
    assert client.get(reverse("adopt_rule_profile", args=["preset-ruyang"])).status_code == 403
    client.force_login(an_officer(Role.ADMINISTRATOR))
    assert client.get(reverse("adopt_rule_profile", args=["preset-ruyang"])).status_code == 200
    assert client.get(reverse("adopt_rule_profile", args=["gate-2020-01"])).status_code == 404
