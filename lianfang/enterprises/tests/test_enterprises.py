"""What an enterprise keeps, and what the county sees of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lianfang.book.errors import NotAllowed, Refused
from lianfang.book.rights import Role
from lianfang.book.soundness import findings as unsound
from lianfang.desk.binders import binder_of
from lianfang.enterprises import actions
from lianfang.enterprises.actions.resumption import awaited_level
from lianfang.enterprises.figures import NONE, StaffFigures
from lianfang.enterprises.models import (
    EntryKind,
    FilingState,
    MeasureKind,
    Opinion,
    PostHolder,
    StaffCondition,
    StaffSummary,
)
from lianfang.enterprises.queries import sites, staff
from lianfang.enterprises.rules import rules_on
from lianfang.enterprises.tests.builders import (
    a_filing,
    a_safety_officer,
    a_site,
    an_employee,
    filing_values,
    measured,
)
from lianfang.enterprises.today import enterprises_waiting
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_body, a_person, a_response, an_actor
from lianfang.places.models import Building, BuildingKind, Room

numbers = st.integers(0, 10_000)
figures = st.builds(StaffFigures, numbers, numbers, numbers, numbers, numbers, numbers)


def today() -> date:
    return timezone.localdate()


@given(figures, figures)
def test_figures_add_up_in_any_order(one: StaffFigures, other: StaffFigures) -> None:
    assert one + other == other + one
    assert one + NONE == one


@pytest.mark.django_db
class TestTheStaffOfADay:
    def test_whoever_was_measured_is_present_and_nobody_else(self) -> None:
        site = a_site()
        actor = a_safety_officer(site)
        here, _absent, away = (an_employee(site) for _number in range(3))
        measured(actor, here)
        actions.set_staff_state(
            actor, employee=away, condition=StaffCondition.NOT_BACK, since=today(), where="外省"
        )
        assert staff.figures_of_day(site, a_response(), today()) == StaffFigures(2, 1, 1, 1, 0, 0)

    def test_a_reading_at_the_threshold_is_abnormal_by_the_rules_of_the_day(self) -> None:
        assert not rules_on(date(2020, 2, 10)).abnormal(Decimal("37.2"))
        assert rules_on(date(2020, 2, 10)).abnormal(Decimal("37.3"))
        assert not rules_on(date(2019, 2, 10)).abnormal(Decimal("40.0"))
        site = a_site()
        actor = a_safety_officer(site)
        measured(actor, an_employee(site), "37.6")
        assert staff.figures_of_day(site, a_response(), today()).abnormal == 1

    def test_a_reading_by_word_makes_somebody_present_and_not_abnormal(self) -> None:
        site = a_site()
        measured(a_safety_officer(site), an_employee(site), None)
        assert staff.figures_of_day(site, a_response(), today()) == StaffFigures(1, 1, 0, 0, 0, 0)

    def test_conditions_follow_each_other_without_overlap(self) -> None:
        site = a_site()
        actor, employee = a_safety_officer(site), an_employee(site)
        first = today() - timedelta(days=10)
        actions.set_staff_state(actor, employee=employee, condition=StaffCondition.NOT_BACK, since=first)
        actions.set_staff_state(
            actor, employee=employee, condition=StaffCondition.ISOLATED, since=first + timedelta(days=3)
        )
        actions.set_staff_state(
            actor, employee=employee, condition=StaffCondition.AT_WORK, since=first + timedelta(days=9)
        )
        conditions = [
            staff.staff_of_day(site, a_response(), first + timedelta(days=day))[0].condition
            for day in (0, 2, 3, 8, 9)
        ]
        assert conditions == ["not_back", "not_back", "isolated", "isolated", "at_work"]
        with pytest.raises(Refused, match="本来就在岗"):
            actions.set_staff_state(actor, employee=employee, condition=StaffCondition.AT_WORK, since=today())

    def test_an_impossible_temperature_writes_nothing(self) -> None:
        site = a_site()
        with pytest.raises(ValidationError):
            measured(a_safety_officer(site), an_employee(site), "52.0")
        assert staff.figures_of_day(site, a_response(), today()).present == 0

    def test_the_queries_do_not_grow_with_the_staff(self, django_assert_max_num_queries: object) -> None:
        site = a_site()
        for _number in range(8):
            an_employee(site)
        response = a_response()
        with django_assert_max_num_queries(4):  # type: ignore[operator]
            assert len(staff.staff_of_day(site, response, today())) == 8

    def test_a_crowded_dormitory_room_is_named(self) -> None:
        site = a_site()
        building = Building.objects.create(place=site, number="宿舍1", kind=BuildingKind.DORMITORY)
        room = Room.objects.create(building=building, number="101")
        for _number in range(7):
            employee = an_employee(site)
            employee.dormitory_room = room
            employee.save()
        assert [
            (one.room, one.persons, one.most) for one in staff.crowded_rooms(site, date(2020, 2, 10))
        ] == [(room, 7, 6)]
        assert staff.crowded_rooms(site, date(2020, 4, 10)) == []


@pytest.mark.django_db
class TestReportingUpward:
    def test_the_report_is_what_the_book_says(self) -> None:
        site = a_site()
        actor = a_safety_officer(site)
        measured(actor, an_employee(site))
        an_employee(site)
        made = actions.report_staff(actor, response=a_response(), place=site, day=today())
        assert (made.expected, made.present, made.absent) == (2, 1, 1)

    def test_other_figures_need_a_reason_and_must_add_up(self) -> None:
        site = a_site()
        actor = a_safety_officer(site)
        other = StaffFigures(3, 3, 0, 0, 0, 0)
        common = {"response": a_response(), "place": site, "day": today()}
        with pytest.raises(ValidationError, match="原因"):
            actions.report_staff(actor, figures=other, **common)
        with pytest.raises(ValidationError, match="实到加缺勤"):
            actions.report_staff(
                actor, figures=StaffFigures(3, 1, 1, 0, 0, 0), changed_why="三人未录入花名册", **common
            )
        made = actions.report_staff(actor, figures=other, changed_why="三人未录入花名册", **common)
        assert made.changed_why == "三人未录入花名册"

    def test_reported_again_the_day_is_corrected_and_the_first_report_stays(self) -> None:
        site = a_site()
        actor = a_safety_officer(site)
        common = {"response": a_response(), "place": site, "day": today()}
        first = actions.report_staff(actor, **common)
        assert actions.report_staff(actor, **common) == first
        measured(actor, an_employee(site))
        second = actions.report_staff(actor, **common)
        assert second.corrects == first
        assert StaffSummary.objects.current().get() == second

    def test_the_county_sees_figures_and_silence_as_silence(self) -> None:
        reporting, silent = a_site(), a_site()
        actor = a_safety_officer(reporting)
        measured(actor, an_employee(reporting))
        actions.report_staff(actor, response=a_response(), place=reporting, day=today())
        county = an_actor(Role.HEADQUARTERS).officer
        found = sites.county_day(county, a_response(), today())
        assert {one.place: one.summary is None for one in found.sites} == {reporting: False, silent: True}
        assert found.total.present == 1
        assert found.silent == 1

    def test_todays_work_names_the_silent_to_headquarters_and_to_nobody_else(self) -> None:
        reporting, silent = a_site(), a_site()
        actor = a_safety_officer(reporting)
        actions.report_staff(actor, response=a_response(), place=reporting, day=today())
        county = an_actor(Role.HEADQUARTERS).officer
        (item,) = [one for one in enterprises_waiting(county, a_response()) if one.count]
        assert (item.count, item.detail) == (1, silent.name)
        own = Officer.objects.get(pk=actor.officer.pk)
        assert [one for one in enterprises_waiting(own, a_response()) if one.count] == []

    def test_an_enterprise_does_not_see_the_book_of_another(self) -> None:
        one, other = a_site(), a_site()
        officer = Officer.objects.get(pk=a_safety_officer(one).officer.pk)
        assert list(sites.own_sites(officer)) == [one]
        with pytest.raises(NotAllowed):
            actions.report_staff(a_safety_officer(one), response=a_response(), place=other, day=today())

    def test_the_county_keeps_no_enterprise_book(self) -> None:
        with pytest.raises(NotAllowed):
            actions.report_staff(
                an_actor(Role.HEADQUARTERS), response=a_response(), place=a_site(), day=today()
            )


@pytest.mark.django_db
class TestResumption:
    def test_a_filing_goes_level_by_level(self) -> None:
        site = a_site()
        actor = a_safety_officer(site)
        filing = actions.submit_filing(actor, filing=a_filing(site, actor))
        assert filing.levels == ["township", "department", "headquarters"]
        decider = an_actor(Role.HEADQUARTERS)
        with pytest.raises(Refused, match="镇街意见"):
            actions.give_opinion(decider, filing=filing, level="headquarters", opinion=Opinion.AGREE)
        for level in filing.levels:
            assert awaited_level(filing) == level
            actions.give_opinion(decider, filing=filing, level=level, opinion=Opinion.AGREE)
            filing.refresh_from_db()
        assert filing.state == FilingState.APPROVED

    def test_a_returned_filing_begins_again_with_the_first_level(self) -> None:
        site = a_site()
        actor, decider = a_safety_officer(site), an_actor(Role.HEADQUARTERS)
        filing = actions.submit_filing(actor, filing=a_filing(site, actor))
        actions.give_opinion(decider, filing=filing, level="township", opinion=Opinion.AGREE)
        with pytest.raises(ValidationError, match="理由"):
            actions.give_opinion(decider, filing=filing, level="department", opinion=Opinion.RETURN)
        actions.give_opinion(
            decider, filing=filing, level="department", opinion=Opinion.RETURN, text="补充预案"
        )
        filing.refresh_from_db()
        assert filing.state == FilingState.RETURNED
        filing = actions.submit_filing(actor, filing=filing)
        assert awaited_level(filing) == "township"

    def test_where_no_opinion_is_needed_a_filing_is_filed_at_once(self) -> None:
        site = a_site()
        actor = a_safety_officer(site)
        filing = a_filing(site, actor, resumes_on=date(2020, 4, 10), has_pledge=False)
        assert actions.submit_filing(actor, filing=filing).state == FilingState.APPROVED

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"staff_local": 70}, "staff_total"),
            ({"staff_key_area": 21}, "staff_key_area"),
            ({"first_return": 101}, "first_return"),
        ],
    )
    def test_numbers_that_do_not_add_up_are_refused_at_their_field(
        self, values: dict[str, int], field: str
    ) -> None:
        with pytest.raises(ValidationError) as error:
            a_filing(a_site(), **values)
        assert field in error.value.message_dict

    @pytest.mark.parametrize("values", [{"supplies_days": 2}, {"has_plan": False}, {"isolation_rooms": 0}])
    def test_what_the_rules_ask_for_must_be_there_before_it_is_handed_in(
        self, values: dict[str, object]
    ) -> None:
        site = a_site()
        actor = a_safety_officer(site)
        with pytest.raises(ValidationError):
            actions.submit_filing(actor, filing=a_filing(site, actor, **values))

    def test_one_filing_at_a_time(self) -> None:
        site = a_site()
        a_filing(site)
        with pytest.raises(Refused, match="正在办理"):
            a_filing(site)

    def test_under_review_its_words_are_fixed(self) -> None:
        site = a_site()
        actor = a_safety_officer(site)
        filing = actions.submit_filing(actor, filing=a_filing(site, actor))
        with pytest.raises(Refused):
            actions.change_filing(actor, filing=filing, **filing_values(masks=1))


@pytest.mark.django_db
class TestTheLedger:
    def test_supplies_say_how_long_they_last_by_the_newest_count(self) -> None:
        site = a_site()
        actor = a_safety_officer(site)
        common = {"response": a_response(), "place": site, "kind": EntryKind.SUPPLIES, "title": "口罩"}
        now = timezone.now()
        for days, stock in ((2, "900"), (0, "500")):
            actions.write_ledger_entry(
                actor,
                happened_at=now - timedelta(days=days),
                stock=Decimal(stock),
                daily_use=Decimal("120"),
                unit="只",
                **common,
            )
        assert [(one.stock, one.lasts_days) for one in sites.supplies_of(site, a_response())] == [(500, 4)]
        with pytest.raises(ValidationError, match="结存"):
            actions.write_ledger_entry(actor, happened_at=now, **common)

    def test_a_post_of_party_members_has_holders(self) -> None:
        site = a_site()
        actor, person = a_safety_officer(site), a_person()
        post = actions.set_up_site_post(actor, place=site, name="党员先锋模范岗", of_party_members=True)
        first = actions.take_site_post(actor, post=post, person=person)
        assert actions.take_site_post(actor, post=post, person=person) == first
        actions.leave_site_post(actor, holder=first, on=today())
        assert PostHolder.objects.get().valid_to == today()

    def test_the_binder_stands_in_the_order_of_inspectors_with_masked_names(self) -> None:
        site = a_site()
        actor, employee = a_safety_officer(site), an_employee(site)
        measured(actor, employee, "36.6")
        actions.take_site_measure(actor, place=site, kind=MeasureKind.SEPARATE_WAYS, text="人走东门车走北门")
        actions.report_staff(actor, response=a_response(), place=site, day=today())
        officer = Officer.objects.get(pk=actor.officer.pk)
        sections = binder_of(officer, site, a_response(), today() - timedelta(days=1), today())
        titles = [str(title) for title, _section in sections]
        wanted = ["方案与预案", "员工花名册(一人一档)", "每日体温台账", "消毒台账", "检查整改", "每日上报"]
        assert [title for title in titles if title in wanted] == wanted
        printed = repr(sections)
        assert "36.6" in printed
        assert employee.person.name not in printed

    def test_a_place_that_is_no_enterprise_has_no_such_binder(self) -> None:
        site = a_site()
        site.kind = "village"
        site.save()
        officer = an_actor(Role.HEADQUARTERS).officer
        titles = [str(t) for t, _s in binder_of(officer, site, a_response(), today(), today())]
        assert "员工花名册(一人一档)" not in titles

    def test_a_sound_book_has_no_findings(self) -> None:
        site = a_site()
        actor = a_safety_officer(site)
        actions.report_staff(actor, response=a_response(), place=site, day=today())
        actions.submit_filing(actor, filing=a_filing(site, actor))
        assert list(unsound(frozenset({"enterprises"}))) == []

    def test_an_entry_of_another_body_is_not_written(self) -> None:
        with pytest.raises(NotAllowed):
            actions.write_ledger_entry(
                an_actor(Role.SITE_SAFETY, body=a_body()),
                response=a_response(),
                place=a_site(),
                kind=EntryKind.DRILL,
                title="演练",
                happened_at=timezone.now(),
            )
