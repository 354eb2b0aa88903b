"""What a roster is to hold: role mixes, quotas of sending units, teams, wishes, and rules set anew."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lianfang.book.errors import NotAllowed, Refused
from lianfang.book.rights import Role
from lianfang.duty import actions
from lianfang.duty.actions import MemberLine, PostLine
from lianfang.duty.forms import RosterForm
from lianfang.duty.grids import GRID_OF, read_shifts
from lianfang.duty.models import DutyRoster, DutyWish
from lianfang.duty.problems import LEADER, duties_of, problem_of, roster_of, without_frozen
from lianfang.duty.reading import mixes_text, posts_text, quotas_text, read_mixes, read_posts, read_quotas
from lianfang.duty.solving import arrange
from lianfang.duty.tests.builders import FIRST, a_member, a_planner, a_published, a_roster, arranged
from lianfang.engines.roster import check
from lianfang.people.tests.builders import a_person, a_response, an_actor, an_officer
from lianfang.places.tests.builders import a_place

POLICE_AT_NIGHT = {"post": "", "shift": "夜班", "skills": ["民警", "医护"], "count": 1}
ONE_A_DAY = {"unit": "县公安局", "span": "day", "fewest": 1, "most": 1}
PEOPLE = [
    *(MemberLine(f"值守{n}", "县工商联") for n in range(1, 7)),
    *(MemberLine(f"民警{n}", "县公安局", ("民警",)) for n in range(1, 4)),
]


class TestReading:
    def test_posts_may_want_more_at_night(self) -> None:
        text = "东门 2 夜班3 至少1\n西门 1"
        posts = read_posts(text)
        assert posts == [PostLine("东门", 2, 1, by_shift=(("夜班", 3),)), PostLine("西门", 1)]
        assert posts_text(posts) == text

    @pytest.mark.parametrize("text", ["东门 两人", "东门 2 夜班", "东门 0", "东门 2 夜班99", "东门 西门"])
    def test_a_post_that_cannot_be_read_names_its_line(self, text: str) -> None:
        with pytest.raises(ValidationError, match="第 2 行"):
            read_posts(f"大门 1\n{text}")

    def test_mixes_name_shift_post_or_neither(self) -> None:
        text = "夜班 民警或医护 1\n东门 夜班 党员 2\n医护 1"
        mixes = read_mixes(text, ["东门"], ["早班", "夜班"])
        assert mixes[0] == POLICE_AT_NIGHT
        assert (mixes[1]["post"], mixes[1]["shift"], mixes[1]["count"]) == ("东门", "夜班", 2)
        assert (mixes[2]["post"], mixes[2]["shift"]) == ("", "")
        assert mixes_text(mixes) == text

    @pytest.mark.parametrize("text", ["夜班 民警", "民警", "后门 民警 1", "夜班 民警 0"])
    def test_a_mix_that_cannot_be_read_is_refused(self, text: str) -> None:
        with pytest.raises(ValidationError, match="第 1 行"):
            read_mixes(text, ["东门"], ["夜班"])

    def test_quotas_are_a_day_or_in_all(self) -> None:
        text = "县工商联 每天 2-4\n县教育局 全期 至少10\n县团委 每天 1"
        quotas = read_quotas(text)
        assert quotas[0] == {"unit": "县工商联", "span": "day", "fewest": 2, "most": 4}
        assert quotas[1] == {"unit": "县教育局", "span": "horizon", "fewest": 10, "most": None}
        assert quotas_text(quotas) == text

    @pytest.mark.parametrize("text", ["县工商联 2-4", "县工商联 每周 3", "每天 2"])
    def test_a_quota_that_cannot_be_read_is_refused(self, text: str) -> None:
        with pytest.raises(ValidationError, match="第 1 行"):
            read_quotas(text)


@pytest.mark.django_db
class TestRules:
    def test_at_night_three_one_of_them_police_or_medic(self) -> None:
        roster = a_roster(
            people=[*PEOPLE, *(MemberLine(f"志愿者{n}", "县团委") for n in range(8))],
            posts=[PostLine("东门", 2, by_shift=(("夜班", 3),))],
            rules={"mixes": [POLICE_AT_NIGHT]},
            days=3,
        )
        nights = [duty for duty in duties_of(roster) if duty.shift == "夜班"]
        assert {duty.wanted for duty in nights} == {3}
        assert all(duty.mix for duty in nights)
        found = roster_of(arranged(roster).draft)
        police = {str(a_member_of(roster, f"民警{n}").pk) for n in range(1, 4)}
        assert all(set(found.people_on(duty.id)) & police for duty in nights)

    def test_quotas_are_held_where_they_can_be(self) -> None:
        roster = arranged(a_roster(people=PEOPLE, rules={"quotas": [ONE_A_DAY]}, days=4))
        police = {str(a_member_of(roster, f"民警{n}").pk) for n in range(1, 4)}
        days = [duty.split(".")[0] for duty, member in roster.draft if member in police]
        assert sorted(days) == [str(FIRST + timedelta(days=n)) for n in range(4)]

    def test_a_fixed_team_stands_together(self) -> None:
        people = [MemberLine(f"值守{n}", team="甲组" if n < 6 else "乙组") for n in range(12)]
        roster = arranged(
            a_roster(people=people, posts=[PostLine("东门", 2)], rules={"weight_team": 60}, days=3)
        )
        teams = {str(one.pk): one.team for one in roster.place.duty_members.all()}
        on_duty: dict[str, set[str]] = {}
        for duty, member in roster.draft:
            on_duty.setdefault(duty, set()).add(teams[member])
        assert all(len(found) == 1 for found in on_duty.values())

    def test_what_begins_within_the_freeze_stays_when_a_roster_is_arranged_again(self) -> None:
        version = a_published(first_day=timezone.localdate(), days=4, rules={"freeze_hours": 24})
        roster = version.roster
        frozen = problem_of(roster, current=version).frozen_until
        assert frozen is not None
        found = arrange(roster, step=1, seconds=0.2, current=version)
        starts = {duty.id: duty.start for duty in duties_of(roster)}
        kept = {(duty, member) for duty, member in version.assignments if starts[duty] < frozen}
        assert kept
        assert kept <= {(one.duty, one.person) for one in found.roster.assignments}

    def test_after_a_whole_day_two_days_are_off(self) -> None:
        roster = arranged(a_roster(people=4, shifts=GRID_OF["one"].shifts, days=8))
        held: dict[str, list[date]] = {}
        for duty, member in roster.draft:
            held.setdefault(member, []).append(date.fromisoformat(duty.split(".")[0]))
        assert len(roster.draft) == 8
        assert all(
            (later - earlier).days >= 3
            for days in held.values()
            for earlier, later in zip(sorted(days), sorted(days)[1:], strict=False)
        )

    @pytest.mark.parametrize(
        ("rules", "field", "code"),
        [
            ({"mixes": [{**POLICE_AT_NIGHT, "skills": ["消防"]}]}, "mixes", "unknown_skill"),
            ({"mixes": [{**POLICE_AT_NIGHT, "shift": "后半夜"}]}, "mixes", "unknown_shift"),
            ({"mixes": [{**POLICE_AT_NIGHT, "post": "后门"}]}, "mixes", "unknown_post"),
            ({"mixes": [{**POLICE_AT_NIGHT, "skills": ["民警"], "count": 2}]}, "mixes", "mix_above_wanted"),
            (
                {"quotas": [{"unit": "外单位", "span": "day", "fewest": 0, "most": 1}]},
                "quotas",
                "unknown_unit",
            ),
            (
                {"quotas": [{"unit": "县公安局", "span": "day", "fewest": 3, "most": 1}]},
                "quotas",
                "quotas_contradict",
            ),
        ],
    )
    def test_rules_that_name_what_is_not_there_are_refused_at_their_field(
        self, rules: dict[str, Any], field: str, code: str
    ) -> None:
        with pytest.raises(ValidationError) as refused:
            a_roster(people=[*PEOPLE, MemberLine("医护1", skills=("医护",))], rules=rules)
        assert refused.value.error_dict[field][0].code == code
        assert not DutyRoster.objects.exists()

    def test_a_number_in_a_shift_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="后半夜"):
            a_roster(posts=[PostLine("东门", 2, by_shift=(("后半夜", 3),))])
        with pytest.raises(ValidationError, match="最低人数"):
            a_roster(posts=[PostLine("东门", 1, minimum=2)])


@pytest.mark.django_db
class TestSettingAnew:
    def test_rules_change_and_the_cells_stay(self) -> None:
        roster = arranged(a_roster())
        before = roster.draft
        changed = actions.change_roster(a_planner(), roster=roster, **values_of(roster, rest_hours=4))
        assert changed.rules["rest_minutes"] == 240
        assert changed.draft == before

    def test_other_shifts_begin_the_draft_anew(self) -> None:
        roster = arranged(a_roster())
        changed = actions.change_roster(a_planner(), roster=roster, **values_of(roster, grid="two"))
        assert changed.draft == []
        assert len(changed.shifts) == 2

    def test_who_is_taken_off_the_list_leaves_the_draft(self) -> None:
        roster = arranged(a_roster())
        gone = roster.members[0]
        values = values_of(roster)
        values["members"] = values["members"][1:]
        changed = actions.change_roster(a_planner(), roster=roster, **values)
        assert gone not in {member for _duty, member in changed.draft}

    def test_what_is_published_keeps_its_shifts(self) -> None:
        roster = a_published().roster
        values = values_of(roster)
        with pytest.raises(Refused) as refused:
            actions.change_roster(a_planner(), roster=roster, **{**values, "shifts": GRID_OF["two"].shifts})
        assert refused.value.code == "roster_published"
        actions.change_roster(a_planner(), roster=roster, **values)

    def test_it_is_walked_on_its_page(self) -> None:
        roster = arranged(a_roster(people=[*PEOPLE, MemberLine("甲领导", leader=True)]))
        client = signed_in(Role.HEADQUARTERS)
        address = reverse("duty:settings", args=[roster.pk])
        assert client.get(address).status_code == 200
        wrong = client.post(address, {**typed(roster), "mixes": "夜班 消防 1", "quotas": "外单位 每天 1"})
        text = wrong.content.decode()
        assert "没有人是“消防”" in text
        assert "<details open>" in text
        assert client.post(address, {**typed(roster), "mixes": "夜班 民警 1"}).status_code == 302
        roster.refresh_from_db()
        assert roster.rules["mixes"][0]["skills"] == ["民警"]
        assert "夜班 民警 1" in client.get(address).content.decode()
        problem = without_frozen(problem_of(roster))
        assert any(LEADER in one.skills for one in problem.people)
        assert check(problem, roster_of(roster.draft)).holds


@pytest.mark.django_db
class TestWishes:
    def test_who_is_on_the_list_says_himself_when_he_would_like_to_be_off(self) -> None:
        officer = an_officer(Role.READER)
        roster = a_roster(first_day=timezone.localdate() + timedelta(days=2))
        member = a_member_of(roster, "值守1")
        officer.person = a_person("值守1")
        officer.save()
        actions.link_member(a_planner(), member=member, person=officer.person)
        client = Client()
        client.force_login(officer)
        address = reverse("duty:mine")
        day = timezone.localdate() + timedelta(days=3)
        past = client.post(address, {"member": member.pk, "day": "2020-01-01", "on": "off"})
        assert "这一天已经过去" in past.content.decode()
        assert client.post(address, {"member": member.pk, "day": day, "on": "off"}).status_code == 302
        person = next(one for one in problem_of(roster).people if one.id == str(member.pk))
        assert [(wish.day, wish.on) for wish in person.wishes] == [(day, False)]
        draft = arranged(roster).draft
        assert (str(day), str(member.pk)) not in {(duty.split(".")[0], who) for duty, who in draft}
        other = a_member_of(roster, "值守2")
        assert (
            "member"
            in client.post(address, {"member": other.pk, "day": day, "on": "off"}).context["form"].errors
        )
        client.post(reverse("duty:withdraw_wish", args=[DutyWish.objects.get().pk]))
        assert not DutyWish.objects.exists()

    def test_a_leader_writes_down_what_somebody_said(self) -> None:
        roster = a_roster()
        member = a_member_of(roster, "值守1")
        client = signed_in(Role.HEADQUARTERS)
        address = reverse("duty:member", args=[member.pk])
        day = timezone.localdate() + timedelta(days=3)
        client.post(address, {"verb": "wish", "member": member.pk, "day": day, "on": "on"})
        assert DutyWish.objects.get().on
        assert "希望值班" in client.get(address).content.decode()

    def test_a_day_that_is_published_is_too_late_to_wish_for(self) -> None:
        version = a_published(first_day=timezone.localdate())
        with pytest.raises(ValidationError) as refused:
            actions.wish(a_planner(), member=a_member(version, "值守1"), day=timezone.localdate())
        assert refused.value.error_dict["day"][0].code == "already_published"

    def test_nobody_wishes_for_others(self) -> None:
        member = a_member_of(a_roster(), "值守1")
        with pytest.raises(NotAllowed):
            actions.wish(an_actor(Role.READER), member=member, day=timezone.localdate())


@pytest.mark.django_db
def test_a_new_roster_begins_with_the_rules_of_the_last() -> None:
    place = a_place()
    rules = {
        "mixes": [{**POLICE_AT_NIGHT, "skills": ["民警"]}],
        "weight_team": 60,
        "holidays": ["2020-02-10"],
    }
    a_roster(place=place, people=PEOPLE, rules=rules, shifts=read_shifts("白班 8-20\n夜班 20-8"))
    form = RosterForm(place)
    assert form.initial["mixes"] == "夜班 民警 1"
    assert form.initial["own_shifts"] or form.initial["grid"] == "two"
    assert form.initial["keep_teams"] is True
    assert "holidays" not in form.initial


def a_member_of(roster: DutyRoster, name: str) -> Any:
    return roster.place.duty_members.get(name=name)


def typed(roster: DutyRoster, **values: Any) -> dict[str, Any]:
    """What the page of settings would send."""
    form = RosterForm(roster.place, roster=roster)
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**shown, **values}.items() if value not in (None, False)}


def values_of(roster: DutyRoster, **values: Any) -> dict[str, Any]:
    form = RosterForm(roster.place, typed(roster, **values), roster=roster)
    assert form.is_valid(), form.errors
    return form.values


def signed_in(role: Role) -> Client:
    a_response()
    client = Client()
    client.force_login(an_officer(role))
    return client
