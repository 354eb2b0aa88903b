"""Reading the book as it stood at a moment is the same as replaying what was known then."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.book import soundness
from lianfang.book.actions import Actor
from lianfang.book.checks import record_models
from lianfang.book.errors import Conflict
from lianfang.book.records import Record, RecordChanged
from lianfang.people.tests.builders import an_actor
from tests.promises import acts
from tests.promises.building import a_record

pytestmark = pytest.mark.django_db

EVERY_KIND = [pytest.param(model, id=model._meta.label) for model in record_models()]

# When it happened says nothing about when it became known: any order, or unknown.
HAPPENED = st.none() | st.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2020, 3, 1), timezones=st.just(UTC)
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "correct", "withdraw"]), st.integers(0, 10), HAPPENED),
    min_size=1,
    max_size=8,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader could know after a step: of each thing its newest version, unless withdrawn."""

    moment: datetime
    newest: dict[UUID, UUID]
    withdrawn: frozenset[UUID]

    @property
    def standing(self) -> set[UUID]:
        return {version for root, version in self.newest.items() if root not in self.withdrawn}


def replay(model: type[Record], actor: Actor, steps: list[tuple[str, int, datetime | None]]) -> list[Known]:
    """Take the steps as acts, and note after each what is known by our own account of it."""
    known: list[Known] = []
    newest: dict[UUID, Record] = {}
    withdrawn: set[UUID] = set()
    for what, which, happened_at in steps:
        roots = list(newest)
        if what == "add" or not roots:
            record = acts.add(actor, a_record(model, actor.officer, happened_at=happened_at))
        elif what == "correct":
            old = newest[roots[which % len(roots)]]
            record = acts.correct(actor, old, happened_at=happened_at, withdrawn=False)
        else:
            record = acts.withdraw(actor, newest[roots[which % len(roots)]])
        newest[record.root_id] = record
        (withdrawn.add if what == "withdraw" and roots else withdrawn.discard)(record.root_id)
        known.append(
            Known(record.received_at, {root: row.pk for root, row in newest.items()}, frozenset(withdrawn))
        )
    return known


@pytest.mark.parametrize("model", EVERY_KIND)
@settings(max_examples=5)
@given(steps=STEPS)
def test_as_of_any_moment_equals_replaying_what_was_known_then(
    model: type[Record], steps: list[tuple[str, int, datetime | None]]
) -> None:
    with transaction.atomic():
        before = set(model.objects.as_of(datetime(2100, 1, 1, tzinfo=UTC)).values_list("pk", flat=True))
        known = replay(model, an_actor(), steps)
        made = {version for state in known for version in state.newest.values()}

        def read(moment: datetime) -> set[UUID]:
            found = model.objects.as_of(moment).filter(pk__in=made).values_list("pk", flat=True)
            return set(found) - before

        for state, following in zip(known, [*known[1:], None], strict=True):
            assert read(state.moment) == state.standing
            if following is not None:
                assert state.moment < following.moment
                assert read(following.moment - timedelta(microseconds=1)) == state.standing
        assert read(known[0].moment - timedelta(microseconds=1)) == set()
        last = known[-1]
        assert set(model.objects.current().filter(pk__in=made).values_list("pk", flat=True)) == last.standing
        assert set(model.objects.newest().filter(pk__in=made).values_list("pk", flat=True)) == set(
            last.newest.values()
        )
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", EVERY_KIND)
def test_a_record_is_corrected_once_and_the_second_is_told_so(model: type[Record]) -> None:
    actor = an_actor()
    record = acts.add(actor, a_record(model, actor.officer))
    acts.correct(actor, record, written_for="甲")
    with pytest.raises(Conflict):
        acts.correct(actor, record, written_for="乙")
    assert [row.written_for for row in model.objects.current().filter(root=record.root_id)] == ["甲"]


@pytest.mark.parametrize("model", EVERY_KIND)
def test_a_record_is_neither_changed_nor_deleted(model: type[Record]) -> None:
    actor = an_actor()
    record = acts.add(actor, a_record(model, actor.officer))
    again = model.objects.get(pk=record.pk)
    again.written_for = "别人"
    refused = [
        lambda: again.save(),
        lambda: again.delete(),
        lambda: model.objects.filter(pk=record.pk).update(written_for="别人"),
        lambda: model.objects.filter(pk=record.pk).delete(),
        lambda: model.objects.bulk_update([again], ["written_for"]),
    ]
    for attempt in refused:
        with pytest.raises((RecordChanged, ProtectedError)):
            attempt()
    assert model.objects.get(pk=record.pk).written_for == ""


@pytest.mark.parametrize("model", EVERY_KIND)
def test_what_actions_write_passes_the_walks_of_the_book(model: type[Record]) -> None:
    actor = an_actor()
    first = acts.add(actor, a_record(model, actor.officer))
    acts.withdraw(actor, acts.correct(actor, first, written_for="甲"))
    subjects = {f"{model._meta.label_lower}:{row.pk}" for row in model._base_manager.filter(root=first)}
    of_the_book = frozenset({"audit_chain", "record_rows", "corrections"})
    assert not [finding for finding in soundness.findings(of_the_book) if finding.subject in subjects]
    assert not list(soundness.findings(frozenset({"audit_chain", "corrections"})))
