"""What may go wrong between a phone and the book: stolen tokens, weeks of delay, gates of others."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from lianfang.book.registers import new_id
from lianfang.field.actions import revoke_device
from lianfang.field.models import Device, Upload
from lianfang.field.tests.builders import a_gate, a_household, a_phone, a_place, an_actor
from lianfang.field.tests.phones import NOON, Phone, days, moment, post, statuses
from lianfang.field.tests.test_judging import judged, one_person_every_two_days
from lianfang.gates.models import Passage

pytestmark = pytest.mark.django_db


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def a_phone_with_a_key() -> tuple[Phone, Ed25519PrivateKey]:
    phone, key = a_phone(), Ed25519PrivateKey.generate()
    public = _base64(key.public_key().public_bytes_raw())
    Device.objects.filter(pk=phone.device).update(public_key=public)
    return phone, key


def _sent(client: Client, phone: Phone, body: bytes, signature: str) -> dict[str, Any]:
    return post(client, phone.token, body, **{"x-device-signature": signature})


def test_a_stolen_token_is_worth_nothing_without_the_key_of_the_phone(client: Client) -> None:
    phone, key = a_phone_with_a_key()
    phone.passes()
    body = phone.batch()
    another = _base64(Ed25519PrivateKey.generate().sign(body))
    for signature in ("", "nonsense", another, _base64(key.sign(body + b" "))):
        answer = _sent(client, phone, body, signature)
        assert (answer["http"], answer["code"]) == (401, "signature_invalid")
    assert not Passage.objects.exists()
    assert statuses(_sent(client, phone, body, _base64(key.sign(body)))) == ["stored"]


def test_an_upload_that_was_listened_to_and_is_sent_again_changes_nothing(client: Client) -> None:
    phone, key = a_phone_with_a_key()
    phone.passes()
    body = phone.batch()
    signature = _base64(key.sign(body))
    _sent(client, phone, body, signature)
    assert statuses(_sent(client, phone, body, signature)) == ["already_there"]
    assert Passage.objects.count() == 1
    revoke_device(an_actor(), device=Device.objects.get(), why="手机被盗")
    answer = _sent(client, phone, body, signature)
    assert (answer["http"], answer["code"]) == (401, "device_revoked")
    assert Passage.objects.count() == 1


def test_a_gate_of_another_county_is_refused_and_what_is_beside_it_taken(client: Client) -> None:
    phone = a_phone()
    phone.passes(gate=str(new_id()))
    phone.passes(household=str(a_household(a_place()).pk), category="resident")
    phone.passes()
    assert statuses(phone.send(client)) == ["other_place", "other_place", "stored"]
    assert Passage.objects.count() == 1


def test_what_comes_a_week_late_is_taken_with_its_own_time_and_judged_in_its_place(client: Client) -> None:
    one_person_every_two_days()
    place = a_place()
    out = {
        "household": str(a_household(place).pk),
        "category": "resident",
        "direction": "out",
        "tenths": 365,
    }
    late, other = a_phone(a_gate(place)), a_phone(a_gate(place))
    late.passes(name="早", at=NOON, **out)
    other.passes(name="晚", at=NOON + timedelta(hours=1), **out)
    other.passes(name="周末", at=NOON + days(6), **out)
    other.send(client)
    assert judged()["晚"] == ("admitted", (), False)
    answer = post(client, late.token, late.batch(sent_at=NOON + days(7)))
    assert statuses(answer) == ["stored"]
    passage = Passage.objects.get(name="早")
    assert moment(passage.happened_at) == moment(NOON)
    assert judged() == {
        "早": ("admitted", (), False),
        "晚": ("refused", ("quota_used",), True),
        "周末": ("admitted", (), False),
    }


def test_a_full_batch_of_ten_megabytes_is_taken(client: Client) -> None:
    phone = a_phone()
    phone.passes()
    body = phone.batch()
    padded = body[:-1] + b" " * (10 * 1024 * 1024 - len(body)) + b"}"
    assert statuses(post(client, phone.token, padded)) == ["stored"]
    assert Upload.objects.get().stored == 1
