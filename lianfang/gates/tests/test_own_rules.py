"""Rules that a place or a gate has for itself: who sets them, when they hold, and what is judged by them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lianfang.book.errors import NotAllowed
from lianfang.book.models import AuditEntry, RuleProfile
from lianfang.book.responding import load_rule_profiles
from lianfang.book.rights import Role
from lianfang.desk.panels import panels_for
from lianfang.engines.rules import read_profile
from lianfang.engines.rules.gates import Changes, Exits, changed_rules
from lianfang.gates.actions.rules import adopt_gate_rule, end_gate_rule
from lianfang.gates.models import GateRule, Outcome, Passage
from lianfang.gates.queries.inside import allowed_out
from lianfang.gates.queries.rules import in_force_at
from lianfang.gates.rules import Profiles, rules_ahead, rules_at
from lianfang.gates.tests.builders import a_gate, a_keeper, a_passage, a_place, a_resident
from lianfang.people.tests.builders import a_response, an_actor
from lianfang.places.models import Place, Spot

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _county(db: None) -> None:
    a_response()
    a_gate()
    load_rule_profiles(an_actor(Role.ADMINISTRATOR), subject="gate")


def own(
    day: date = TODAY, *, gate: Spot | None = None, place: Place | None = None, **changes: Any
) -> GateRule:
    """Parts of its own, adopted by the lead of the place."""
    place = place or a_place()
    line = RuleProfile.objects.get(code="gate-2020-04")
    parts = changed_rules(read_profile(line.parameters, line.code), Changes(**changes), source="社区通告")
    return adopt_gate_rule(
        a_keeper(place=place),
        place=place,
        gate=gate,
        rules=parts,
        extends=True,
        title="本处规则",
        reason="社区通告",
        valid_from=day,
    )


def abnormal_from(gate: Spot, at: datetime = NOON) -> int:
    rules = rules_at(gate.place, at, gate.pk)
    assert rules is not None
    return int(rules["abnormal_from"])


def test_a_gate_goes_before_its_place_and_a_place_before_the_county() -> None:
    east, west, elsewhere = a_gate(), a_gate("西门"), a_gate("南门", a_place("别处小区"))
    own(threshold=Decimal("37.1"))
    own(gate=west, threshold=Decimal("37.0"))
    assert [abnormal_from(gate) for gate in (east, west, elsewhere)] == [371, 370, 373]
    profiles = Profiles([east.place_id, elsewhere.place_id])
    found = [profiles.at(NOON, gate.place_id, gate.pk) for gate in (east, west, elsewhere)]
    assert [one.rules["abnormal_from"] for one in found if one] == [371, 370, 373]


def test_own_rules_hold_within_their_days_and_the_next_ones_end_them() -> None:
    gate = a_gate()
    own(TODAY - 5 * DAY, threshold=Decimal("37.1"))
    second = own(TODAY, threshold=Decimal("37.2"))
    assert [abnormal_from(gate, NOON - days * DAY) for days in (6, 5, 1, 0)] == [373, 371, 371, 372]
    end_gate_rule(a_keeper(), rule=second, last_day=TODAY + DAY)
    assert [abnormal_from(gate, NOON + days * DAY) for days in (1, 2)] == [372, 373]


def test_rules_between_two_others_reach_until_the_next() -> None:
    own(TODAY + 10 * DAY, threshold=Decimal("37.0"))
    between = own(TODAY, threshold=Decimal("37.2"))
    assert between.profile.valid_to == TODAY + 9 * DAY


def test_rules_are_cancelled_before_they_begin() -> None:
    later = own(TODAY + 3 * DAY, threshold=Decimal("37.0"))
    end_gate_rule(a_keeper(), rule=later, last_day=TODAY)
    assert abnormal_from(a_gate(), NOON + 5 * DAY) == 373
    own(TODAY + 3 * DAY, threshold=Decimal("37.1"))
    assert abnormal_from(a_gate(), NOON + 5 * DAY) == 371


def test_what_a_place_leaves_to_the_county_changes_with_the_county() -> None:
    gate = a_gate()
    own(date(2020, 3, 1), threshold=Decimal("37.0"))
    before = rules_at(gate.place, datetime(2020, 3, 2, tzinfo=UTC), gate.pk)
    after = rules_at(gate.place, datetime(2020, 5, 1, tzinfo=UTC), gate.pk)
    assert before
    assert after
    assert before["abnormal_from"] == after["abnormal_from"] == 370
    assert before["categories"]["visitor"] != after["categories"]["visitor"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"rules": {}}, "rules"),
        ({"rules": {"nonsense": {"value": 1, "source": "", "checked": False}}}, "rules"),
        ({"extends": False}, "rules"),
        ({"valid_from": date(2019, 1, 1)}, "valid_from"),
        ({"valid_from": TODAY}, "valid_from"),
    ],
)
def test_rules_that_do_not_hold_together_are_refused_at_their_field(
    values: dict[str, Any], field: str
) -> None:
    own(threshold=Decimal("37.0"))
    good = {"threshold": {"value": {"at_least": 37.2}, "source": "", "checked": False}}
    defaults = {
        "rules": good,
        "extends": True,
        "title": "规则",
        "reason": "通告",
        "valid_from": TODAY + DAY,
    }
    with pytest.raises(ValidationError) as caught:
        adopt_gate_rule(a_keeper(), place=a_place(), **{**defaults, **values})
    assert field in caught.value.message_dict
    assert GateRule.objects.count() == 1


def test_a_gate_of_another_place_is_refused_and_a_guard_sets_no_rules() -> None:
    with pytest.raises(ValidationError):
        own(gate=a_gate("南门", a_place("别处小区")), threshold=Decimal("37.0"))
    with pytest.raises(NotAllowed):
        adopt_gate_rule(
            a_keeper(Role.GUARD),
            place=a_place(),
            rules={},
            extends=True,
            title="",
            reason="通告",
            valid_from=TODAY,
        )
    with pytest.raises(NotAllowed):
        end_gate_rule(
            a_keeper(place=a_place("别处小区")),
            rule=own(threshold=Decimal("37.0")),
            last_day=TODAY,
        )


def test_a_passage_is_judged_by_the_rules_of_its_gate_and_keeps_which() -> None:
    today = timezone.localdate()
    rule = own(today - DAY, gate=a_gate("西门"), threshold=Decimal("37.0"))
    person = a_resident()
    strict = a_passage(person, gate=a_gate("西门"), celsius="37.1", outcome=Outcome.ADMITTED)
    plain = a_passage(person, gate=a_gate(), celsius="37.1", outcome=Outcome.ADMITTED)
    assert (strict.judged_outcome, strict.differs) == ("held", True)
    assert strict.rule_profile == rule.profile
    assert (plain.judged_outcome, plain.differs) == ("admitted", False)
    end_gate_rule(a_keeper(), rule=rule, last_day=today - DAY)
    assert Passage.objects.get(pk=strict.pk).rule_profile == rule.profile


def test_a_quota_of_one_gate_counts_exits_at_the_others() -> None:
    own(timezone.localdate() - 3 * DAY, gate=a_gate("西门"), exits=Exits(2, 1))
    person = a_resident()
    now = timezone.now()
    first = a_passage(person, gate=a_gate(), direction="out", celsius="36.5", at=now - timedelta(hours=3))
    a_passage(person, gate=a_gate(), celsius="36.5", at=now - timedelta(hours=2))
    second = a_passage(
        person, gate=a_gate("西门"), direction="out", celsius="36.5", at=now - timedelta(hours=1)
    )
    assert (first.differs, second.differs) == (False, True)
    assert "quota_used" in second.judged_reasons


def test_the_time_allowed_out_is_that_of_the_place() -> None:
    own(exits=Exits(1, 1, 90))
    assert allowed_out(a_place(), NOON) == timedelta(minutes=90)
    assert allowed_out(a_place("别处小区"), NOON) != timedelta(minutes=90)


def test_a_phone_has_the_rules_of_the_days_to_come() -> None:
    own(TODAY + 2 * DAY, threshold=Decimal("37.0"))
    gate = a_gate()
    [(begins, rules)] = rules_ahead(gate.place, NOON, gate.pk, 7)
    assert begins == datetime(2026, 11, 21, 16, tzinfo=UTC)  # midnight in China
    assert rules
    assert rules["abnormal_from"] == 370
    assert rules_ahead(gate.place, NOON, gate.pk, 1) == []


def _signed_in(role: str = Role.PLACE_LEAD) -> Client:
    client = Client()
    client.force_login(a_keeper(role).officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_lead_sets_rules_on_the_page_and_gives_them_up_again() -> None:
    place, west = a_place(), a_gate("西门")
    client = _signed_in()
    sent = {
        "base": "county",
        "gate": str(west.pk),
        "exits": "counted",
        "days": "2",
        "times": "1",
        "curfew": "set",
        "curfew_from": "22:00",
        "curfew_to": "06:00",
        "visitors": "with_host",
        "threshold": "37.2",
        "valid_from": timezone.localdate().isoformat(),
        "title": "西门规则",
        "reason": "社区通告",
    }
    url = reverse("gates:adopt_rules", args=[place.pk])
    wrong = client.post(url, {**sent, "days": "", "curfew_to": ""}).content.decode()
    assert wrong.count("请填写这一项。") >= 2
    unchanged = {**sent, "exits": "", "curfew": "", "visitors": "", "threshold": ""}
    assert "没有一项与县规则不同" in client.post(url, unchanged).content.decode()
    assert client.post(url, sent).status_code == 302
    page = client.get(reverse("gates:rules", args=[place.pk])).content.decode()
    for shown in ("西门规则", "每户每2天1人次外出", "22:00–6:00", "住户同意后进入", "37.2℃", "县规则"):
        assert shown in page
    [panel] = [one for one in panels_for("place", a_keeper().officer, place) if one.title == "出入规则"]
    assert [str(line.state.word) if line.state else "" for line in panel.lines] == ["县规则", "本口"]
    rule = GateRule.objects.get()
    answer = client.post(reverse("gates:end_rules", args=[rule.pk]), {"last_day": "2020-01-01"})
    assert answer.status_code == 302
    assert [one.own for one in in_force_at(place, timezone.localdate())] == [None, None]
    assert list(AuditEntry.objects.order_by("-sequence").values_list("action", flat=True)[:2]) == [
        "end_gate_rule",
        "adopt_gate_rule",
    ]


def test_a_whole_profile_of_another_place_no_longer_follows_the_county() -> None:
    place = a_place()
    client = _signed_in()
    sent = {
        "base": "preset-ruyang",
        "valid_from": timezone.localdate().isoformat(),
        "title": "照汝阳",
        "reason": "镇里决定",
    }
    assert client.post(reverse("gates:adopt_rules", args=[place.pk]), sent).status_code == 302
    rule = GateRule.objects.get()
    assert not rule.extends
    shown = in_force_at(place, timezone.localdate())
    assert {one.exits("zh") for one in shown} == {"每户每2天1人次外出，限7:30–11:30"}


def test_who_may_only_read_gates_sees_the_rules_and_no_button() -> None:
    place = a_place()
    client = _signed_in(Role.DUTY_LEADER)
    page = client.get(reverse("gates:rules", args=[place.pk]))
    assert page.status_code == 200
    assert reverse("gates:adopt_rules", args=[place.pk]) not in page.content.decode()
    assert client.get(reverse("gates:adopt_rules", args=[place.pk])).status_code == 403
    assert client.get(reverse("gates:rules", args=[a_place("别处小区").pk])).status_code == 404


def test_the_county_s_list_of_rules_leaves_those_of_places_out() -> None:
    own(threshold=Decimal("37.0"))
    page = _signed_in().get(reverse("rules"))
    assert page.status_code == 200
    assert "本处规则" not in page.content.decode()
