"""When the law wants the next publication: counted by the rule profile in force, with its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, Min, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from lianfang.book.models import Response
from lianfang.book.models import RuleProfile as KeptProfile
from lianfang.book.rights import Right
from lianfang.engines.rules import Event, RuleProfile, RuleProfileError, deadlines, in_force, read_profile
from lianfang.giving.models import (
    Disclosure,
    DisclosureLine,
    DisclosureState,
    Donation,
    DonationState,
    DonationStep,
)
from lianfang.giving.publication.lines import covered, default_coverage
from lianfang.giving.queries.disclosures import OPEN_STATES, last_published
from lianfang.people.models import Body, BodyKind, Officer
from lianfang.people.models.bodies import with_merged

_PUBLISHERS = (
    BodyKind.FEDERATION,
    BodyKind.HEADQUARTERS,
    BodyKind.CHAMBER,
    BodyKind.CHARITY,
    BodyKind.ALLIANCE,
)


@dataclass(frozen=True, slots=True)
class Due:
    """The next publication of a body: how many gifts wait, by when, by which rule."""

    body: Body
    count: int
    due_at: datetime
    source: str
    checked: bool
    url: str

    @property
    def overdue(self) -> bool:
        return self.due_at < timezone.now()

    @property
    def countdown(self) -> str:
        """距下次公示截止还有 2 天, in whole days begun; in hours within a day."""
        left = self.due_at - timezone.now()
        if left < timedelta():
            days = -(left // timedelta(days=1))
            return ngettext("公示已超过期限 %(days)d 天", "公示已超过期限 %(days)d 天", days) % {"days": days}
        if left < timedelta(days=1):
            hours = int(left / timedelta(hours=1))
            return ngettext(
                "距下次公示截止还有 %(hours)d 小时", "距下次公示截止还有 %(hours)d 小时", hours
            ) % {"hours": hours}
        return ngettext("距下次公示截止还有 %(days)d 天", "距下次公示截止还有 %(days)d 天", left.days) % {
            "days": left.days
        }


def deadlines_of(officer: Officer, response: Response) -> list[Due]:
    """What is due for the bodies for which the officer prepares, reviews or publishes, the earliest first."""
    profile = giving_rules(response)
    if profile is None:
        return []
    found = [due for body in _publishing_bodies(officer, response) if (due := _due(body, response, profile))]
    return sorted(found, key=lambda due: due.due_at)


def giving_rules(response: Response, on: date | None = None) -> RuleProfile | None:
    """The giving rules in force on a day of the response: today, or its last day once it has ended."""
    day = on or min(timezone.localdate(), response.ended_on or date.max)
    kept = KeptProfile.objects.filter(subject="giving")
    try:
        return in_force([read_profile(one.parameters, one.code) for one in kept], day)
    except RuleProfileError:
        return None


def unpublished(response: Response, body: Body) -> QuerySet[Donation]:
    """The gifts that have arrived and stand in no publication of the body."""
    like = Disclosure(response=response, body=body, coverage=default_coverage(body))
    arrived = DonationStep.objects.current().filter(donation=OuterRef("root"), state=DonationState.RECEIVED)
    listed = DisclosureLine.objects.filter(
        donation=OuterRef("root"),
        disclosure__body__in=with_merged(frozenset({body.pk})),
        disclosure__state=DisclosureState.PUBLISHED,
    )
    found: QuerySet[Donation] = Donation.objects.current().filter(
        Exists(arrived), ~Exists(listed), covered(like), response=response
    )
    return found


def _due(body: Body, response: Response, profile: RuleProfile) -> Due | None:
    """Counted from the last publication, else from when the book first knew of a gift."""
    waiting = unpublished(response, body)
    count = waiting.count()
    if not count:
        return None
    last = last_published(response, body)
    began = last.published_at if last else waiting.aggregate(at=Min("root__received_at"))["at"]
    kind = "receipts_unpublished" if response.ended_on else "emergency_receipts_unpublished"
    events = [Event(kind, timezone.localtime(began), str(body.pk))]
    for found in deadlines(profile, events, timezone.localtime()):
        return Due(body, count, found.due_at, found.source, found.checked, _url(body, response))
    return None


def _url(body: Body, response: Response) -> str:
    """The draft that is open, or the page that begins one."""
    draft = Disclosure.objects.filter(response=response, body=body, state__in=OPEN_STATES).first()
    return reverse("giving:disclosure", args=[draft.pk]) if draft else reverse("giving:prepare_disclosure")


def _publishing_bodies(officer: Officer, response: Response) -> Iterator[Body]:
    """Bodies that have published, and the officer's own if it is one that publishes."""
    seen = set()
    for right in (Right.BOOK_GIFTS, Right.PUBLISH):
        reach = officer.reach(right)
        if not reach:
            continue
        used = Disclosure.objects.filter(response=response, body=OuterRef("pk")).exclude(
            state=DisclosureState.DISCARDED
        )
        bodies = (
            Body.objects.filter(reach.rows(areas=["area"], bodies=["pk"]), merged_into__isnull=True)
            .filter(Exists(used))
            .select_related("area")
        )
        for body in bodies:
            if body.pk not in seen:
                seen.add(body.pk)
                yield body
        own = officer.body
        if own and own.pk not in seen and own.kind in _PUBLISHERS and reach.covers(own.scope()):
            seen.add(own.pk)
            yield own
