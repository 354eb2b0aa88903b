"""Clocks, marks, proof, coverage."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.book.errors import NotAllowed
from lianfang.book.rights import Role
from lianfang.book.soundness import findings as unsound
from lianfang.people.tests.builders import a_response, an_actor
from lianfang.places.models import SpotKind
from lianfang.rounds import actions
from lianfang.rounds.actions import Disinfected
from lianfang.rounds.models import Mark, Proof, Round, RoundKind, SpotScreen
from lianfang.rounds.queries.coverage import Light, clocks_of, coverage_of
from lianfang.rounds.tests.builders import a_house, a_lead, a_mark, a_place, a_round, a_spot

pytestmark = pytest.mark.django_db


def china(hour: int, minute: int = 0, day: int = 10) -> datetime:
    return timezone.make_aware(datetime(2020, 2, day, hour, minute))


class TestWhenAStopIsDue:
    def test_round_the_clock_it_is_due_after_the_interval(self) -> None:
        planned = Round(interval_minutes=120)
        assert planned.due_after(china(23)) == china(1, day=11)

    def test_within_hours_it_waits_for_the_next_morning(self) -> None:
        planned = Round(interval_minutes=120, hours_from=time(7), hours_to=time(19))
        assert planned.due_after(china(10)) == china(12)
        assert planned.due_after(china(18)) == china(7, day=11)
        assert planned.due_after(china(2)) == china(7)

    def test_hours_may_cross_midnight(self) -> None:
        planned = Round(interval_minutes=60, hours_from=time(20), hours_to=time(6))
        assert planned.due_after(china(23, 30)) == china(0, 30, day=11)
        assert planned.due_after(china(5, 30)) == china(20)

    @pytest.mark.parametrize(
        "values", [{"interval_minutes": 1}, {"interval_minutes": 60 * 24 * 40}, {"hours_from": time(7)}]
    )
    def test_an_interval_or_hours_that_make_no_sense_are_refused(self, values: dict[str, object]) -> None:
        place = a_place()
        with pytest.raises(ValidationError):
            a_round(place, [a_spot(place)], **values)


class TestMarks:
    def test_what_is_advised_against_is_written_down_and_marked(self) -> None:
        spot = a_spot(a_place())
        done = Disinfected("chlorine", "spray", "people", 500, 30)
        mark = a_mark(spot, timezone.now(), disinfected=done)
        assert mark.advice == ["spraying_people"]

    def test_a_patrol_names_two_people(self) -> None:
        spot = a_spot(a_place())
        with pytest.raises(ValidationError, match="两人"):
            a_mark(spot, timezone.now(), kind=RoundKind.PATROL, disinfected=None, people="某甲")
        a_mark(
            spot, timezone.now(), kind=RoundKind.PATROL, disinfected=None, people="某甲、某乙", persuaded=3
        )

    def test_disinfection_says_with_what(self) -> None:
        with pytest.raises(ValidationError, match="什么消毒剂"):
            a_mark(a_spot(a_place()), timezone.now(), disinfected=None)

    def test_a_mark_of_tomorrow_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="不能晚于现在"):
            a_mark(a_spot(a_place()), timezone.now() + timedelta(hours=1))

    def test_what_is_written_long_afterwards_is_shown_as_such(self) -> None:
        spot = a_spot(a_place())
        assert not a_mark(spot, timezone.now() - timedelta(minutes=10)).late_entry
        assert a_mark(spot, timezone.now() - timedelta(hours=3)).late_entry

    def test_another_place_is_not_marked(self) -> None:
        with pytest.raises(NotAllowed):
            a_mark(a_spot(a_place()), timezone.now(), a_lead(a_place()))


class TestProof:
    def test_a_photo_of_yesterdays_screen_proves_nothing(self) -> None:
        place = a_place()
        spot = a_spot(place)
        screen = actions.set_up_screen(a_lead(place), spot=spot)
        now = timezone.now()
        assert a_mark(spot, now, code=screen.code_at(now)).proof == Proof.SCREEN
        yesterday = screen.code_at(now - timedelta(days=1))
        assert a_mark(spot, now, code=yesterday).proof == Proof.STALE

    def test_a_screen_makes_the_printed_code_worthless(self) -> None:
        place = a_place()
        spot = a_spot(place)
        now = timezone.now()
        assert a_mark(spot, now, code=spot.code).proof == Proof.PRINTED
        assert a_mark(spot, now, code=f"https://x.example/s/{spot.code}").proof == Proof.PRINTED
        actions.set_up_screen(a_lead(place), spot=spot)
        assert a_mark(spot, now, code=spot.code).proof == Proof.STALE

    def test_the_code_of_another_spot_is_no_proof(self) -> None:
        place = a_place()
        spot, other = a_spot(place), a_spot(place)
        assert a_mark(spot, timezone.now(), code=other.code).proof == Proof.WRONG
        assert a_mark(spot, timezone.now(), code="123456").proof == Proof.WRONG
        assert a_mark(spot, timezone.now()).proof == Proof.NONE

    @given(st.integers(0, 10**6), st.integers(-50, 50))
    def test_a_code_is_shown_within_a_minute_and_not_ten_minutes_later(self, step: int, shift: int) -> None:
        screen = SpotScreen(secret="00" * 16)
        at = china(8) + timedelta(minutes=step % 5000)
        assert screen.shows(screen.code_at(at), at + timedelta(seconds=shift))


class TestCoverage:
    def test_a_stop_that_was_never_done_is_overdue_from_the_day_it_was_planned(self) -> None:
        place = a_place()
        spot = a_spot(place)
        a_round(place, [spot])
        (clock,) = clocks_of([place], a_response(), timezone.now())
        assert (clock.last, clock.light) == (None, Light.OVERDUE)

    def test_a_mark_winds_the_clock_and_a_withdrawn_one_does_not(self) -> None:
        place = a_place()
        spot = a_spot(place)
        a_round(place, [spot])
        mark = a_mark(spot, timezone.now() - timedelta(hours=1))
        assert clocks_of([place], a_response(), timezone.now())[0].light is Light.DONE
        actions.withdraw_mark(a_lead(place), mark=mark, reason="写错点位")
        assert clocks_of([place], a_response(), timezone.now())[0].light is Light.OVERDUE

    def test_a_mark_of_another_kind_does_not_wind_it(self) -> None:
        place = a_place()
        spot = a_spot(place)
        a_round(place, [spot])
        a_mark(spot, timezone.now(), kind=RoundKind.VENTILATION, disinfected=None, minutes=30)
        assert clocks_of([place], a_response(), timezone.now())[0].light is Light.OVERDUE

    def test_the_picture_has_floors_and_stairwells(self) -> None:
        place = a_place()
        spots = a_house(place, stairwells=2, floors=3)
        bin_spot = a_spot(place, SpotKind.BIN)
        a_round(place, [*spots, bin_spot])
        a_mark(spots[0], timezone.now())
        seen = coverage_of(place, a_response(), timezone.now())
        (house,) = seen.houses
        assert [name for name, _cells in house.rows] == ["3", "2", "1"]
        lowest = [cell.light for cell in house.rows[-1][1]]
        assert lowest == [Light.DONE, Light.OVERDUE]
        assert [cell.label for cell in seen.others] == [bin_spot.name]
        assert (len(seen.clocks), len(seen.overdue)) == (7, 6)

    def test_the_work_does_not_grow_with_spots_and_marks(self, django_assert_num_queries: object) -> None:
        response = a_response()
        for floors in (1, 4):
            place = a_place()
            spots = a_house(place, stairwells=3, floors=floors)
            a_round(place, spots)
            for spot in spots:
                a_mark(spot, timezone.now())
            with django_assert_num_queries(3):  # type: ignore[operator]
                coverage_of(place, response, timezone.now())

    @settings(max_examples=10)
    @given(
        st.lists(
            st.tuples(st.integers(0, 3), st.integers(0, 3000), st.sampled_from(["disinfection", "cleaning"])),
            max_size=12,
        )
    )
    def test_coverage_equals_a_scan_of_all_marks(self, done: list[tuple[int, int, str]]) -> None:
        with transaction.atomic():
            place = a_place()
            now = timezone.now()
            spots = [a_spot(place) for _number in range(4)]
            planned = a_round(place, spots, interval_minutes=600)
            rows = [
                Mark(
                    response=a_response(),
                    spot=spots[which],
                    kind=kind,
                    happened_at=now - timedelta(minutes=ago),
                    written_by=a_lead(place).officer,
                )
                for which, ago, kind in done
            ]
            Mark._base_manager.bulk_create(rows)
            known = {clock.stop.spot_id: clock for clock in clocks_of([place], a_response(), now)}
            for spot in spots:
                since = planned.stops.get(spot=spot).since
                moments = [
                    row.happened_at
                    for row in rows
                    if row.spot_id == spot.pk and row.kind == planned.kind and row.happened_at >= since
                ]
                last = max(moments, default=None)
                assert known[spot.pk].last == last
                due = (last or since) + timedelta(minutes=600)
                assert (known[spot.pk].light is Light.OVERDUE) == (now > due)
            transaction.set_rollback(True)


def test_a_round_goes_to_spots_of_its_own_place_only() -> None:
    place = a_place()
    with pytest.raises(ValidationError, match="本场所"):
        a_round(place, [a_spot(a_place())])
    with pytest.raises(ValidationError, match="至少选一个"):
        a_round(place, [])


def test_a_stop_may_be_left_out_and_taken_in_again() -> None:
    place = a_place()
    spot = a_spot(place)
    planned = a_round(place, [spot])
    lead = a_lead(place)
    actions.stop_at(lead, planned=planned, spot=spot, going="off")
    assert clocks_of([place], a_response(), timezone.now()) == []
    actions.stop_at(lead, planned=planned, spot=spot, going="on")
    assert clocks_of([place], a_response(), timezone.now())[0].light is Light.DONE


def test_a_guard_may_mark_and_a_reader_may_not() -> None:
    spot = a_spot(a_place())
    a_mark(spot, timezone.now(), an_actor(Role.GUARD, body=spot.place.body))
    with pytest.raises(NotAllowed):
        a_mark(spot, timezone.now(), an_actor(Role.READER, body=spot.place.body))


def test_a_sound_book_has_no_findings() -> None:
    place = a_place()
    a_round(place, [a_spot(place)])
    assert list(unsound(frozenset({"rounds"}))) == []
