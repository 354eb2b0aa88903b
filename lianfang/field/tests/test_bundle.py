"""The offline bundle: signed, of the device's place only, nothing in it that a guard may not see."""

import base64
import gzip
import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client
from django.utils import timezone

from lianfang.book.responding import load_rule_profiles
from lianfang.book.rights import Role
from lianfang.desk.phone_tasks import phone_task
from lianfang.field.actions import give_pin, revoke_device
from lianfang.field.bundle import public_key
from lianfang.field.models import Device, DeviceChain
from lianfang.field.tests.builders import a_gate, a_household, a_phone, a_place, a_resident
from lianfang.field.tests.phones import Phone
from lianfang.people.tests.builders import an_actor
from lianfang.places.indexing import households_changed
from lianfang.places.models import HouseholdMeasure, Place, PlaceState, Regime

pytestmark = pytest.mark.django_db


def fetched(phone: Phone, path: str = "", **headers: str) -> Any:
    return Client().get(
        f"/api/field/bundle{path}", headers={"authorization": f"Bearer {phone.token}", **headers}
    )


def manifest(phone: Phone) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.loads(fetched(phone).content)["manifest"])
    return found


def households(phone: Phone) -> list[Any]:
    return [
        household
        for piece in manifest(phone)["lookup"].values()
        for household in json.loads(fetched(phone, f"/{piece['hash']}").content)["households"]
    ]


def a_place_with_people() -> tuple[Place, Phone]:
    place = a_place()
    household = a_household(place, "3-2-501")
    a_resident(household, "王大明")
    households_changed([household.pk])
    return place, a_phone(a_gate(place, "东门"))


def test_bundle_is_signed_by_the_key_that_the_phone_got() -> None:
    _place, phone = a_place_with_people()
    answer = json.loads(fetched(phone).content)
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key()))
    key.verify(base64.b64decode(answer["signature"]), answer["manifest"].encode())


def test_chunk_is_named_by_its_content() -> None:
    _place, phone = a_place_with_people()
    for piece in manifest(phone)["lookup"].values():
        content = fetched(phone, f"/{piece['hash']}").content
        assert hashlib.sha256(content).hexdigest() == piece["hash"]
        assert len(content) == piece["size"]


def test_guard_gets_name_household_and_category_and_no_number() -> None:
    _place, phone = a_place_with_people()
    [[_id, label, *_rest, persons]] = households(phone)
    assert label == "3-2-501"
    [[_person, name, kind, initials, pinyin, _tails, _passes]] = persons
    assert (name, kind, initials, pinyin) == ("王大明", "resident", "wdm", "wangdaming")


def test_bundle_holds_nobody_of_another_place() -> None:
    a_place_with_people()
    other = a_phone(a_gate(a_place()))
    assert households(other) == []


def test_chunk_of_another_place_is_not_given() -> None:
    _place, phone = a_place_with_people()
    [piece] = manifest(phone)["lookup"].values()
    other = a_phone(a_gate(a_place()))
    assert fetched(other, f"/{piece['hash']}").status_code == 404


def test_nothing_is_sent_twice_while_nothing_has_changed() -> None:
    _place, phone = a_place_with_people()
    etag = fetched(phone)["ETag"]
    again = fetched(phone, **{"if-none-match": etag})
    assert again.status_code == 304
    assert again.content == b""


def test_only_the_changed_bucket_is_another_chunk() -> None:
    place, phone = a_place_with_people()
    second = a_household(place, "9-1-101")
    households_changed([second.pk])
    before = manifest(phone)["lookup"]
    a_resident(second, "李小红")
    households_changed([second.pk])
    after = manifest(phone)["lookup"]
    changed = {bucket for bucket in after if after[bucket] != before.get(bucket)}
    assert len(changed) == 1 or len(after) == 1
    assert {row[1] for row in households(phone)} == {"3-2-501", "9-1-101"}


def test_ended_measure_is_not_told() -> None:
    place, phone = a_place_with_people()
    household = place.households.get()
    now = timezone.now()
    for begins, ends in (
        (now - timedelta(days=20), now - timedelta(days=6)),
        (now - timedelta(days=1), None),
    ):
        HouseholdMeasure.objects.create(
            household=household, kind="home_observation", begins_at=begins, ends_at=ends
        )
    [[who, kind, _from, to]] = manifest(phone)["measures"]
    assert (who, kind, to) == (str(household.pk), "home_observation", None)


def test_state_of_the_place_and_its_rules_are_in_it() -> None:
    place, phone = a_place_with_people()
    load_rule_profiles(an_actor(Role.ADMINISTRATOR), subject="gate")
    PlaceState.objects.create(place=place, regime=Regime.PRECAUTION, begins_at=timezone.now())
    found = manifest(phone)
    assert found["place"]["regime"] == "precaution"
    assert found["rules"]["categories"]["resident"]["enters"] == "always"
    assert found["gate"]["name"] == "东门"


def test_shift_pins_go_as_digests() -> None:
    place, phone = a_place_with_people()
    give_pin(an_actor(), place=place, name="王建国", pin="2580")
    [pin] = manifest(phone)["pins"]
    assert pin["name"] == "王建国"
    assert pin["digest"].startswith("pbkdf2_sha256$")
    assert "2580" not in json.dumps({**pin, "digest": ""})


def test_revoked_phone_gets_nothing_more() -> None:
    _place, phone = a_place_with_people()
    [piece] = manifest(phone)["lookup"].values()
    revoke_device(an_actor(), device=Device.objects.get(pk=phone.device), why="遗失")
    for path in ("", f"/{piece['hash']}", "/crossings"):
        answer = fetched(phone, path)
        assert answer.status_code == 401
        assert answer.json()["code"] == "device_revoked"


def test_phone_that_asks_has_been_seen() -> None:
    _place, phone = a_place_with_people()
    manifest(phone)
    assert DeviceChain.objects.get(device=phone.device).last_seen_at is not None


def test_without_a_token_there_is_nothing() -> None:
    assert Client().get("/api/field/bundle").status_code == 401


def test_what_other_rooms_want_known_comes_as_a_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianfang.desk.phone_tasks._tasks", {})
    phone_task("rounds", title="巡查", module="r/f/r.js", icon="dot", data=lambda place: {"of": str(place)})
    place, phone = a_place_with_people()
    piece = manifest(phone)["data"]["rounds"]
    assert json.loads(fetched(phone, f"/{piece['hash']}").content) == {"of": str(place.pk)}


def test_other_phones_crossings_come_once_and_without_names() -> None:
    place, phone = a_place_with_people()
    household = place.households.get()
    person = household.residents.get().person
    west = a_phone(a_gate(place, "西门"))
    now = timezone.now()
    west.write(
        "passage",
        {"direction": "out", "category": "resident", "outcome": "admitted", "person": str(person.pk),
         "household": str(household.pk), "name": "王大明"},
        at=now,
    )  # fmt: skip
    west.send(Client())
    first = fetched(phone, "/crossings").json()
    [[_root, whose, who, at, direction, counts]] = first["rows"]
    assert (whose, who, direction, counts) == (str(household.pk), str(person.pk), "out", True)
    assert abs(at - now.timestamp()) < 2
    assert "王大明" not in json.dumps(first, ensure_ascii=False)
    assert fetched(phone, f"/crossings?after={first['next'].replace('+', '%2B')}").json()["rows"] == []
    assert fetched(west, "/crossings").json()["rows"] == []


def test_cursor_that_is_none_is_refused() -> None:
    _place, phone = a_place_with_people()
    assert fetched(phone, "/crossings?after=yesterday").json()["code"] == "cursor_invalid"


def test_bundle_is_compressed_for_those_who_take_it() -> None:
    _place, phone = a_place_with_people()
    [piece] = manifest(phone)["lookup"].values()
    answer = fetched(phone, f"/{piece['hash']}", **{"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert hashlib.sha256(gzip.decompress(answer.content)).hexdigest() == piece["hash"]
    assert answer["Cache-Control"] == "no-store"
