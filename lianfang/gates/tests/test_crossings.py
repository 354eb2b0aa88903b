"""Passages written at the desk, and what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lianfang.book.errors import NotAllowed, Refused
from lianfang.book.rights import Role
from lianfang.gates.actions.crossings import (
    add_reading,
    correct_passage,
    correct_reading,
    register_passages,
    withdraw_passage,
)
from lianfang.gates.models import Direction, HealthIncident, Outcome, Passage, PersonCategory, Temperature
from lianfang.gates.queries.passages import party_of, readings_of
from lianfang.gates.tests.builders import (
    a_case,
    a_gate,
    a_household,
    a_keeper,
    a_passage,
    a_place,
    a_resident,
    circumstances,
)
from lianfang.gates.writing import Crossing, ReadingTaken
from lianfang.people.tests.builders import an_actor

pytestmark = pytest.mark.django_db


def code_at(error: pytest.ExceptionInfo[ValidationError], field: str) -> str:
    return str(error.value.error_dict[field][0].code)


def test_a_household_together_shares_a_party_and_each_is_measured() -> None:
    people = [a_resident("王一"), a_resident("王二")]
    household = a_household()
    written = register_passages(
        a_keeper(),
        crossings=[
            Crossing(
                category=PersonCategory.RESIDENT,
                person=one,
                household=household,
                readings=[ReadingTaken(Decimal("36.5"))],
            )
            for one in people
        ],
        at=circumstances(),
    )
    assert written[0].party == written[1].party is not None
    assert {one.name for one in written} == {"王一", "王二"}
    assert set(readings_of(one.root_id for one in written)) == {one.root_id for one in written}
    assert [one.name for one in party_of(written[0])] == ["王二"]


def test_a_vehicle_is_a_row_beside_its_occupants() -> None:
    register_passages(
        a_keeper(),
        crossings=[
            Crossing(category=PersonCategory.VISITOR, plate="鲁m·d12345", vehicle={"kind": "货车"}),
            Crossing(category=PersonCategory.VISITOR, name="驾驶人甲"),
        ],
        at=circumstances(),
    )
    assert Passage.objects.exclude(plate="").get().plate == "鲁MD12345"
    assert Passage.objects.filter(plate="").get().name == "驾驶人甲"


def test_a_number_is_sealed_and_opens_in_a_correction_too() -> None:
    keeper = a_keeper()
    passage = a_passage(
        name="张访客", document_number="379901199001011234", phone="13800001111", actor=keeper
    )
    corrected = correct_passage(keeper, passage=passage, reason="姓名写错", name="张方克")
    stored = Passage.objects.get(pk=corrected.pk)
    assert "1234" not in stored.document_number
    assert (stored.open_document_number(), stored.open_phone()) == ("379901199001011234", "13800001111")
    assert stored.document_index == passage.document_index


def test_a_time_in_the_future_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        a_passage(name="张访客", at=timezone.now() + timedelta(hours=1))
    assert code_at(refused, "happened_at") == "date_in_future"


def test_what_is_written_much_later_is_a_late_entry() -> None:
    assert a_passage(name="张访客", at=timezone.now() - timedelta(hours=3)).late_entry
    assert not a_passage(name="李访客").late_entry


def test_a_temperature_out_of_range_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(ValidationError) as refused:
        a_passage(name="张访客", celsius="46.5")
    assert code_at(refused, "celsius") == "celsius_range"
    assert not Passage.objects.exists()


def test_a_resident_is_never_refused_home() -> None:
    with pytest.raises(ValidationError) as refused:
        a_passage(a_resident(), outcome=Outcome.REFUSED, reasons=["没有出入证"])
    assert code_at(refused, "outcome") == "resident_shut_out"


def test_whoever_is_not_let_through_is_told_why() -> None:
    with pytest.raises(ValidationError) as refused:
        a_passage(name="张访客", outcome=Outcome.TURNED_BACK)
    assert code_at(refused, "reason") == "reason_missing"


def test_an_override_names_who_and_why() -> None:
    with pytest.raises(ValidationError) as refused:
        a_passage(name="张访客", overridden_by="带班领导")
    assert code_at(refused, "override_reason") == "override_incomplete"


def test_whoever_is_held_has_a_case_at_once() -> None:
    case = a_case()
    assert case.name == "王发热"
    assert case.steps.get().kind == "held"


def test_a_second_reading_is_added_not_written_over_the_first() -> None:
    keeper = a_keeper()
    passage = a_passage(name="张访客", celsius="38.0", actor=keeper)
    add_reading(keeper, passage=passage, taken=ReadingTaken(Decimal("37.5"), happened_at=timezone.now()))
    assert [one.celsius for one in readings_of([passage.root_id])[passage.root_id]] == [
        Decimal("38.0"),
        Decimal("37.5"),
    ]


def test_a_reading_that_was_typed_wrongly_is_corrected() -> None:
    keeper = a_keeper()
    passage = a_passage(name="张访客", celsius="39.6", actor=keeper)
    correct_reading(
        keeper, reading=Temperature.objects.get(), reason="看反了", taken=ReadingTaken(Decimal("36.9"))
    )
    assert [one.celsius for one in readings_of([passage.root_id])[passage.root_id]] == [Decimal("36.9")]


def test_a_withdrawn_passage_takes_its_readings_along() -> None:
    keeper = a_keeper()
    withdraw_passage(keeper, passage=a_passage(name="张访客", celsius="36.5", actor=keeper), reason="重复")
    assert not Passage.objects.current().exists()
    assert not Temperature.objects.current().exists()


def test_a_passage_with_a_case_is_not_withdrawn() -> None:
    case = a_case()
    with pytest.raises(Refused) as refused:
        withdraw_passage(a_keeper(), passage=Passage.objects.get(root=case.encounter), reason="写错")
    assert refused.value.code == "has_incident"


def test_correcting_to_held_opens_a_case() -> None:
    keeper = a_keeper()
    passage = a_passage(name="张访客", actor=keeper)
    correct_passage(keeper, passage=passage, reason="实为暂留", outcome=Outcome.HELD, reasons=["发热"])
    assert HealthIncident.objects.get().encounter == passage.root_id


def test_a_guard_of_one_place_writes_nothing_at_another() -> None:
    with pytest.raises(NotAllowed):
        a_passage(name="张访客", gate=a_gate("西门", a_place("另一小区")), actor=a_keeper(Role.GUARD))


def test_a_reader_writes_nothing() -> None:
    with pytest.raises(NotAllowed):
        a_passage(name="张访客", actor=an_actor(Role.READER))


def test_out_and_in_are_two_passages() -> None:
    person = a_resident()
    a_passage(person, direction=Direction.OUT)
    a_passage(person)
    assert Passage.objects.filter(person=person).count() == 2
