"""The pages: who may open them, what they show, what a form answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lianfang.book.models import ReadEntry
from lianfang.book.rights import Role
from lianfang.people.actions import assign
from lianfang.people.models import Grant, Officer
from lianfang.people.tests.builders import a_body, a_person, a_response, a_township, an_actor, an_officer
from lianfang.places import actions, queries
from lianfang.places.models import Household, HouseholdMeasure, Place, PlaceKind, Spot
from lianfang.places.tests.builders import (
    a_compound,
    a_gate,
    a_household,
    a_place,
    a_resident,
    an_officer_at,
    headquarters,
    validity,
)

pytestmark = pytest.mark.django_db


def client_of(officer: Officer) -> Client:
    a_response()
    client = Client()
    client.force_login(officer)
    return client


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


class World:
    """One place of each kind of thing that a page may be about."""

    def __init__(self) -> None:
        self.place = a_compound(buildings=1)
        self.household = a_household(self.place, "1-1-101")
        self.resident = a_resident(self.household)
        self.gate = a_gate(self.place)
        actions.issue_household_passes(headquarters(), place=self.place, validity=validity())
        self.site = a_place("", PlaceKind.ENTERPRISE_SITE)
        self.employee = actions.register_employee(headquarters(), place=self.site, name="赵云")
        self.measure = actions.begin_measure(
            headquarters(),
            household=self.household,
            kind=HouseholdMeasure.Kind.HOME_OBSERVATION,
            begins_at=timezone.now() - timedelta(days=1),
        )
        self.state = actions.set_place_state(
            headquarters(), place=self.place, regime="closed", begins_at=timezone.now() - timedelta(days=1)
        )


PAGES: dict[str, Callable[[World], list[object]]] = {
    "places": lambda _world: [],
    "place_new": lambda _world: [],
    "place": lambda world: [world.place.pk],
    "place_edit": lambda world: [world.place.pk],
    "place_find": lambda world: [world.place.pk],
    "place_merge": lambda world: [world.place.pk],
    "place_state_new": lambda world: [world.place.pk],
    "place_state_end": lambda world: [world.state.pk],
    "compound_build": lambda world: [world.place.pk],
    "building_new": lambda world: [world.place.pk],
    "building": lambda world: [world.household.building_id],
    "building_edit": lambda world: [world.household.building_id],
    "room_new": lambda world: [world.household.building_id],
    "household_new": lambda world: [world.place.pk],
    "households": lambda _world: [],
    "household": lambda world: [world.household.pk],
    "household_edit": lambda world: [world.household.pk],
    "household_end": lambda world: [world.household.pk],
    "household_move": lambda world: [world.household.pk],
    "household_split": lambda world: [world.household.pk],
    "household_merge": lambda world: [world.household.pk],
    "resident_new": lambda world: [world.household.pk],
    "vehicle_new": lambda world: [world.household.pk],
    "measure_new": lambda world: [world.household.pk],
    "resident_edit": lambda world: [world.resident.pk],
    "resident_move": lambda world: [world.resident.pk],
    "resident_out": lambda world: [world.resident.pk],
    "resident_merge": lambda world: [world.resident.pk],
    "measure_release": lambda world: [world.measure.pk],
    "spots": lambda _world: [],
    "spot_edit": lambda world: [world.gate.pk],
    "spot_new": lambda world: [world.place.pk],
    "spot_codes": lambda world: [world.place.pk],
    "employees": lambda _world: [],
    "employee_edit": lambda world: [world.employee.pk],
    "employee_end": lambda world: [world.employee.pk],
    "employee_new": lambda world: [world.site.pk],
    "passes": lambda _world: [],
    "pass_keys": lambda _world: [],
    "passes_issue": lambda world: [world.place.pk],
    "pass_cards": lambda world: [world.place.pk],
    "place_import": lambda world: [world.place.pk],
}


def test_every_page_opens_for_headquarters_and_for_nobody_without_a_role() -> None:
    world = World()
    mine, nobody = client_of(headquarters().officer), client_of(an_officer(None))
    for name, line in PAGES.items():
        assert mine.get(reverse(name, args=line(world))).status_code == 200, name
        assert nobody.get(reverse(name, args=line(world))).status_code in (403, 404), name


def test_the_lead_of_another_place_opens_none_of_its_pages() -> None:
    world = World()
    other = client_of(an_officer_at(a_place()))
    for name, line in PAGES.items():
        if line(world):
            assert other.get(reverse(name, args=line(world))).status_code in (403, 404), name


def test_a_guard_sees_the_place_and_finds_rooms_but_no_register() -> None:
    world = World()
    guard = client_of(an_officer_at(world.place, Role.GUARD))
    shown = page(guard, "place", world.place.pk)
    assert "东门" in shown
    assert "王大明" not in shown
    assert "1-1-101" in page(guard, "place_find", world.place.pk, q="wdm")
    assert guard.get(reverse("household", args=[world.household.pk])).status_code in (403, 404)
    assert guard.get(reverse("households")).status_code == 403


def test_a_place_shows_who_guards_it_and_a_call_is_a_logged_read() -> None:
    place = a_place("家具厂小区", unmanaged=True)
    chief = a_person("林负责", area=a_township())
    chief.seal_phone("13900001234")
    chief.save()
    assign(
        an_actor(Role.FEDERATION_OFFICE),
        body=a_body("测试工商联"),
        person=chief,
        place_id=place.pk,
        duty="包保责任人",
    )
    guard = client_of(an_officer_at(place, Role.GUARD))
    shown = page(guard, "place", place.pk)
    assert "测试工商联" in shown
    assert "林负责" in shown
    assert "13900001234" not in shown
    called = guard.post(reverse("place_call", args=[place.pk, chief.pk])).content.decode()
    assert "tel:13900001234" in called
    assert ReadEntry.objects.get().person_id == chief.pk


def test_nobody_elses_number_is_shown_by_calling() -> None:
    world = World()
    guard = client_of(an_officer_at(world.place, Role.GUARD))
    guard.post(reverse("place_call", args=[world.place.pk, world.resident.person_id]))
    assert not ReadEntry.objects.exists()


def test_opening_a_household_logs_a_read_of_each_who_lives_there() -> None:
    world = World()
    lead = client_of(an_officer_at(world.place))
    assert "李小红" in page(lead, "household", world.household.pk)
    assert {entry.person_name for entry in ReadEntry.objects.all()} == {"王大明", "李小红"}


def test_the_lead_of_a_place_opens_the_persons_who_live_there_and_no_others() -> None:
    world = World()
    lead = client_of(an_officer_at(world.place))
    assert "1-1-101" in page(lead, "person", world.resident.person_id)
    assert lead.get(reverse("person", args=[a_person().pk])).status_code == 404


def test_a_compound_is_built_from_one_form() -> None:
    place = a_place()
    client = client_of(headquarters().officer)
    form = {"first": 1, "last": 12, "stairwells": 3, "floors": 6, "rooms_a_floor": 2}
    answer = client.post(reverse("compound_build", args=[place.pk]), form, follow=True)
    assert "432 间房" in answer.content.decode()
    again = client.post(reverse("compound_build", args=[place.pk]), form, follow=True)
    assert "12 栋已有" in again.content.decode()


def test_a_table_is_previewed_then_imported_without_its_bad_rows() -> None:
    place = a_place()
    client = client_of(headquarters().officer)
    table = "姓名,房号,关系\n王大明,3-2-501,户主\n李小红,看不懂,妻\n".encode("utf-8-sig")
    upload = {"table": "residents", "file": SimpleUploadedFile("住户.csv", table)}
    preview = client.post(reverse("place_import", args=[place.pk]), upload, follow=True)
    assert "看不懂" in preview.content.decode()
    assert not Household.objects.exists()
    done = client.post(preview.redirect_chain[-1][0], {"bad_rows": "leave_out"})
    assert "新登记 1 行" in done.content.decode()
    assert Household.objects.get().label == "3-2-501"


def test_a_wrong_file_is_refused_at_its_field() -> None:
    place = a_place()
    client = client_of(headquarters().officer)
    upload = {"table": "residents", "file": SimpleUploadedFile("住户.csv", b"\x00\x01\x02")}
    answer = client.post(reverse("place_import", args=[place.pk]), upload)
    assert answer.status_code == 422


def test_a_household_is_registered_from_an_empty_room_of_the_plan() -> None:
    place = a_compound(buildings=1)
    client = client_of(headquarters().officer)
    plan = page(client, "building", place.buildings.get().pk)
    assert "?room=" in plan
    room = queries.rooms_of(place).get(stairwell__number="1", number="101")
    client.post(
        reverse("household_new", args=[place.pk]),
        {"room": room.pk, "head_name": "王大明", "phone": "", "needs": ""},
    )
    assert Household.objects.get().head is not None


def test_an_officer_is_made_lead_of_a_place_on_the_officers_page() -> None:
    place = a_place()
    somebody = an_officer(None)
    somebody.body = a_body()
    somebody.save()
    client = client_of(an_officer(Role.ADMINISTRATOR))
    answer = client.post(
        reverse("grant_new", args=[somebody.pk]), {"role": Role.PLACE_LEAD, "place": str(place.pk)}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert Grant.objects.get(officer=somebody).place_id == place.pk
    assert place.name in page(client, "officer", somebody.pk)


def test_a_county_wide_role_of_managing_reaches_the_grants_of_its_places() -> None:
    place = a_place(area=a_township("石桥镇"))
    Grant.objects.create(officer=an_officer(None), role=Role.GUARD, place_id=place.pk)
    town = an_officer(Role.ADMINISTRATOR, area=a_township("石桥镇"))
    other = an_officer(Role.ADMINISTRATOR, area=a_township("南坡镇"))
    from lianfang.people.queries import visible_grants

    assert visible_grants(town).filter(place_id=place.pk).exists()
    assert not visible_grants(other).filter(place_id=place.pk).exists()


def test_exports_mask_names_unless_asked_with_the_right() -> None:
    world = World()
    client = client_of(an_officer_at(world.place))
    export = client.post(
        f"{reverse('households')}?place={world.place.pk}", {"export": "csv", "purpose": "上报镇里"}
    )
    text = export.content.decode("utf-8-sig")
    assert "王*明" in text
    assert "王大明" not in text


def test_the_codes_of_spots_print_as_a_pdf() -> None:
    world = World()
    answer = client_of(headquarters().officer).get(reverse("spot_codes", args=[world.place.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_renewed_code_replaces_the_printed_one() -> None:
    world = World()
    client = client_of(headquarters().officer)
    client.post(reverse("spot_step", args=[world.gate.pk, "renew"]))
    assert Spot.objects.get(pk=world.gate.pk).code != world.gate.code


def test_the_search_across_the_book_finds_places_and_households() -> None:
    world = World()
    client = client_of(headquarters().officer)
    shown = client.get(reverse("search"), {"q": "1-1-101"}).content.decode()
    assert reverse("household", args=[world.household.pk]) in shown
    shown = client.get(reverse("search"), {"q": world.place.name}).content.decode()
    assert reverse("place", args=[world.place.pk]) in shown


def test_a_merged_place_and_household_lead_to_the_one_kept() -> None:
    first, second = a_place(), a_place()
    actions.merge_places(headquarters(), place=first, into=second)
    client = client_of(headquarters().officer)
    answer = client.get(reverse("place", args=[first.pk]))
    assert answer["Location"] == reverse("place", args=[second.pk])


def test_a_place_that_takes_no_unmanaged_body_says_so_at_its_field() -> None:
    client = client_of(headquarters().officer)
    form = {"name": "某村", "kind": PlaceKind.VILLAGE, "area": a_township().pk, "unmanaged": "on"}
    answer = client.post(reverse("place_new"), form)
    assert answer.status_code == 422
    assert "只有小区才有" in answer.content.decode()
    assert not Place.objects.exists()


def test_a_field_offers_rooms_and_households_of_its_own_place_only() -> None:
    first, second = a_compound(buildings=1), a_compound(buildings=1)
    a_household(first, "1-1-101")
    a_household(second, "1-1-101")
    client = client_of(headquarters().officer)
    form = page(client, "household_new", first.pk)
    assert f"/known/room/?within={first.pk}" in form
    for name, typed in (("room", "1-1-101"), ("household", "wdm")):
        answer = client.get(reverse("known", args=[name]), {"q": typed, "within": str(first.pk)})
        assert len(answer.json()["choices"]) == 1, name
    nothing = client.get(reverse("known", args=["household"]), {"q": "wdm", "within": "no-place"})
    assert nothing.json()["choices"] == []
