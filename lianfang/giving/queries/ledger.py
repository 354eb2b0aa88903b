"""The gifts of the book: which an officer may see, what is known of one, and all of them at a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.engines.figures import UNKNOWN, Amount, Bound
from lianfang.giving.models import Donation, DonationState, DonationStep
from lianfang.giving.queries.overlaps import OpenPairs, pairs_of
from lianfang.people.models import Area, AreaLevel, Body, Officer

AREA_PATHS = ("area", "recipient__area", "via__area")
BODY_PATHS = ("recipient", "via")

_COLUMNS = (
    "root_id",
    "kind",
    "value",
    "bound",
    "currency",
    "currency_value",
    "donor_name",
    "donor_kind",
    "donor_body_id",
    "donor_person_id",
    "naming",
    "via_id",
    "via_name",
    "recipient_id",
    "recipient_name",
    "area_id",
    "intent",
    "route",
    "happened_at",
    "arrived",
    "lapsed",
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody on a gift's way: the body it is now read as, the person, or only the name."""

    name: str
    body: UUID | None = None
    person: UUID | None = None

    @property
    def key(self) -> str:
        """The same for all gifts of one: by register where it is known, else by the name."""
        return str(self.body or self.person or self.name)


@dataclass(frozen=True, slots=True)
class BookedGift:
    """A gift as totals see it. `town` is the town it is counted in, else that of a body on its way."""

    root: UUID
    kind: str
    amount: Amount
    foreign: Amount | None
    donor: Named
    donor_kind: str
    naming: str
    via: Named | None
    recipient: Named | None
    town: UUID | None
    intent: str
    route: str
    day: date | None
    arrived: bool
    lapsed: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """All gifts at a moment that the reader may see, with the pairs among them."""

    gifts: tuple[BookedGift, ...]
    pairs: OpenPairs
    towns: Mapping[UUID, str]

    def received(self) -> list[BookedGift]:
        """What has arrived; only this counts as receipt."""
        return [gift for gift in self.gifts if gift.arrived]

    def pledged(self) -> list[BookedGift]:
        """What was announced and neither arrived nor lapsed."""
        return [gift for gift in self.gifts if not gift.arrived and not gift.lapsed]


def visible_donations(officer: Officer, response: Response | None) -> QuerySet[Donation]:
    """The newest versions of the gifts that the officer may read, without those withdrawn."""
    found: QuerySet[Donation] = (
        Donation.objects.current()
        .filter(reach_of(officer), response=response)
        .select_related("donor_body", "donor_person", "via", "recipient", "area", "written_by")
    )
    return found


def visible_versions(officer: Officer, response: Response | None) -> QuerySet[Donation]:
    """As `visible_donations`, with the withdrawn ones: a gift taken back is still to be read."""
    found: QuerySet[Donation] = (
        Donation.objects.newest()
        .filter(reach_of(officer), response=response)
        .select_related(
            "donor_body", "donor_person", "via__area", "recipient__area", "area", "beneficiary", "written_by"
        )
        .select_related("rule_profile", "response")
    )
    return found


def bookable_donations(officer: Officer, response: Response | None) -> QuerySet[Donation]:
    """The gifts that the officer may correct and move on."""
    rows = officer.reach(Right.BOOK_GIFTS).rows(areas=AREA_PATHS, bodies=BODY_PATHS)
    return visible_versions(officer, response).filter(rows)


def reach_of(officer: Officer) -> Q:
    """The filter for the gifts that the officer may read."""
    return officer.reach(Right.READ_BOOK).rows(areas=AREA_PATHS, bodies=BODY_PATHS)


def ledger(response: Response, officer: Officer | None = None, as_of: datetime | None = None) -> Ledger:
    """All gifts of a response as they stood at `as_of` (now, if None), as `officer` may see them (all,
    if None). Eight queries, whatever the number of gifts.
    """
    return ledger_of(standing(response, officer, as_of), pairs_of(response, as_of))


def ledger_of(rows: QuerySet[Donation], pairs: OpenPairs) -> Ledger:
    """The gifts of `rows`, made by `standing` and perhaps narrowed, with the pairs among them."""
    merged, towns = _Merged(), _Towns()
    ordered = rows.order_by("received_at", "pk").values(*_COLUMNS)
    gifts = tuple(_booked(row, merged, towns) for row in ordered)
    known = {gift.root for gift in gifts}
    return Ledger(
        gifts,
        OpenPairs(
            tuple(pair for pair in pairs.decided if pair.left in known and pair.right in known),
            tuple(pair for pair in pairs.undecided if pair.left in known and pair.right in known),
        ),
        towns.names,
    )


def standing(
    response: Response, officer: Officer | None = None, as_of: datetime | None = None
) -> QuerySet[Donation]:
    """The gifts at a moment, each with whether it has `arrived` or `lapsed` by then."""
    gifts = Donation.objects.filter(response=response)
    gifts = gifts.as_of(as_of) if as_of else gifts.current()
    if officer is not None:
        gifts = gifts.filter(reach_of(officer))
    found: QuerySet[Donation] = gifts.annotate(
        arrived=Exists(_reached(DonationState.RECEIVED, as_of)),
        lapsed=Exists(_reached(DonationState.LAPSED, as_of)),
    )
    return found


def _reached(state: DonationState, as_of: datetime | None) -> QuerySet[DonationStep]:
    steps = DonationStep.objects.as_of(as_of) if as_of else DonationStep.objects.current()
    found: QuerySet[DonationStep] = steps.filter(donation=OuterRef("root"), state=state)
    return found


def _booked(row: Mapping[str, Any], merged: "_Merged", towns: "_Towns") -> BookedGift:
    bodies = (row["recipient_id"], row["via_id"], row["donor_body_id"])
    places = (row["area_id"], *(towns.area_of.get(body) for body in bodies if body))
    return BookedGift(
        root=row["root_id"],
        kind=row["kind"],
        amount=UNKNOWN if row["value"] is None else Amount(row["value"], Bound(row["bound"] or Bound.EXACT)),
        foreign=_foreign(row["currency"], row["currency_value"]),
        donor=merged.named(row["donor_name"], row["donor_body_id"], row["donor_person_id"]),
        donor_kind=row["donor_kind"],
        naming=row["naming"],
        via=merged.found(row["via_name"], row["via_id"]),
        recipient=merged.found(row["recipient_name"], row["recipient_id"]),
        town=next((town for place in places if (town := towns.of(place))), None),
        intent=row["intent"],
        route=row["route"],
        day=timezone.localdate(row["happened_at"]) if row["happened_at"] else None,
        arrived=row["arrived"],
        lapsed=row["lapsed"],
    )


def _foreign(currency: str, value: Decimal | None) -> Amount | None:
    return Amount(Decimal(value), Bound.EXACT, None, currency) if currency and value is not None else None


class _Merged:
    """Bodies as they are read now: a merged one under the name of the one it went into."""

    def __init__(self) -> None:
        rows = Body.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id")
        self._into: dict[UUID, UUID | None] = dict(rows)
        self._names = dict(Body.objects.filter(pk__in=set(self._into.values())).values_list("pk", "name"))

    def found(self, name: str, body: UUID | None) -> Named | None:
        return self.named(name, body, None) if name or body else None

    def named(self, name: str, body: UUID | None, person: UUID | None) -> Named:
        top, seen = body, {body}
        while top is not None and (above := self._into.get(top)) is not None and above not in seen:
            seen.add(above)
            top = above
        return Named(self._names.get(top, name) if top and top != body else name, top, person)


class _Towns:
    """The town in which an area lies; the county itself is no town."""

    def __init__(self) -> None:
        self._areas = {
            pk: (parent, level) for pk, parent, level in Area.objects.values_list("pk", "parent_id", "level")
        }
        self.area_of = dict(Body.objects.exclude(area=None).values_list("pk", "area_id"))
        self.names = dict(Area.objects.filter(level=AreaLevel.TOWNSHIP).values_list("pk", "name"))

    def of(self, area: UUID | None) -> UUID | None:
        while area is not None and area in self._areas:
            parent, level = self._areas[area]
            if level == AreaLevel.TOWNSHIP:
                return area
            area = parent
        return None
