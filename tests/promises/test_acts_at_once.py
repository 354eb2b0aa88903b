"""Two officers who act at once: the chain stays whole, and nobody undoes what the other did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from lianfang.book import audit
from lianfang.book.actions import Actor
from lianfang.book.errors import Conflict
from lianfang.book.models import AuditEntry
from lianfang.giving.models import GiftSource
from lianfang.people.models import Body
from lianfang.people.tests.builders import a_body, a_response, an_actor
from tests.promises import acts
from tests.promises.building import a_record
from tests.promises.test_audit_chain import rename

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 4


def at_once(works: list[Callable[[], object]]) -> list[object]:
    """What each work gave, or the exception that it raised."""

    def one(work: Callable[[], object]) -> object:
        try:
            return work()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, works))


@pytest.fixture
def actors() -> list[Actor]:
    return [an_actor() for _thread in range(THREADS)]


def test_acts_at_once_make_one_whole_chain(actors: list[Actor]) -> None:
    a_response()
    bodies = [a_body() for _thread in range(THREADS)]

    def work(actor: Actor, body: Body) -> Callable[[], object]:
        def run() -> None:
            for number in range(5):
                rename(actor, Body.objects.get(pk=body.pk), f"{body.pk} {number}")
                acts.add(actor, a_record(GiftSource, actor.officer, digest=f"{body.pk}{number}"[-64:]))

        return run

    gave = at_once([work(actor, body) for actor, body in zip(actors, bodies, strict=True)])
    assert gave == [None] * THREADS
    assert list(audit.breaks()) == []
    written = AuditEntry.objects.filter(action__in=["promises.rename", "promises.add"])
    assert written.count() == THREADS * 10
    moments = list(written.order_by("sequence").values_list("at", flat=True))
    assert moments == sorted(set(moments))
    arrivals = list(GiftSource.objects.order_by("received_at").values_list("pk", flat=True))
    assert len(arrivals) == THREADS * 5


def test_of_those_who_correct_one_record_at_once_one_succeeds(actors: list[Actor]) -> None:
    record = acts.add(actors[0], a_record(GiftSource, actors[0].officer))

    def work(actor: Actor) -> Callable[[], object]:
        return lambda: acts.correct(actor, record, written_for=str(actor.officer))

    gave = at_once([work(actor) for actor in actors])
    assert sorted(type(result).__name__ for result in gave) == ["Conflict"] * (THREADS - 1) + ["GiftSource"]
    assert GiftSource.objects.current().filter(root=record.root_id).count() == 1
    assert list(audit.breaks()) == []


def test_of_those_who_change_one_line_at_once_one_succeeds(actors: list[Actor]) -> None:
    body = a_body("原名")
    seen = [Body.objects.get(pk=body.pk) for _actor in actors]

    def work(actor: Actor, line: Body) -> Callable[[], object]:
        return lambda: rename(actor, line, f"{actor.officer}改的名")

    gave = at_once([work(actor, line) for actor, line in zip(actors, seen, strict=True)])
    assert sum(isinstance(result, Conflict) for result in gave) == THREADS - 1
    entry = AuditEntry.objects.get(action="promises.rename")
    assert Body.objects.get(pk=body.pk).name == entry.values["new"]["name"]
