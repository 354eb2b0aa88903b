"""Rosters: set up, arranged, published, changed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lianfang.book.errors import Conflict, NotAllowed, Refused
from lianfang.book.rights import Role
from lianfang.duty import actions, queries
from lianfang.duty.actions import MemberLine, PostLine
from lianfang.duty.grids import GRID_OF, Shift, read_shifts
from lianfang.duty.models import DutyRoster, PublishedRoster
from lianfang.duty.problems import LEADER, aware, problem_of, roster_of, without_frozen
from lianfang.duty.reading import read_members, read_posts
from lianfang.duty.tests.builders import FIRST, a_member, a_planner, a_published, a_roster, arranged
from lianfang.engines.roster import Assignment, check, check_swap, find_faults
from lianfang.people.tests.builders import a_response, an_actor

pytestmark = pytest.mark.django_db


def test_shifts_of_any_shape_are_read_across_midnight() -> None:
    shifts = read_shifts("早班 8-16\n夜班 22:30-6:15\n全天 8:00-8:00")
    assert [shift.minutes for shift in shifts] == [480, 465, 1440]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("早班 8:00-38:00", "shift_too_long"),
        ("早班", "shift_unreadable"),
        ("早班 8-16\n早班 16-24", "shift_twice"),
        ("早班 8:75-16:00", "shift_unreadable"),
        ("", "required"),
    ],
)
def test_a_shift_of_thirty_hours_or_without_sense_is_refused_with_its_line(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_shifts(text)
    assert refused.value.code == code


def test_people_are_typed_as_they_stand_in_a_list() -> None:
    found = read_members("王大明 县工商联会 男 医护 甲组\n李红 女 带班\n张三、李四")
    assert found[0] == MemberLine("王大明", "县工商联会", ("医护",), False, "male", "甲组")
    assert found[1].leader
    assert [one.name for one in found[2:]] == ["张三", "李四"]
    assert read_posts("东门 2\n西门") == [PostLine("东门", 2), PostLine("西门", 1)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"people": 0}, "members"),
        ({"people": [MemberLine("张三"), MemberLine("张三")]}, "members"),
        ({"people": 501}, "members"),
        ({"posts": ()}, "posts"),
        ({"shifts": ()}, "shifts"),
        ({"shifts": [Shift("长班", time(8), 30 * 60)]}, "shifts"),
        ({"days": 0}, "days"),
        ({"days": 400}, "days"),
    ],
)
def test_a_roster_that_cannot_be_is_refused_at_its_field(values: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        a_roster(**values)  # type: ignore[arg-type]
    assert field in refused.value.message_dict
    assert not DutyRoster.objects.exists()


def test_contradicting_rules_are_named() -> None:
    roster = a_roster(people=[MemberLine("张三"), MemberLine("李四")])
    problem = problem_of(roster)
    twice = replace(problem, people=(problem.people[0], problem.people[0]))
    assert [fault.code.value for fault in find_faults(twice)] == ["person_twice"]


def test_a_month_is_arranged_without_gaps_and_published_by_the_checker() -> None:
    version = a_published(people=20, posts=[PostLine("东门"), PostLine("西门")], days=30)
    problem = without_frozen(problem_of(version.roster))
    assert check(problem, roster_of(version.assignments)).holds
    assert len(version.assignments) == 180
    assert version.number == 1


def test_leaders_take_a_day_each_beside_the_shifts() -> None:
    version = a_published(
        people=[
            *(MemberLine(f"值守{n}") for n in range(8)),
            MemberLine("甲领导", leader=True),
            MemberLine("乙领导", leader=True),
        ],
        posts=[PostLine("带班领导", for_leaders=True), PostLine("东门")],
    )
    leaders = {str(a_member(version, name).pk) for name in ("甲领导", "乙领导")}
    held = [duty for duty, member in version.assignments if member in leaders]
    assert len(held) == 7
    assert all(".L." in duty for duty in held)
    now = aware(datetime.combine(FIRST, time(12)))
    assert queries.on_duty(version.roster.place, now)[0].shift == LEADER


def test_what_nobody_can_fill_stays_open_and_is_told() -> None:
    roster = arranged(a_roster(people=2))
    problem = without_frozen(problem_of(roster))
    assert check(problem, roster_of(roster.draft)).holds
    assert len(roster.draft) < 21
    assert actions.publish_roster(a_planner(), roster=roster).number == 1


def test_a_draft_that_breaks_a_rule_is_not_published_and_the_rule_is_named() -> None:
    roster = arranged(a_roster())
    member = roster.draft[0][1]
    doubled = [[f"{FIRST}.{shift}.0", member] for shift in range(3)]
    actions.keep_draft(a_planner(), roster=roster, found=roster_of(doubled))
    with pytest.raises(Refused, match=r"休息|一天值") as refused:
        actions.publish_roster(a_planner(), roster=roster)
    assert refused.value.code == "rule_broken"
    assert not PublishedRoster.objects.exists()


def test_two_leaders_who_publish_at_once_do_not_overwrite_each_other() -> None:
    roster = arranged(a_roster())
    mine = DutyRoster.objects.get(pk=roster.pk)
    actions.publish_roster(a_planner(), roster=roster)
    with pytest.raises(Conflict):
        actions.publish_roster(a_planner(), roster=mine)
    assert PublishedRoster.objects.count() == 1


def test_a_draft_changed_meanwhile_is_not_published_by_who_has_not_seen_it() -> None:
    roster = arranged(a_roster())
    mine = DutyRoster.objects.get(pk=roster.pk)
    actions.put_on_duty(a_planner(), roster=roster, duty=roster.draft[0][0], taken_off=roster.draft[0][1])
    with pytest.raises(Conflict):
        actions.publish_roster(a_planner(), roster=mine)


def test_who_does_not_plan_does_not_publish() -> None:
    roster = arranged(a_roster())
    with pytest.raises(NotAllowed):
        actions.publish_roster(an_actor(Role.READER), roster=roster)


def _a_swap(version: PublishedRoster, allowed: bool) -> tuple[Assignment, Assignment]:
    problem, roster = without_frozen(problem_of(version.roster)), roster_of(version.assignments)
    cells = roster.assignments
    return next(
        (one, other)
        for one in cells
        for other in cells
        if one.person != other.person
        and one.duty != other.duty
        and check_swap(problem, roster, one, other).allowed is allowed
    )


def test_two_cells_of_a_draft_change_hands_or_the_rule_is_named() -> None:
    version = a_published()
    roster = version.roster
    first, second = _a_swap(version, allowed=True)
    actions.exchange_cells(a_planner(), roster=roster, first=first, second=second)
    assert [second.duty, first.person] in roster.draft
    first, second = _a_swap(version, allowed=False)
    actions.keep_draft(a_planner(), roster=roster, found=roster_of(version.assignments))
    with pytest.raises(Refused) as refused:
        actions.exchange_cells(a_planner(), roster=roster, first=first, second=second)
    assert refused.value.code == "rule_broken"


def test_an_absence_offers_substitutes_and_one_call_changes_one_cell() -> None:
    version = a_published(people=12)
    duty, member_id = version.assignments[0]
    member = next(one for one in version.roster.members if one == member_id)
    start = aware(datetime.combine(FIRST, time(0)))
    absence = actions.report_absence(
        a_planner(),
        response=a_response(),
        member=a_member(version, _name(version, member)),
        begins_at=start,
        ends_at=start + timedelta(days=2),
        reason="发热",
    )
    holes = queries.holes_of(absence)
    hole = next(one for one in holes if one.duty.id == duty)
    assert 3 <= len(hole.candidates) <= 5
    new = actions.substitute(
        a_planner(), version=version, duty=duty, absent=member, put_on=hole.candidates[0].person
    )
    before, after = {tuple(c) for c in version.assignments}, {tuple(c) for c in new.assignments}
    assert before ^ after == {(duty, member), (duty, hole.candidates[0].person)}
    assert new.number == 2
    assert [one.duty.id for one in queries.holes_of(absence)] == [
        one.duty.id for one in holes if one.duty.id != duty
    ]
    with pytest.raises(Refused) as refused:
        actions.substitute(a_planner(), version=version, duty=duty, absent=member, put_on="")
    assert refused.value.code == "roster_changed"


def test_an_absence_that_ends_before_it_begins_is_refused() -> None:
    version = a_published()
    now = timezone.now()
    with pytest.raises(ValidationError):
        actions.report_absence(
            a_planner(), response=a_response(), member=a_member(version, "值守1"), begins_at=now, ends_at=now
        )


def _name(version: PublishedRoster, member: str) -> str:
    return next(one["name"] for one in version.problem["people"] if one["id"] == member)


def _asked(version: PublishedRoster, allowed: bool = True) -> object:
    first, second = _a_swap(version, allowed)
    return actions.ask_swap(
        a_planner(),
        version=version,
        asker=a_member(version, _name(version, first.person)),
        duty=first.duty,
        colleague=a_member(version, _name(version, second.person)),
        other_duty=second.duty,
    )


def test_a_swap_is_asked_accepted_and_approved() -> None:
    version = a_published()
    swap = _asked(version)
    with pytest.raises(Refused) as refused:
        actions.decide_swap(a_planner(), swap=swap, approved=True)  # type: ignore[arg-type]
    assert refused.value.code == "not_accepted"
    actions.answer_swap(a_planner(), swap=swap, accepted=True)  # type: ignore[arg-type]
    actions.decide_swap(a_planner(), swap=swap, approved=True)  # type: ignore[arg-type]
    newest = PublishedRoster.objects.current().get()
    assert newest.number == 2
    assert [swap.other_duty, str(swap.asker_id)] in newest.assignments  # type: ignore[attr-defined]


def test_a_swap_that_breaks_a_rule_is_not_even_asked() -> None:
    with pytest.raises(Refused) as refused:
        _asked(a_published(), allowed=False)
    assert refused.value.code == "rule_broken"


def test_a_swap_after_a_new_version_is_refused() -> None:
    version = a_published(people=12)
    swap = _asked(version)
    actions.answer_swap(a_planner(), swap=swap, accepted=True)  # type: ignore[arg-type]
    duty, member = version.assignments[0]
    actions.substitute(a_planner(), version=version, duty=duty, absent=member)
    with pytest.raises(Refused) as refused:
        actions.decide_swap(a_planner(), swap=swap, approved=True)  # type: ignore[arg-type]
    assert refused.value.code == "roster_changed"


def test_the_next_roster_knows_the_nights_of_the_last() -> None:
    version = a_published()
    roster = version.roster
    following = a_roster(place=roster.place, first_day=FIRST + timedelta(days=7))
    people = problem_of(following).people
    assert sum(one.history.nights for one in people) == 7
    assert sum(one.history.duties for one in people) == 21
    assert {one.history.last_end for one in people} > {None} or all(one.history.last_end for one in people)
    assert date(2020, 2, 17) == following.first_day


def test_grids_cover_the_day() -> None:
    for grid in GRID_OF.values():
        assert sum(shift.minutes for shift in grid.shifts) == 24 * 60
