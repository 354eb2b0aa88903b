"""Four phones and a bad network: nothing is lost, nothing doubled, and the order is of no matter."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from lianfang.book.soundness import findings
from lianfang.field.models import DeviceChain, RefusedArrival
from lianfang.field.tests.builders import a_gate, a_household, a_phone, a_place, a_resident
from lianfang.field.tests.chaos import deliver, dies_within, state_of_book, write_week
from lianfang.field.tests.phones import NOON, Phone, post
from lianfang.field.tests.test_judging import one_person_every_two_days
from lianfang.gates.models import Passage

pytestmark = pytest.mark.django_db


class _RolledBack(Exception):
    pass


def _after(phones: Sequence[Phone], seed: int) -> dict[str, tuple[Any, ...]]:
    """The state of the book after a delivery, which is then taken back."""
    client = Client(raise_request_exception=False)
    found: dict[str, tuple[Any, ...]] = {}

    def send(token: str, body: bytes) -> dict[str, Any]:
        return post(client, token, body)

    try:
        with transaction.atomic():
            faults = deliver(phones, send, dies_within(send), random.Random(seed), largest=40)
            assert faults.refused == []
            assert not RefusedArrival.objects.current().exists()
            for phone in phones:
                chain = DeviceChain.objects.get(device=phone.device)
                assert (chain.next_sequence, chain.head) == (phone.sequence + 1, phone.head)
            assert list(findings(frozenset({"audit_chain", "record_rows", "batches", "corrections"}))) == []
            found = state_of_book()
            raise _RolledBack
    except _RolledBack:
        return found


@pytest.mark.parametrize("seed", [20200210, 7])
def test_a_week_of_chaos_ends_the_same_in_whatever_order(seed: int) -> None:
    print(f"seed {seed}")
    one_person_every_two_days()
    place = a_place()
    homes = [a_household(place, f"{index}号") for index in range(12)]
    households = [(str(home.pk), [str(a_resident(home).pk), str(a_resident(home).pk)]) for home in homes]
    phones = [a_phone(a_gate(place)) for _index in range(4)]
    write_week(phones, households, 400, NOON, random.Random(seed))
    written = sum(text.count('"type":"passage"') for phone in phones for text in phone.outbox)
    first, second = _after(phones, seed + 1), _after(phones, seed + 2)
    assert sum(len(values) > 3 for values in first.values()) == written
    assert first == second
    assert any(values[-1] is True for values in first.values() if len(values) > 9)
    assert not Passage.objects.exists()
