"""Attendance, handing over, calendars, one's own duties: as phones send them and pages show them."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lianfang.book.errors import Refused
from lianfang.book.registers import new_id
from lianfang.book.rights import Role
from lianfang.duty import actions, queries
from lianfang.duty.attendance import hours_of, relief_of
from lianfang.duty.calendars import address_of
from lianfang.duty.models import Attendance, DutyMember, Handover, HandoverReview, PublishedRoster
from lianfang.duty.phone_tasks import duty_of
from lianfang.duty.problems import aware
from lianfang.duty.tests.builders import FIRST, a_member, a_planner, a_published
from lianfang.field.tests import builders as field_builders
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_person, a_response, an_officer
from lianfang.places.models import Spot, SpotKind

pytestmark = pytest.mark.django_db

DRAWN = [[10, 10, 20, 20, 30, 10, 40, 20]]


def signed_in(officer: Officer) -> Client:
    a_response()
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(hour: int, day: int = 0, minute: int = 0) -> datetime:
    return aware(datetime.combine(FIRST + timedelta(days=day), time(hour, minute)))


def handed_over(**values: Any) -> dict[str, Any]:
    return {
        "began_at": at(8).isoformat(),
        "shift_end": at(16).isoformat(),
        "handed_by": "值守1",
        "taken_by": "值守2",
        "signed_from": DRAWN,
        "signed_to": DRAWN,
        "counted": {"测温枪": 2},
        **values,
    }


def test_a_phone_sends_who_came_and_a_code_of_another_place_is_refused() -> None:
    phone = field_builders.a_phone()
    here = Spot.objects.get(pk=phone.gate)
    other = Spot.objects.create(
        place=a_published(days=1).roster.place, kind=SpotKind.DUTY_POST, name="别处岗亭"
    )
    ids = [
        phone.write("attendance", {"direction": "in", "name": "张三", "code": f"LS1:{here.code}"}),
        phone.write("attendance", {"direction": "in", "name": "张三", "code": other.code}),
        phone.write("attendance", {"direction": "in", "name": "张三", "code": "ZZZZZZZZZZ"}),
        phone.write("attendance", {"direction": "out"}),
    ]
    codes = [one.get("code", "") for one in phone.send(Client())["results"]]
    assert codes == ["", "other_place", "unknown_spot", "nobody_named"]
    assert str(Attendance.objects.get().pk) == ids[0]
    assert Attendance.objects.get().spot == here


def test_a_handover_without_both_signatures_is_refused() -> None:
    phone = field_builders.a_phone()
    phone.write("handover", handed_over())
    phone.write("handover", handed_over(signed_to=[]))
    phone.write("handover", handed_over(signed_from=[[5, 5]]))
    results = phone.send(Client())["results"]
    assert [one["status"] for one in results] == ["stored", "refused", "refused"]
    assert results[1]["code"] == "signature_missing"
    found = Handover.objects.get()
    page = signed_in(an_officer(Role.HEADQUARTERS))
    address = reverse("duty:handover", args=[found.root_id])
    assert "测温枪" in page.get(address).content.decode()
    page.post(address, {"text": "已阅"})
    assert HandoverReview.objects.get().counts["in"] == 0
    with pytest.raises(Refused):
        actions.review_handover(a_planner(), handover=found)


def test_the_shift_pin_signs_a_handover_for_whom_it_stands() -> None:
    phone = field_builders.a_phone()

    def by_pin(name: str) -> dict[str, str]:
        return {"id": str(new_id()), "name": name, "at": at(16).isoformat()}

    phone.write("handover", handed_over(signed_to=[], pin_to=by_pin("值守2")))
    phone.write("handover", handed_over(signed_to=[], pin_to=by_pin("值守3")))
    phone.write("handover", handed_over(signed_from=[], pin_to=by_pin("值守2")))
    results = phone.send(Client())["results"]
    assert [one.get("code", "") for one in results] == ["", "signature_missing", "signature_missing"]
    found = Handover.objects.get()
    assert found.signatures["to_pin"]["name"] == "值守2"
    page = signed_in(an_officer(Role.HEADQUARTERS)).get(reverse("duty:handover", args=[found.root_id]))
    assert "值守口令签字" in page.content.decode()


def attended(version: PublishedRoster, name: str, direction: str, moment: datetime) -> None:
    Attendance.objects.create(
        response=a_response(),
        place=version.roster.place,
        member=a_member(version, name),
        direction=direction,
        happened_at=moment,
        written_by=an_officer(),
    )


def test_a_forgotten_check_out_is_capped_at_the_end_of_the_shift_and_flagged() -> None:
    version = a_published()
    turn = queries.turns_at(version.roster.place, at(8), at(9))[0]
    attended(version, turn.name, "in", turn.starts_at + timedelta(minutes=30))
    lines = hours_of(version.roster.place, at(0), at(0, 1), at(12, 2))
    mine = next(line for line in lines if line.name == turn.name and line.minutes)
    assert (mine.minutes, mine.forgotten, mine.late) == (450, 1, 1)
    attended(version, turn.name, "out", turn.starts_at + timedelta(hours=4))
    lines = hours_of(version.roster.place, at(0), at(0, 1), at(12, 2))
    mine = next(line for line in lines if line.name == turn.name and line.minutes)
    assert (mine.minutes, mine.forgotten) == (210, 0)


def test_a_late_relief_lengthens_the_shift_and_the_rest_is_checked_again() -> None:
    version = a_published(people=4)
    turns = queries.turns_at(version.roster.place, at(0), at(0, 7))
    pairs = [(a, b) for a in turns for b in turns if a.name == b.name and a.ends_at < b.starts_at]
    first, following = min(pairs, key=lambda pair: pair[1].starts_at - pair[0].ends_at)
    handover = Handover(
        response=a_response(),
        place=version.roster.place,
        began_at=first.starts_at,
        shift_end=first.ends_at,
        happened_at=following.starts_at - timedelta(hours=1),
        handed_by=first.name,
        taken_by="某人",
    )
    relief = relief_of(handover)
    assert relief is not None
    assert relief.short
    assert relief.rest_minutes == 60
    handover.happened_at = first.ends_at
    assert relief_of(handover) is None


def linked(version: PublishedRoster, officer: Officer, name: str) -> DutyMember:
    officer.person = a_person(name)
    officer.save()
    return actions.link_member(a_planner(), member=a_member(version, name), person=officer.person)


def test_ones_own_duties_are_shown_with_a_calendar_that_needs_no_sign_in() -> None:
    version = a_published(first_day=timezone.localdate())
    officer = an_officer(Role.READER)
    member = linked(version, officer, "值守1")
    page = signed_in(officer).get(reverse("duty:mine")).content.decode()
    address = address_of(member)
    assert address in page
    path = address[address.index("/duty/") :]
    feed = Client().get(path)
    assert feed["Content-Type"].startswith("text/calendar")
    held = [duty for duty, who in version.assignments if who == str(member.pk)]
    assert feed.content.count(b"BEGIN:VEVENT") == len(held)
    assert Client().get(path.replace(".ics", "x.ics")).status_code == 404
    actions.renew_calendar(a_planner(), member=member)
    assert Client().get(path).status_code == 404


def test_a_swap_is_walked_on_its_pages() -> None:
    version = a_published(first_day=timezone.localdate() + timedelta(days=1), people=12)
    officer = an_officer(Role.READER)
    member = linked(version, officer, "值守1")
    turn = queries.turns_of_person(member.person_id, timezone.now(), at(0) + timedelta(days=9999))[0]  # type: ignore[arg-type]
    other, _cost = queries.swaps_possible(turn)[0]
    client = signed_in(officer)
    assert other.name in client.get(reverse("duty:mine"), {"swap": turn.duty}).content.decode()
    client.post(
        reverse("duty:swap_ask"),
        {
            "version": version.pk,
            "member": member.pk,
            "duty": turn.duty,
            "colleague": other.member,
            "other_duty": other.duty,
        },
    )
    leader = signed_in(an_officer(Role.HEADQUARTERS))
    swap = queries.visible_swaps(officer, a_response()).get()
    address = reverse("duty:swap", args=[swap.pk])
    leader.post(address, {"who": "colleague", "answer": "yes"})
    leader.post(address, {"who": "leader", "answer": "yes"})
    assert PublishedRoster.objects.current().get().number == 2
    assert "已批准" in leader.get(reverse("duty:swaps")).content.decode()


@pytest.mark.parametrize(
    "name", ["rosters", "new", "members", "absences", "absence_new", "mine", "swaps", "handovers", "hours"]
)
def test_pages_open_while_the_book_is_empty(name: str) -> None:
    assert signed_in(an_officer(Role.HEADQUARTERS)).get(reverse(f"duty:{name}")).status_code == 200


def test_hours_are_listed_and_exported_and_today_and_the_place_tell_of_duty() -> None:
    version = a_published(first_day=timezone.localdate(), people=2)
    client = signed_in(an_officer(Role.HEADQUARTERS))
    place = version.roster.place
    assert client.get(reverse("duty:hours"), {"place": place.pk}).status_code == 200
    assert client.post(reverse("duty:hours"), {"place": place.pk}).content.startswith(b"PK")
    assert "两天内缺岗" in client.get("/").content.decode()
    assert {turn["name"] for turn in duty_of(place.pk)["turns"]} <= {"值守1", "值守2"}


def test_the_way_of_a_roster_is_walked_on_its_pages() -> None:
    version = a_published()
    client = signed_in(an_officer(Role.HEADQUARTERS))
    roster = version.roster
    page = client.get(reverse("duty:roster", args=[roster.pk])).content.decode()
    assert "已发布第1版" in page
    duty, member = version.assignments[0]
    why = client.get(reverse("duty:why", args=[roster.pk]), {"duty": duty, "member": member})
    assert "为什么不是别人" in why.content.decode()
    told = client.post(
        reverse("duty:step", args=[roster.pk]), {"step": "1"}, headers={"Accept": "application/json"}
    )
    assert told.json()["of"] == 3
    assert client.get(reverse("duty:paper", args=[roster.pk, "week-post"])).content.startswith(b"%PDF")
    assert client.get(reverse("duty:paper", args=[roster.pk, "decade"])).status_code == 404
