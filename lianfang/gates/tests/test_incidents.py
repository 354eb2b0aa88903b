"""The fever path: a case file whose every step is a record."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lianfang.book.errors import Conflict, NotAllowed, Refused
from lianfang.book.rights import Role
from lianfang.gates.actions.incidents import open_incident, report_incident, take_step, withdraw_step
from lianfang.gates.models import CaseResult, HealthIncident, IncidentStep, Passage, StepKind, Temperature
from lianfang.gates.queries.incidents import case_file, give_standings, open_incidents
from lianfang.gates.tests.builders import a_case, a_keeper, a_place
from lianfang.gates.writing import ReadingTaken
from lianfang.people.tests.builders import a_response

pytestmark = pytest.mark.django_db


def go_through(case: HealthIncident, *kinds: StepKind) -> None:
    for kind in kinds:
        take_step(
            a_keeper(),
            incident=case,
            kind=kind,
            told_to="对方",
            result=CaseResult.RULED_OUT if kind == StepKind.OUTCOME else "",
            reading=ReadingTaken(Decimal("37.9"), "axillary") if kind == StepKind.RECHECK else None,
        )


def test_a_case_walks_from_the_hold_to_its_end() -> None:
    case = a_case()
    go_through(case, *list(StepKind)[1:])
    file = case_file(case)
    assert [step.kind for step in file.taken] == list(StepKind)
    assert not file.standing.is_open
    assert [one.celsius for one in file.readings] == [Decimal("38.0"), Decimal("37.9")]


def test_a_recheck_without_reading_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        take_step(a_keeper(), incident=a_case(), kind=StepKind.RECHECK)
    assert "celsius" in refused.value.error_dict


@pytest.mark.parametrize("kind", [StepKind.LEADER_TOLD, StepKind.HANDED_OVER])
def test_who_was_told_or_took_over_is_named(kind: StepKind) -> None:
    with pytest.raises(ValidationError) as refused:
        take_step(a_keeper(), incident=a_case(), kind=kind)
    assert "told_to" in refused.value.error_dict


def test_a_case_without_outcome_is_not_closed() -> None:
    with pytest.raises(Refused) as refused:
        take_step(a_keeper(), incident=a_case(), kind=StepKind.CLOSED)
    assert refused.value.code == "no_outcome"


def test_a_closed_case_takes_no_step_until_its_closing_is_withdrawn() -> None:
    case = a_case()
    go_through(case, StepKind.OUTCOME, StepKind.CLOSED)
    with pytest.raises(Conflict):
        go_through(case, StepKind.LEADER_TOLD)
    closing = IncidentStep.objects.get(kind=StepKind.CLOSED)
    withdraw_step(a_keeper(), step=closing, reason="有新情况")
    go_through(case, StepKind.LEADER_TOLD)
    assert case_file(case).standing.awaited == StepKind.CLOSED


def test_a_step_before_the_hold_or_in_the_future_is_refused() -> None:
    case = a_case()
    for wrong in (timezone.now() - timedelta(days=1), timezone.now() + timedelta(hours=1)):
        with pytest.raises(ValidationError):
            take_step(a_keeper(), incident=case, kind=StepKind.LEADER_TOLD, told_to="张", happened_at=wrong)


def test_a_case_that_waits_too_long_for_its_next_step_is_late() -> None:
    fresh, old = a_case(), a_case(at=timezone.now() - timedelta(minutes=40), name="李发热")
    give_standings([fresh, old])
    assert (fresh.standing.late, old.standing.late) == (False, True)  # type: ignore[attr-defined]
    assert old.standing.awaited == StepKind.RECHECK  # type: ignore[attr-defined]


def test_the_case_of_an_encounter_is_opened_once() -> None:
    case = a_case()
    again = open_incident(a_keeper(), passage=Passage.objects.get(root=case.encounter))
    assert again.pk == case.pk


def test_a_case_may_begin_with_a_call() -> None:
    case = report_incident(
        a_keeper(),
        response=a_response(),
        place=a_place(),
        name="赵住户",
        happened_at=timezone.now(),
        text="来电报告发热",
        celsius=ReadingTaken(Decimal("38.4")),
    )
    file = case_file(case)
    assert [one.celsius for one in file.readings] == [Decimal("38.4")]
    assert Temperature.objects.get().encounter == case.root_id


def test_open_cases_are_those_of_the_places_that_one_answers_for() -> None:
    case = a_case()
    here, elsewhere = a_keeper(Role.DUTY_LEADER), a_keeper(Role.DUTY_LEADER, a_place("另一小区"))
    assert list(open_incidents(here.officer, a_response())) == [case]
    assert not open_incidents(elsewhere.officer, a_response())
    with pytest.raises(NotAllowed):
        take_step(elsewhere, incident=case, kind=StepKind.LEADER_TOLD, told_to="张")
