"""Signing up, teams and their pledges, postings and hours."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lianfang.book.errors import NotAllowed, Refused
from lianfang.book.models import ReadEntry
from lianfang.book.rights import Role
from lianfang.book.soundness import findings
from lianfang.duty.models import DutyMember
from lianfang.people.models import Officer, Person
from lianfang.people.tests.builders import a_person, a_response, an_actor, an_officer
from lianfang.places.tests.builders import a_place
from lianfang.volunteers import actions, queries
from lianfang.volunteers.actions import Signed
from lianfang.volunteers.models import (
    PledgeSignature,
    ServiceHours,
    SignUpDecision,
    TeamMembership,
    Volunteer,
    VolunteerSignUp,
)
from lianfang.volunteers.tests.builders import (
    a_call,
    a_keeper,
    a_team,
    a_volunteer,
    an_offer,
    some_hours,
)

pytestmark = pytest.mark.django_db

NAME = [[100, 200, 300, 400, 500, 600, 700, 800]]


def code_of(error: pytest.ExceptionInfo[ValidationError], field: str) -> str:
    return str(error.value.error_dict[field][0].code)


def refused_with(code: str, act: object) -> None:
    with pytest.raises(Refused) as error:
        act()  # type: ignore[operator]
    assert error.value.code == code


# ---- signing up ----


def test_who_signs_up_and_is_accepted_is_a_volunteer_with_a_sealed_phone() -> None:
    keeper = a_keeper()
    volunteer = a_volunteer(keeper, name="张志愿", phone="138 0000 9999")
    assert volunteer.person.name == "张志愿"
    assert volunteer.person.open_phone() == "13800009999"
    stored = VolunteerSignUp.objects.get(name="张志愿")
    assert "9999" not in stored.phone
    assert "电话加密保存" in stored.consent
    assert queries.find_volunteers(keeper.officer, "9999").get() == volunteer


def test_a_second_sign_up_with_name_and_phone_is_recognised() -> None:
    keeper = a_keeper()
    call = a_call(keeper)
    offer = an_offer()
    first = actions.sign_up_in_public(keeper, call=call, **offer)
    spaced = {**offer, "phone": f"{offer['phone'][:3]} {offer['phone'][3:]}"}
    assert actions.sign_up_in_public(keeper, call=call, **spaced) == first
    with pytest.raises(ValidationError) as error:
        actions.sign_up_at_desk(keeper, response=a_response(), body=call.body, **offer)
    assert code_of(error, "phone") == "signed_up_twice"
    assert VolunteerSignUp.objects.count() == 1


def test_a_family_may_share_one_phone() -> None:
    keeper = a_keeper()
    call = a_call(keeper)
    offer = an_offer()
    one = actions.sign_up_in_public(keeper, call=call, **offer)
    other = actions.sign_up_in_public(keeper, call=call, **{**offer, "name": "妻子"})
    first = actions.accept_sign_up(keeper, sign_up=one)
    assert queries.same_phone(other, keeper.officer) == [first.person]
    second = actions.accept_sign_up(keeper, sign_up=other)
    assert first.person != second.person


def test_who_was_declined_or_has_left_may_sign_up_again() -> None:
    keeper = a_keeper()
    call = a_call(keeper)
    offer = an_offer()
    first = actions.sign_up_in_public(keeper, call=call, **offer)
    actions.decline_sign_up(keeper, sign_up=first, reason="人手已够")
    second = actions.sign_up_in_public(keeper, call=call, **offer)
    assert second != first
    volunteer = actions.accept_sign_up(keeper, sign_up=second)
    actions.end_volunteer(keeper, volunteer=volunteer, on=timezone.localdate())
    third = actions.sign_up_in_public(keeper, call=call, **offer)
    again = actions.accept_sign_up(keeper, sign_up=third)
    assert again.pk == volunteer.pk
    assert again.ended_on is None


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"skills": ["flying"]}, "skills", "unknown_skill"),
        ({"times": ["never"]}, "times", "unknown_time"),
        ({"consented": False}, "consented", "consent_missing"),
        ({"phone": "12"}, "phone", "phone"),
        ({"name": " "}, "name", "required"),
    ],
)
def test_a_bad_sign_up_is_refused_at_its_field(given: dict[str, object], field: str, code: str) -> None:
    keeper = a_keeper()
    with pytest.raises(ValidationError) as error:
        actions.sign_up_in_public(keeper, call=a_call(keeper), **{**an_offer(), **given})
    assert code_of(error, field) == code
    assert not VolunteerSignUp.objects.exists()


def test_nobody_signs_up_through_a_closed_call_or_after_its_opener_lost_the_right() -> None:
    keeper = a_keeper()
    closed = actions.close_call(keeper, call=a_call(keeper))
    refused_with("call_closed", lambda: actions.sign_up_in_public(keeper, call=closed, **an_offer()))
    orphan = a_call(keeper)
    keeper.officer.grants.all().delete()
    without = type(keeper)(Officer.objects.get(pk=keeper.officer.pk))
    refused_with("call_closed", lambda: actions.sign_up_in_public(without, call=orphan, **an_offer()))


def test_a_sign_up_is_decided_once() -> None:
    keeper = a_keeper()
    sign_up = actions.sign_up_in_public(keeper, call=a_call(keeper), **an_offer())
    actions.accept_sign_up(keeper, sign_up=sign_up)
    refused_with("already_decided", lambda: actions.accept_sign_up(keeper, sign_up=sign_up))
    refused_with("already_decided", lambda: actions.decline_sign_up(keeper, sign_up=sign_up, reason="不"))
    assert SignUpDecision.objects.count() == 1


def test_who_signs_up_is_recognised_in_the_register_by_name_and_phone() -> None:
    keeper = a_keeper()
    offer = an_offer()
    known = a_person(offer["name"])
    known.seal_phone(offer["phone"])
    known.save()
    sign_up = actions.sign_up_in_public(keeper, call=a_call(keeper), **offer)
    assert actions.accept_sign_up(keeper, sign_up=sign_up).person == known
    assert Person.objects.filter(name=offer["name"]).count() == 1


def test_a_volunteer_s_page_and_phone_are_read_under_log() -> None:
    keeper = a_keeper()
    volunteer = a_volunteer(keeper)
    actions.read_volunteer(keeper, volunteer=volunteer)
    assert actions.open_phone(keeper, volunteer=volunteer, purpose="通知换班").startswith("138")
    told = ReadEntry.objects.filter(person_id=volunteer.person_id).values_list("purpose", flat=True)
    assert sorted(told) == ["", "通知换班"]


def test_who_reads_the_book_sees_no_volunteer() -> None:
    volunteer = a_volunteer()
    reader = an_actor(Role.READER)
    assert not queries.visible_volunteers(reader.officer).exists()
    with pytest.raises(NotAllowed):
        actions.read_volunteer(reader, volunteer=volunteer)


def test_what_may_be_seen_and_what_may_be_done_agree() -> None:
    place, elsewhere = a_place(), a_place()
    mine, other = a_volunteer(place=place), a_volunteer(place=elsewhere)
    team = a_team(place=place, members=0)
    keeper = a_keeper()
    helping = a_volunteer(place=elsewhere)
    actions.join_team(keeper, team=team, volunteer=helping, on=date(2020, 2, 1))
    officer = an_officer(None)
    from lianfang.people.models import Grant

    Grant.objects.create(officer=officer, role=Role.PLACE_LEAD, place_id=place.pk)
    seen = set(queries.visible_volunteers(officer))
    assert seen == {mine, helping}
    assert {one for one in (mine, other, helping) if queries.may_keep(officer, one)} == seen


# ---- teams and pledges ----


def test_a_team_of_party_members_takes_party_members_only() -> None:
    keeper = a_keeper()
    team = a_team(keeper, members=0, of_party_members=True)
    refused_with(
        "no_party_member", lambda: actions.join_team(keeper, team=team, volunteer=a_volunteer(keeper))
    )
    actions.join_team(keeper, team=team, volunteer=a_volunteer(keeper, party_member=True))
    assert queries.members_of(team).count() == 1


def test_nobody_is_in_a_team_twice() -> None:
    keeper = a_keeper()
    team = a_team(keeper, members=1)
    volunteer = queries.members_of(team).get().volunteer
    with pytest.raises(ValidationError):
        actions.join_team(keeper, team=team, volunteer=volunteer)


def test_who_leaves_a_team_keeps_what_was_pledged_and_served() -> None:
    keeper = a_keeper()
    team = a_team(keeper, members=2)
    line = queries.members_of(team)[0]
    pledge = actions.make_pledge(
        keeper,
        response=a_response(),
        team=team,
        text="坚守岗位",
        signed=[Signed(line.volunteer, "paper", proof="第1页")],
    )
    some_hours(line.volunteer, actor=keeper, team=team)
    actions.leave_team(keeper, membership=line, on=timezone.localdate(), reason="返岗")
    assert line.volunteer not in [one.volunteer for one in queries.members_of(team)]
    assert queries.signatures_of(pledge).get().volunteer == line.volunteer
    assert queries.hours_of(line.volunteer).count() == 1
    refused_with("already_left", lambda: actions.leave_team(keeper, membership=line, on=timezone.localdate()))
    assert list(findings(frozenset({"volunteers"}))) == []


def test_an_empty_team_makes_no_pledge() -> None:
    keeper = a_keeper()
    team = a_team(keeper, members=0)
    refused_with(
        "team_empty",
        lambda: actions.make_pledge(keeper, response=a_response(), team=team, text="坚守岗位"),
    )


@pytest.mark.parametrize(
    ("way", "drawn", "proof", "field"),
    [
        ("drawn", [], "", "drawn"),
        ("drawn", [[1, 2]], "", "drawn"),
        ("drawn", [[5000] * 12], "", "drawn"),
        ("paper", NAME, " ", "proof"),
        ("spoken", [], "", "proof"),
    ],
)
def test_a_missing_signature_is_refused_and_nothing_is_written(
    way: str, drawn: list[list[int]], proof: str, field: str
) -> None:
    keeper = a_keeper()
    team = a_team(keeper, members=1)
    member = queries.members_of(team).get().volunteer
    with pytest.raises(ValidationError) as error:
        actions.make_pledge(
            keeper,
            response=a_response(),
            team=team,
            text="坚守岗位",
            signed=[Signed(member, way, drawn, proof)],
        )
    assert code_of(error, field) == "signature_missing"
    assert not queries.pledges_of(team).exists()


def test_members_sign_once_and_strangers_never() -> None:
    keeper = a_keeper()
    team = a_team(keeper, members=2)
    pledge = actions.make_pledge(keeper, response=a_response(), team=team, text="坚守岗位")
    one, other = [line.volunteer for line in queries.members_of(team)]
    actions.sign_pledge(keeper, pledge=pledge, signed=Signed(one, "drawn", NAME))
    refused_with(
        "signed_before",
        lambda: actions.sign_pledge(keeper, pledge=pledge, signed=Signed(one, "paper", proof="第1页")),
    )
    with pytest.raises(ValidationError) as error:
        actions.sign_pledge(keeper, pledge=pledge, signed=Signed(a_volunteer(keeper), "drawn", NAME))
    assert code_of(error, "volunteer") == "not_in_team"
    assert queries.unsigned_of(pledge) == [other]
    assert PledgeSignature.objects.get().drawn == NAME


# ---- postings and hours ----


def test_who_is_put_on_the_list_is_offered_to_the_next_roster() -> None:
    keeper = a_keeper()
    place = a_place()
    volunteer = a_volunteer(keeper, place=place)
    for _twice in range(2):
        actions.post_volunteer(
            keeper,
            response=a_response(),
            volunteer=volunteer,
            place=place,
            kind="roster",
            what="值班名单",
            begins_at=timezone.now(),
        )
    assert DutyMember.objects.get(place=place).person == volunteer.person


def test_nobody_is_sent_to_two_places_at_once() -> None:
    keeper = a_keeper()
    volunteer = a_volunteer(keeper)
    begin = timezone.now() + timedelta(hours=1)

    def send(begins_at: object, hours: float) -> object:
        return actions.post_volunteer(
            keeper,
            response=a_response(),
            volunteer=volunteer,
            place=a_place(),
            kind="other",
            what="发放物资",
            begins_at=begins_at,  # type: ignore[arg-type]
            ends_at=begins_at + timedelta(hours=hours),  # type: ignore[operator]
        )

    first = send(begin, 4)
    refused_with("posted_elsewhere", lambda: send(begin + timedelta(hours=3), 4))
    send(begin + timedelta(hours=4), 4)
    with pytest.raises(ValidationError):
        send(begin + timedelta(days=1), 30)
    actions.cancel_posting(keeper, posting=first, reason="下雪")  # type: ignore[arg-type]
    send(begin, 1)


@pytest.mark.parametrize(
    ("minutes", "days", "field", "code"),
    [
        (24 * 60 + 1, 0, "minutes", "too_many_hours"),
        (60, 1, "day", "date_in_future"),
        (0, 0, "minutes", "no_hours"),
        (-5, 0, "minutes", "no_hours"),
    ],
)
def test_hours_that_cannot_be_are_refused(minutes: int, days: int, field: str, code: str) -> None:
    volunteer = a_volunteer()
    with pytest.raises(ValidationError) as error:
        some_hours(volunteer, minutes, day=timezone.localdate() + timedelta(days=days))
    assert code_of(error, field) == code


def test_all_hours_of_a_day_together_are_no_more_than_the_day() -> None:
    volunteer = a_volunteer()
    first = some_hours(volunteer, 20 * 60)
    with pytest.raises(ValidationError):
        some_hours(volunteer, 5 * 60)
    some_hours(volunteer, 4 * 60)
    with pytest.raises(ValidationError):
        actions.correct_hours(a_keeper(), hours=first, minutes=21 * 60, reason="算错")
    actions.correct_hours(a_keeper(), hours=first, minutes=18 * 60, reason="算错")
    assert sum(one.minutes for one in queries.hours_of(volunteer)) == 22 * 60
    assert ServiceHours.objects.count() == 3


def test_the_leader_of_a_team_enters_hours_of_its_members_only() -> None:
    keeper = a_keeper()
    team = a_team(keeper, members=2)
    head, member = list(queries.members_of(team))
    TeamMembership.objects.filter(pk=head.pk).update(leader=True)
    leader = an_actor(None)
    leader.officer.person = head.volunteer.person
    leader.officer.save()
    line = some_hours(member.volunteer, actor=leader, team=team)
    actions.correct_hours(leader, hours=line, minutes=60, reason="写错")
    assert list(queries.visible_teams(leader.officer)) == [team]
    with pytest.raises(ValidationError):
        some_hours(a_volunteer(keeper), actor=leader, team=team)
    with pytest.raises(NotAllowed):
        some_hours(member.volunteer, actor=leader)


def test_the_walk_finds_more_than_a_day_in_a_day(django_assert_max_num_queries: object) -> None:
    volunteer = a_volunteer()
    some_hours(volunteer, 60)
    assert list(findings(frozenset({"volunteers"}))) == []
    with_too_much = ServiceHours(
        response=a_response(),
        volunteer=volunteer,
        day=timezone.localdate(),
        minutes=1440,
        what="值守",
        basis="leader",
        written_by=a_keeper().officer,
    )
    with_too_much.save()
    assert ["超过24小时" in one.message for one in findings(frozenset({"volunteers"}))] == [True]


def test_who_has_left_is_not_sent_anywhere() -> None:
    keeper = a_keeper()
    volunteer = a_volunteer(keeper)
    actions.end_volunteer(keeper, volunteer=volunteer, on=timezone.localdate())
    gone = Volunteer.objects.get(pk=volunteer.pk)
    refused_with(
        "already_left",
        lambda: actions.post_volunteer(
            keeper,
            response=a_response(),
            volunteer=gone,
            place=a_place(),
            kind="other",
            what="发放物资",
            begins_at=timezone.now(),
            ends_at=timezone.now() + timedelta(hours=1),
        ),
    )
