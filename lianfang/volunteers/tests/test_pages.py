"""The pages, as they are sent and answered: at the desk and for everybody."""

from datetime import timedelta
from typing import cast

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lianfang.book.errors import Refused
from lianfang.book.models import AuditEntry
from lianfang.book.records import Source
from lianfang.book.rights import Role
from lianfang.duty.models import Attendance, DutyMember, PublishedRoster
from lianfang.duty.queries import Turn
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_body, a_response, an_officer
from lianfang.places.models import Place
from lianfang.places.tests.builders import a_place, an_officer_at
from lianfang.rounds.models import Mark
from lianfang.rounds.tests.builders import a_spot
from lianfang.volunteers import actions, queries
from lianfang.volunteers.forms import CallForm, IssuerForm
from lianfang.volunteers.models import (
    ServiceCertificate,
    ServiceHours,
    ServicePosting,
    VolunteerCall,
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


@pytest.fixture(autouse=True)
def no_tries_before() -> None:
    cache.clear()


def signed_in(officer: Officer) -> Client:
    a_response()
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def desk() -> Client:
    return signed_in(an_officer(Role.HEADQUARTERS))


def page(name: str, *args: object) -> str:
    return reverse(f"volunteers:{name}", args=args)


@pytest.mark.parametrize(
    "name",
    [
        "volunteers",
        "sign_ups",
        "sign_up_new",
        "calls",
        "call_new",
        "teams",
        "team_new",
        "postings",
        "hours",
        "hours_new",
        "hours_take",
        "certificates",
    ],
)
def test_a_page_opens_while_the_book_is_empty(desk: Client, name: str) -> None:
    assert desk.get(page(name)).status_code == 200


def test_lists_are_filtered_sorted_searched_and_exported(desk: Client) -> None:
    a_volunteer(name="张司机", skills=["driver"])
    a_volunteer(name="李医生", skills=["medic"])
    shown = desk.get(page("volunteers"), {"skill": "medic", "sort": "-served"}).content.decode()
    assert "李医生" in shown
    assert "张司机" not in shown
    assert "张司机" in desk.get(page("volunteers"), {"q": "zsj"}).content.decode()
    answer = desk.post(page("volunteers"), {"export": "csv", "purpose": "报县指挥部"})
    assert answer.status_code == 200
    told = b"".join(answer) if answer.streaming else answer.content
    assert "张*机" in told.decode("utf-8-sig")
    assert "张司机" not in told.decode("utf-8-sig")


def test_a_person_signs_up_at_the_desk_is_accepted_and_sent(desk: Client) -> None:
    place, body = a_place(), a_body()
    offer = {**an_offer(name="王志愿"), "body": body.pk, "place": place.pk, "consented": "on"}
    made = desk.post(page("sign_up_new"), offer)
    assert made.status_code == 302
    again = desk.post(page("sign_up_new"), offer)
    assert again.status_code == 400
    assert "已经报过名" in again.content.decode()
    accepted = desk.post(made["Location"], {"verb": "accept"})
    assert accepted.status_code == 302
    assert desk.get(accepted["Location"]).status_code == 200
    volunteer = queries.visible_volunteers(a_keeper().officer).get()
    form = desk.get(page("post_choose", volunteer.pk))
    assert form["Location"] == page("post_new", volunteer.pk, place.pk)
    sent = desk.post(
        form["Location"],
        {
            "opening": "other",
            "what": "发放物资",
            "begins_at": "2030-02-10T08:00",
            "ends_at": "2030-02-10T12:00",
        },
    )
    assert sent.status_code == 302
    assert ServicePosting.objects.get().what == "发放物资"
    nothing = desk.post(form["Location"], {"opening": "other", "what": ""})
    assert nothing.status_code == 400
    assert ServicePosting.objects.count() == 1


def test_a_pledge_is_written_down_and_signed_on_the_screen(desk: Client) -> None:
    team = a_team(members=2)
    made = desk.post(page("pledge_new", team.pk), {"text": "坚守岗位", "before": "面对党旗"})
    assert made.status_code == 302
    one = queries.members_of(team)[0].volunteer
    pledge = queries.pledges_of(team).get()
    address = page("sign", pledge.root_id, one.pk)
    empty = desk.post(address, {"way": "drawn", "drawn": ""})
    assert empty.status_code == 400
    assert "还没有签名" in empty.content.decode()
    assert desk.post(address, {"way": "drawn", "drawn": "[[1,2,3,4,5,6,7,8]]"}).status_code == 302
    assert "<polyline" in desk.get(page("pledge", pledge.root_id)).content.decode()
    reader = signed_in(an_officer(Role.READER)).get(page("pledge", pledge.root_id)).content.decode()
    assert "坚守岗位" in reader
    assert one.person.name not in reader


def test_a_reader_sees_teams_without_their_members() -> None:
    team = a_team(members=1)
    member = queries.members_of(team).get().volunteer
    reader = signed_in(an_officer(Role.READER))
    shown = reader.get(page("team", team.pk)).content.decode()
    assert team.name in shown
    assert member.person.name not in shown
    assert reader.get(page("volunteers")).status_code == 403
    assert reader.post(page("team", team.pk), {"verb": "join"}).status_code == 200
    assert queries.members_of(team).count() == 1


def test_hours_are_taken_from_attendance_and_rounds_once(desk: Client) -> None:
    keeper = a_keeper()
    place = a_place()
    one = a_volunteer(keeper, name="周打卡", place=place)
    other = a_volunteer(keeper, name="吴巡查", place=place)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    came = midnight - timedelta(days=2, hours=1)
    for direction, at in (("in", came), ("out", came + timedelta(hours=3))):
        Attendance(
            response=a_response(),
            place=place,
            name=one.person.name,
            direction=direction,
            happened_at=at,
            written_by=keeper.officer,
        ).save()
    spot = a_spot(place)
    for minutes in (0, 20, 40):
        Mark(
            response=a_response(),
            spot=spot,
            kind="patrol",
            people="吴巡查、路人",
            happened_at=came + timedelta(minutes=minutes),
            written_by=keeper.officer,
            source=Source.DESK,
        ).save()
    address = f"{page('hours_take')}?place={place.pk}&days=7"
    shown = desk.get(address).context["proposals"]
    assert [line.minutes for line in shown if line.volunteer == one] == [60, 120]
    assert sum(line.minutes for line in shown if line.volunteer == other) == 45
    for _twice in range(2):
        desk.post(address, {"evidence": [line.evidence for line in shown]})
    assert ServiceHours.objects.count() == len(shown)
    assert desk.get(address).context["proposals"] == []


def test_hours_are_entered_by_the_page_and_too_many_are_refused_at_their_field(desk: Client) -> None:
    volunteer = a_volunteer()
    entered = {"volunteer": volunteer.pk, "day": timezone.localdate().isoformat(), "what": "卡点值守"}
    for wrong in ("30", "0", ""):
        refused = desk.post(page("hours_new"), {**entered, "hours": wrong})
        assert refused.context["form"].errors.get("hours"), wrong
    assert desk.post(page("hours_new"), {**entered, "hours": "4.5"}).status_code == 302
    assert ServiceHours.objects.get().minutes == 270


def test_hours_are_corrected_by_a_record_and_certified(desk: Client) -> None:
    volunteer = a_volunteer()
    line = some_hours(volunteer, 240)
    address = page("hours_line", line.root_id)
    assert desk.post(address, {"hours": "25", "correction_reason": "写错"}).status_code == 400
    assert desk.post(address, {"hours": "3.5", "correction_reason": "写错"}).status_code == 302
    assert "3 小时 30 分" in desk.get(address).content.decode()
    answer = desk.post(page("volunteer", volunteer.pk), {"issuer": a_body().pk})
    assert answer.status_code == 302
    made = ServiceCertificate.objects.get()
    assert made.minutes == 210
    assert desk.get(page("certificate", made.pk)).status_code == 200
    assert desk.get(page("certificate_paper", made.pk))["Content-Type"] == "application/pdf"
    desk.post(page("certificate", made.pk), {"reason": "写错"})
    assert desk.get(page("certificate_paper", made.pk)).status_code == 404


def test_zero_hours_are_told_at_the_form(desk: Client) -> None:
    answer = desk.post(page("volunteer", a_volunteer().pk), {"issuer": a_body().pk})
    assert answer.status_code == 400
    assert "还没有服务时长" in answer.content.decode()


# ---- for everybody ----


def test_anybody_signs_up_without_sign_in_and_twice_is_once(client: Client) -> None:
    call = a_call()
    address = page("public_sign_up", call.pk)
    assert page("public_sign_up", call.pk) in client.get(page("public")).content.decode()
    offer = {**an_offer(name="孙报名"), "consented": "on"}
    first, second = client.post(address, offer), client.post(address, offer)
    assert first["Location"] == second["Location"] == page("public_thanks", call.pk)
    assert client.get(first["Location"]).status_code == 200
    assert VolunteerSignUp.objects.get().in_public
    entry = AuditEntry.objects.filter(action="sign_up_in_public").get()
    assert entry.origin == "public"
    assert offer["phone"] not in str(entry.values)


@pytest.mark.parametrize("missing", ["consented", "name", "phone"])
def test_a_public_sign_up_without_what_is_needed_is_told_so(client: Client, missing: str) -> None:
    offer = {**an_offer(), "consented": "on"}
    del offer[missing]
    answer = client.post(page("public_sign_up", a_call().pk), offer)
    assert answer.status_code == 400
    assert answer.context["form"].errors[missing]
    assert not VolunteerSignUp.objects.exists()


def test_one_address_signs_up_a_few_times_only(client: Client) -> None:
    call = a_call()
    statuses = [
        client.post(page("public_sign_up", call.pk), {**an_offer(), "consented": "on"}).status_code
        for _one in range(7)
    ]
    assert statuses == [302] * 5 + [429] * 2
    assert VolunteerSignUp.objects.count() == 5


def test_a_call_that_is_over_takes_nobody(client: Client) -> None:
    keeper = a_keeper()
    call = actions.close_call(keeper, call=a_call(keeper))
    answer = client.post(page("public_sign_up", call.pk), {**an_offer(), "consented": "on"})
    assert "已经结束" in answer.content.decode()
    assert not VolunteerSignUp.objects.exists()
    assert client.get(page("public_sign_up", a_place().pk)).status_code == 404


def a_place_lead(place: Place) -> Officer:
    officer = an_officer_at(place)
    officer.body = a_body()
    officer.save()
    return officer


def test_who_keeps_a_place_only_calls_for_it_and_is_refused_at_the_field() -> None:
    place = a_place(body=a_body())
    officer = a_place_lead(place)
    client = signed_in(officer)
    form = CallForm(officer)
    assert list(form.fields["body"].queryset) == [place.body]  # type: ignore[attr-defined]
    assert (form.fields["place"].required, form.initial["place"]) == (True, place.pk)
    without = client.post(page("call_new"), {"title": "招募志愿者", "body": place.body_id})
    assert without.status_code == 400
    assert "招募志愿者" in without.content.decode()
    made = client.post(page("call_new"), {"title": "招募志愿者", "place": place.pk})
    assert made.status_code == 302
    call = VolunteerCall.objects.get()
    assert (call.body, call.place) == (place.body, place)
    assert not IssuerForm(officer).fields["issuer"].queryset.exists()  # type: ignore[attr-defined]


def test_the_public_page_says_who_sees_a_sign_up(client: Client) -> None:
    a_call()
    shown = client.get(page("public")).content.decode()
    assert "县里的经办人员能看到" in shown


def test_a_shift_of_leaders_is_not_for_volunteers(monkeypatch: pytest.MonkeyPatch) -> None:
    place, now = a_place(), timezone.now()
    version = cast(PublishedRoster, None)
    end = now + timedelta(hours=8)
    turns = [
        Turn(version, "1.L.0", "1", "甲领导", "带班", "带班领导", now, end, leads=True),
        Turn(version, "1.0.0", "2", "乙", "白班", "东门", now, end),
    ]
    monkeypatch.setattr("lianfang.volunteers.queries.turns_at", lambda *_span: turns)
    monkeypatch.setattr("lianfang.volunteers.actions.postings.turns_at", lambda *_span: turns, raising=False)
    assert [one.target for one in queries.openings_at(place, now, end)] == ["", "1.0.0"]
    volunteer = a_volunteer()

    def send() -> ServicePosting:
        return actions.post_volunteer(
            a_keeper(),
            response=a_response(),
            volunteer=volunteer,
            place=place,
            kind="shift",
            what="带班领导",
            target="1.L.0",
            begins_at=now,
            ends_at=end,
        )

    with pytest.raises(Refused) as refused:
        send()
    assert refused.value.code == "leaders_only"
    DutyMember.objects.create(place=place, name="志愿", person=volunteer.person, leader=True)
    assert send().target == "1.L.0"
