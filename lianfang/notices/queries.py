"""What is read of appeals: which an officer sees, and how each stands with the bodies it went to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.engines.figures import Amount, Sum, add
from lianfang.giving.queries.commitments import Commitment, commitments
from lianfang.notices.models import Appeal, AppealState, Delivery, Reading, Reminder, Reply
from lianfang.people.models import Officer


@dataclass(frozen=True, slots=True)
class Standing:
    """How an appeal stands with one body: read or not, reminded, answered, committed, given."""

    delivery: Delivery
    reading: Reading | None
    reminders: int
    replies: Sequence[Reply]
    commitments: Sequence[Commitment]

    @property
    def committed(self) -> Sum:
        """The money of the commitments that have not lapsed."""
        return add([one.amount for one in self.commitments if not one.lapsed and one.money])

    @property
    def given(self) -> Sum:
        """The money of the commitments that have arrived."""
        return add([one.amount for one in self.commitments if one.arrived and one.money])

    @property
    def committed_count(self) -> int:
        return sum(not one.lapsed for one in self.commitments)

    @property
    def given_count(self) -> int:
        return sum(one.arrived for one in self.commitments)


@dataclass(frozen=True, slots=True)
class Overview:
    """An appeal over all bodies it went to."""

    sent: int
    read: int
    answered: int
    committed_count: int
    given_count: int
    committed: Sum
    given: Sum

    @property
    def silent(self) -> int:
        return self.sent - self.read


def visible_appeals(officer: Officer, response: Response | None) -> QuerySet[Appeal]:
    """Appeals of the bodies that the officer drafts, approves or reads for, newest first."""
    rows = Q(pk__in=())
    for right in (Right.READ_BOOK, Right.DRAFT_NOTICE, Right.APPROVE_NOTICE):
        rows |= officer.reach(right).rows(areas=["body__area"], bodies=["body"])
    read = Reading.objects.current().filter(delivery=OuterRef("deliveries"))
    return (
        Appeal.objects.filter(rows, response=response)
        .select_related("body", "drafted_by", "approved_by")
        .annotate(
            sent_count=Count("deliveries", distinct=True),
            read_count=Count("deliveries", filter=Exists(read), distinct=True),
        )
    )


def visible_deliveries(officer: Officer, response: Response | None) -> QuerySet[Any]:
    """What came in for the bodies that the officer answers for, newest first."""
    rows = officer.reach(Right.ANSWER_NOTICE).rows(areas=["body__area"], bodies=["body"])
    read = Reading.objects.current().filter(delivery=OuterRef("pk"))
    found: QuerySet[Any] = (
        Delivery.objects.current()
        .filter(rows, response=response)
        .select_related("appeal__body", "body__area")
        .annotate(is_read=Exists(read))
        .order_by("-received_at", "body__name")
    )
    return found


def standings(appeal: Appeal) -> list[Standing]:
    """How the appeal stands with each body, by name. A constant number of queries."""
    deliveries = list(
        Delivery.objects.current().filter(appeal=appeal).select_related("body__area").order_by("body__name")
    )
    return _standings(deliveries)


def standing_of(delivery: Delivery) -> Standing:
    return _standings([delivery])[0]


def overview(found: Sequence[Standing]) -> Overview:
    return Overview(
        sent=len(found),
        read=sum(one.reading is not None for one in found),
        answered=sum(bool(one.replies) for one in found),
        committed_count=sum(one.committed_count for one in found),
        given_count=sum(one.given_count for one in found),
        committed=add(_money(found, lambda one: not one.lapsed)),
        given=add(_money(found, lambda one: one.arrived)),
    )


def unread_after(officer: Officer, response: Response, now: datetime) -> int:
    """How many bodies have not signed for an appeal whose day is over, of the appeals the officer drafts."""
    read = Reading.objects.current().filter(delivery=OuterRef("pk"))
    rows = officer.reach(Right.DRAFT_NOTICE).rows(areas=["appeal__body__area"], bodies=["appeal__body"])
    return (
        Delivery.objects.current()
        .filter(rows, response=response, appeal__state=AppealState.SENT, appeal__read_by__lt=now)
        .filter(~Exists(read))
        .count()
    )


def _money(found: Sequence[Standing], counted: Callable[[Commitment], bool]) -> list[Amount]:
    return [gift.amount for one in found for gift in one.commitments if gift.money and counted(gift)]


def _standings(deliveries: Sequence[Delivery]) -> list[Standing]:
    ids = [delivery.pk for delivery in deliveries]
    readings = {one.delivery_id: one for one in Reading.objects.current().filter(delivery__in=ids)}
    reminders: dict[UUID, int] = {}
    for pk in Reminder.objects.filter(delivery__in=ids).values_list("delivery_id", flat=True):
        reminders[pk] = reminders.get(pk, 0) + 1
    replies: dict[UUID, list[Reply]] = {}
    for reply in Reply.objects.current().filter(delivery__in=ids).select_related("written_by"):
        replies.setdefault(reply.delivery_id, []).append(reply)
    gifts: Mapping[UUID, Commitment] = commitments(
        reply.donation_id for some in replies.values() for reply in some if reply.donation_id
    )
    return [
        Standing(
            delivery=delivery,
            reading=readings.get(delivery.pk),
            reminders=reminders.get(delivery.pk, 0),
            replies=replies.get(delivery.pk, []),
            commitments=[
                gifts[reply.donation_id]
                for reply in replies.get(delivery.pk, [])
                if reply.donation_id and reply.donation_id in gifts
            ],
        )
        for delivery in deliveries
    ]
