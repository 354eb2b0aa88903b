"""Chaos: 4 phones, 7 days, 50,000 records, and a network that does everything to their uploads. Twice.

    python bench/chaos.py [--records 50000] [--seed 20200210] [--database sqlite|postgresql]

The same outboxes are delivered in two orders with other faults, each into an empty book: repeated, cut off,
garbage, under a false name, days late, in any order, the server failing in the middle of a batch. Prints what
was done, and ends with 1 unless nothing is lost, nothing doubled, the chains are whole, the book is sound and
both ends are the same.
"""

import argparse
import random
import sys
import time
from datetime import UTC, datetime
from typing import Any

from fieldwork.houses import a_house

_WALKS = frozenset({"audit_chain", "record_rows", "batches", "corrections"})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=20200210)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}")
    with a_house(wanted.database):
        return _run(wanted.records, wanted.seed)


def _run(records: int, seed: int) -> int:
    from fieldwork.worlds import a_world

    from lianfang.field.tests.chaos import write_week

    world = a_world(households=400)
    phones = [world.phone(gate) for gate in range(4)]
    households = [(str(home), [str(pk) for pk, _name in inside]) for home, inside in world.households]
    write_week(phones, households, records, datetime(2020, 2, 3, tzinfo=UTC), random.Random(seed))
    written = sum(len(phone.outbox) for phone in phones)
    print(f"{written} records written by 4 phones in 7 days")
    first = _delivered(phones, seed + 1)
    second = _delivered(phones, seed + 2)
    readings = sum(text.count('"body_site"') for phone in phones for text in phone.outbox)
    lost = written + readings - len(first)
    print(f"lost or doubled: {lost}; the same in both orders: {first == second}")
    marked = sum(1 for values in first.values() if values[-1] is True)
    print(f"passages that the rules say were decided otherwise: {marked}")
    return 0 if lost == 0 and first == second else 1


class _TakenBack(Exception):
    pass


def _delivered(phones: list[Any], seed: int) -> dict[str, tuple[Any, ...]]:
    from django.db import transaction
    from django.test import Client

    from lianfang.book.soundness import findings
    from lianfang.field.models import DeviceChain, RefusedArrival
    from lianfang.field.tests.chaos import deliver, state_of_book
    from lianfang.field.tests.phones import post

    client = Client(raise_request_exception=False)
    found: dict[str, tuple[Any, ...]] = {}
    began = time.monotonic()
    try:
        with transaction.atomic():
            faults = deliver(phones, lambda token, body: post(client, token, body), random.Random(seed))
            print(f"delivered in {time.monotonic() - began:.0f} s: {faults}")
            for phone in phones:
                chain = DeviceChain.objects.get(device=phone.device)
                if (chain.next_sequence, chain.head) != (phone.sequence + 1, phone.head):
                    raise AssertionError("a chain is not whole")
            unsound = [str(finding) for finding in findings(_WALKS)]
            left = RefusedArrival.objects.current().count()
            if unsound or left or faults.refused:
                raise AssertionError((unsound[:5], left, faults.refused[:5]))
            found = state_of_book()
            raise _TakenBack
    except _TakenBack:
        return found


if __name__ == "__main__":
    sys.exit(main())
