"""The server judges what a phone decided by the same rules, whatever the order in which phones upload."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from django.test import Client

from lianfang.book.models import RuleProfile
from lianfang.book.registers import new_id
from lianfang.book.soundness import findings
from lianfang.engines.rules import as_data
from lianfang.engines.rules.gates import presets
from lianfang.field.tests.builders import a_gate, a_household, a_phone, a_place, a_resident
from lianfang.field.tests.phones import NOON, WALKS, post, statuses
from lianfang.gates.models import Passage, Rejudgement
from lianfang.gates.queries.judgements import judgements_of
from lianfang.places.models import HouseholdMeasure, Place

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def one_person_every_two_days() -> RuleProfile:
    preset = next(one for one in presets() if one.code == "preset-dorbod")
    return RuleProfile.objects.create(
        code=f"test-{new_id()}",
        subject="gate",
        title=preset.title,
        authority=preset.source,
        valid_from=date(2020, 1, 1),
        parameters=as_data(preset),
    )


def judged() -> dict[str, tuple[str, tuple[str, ...], bool]]:
    """Name → what the rules say now, of the passages that stand."""
    found = list(Passage.objects.current())
    now = judgements_of(found)
    return {
        passage.name: (now[passage.pk].outcome, now[passage.pk].reasons, now[passage.pk].differs)
        for passage in found
    }


def test_without_a_profile_nothing_is_judged(client: Client) -> None:
    phone = a_phone()
    phone.passes(tenths=365)
    phone.send(client)
    passage = Passage.objects.get()
    assert (passage.judged_outcome, passage.differs, passage.rule_profile) == ("", False, None)


def test_a_fever_that_was_let_in_is_marked_and_not_rewritten(client: Client) -> None:
    profile = one_person_every_two_days()
    gate = a_gate()
    household = a_household(gate.place)
    phone = a_phone(gate)
    who = {"household": str(household.pk), "category": "resident", "person": str(a_resident(household).pk)}
    phone.passes(tenths=380, **who)
    phone.passes(tenths=365, name="平", at=NOON + HOUR, **who)
    assert statuses(phone.send(client)) == ["stored", "stored"]
    hot, well = Passage.objects.order_by("received_at")
    assert (hot.outcome, hot.judged_outcome, hot.differs) == ("admitted", "held", True)
    assert hot.judged_reasons == ["fever_recheck"]
    assert (well.judged_outcome, well.differs, well.rule_profile) == ("admitted", False, profile)


def test_who_was_let_in_unmeasured_is_marked(client: Client) -> None:
    one_person_every_two_days()
    gate = a_gate()
    phone = a_phone(gate)
    phone.passes(household=str(a_household(gate.place).pk), category="resident")
    phone.send(client)
    passage = Passage.objects.get()
    assert (passage.judged_outcome, passage.judged_reasons, passage.differs) == (
        "",
        ["missing_reading"],
        True,
    )


def test_an_observed_household_does_not_leave(client: Client) -> None:
    one_person_every_two_days()
    gate = a_gate()
    household = a_household(gate.place)
    HouseholdMeasure.objects.create(
        household=household, kind="home_observation", begins_at=NOON - HOUR, ends_at=NOON + HOUR
    )
    phone = a_phone(gate)
    for at, name in ((NOON, "观察中"), (NOON + 49 * HOUR, "已解除")):
        phone.passes(
            at=at, name=name, household=str(household.pk), category="resident", direction="out", tenths=365
        )
    phone.send(client)
    assert judged()["观察中"] == ("refused", ("household_observed_stays",), True)
    assert judged()["已解除"] == ("admitted", (), False)


def two_phones(place: Place) -> tuple[list[tuple[str, bytes]], str]:
    """Uploads of two phones which both let somebody of the same household out, and one of them back in."""
    household = str(a_household(place).pk)
    first, second = a_phone(a_gate(place)), a_phone(a_gate(place))
    out = {"household": household, "category": "resident", "direction": "out", "tenths": 365}
    first.passes(name="早", at=NOON, **out)
    second.passes(name="晚", at=NOON + HOUR, **out)
    second.passes(name="回", at=NOON + 2 * HOUR, **{**out, "direction": "in"})
    second.passes(name="再", at=NOON + 50 * HOUR, **out)
    box = second.outbox
    return [
        (first.token, first.batch()),
        (second.token, second.batch(box[:1])),
        (second.token, second.batch(box[1:2])),
        (second.token, second.batch(box[2:])),
    ], household


@pytest.mark.parametrize("order", list(permutations(range(4)))[::3])
def test_two_phones_use_one_quota_offline_and_the_second_is_marked_in_any_order(
    client: Client, order: tuple[int, ...]
) -> None:
    one_person_every_two_days()
    uploads, _household = two_phones(a_place())
    for index in order:
        answer = post(client, *uploads[index])
        assert answer["http"] == 200
    assert Passage.objects.count() == 4
    assert judged() == {
        "早": ("admitted", (), False),
        "晚": ("refused", ("quota_used",), True),
        "回": ("admitted", (), False),
        "再": ("admitted", (), False),
    }
    assert list(findings(WALKS)) == []


def test_an_exit_that_is_withdrawn_frees_the_quota_for_the_next(client: Client) -> None:
    one_person_every_two_days()
    gate = a_gate()
    phone = a_phone(gate)
    out = {
        "household": str(a_household(gate.place).pk),
        "category": "resident",
        "direction": "out",
        "outcome": "admitted",
    }
    first = phone.passes(name="早", tenths=365, **out)
    phone.passes(name="晚", at=NOON + HOUR, tenths=365, **out)
    phone.send(client)
    assert judged()["晚"][2]
    phone.write("passage", {**out, "name": "早", "reason": "登错", "withdrawn": True}, corrects=first)
    phone.send(client)
    assert judged() == {"晚": ("admitted", (), False)}
    assert Rejudgement.objects.count() == 1
    assert list(findings(WALKS)) == []


def test_facts_that_cannot_be_read_are_refused(client: Client) -> None:
    phone = a_phone()
    phone.passes(facts={"papers": "none"})
    assert statuses(phone.send(client)) == ["content_unreadable"]
