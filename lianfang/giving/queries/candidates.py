"""Gifts of the book that are worth comparing with newly booked ones, found by a fixed number of queries.

They are found by giver, by figure, and by the bodies on a gift's way; each search has a limit, so the
work for a booking does not grow with the book.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.engines.figures import UNKNOWN, Amount, Bound
from lianfang.giving.models import (
    BoundChoice,
    Donation,
    DonationLine,
    DonorKind,
    DonorNaming,
)
from lianfang.giving.overlapping import Party, Seen, names_alike, plain
from lianfang.people.models import Body, Membership

# Limits of the searches, and of what one gift is compared with.
_BY_GIVER, _BY_FIGURE, _BY_WAY = 3000, 2000, 3000
_NAMES = 2000
_NEAR_ONE = 200
# A figure that so many gifts share proves nothing.
_COMMON_FIGURE = 50
_COLUMNS = (
    "root_id",
    "donor_name",
    "donor_kind",
    "donor_body_id",
    "donor_person_id",
    "naming",
    "kind",
    "value",
    "bound",
    "via_id",
    "via_name",
    "recipient_id",
    "recipient_name",
    "happened_at",
)
# Endings that many names share say nothing about who it is.
_GENERIC = frozenset({"商会", "协会", "集团", "公司", "有限", "限公", "责任", "股份", "工商", "联合", "政府"})
Key = tuple[str, Any]


@dataclass(slots=True)
class Candidates:
    """What a batch of gifts (`own`) is compared with."""

    own: list[Seen]
    pool: dict[UUID, Seen] = field(default_factory=dict)
    _by_giver: dict[Key, list[Seen]] = field(default_factory=lambda: defaultdict(list))
    _by_figure: dict[tuple[str, Decimal], list[Seen]] = field(default_factory=lambda: defaultdict(list))
    _by_way: dict[Key, list[Seen]] = field(default_factory=lambda: defaultdict(list))
    _by_member: dict[UUID, list[Seen]] = field(default_factory=lambda: defaultdict(list))
    _alike_names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def around(cls, donations: Sequence[Donation]) -> "Candidates":
        """The candidates for `donations`, all of one response."""
        search = _Search(donations[0].response_id)
        own = search.seen(Donation.objects.current().filter(root__in={one.root_id for one in donations}))
        found = cls(own)
        found._alike_names = search.names_alike_on_the_way(own)
        rows = [*own, *search.by_giver(own), *search.by_figure(own), *search.by_way(own, found._alike_names)]
        for seen in rows:
            if seen.root not in found.pool:
                found.pool[seen.root] = seen
                found._index(seen)
        return found

    def near(self, gift: Seen) -> list[Seen]:
        """The gifts of the pool that share a giver, a figure or a body on the way with `gift`."""
        found: dict[UUID, Seen] = {}
        groups = [self._by_giver[key] for key in _keys(gift.donor)]
        if gift.amount.value is not None:
            same = self._by_figure[(gift.kind, gift.amount.value)]
            groups += [same] if len(same) <= _COMMON_FIGURE else []
        for way in (gift.via, gift.recipient):
            groups += [self._by_giver[key] for key in self._keys_with_alike(way)]
        groups += [self._by_giver[("body", body)] for body in gift.member_of]
        if collects(gift.donor_kind):
            groups += [self._by_way[key] for key in self._keys_with_alike(gift.donor)]
            groups += [self._by_member[gift.donor.body]] if gift.donor.body else []
        for group in groups:
            found.update((one.root, one) for one in group[:_NEAR_ONE])
        found.pop(gift.root, None)
        return list(found.values())

    def _index(self, seen: Seen) -> None:
        for key in _keys(seen.donor):
            self._by_giver[key].append(seen)
        if seen.amount.value is not None:
            self._by_figure[(seen.kind, seen.amount.value)].append(seen)
        for way in (seen.via, seen.recipient):
            for key in _keys(way):
                self._by_way[key].append(seen)
        for body in seen.member_of:
            self._by_member[body].append(seen)

    def _keys_with_alike(self, party: Party) -> list[Key]:
        names = self._alike_names.get(plain(party.name), set())
        return [*_keys(party), *(("name", plain(name)) for name in names)]


def collects(donor_kind: str) -> bool:
    """Whether givers of this kind may pass on what others gave."""
    return donor_kind not in {DonorKind.PERSON, DonorKind.ENTERPRISE}


@dataclass(slots=True)
class _Search:
    response: UUID
    into: Mapping[UUID, UUID | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.into = dict(Body.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))

    def seen(self, donations: QuerySet[Donation], limit: int | None = None) -> list[Seen]:
        """Gifts as the judge sees them, with their articles and the memberships of their givers."""
        rows = list(donations.order_by("-received_at").values(*_COLUMNS)[:limit])
        goods = self._goods([row["root_id"] for row in rows if row["kind"] != "cash"])
        chambers = self._chambers_of({row["donor_body_id"] for row in rows if row["donor_body_id"]})
        return [self._seen(row, goods, chambers) for row in rows]

    def by_giver(self, own: Sequence[Seen]) -> list[Seen]:
        """Other gifts of the givers of `own` whose figure may be one of theirs."""
        known = [gift for gift in own if gift.naming != DonorNaming.UNKNOWN]
        givers = (
            Q(donor_body__in=self._with_merged(gift.donor.body for gift in known))
            | Q(donor_person__in={gift.donor.person for gift in known if gift.donor.person})
            | Q(donor_name__in={gift.donor.name for gift in known if gift.donor.name})
        )
        figures = {gift.amount.value for gift in known if gift.amount.value is not None}
        fits = Q(value__in=figures) | Q(value__isnull=True) | ~Q(bound=BoundChoice.EXACT)
        if any(gift.amount.bound is not Bound.EXACT for gift in known):
            fits = Q()
        return self.seen(self._gifts().filter(givers, fits), _BY_GIVER) if known else []

    def by_figure(self, own: Sequence[Seen]) -> list[Seen]:
        """Gifts of exactly the figures of `own`: their givers may be the same under another name."""
        figures = {gift.amount.value for gift in own if gift.amount.value is not None}
        return self.seen(self._gifts().filter(value__in=figures), _BY_FIGURE) if figures else []

    def by_way(self, own: Sequence[Seen], alike: Mapping[str, set[str]]) -> list[Seen]:
        """Gifts of the bodies through or to which `own` went, and gifts through or to their givers."""
        ways = [way for gift in own for way in (gift.via, gift.recipient) if way]
        bodies = self._with_merged(
            [*(way.body for way in ways), *(b for gift in own for b in gift.member_of)]
        )
        names = {way.name for way in ways} | {name for way in ways for name in alike.get(plain(way.name), ())}
        wholes = Q(donor_body__in=bodies) | Q(donor_name__in=names)
        found = self.seen(
            self._gifts().filter(wholes).exclude(donor_kind__in=[DonorKind.PERSON, DonorKind.ENTERPRISE]),
            _BY_WAY,
        )
        givers = [gift.donor for gift in own if collects(gift.donor_kind)]
        if not givers:
            return found
        bodies = self._with_merged(giver.body for giver in givers)
        names = {giver.name for giver in givers if giver.name}
        names |= {name for giver in givers for name in alike.get(plain(giver.name), ())}
        members = self._memberships.filter(body__in=bodies, member_body__isnull=False)
        parts = (
            Q(via__in=bodies)
            | Q(via_name__in=names)
            | Q(recipient__in=bodies)
            | Q(recipient_name__in=names)
            | Q(donor_body__in=self._with_merged(members.values_list("member_body_id", flat=True)[:_NAMES]))
        )
        return found + self.seen(self._gifts().filter(parts), _BY_WAY)

    def names_alike_on_the_way(self, own: Sequence[Seen]) -> dict[str, set[str]]:
        """For names on the way and names of collecting givers: which others in the book are alike."""
        gifts = Donation.objects.filter(response=self.response)
        collecting = gifts.exclude(donor_kind__in=[DonorKind.PERSON, DonorKind.ENTERPRISE])
        givers = set(collecting.values_list("donor_name", flat=True).distinct()[:_NAMES]) - {""}
        alike: dict[str, set[str]] = defaultdict(set)
        pieces = _by_piece(givers)
        for gift in own:
            for way in {gift.via.name, gift.recipient.name} - {""}:
                _put_alike(alike, way, pieces)
        own_givers = {gift.donor.name for gift in own if collects(gift.donor_kind) and gift.donor.name}
        if own_givers:
            ways = set(gifts.values_list("via_name", flat=True).distinct()[:_NAMES])
            ways |= set(gifts.values_list("recipient_name", flat=True).distinct()[:_NAMES])
            pieces = _by_piece(ways - {""})
            for giver in own_givers:
                _put_alike(alike, giver, pieces)
        return alike

    @property
    def _memberships(self) -> QuerySet[Membership]:
        return Membership.objects.on(timezone.localdate())

    def _gifts(self) -> QuerySet[Donation]:
        gifts: QuerySet[Donation] = Donation.objects.current().filter(response=self.response)
        return gifts

    def _with_merged(self, bodies: Iterable[UUID | None]) -> set[UUID]:
        tops = {self._top(body) for body in bodies if body}
        return tops | {body for body in self.into if self._top(body) in tops}

    def _top(self, body: UUID) -> UUID:
        seen = {body}
        while (target := self.into.get(body)) is not None and target not in seen:
            seen.add(target)
            body = target
        return body

    def _party(self, name: str, body: UUID | None, person: UUID | None = None) -> Party:
        return Party(name, self._top(body) if body else None, person)

    def _goods(self, roots: Sequence[UUID]) -> Mapping[UUID, frozenset[tuple[str, Decimal | None, str]]]:
        lines = DonationLine.objects.current().filter(donation__in=roots)
        found: dict[UUID, set[tuple[str, Decimal | None, str]]] = defaultdict(set)
        for root, item, quantity, unit in lines.values_list("donation_id", "item", "quantity", "unit"):
            found[root].add((plain(item), quantity, plain(unit)))
        return {root: frozenset(articles) for root, articles in found.items()}

    def _chambers_of(self, givers: set[UUID]) -> Mapping[UUID, frozenset[UUID]]:
        rows = self._memberships.filter(member_body__in=givers).values_list("member_body_id", "body_id")
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for member, body in rows:
            if member:
                found[member].add(self._top(body))
        return {member: frozenset(bodies) for member, bodies in found.items()}

    def _seen(
        self,
        row: Mapping[str, Any],
        goods: Mapping[UUID, frozenset[tuple[str, Decimal | None, str]]],
        chambers: Mapping[UUID, frozenset[UUID]],
    ) -> Seen:
        amount = UNKNOWN if row["value"] is None else Amount(row["value"], Bound(row["bound"] or Bound.EXACT))
        return Seen(
            row["root_id"],
            self._party(row["donor_name"], row["donor_body_id"], row["donor_person_id"]),
            row["donor_kind"],
            row["naming"],
            row["kind"],
            amount,
            self._party(row["via_name"], row["via_id"]),
            self._party(row["recipient_name"], row["recipient_id"]),
            timezone.localdate(row["happened_at"]) if row["happened_at"] else None,
            goods.get(row["root_id"], frozenset()),
            chambers.get(row["donor_body_id"], frozenset()),
        )


def _keys(party: Party) -> list[Key]:
    keys: list[Key] = [("name", plain(party.name))] if party.name else []
    if party.body:
        keys.append(("body", party.body))
    if party.person:
        keys.append(("person", party.person))
    return keys


@lru_cache(maxsize=10_000)
def _pieces(name: str) -> frozenset[str]:
    """The pairs of characters of a name that tell something."""
    text = plain(name)
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) - _GENERIC


def _by_piece(names: Iterable[str]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for piece in _pieces(name):
            found[piece].add(name)
    return found


def _put_alike(alike: dict[str, set[str]], name: str, pieces: Mapping[str, set[str]]) -> None:
    near = {other for piece in _pieces(name) for other in pieces.get(piece, ())}
    alike[plain(name)] |= {other for other in near if names_alike(name, other)}
