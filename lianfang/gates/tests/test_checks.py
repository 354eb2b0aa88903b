"""`lianfang check` walks the gates."""

import pytest
from django.db import connection
from django.utils import timezone

from lianfang.book.soundness import findings
from lianfang.gates.actions.incidents import take_step
from lianfang.gates.models import CaseResult, HealthIncident, IncidentStep, Passage, StepKind, Temperature
from lianfang.gates.tests.builders import a_case, a_keeper, a_passage, a_resident
from lianfang.gates.tests.test_keying import a_sheet, key_in

pytestmark = pytest.mark.django_db
WALKS = frozenset({"passages", "temperatures", "incidents", "paper_sheets"})


def codes() -> set[str]:
    return {found.code for found in findings(WALKS)}


def change(model: type, pk: object, **values: object) -> None:
    """Past the actions, as somebody with the data base would."""
    columns = ", ".join(f"{name} = %s" for name in values)
    key = model._meta.pk.get_db_prep_value(pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s",
            [*values.values(), key],
        )


def test_a_book_written_by_the_actions_is_sound() -> None:
    a_passage(a_resident(), celsius="36.5")
    case = a_case()
    take_step(a_keeper(), incident=case, kind=StepKind.OUTCOME, result=CaseResult.RULED_OUT)
    take_step(a_keeper(), incident=case, kind=StepKind.CLOSED)
    key_in(a_sheet(), time_in="8:05", name="张访客", celsius="36.5")
    assert codes() == set()


def test_a_held_person_without_case_is_found() -> None:
    passage = a_passage(name="甲")
    change(Passage, passage.pk, outcome="held")
    assert codes() == {"incidents"}


def test_a_closed_case_without_outcome_is_found() -> None:
    case = a_case()
    IncidentStep(
        response=case.response,
        incident=case,
        kind=StepKind.CLOSED,
        happened_at=timezone.now(),
        written_by=a_keeper().officer,
    ).save()
    assert codes() == {"incidents"}


def test_a_reading_of_no_encounter_is_found() -> None:
    a_passage(name="甲", celsius="36.5")
    change(Temperature, Temperature.objects.get().pk, encounter=None)
    assert codes() == {"temperatures"}


def test_a_value_that_cannot_be_is_found() -> None:
    a_passage(name="甲", celsius="36.5")
    change(Temperature, Temperature.objects.get().pk, celsius=51)
    assert codes() == {"temperatures"}


def test_a_passage_without_name_and_plate_is_found() -> None:
    passage = a_passage(name="甲")
    change(Passage, passage.pk, name="")
    assert codes() == {"passages"}


def test_a_case_of_no_passage_is_found() -> None:
    case = a_case()
    other = HealthIncident.objects.get(pk=case.pk).pk
    change(HealthIncident, case.pk, encounter=HealthIncident._meta.pk.get_db_prep_value(other, connection))
    assert "incidents" in codes()
