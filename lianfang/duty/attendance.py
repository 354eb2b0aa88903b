"""Hours on duty out of attendance: who came and left, held against the published roster.

Whoever forgot to check out has the hours capped at the end of the shift (or after twelve hours where no
shift is known), and is flagged; nobody is paid for a night that nobody saw.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.duty.models import Attendance, CameOrLeft, Handover, HandoverReview
from lianfang.duty.problems import problem_from
from lianfang.duty.queries import Turn, place_rows, turns_at
from lianfang.gates.queries.inside import inside_of
from lianfang.gates.queries.passages import passages_of_gate
from lianfang.people.models import Officer
from lianfang.places.models import Place
from lianfang.places.queries import gates_of

LONGEST_UNKNOWN = timedelta(hours=12)
EARLY = timedelta(hours=2)
GRACE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Presence:
    """One stay on duty. `turn` is the duty of the roster that it belongs to, None where there is none."""

    name: str
    came_at: datetime
    left_at: datetime
    forgotten: bool
    """Nobody checked out: `left_at` is where the hours are capped."""
    open: bool
    """Still on duty."""
    turn: Turn | None
    proved: bool
    """The code of a spot was scanned on coming."""

    @property
    def minutes(self) -> int:
        return int((self.left_at - self.came_at).total_seconds()) // 60

    @property
    def late(self) -> int:
        """Minutes after the beginning of the duty."""
        if self.turn is None:
            return 0
        return max(0, int((self.came_at - self.turn.starts_at).total_seconds()) // 60)


@dataclass(slots=True)
class Hours:
    """A person's time on duty at a place in some days."""

    name: str
    unit: str
    planned: int = 0
    """Duties of the roster in the span."""
    kept: int = 0
    """Of them, those to which the person came."""
    minutes: int = 0
    late: int = 0
    forgotten: int = 0
    presences: list[Presence] = field(default_factory=list)

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)

    @property
    def missed(self) -> int:
        return self.planned - self.kept


@dataclass(frozen=True, slots=True)
class Relief:
    """What a late relief did: by how much the shift grew, and the rest that is left before the next."""

    minutes: int
    next_turn: Turn | None
    rest_minutes: int | None
    rest_needed: int

    @property
    def short(self) -> bool:
        return self.rest_minutes is not None and self.rest_minutes < self.rest_needed


def presences_of(place: Place, begin: datetime, end: datetime, now: datetime) -> list[Presence]:
    """Who was on duty at a place in a span, by the phone's records and the roster."""
    turns: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns_at(place, begin - timedelta(days=1), end + timedelta(days=1)):
        turns[turn.name].append(turn)
    rows = (
        Attendance.objects.current()
        .filter(
            place=place, happened_at__gte=begin - timedelta(days=1), happened_at__lt=end + LONGEST_UNKNOWN
        )
        .select_related("member")
        .order_by("happened_at", "received_at")
    )
    came: dict[str, Attendance] = {}
    found = []
    for row in rows:
        name = row.member.name if row.member else row.name
        if row.direction == CameOrLeft.CAME:
            if name in came:
                found.append(_capped(came.pop(name), name, turns[name], _when(row)))
            came[name] = row
        elif name in came:
            found.append(_closed(came.pop(name), row, name, turns[name]))
    for name, first in came.items():
        found.append(_capped(first, name, turns[name], now))
    return sorted((one for one in found if begin <= one.came_at < end), key=lambda one: one.came_at)


def hours_of(place: Place, begin: datetime, end: datetime, now: datetime) -> list[Hours]:
    """The hours of each person at a place, for allowance and insurance lists."""
    found: dict[str, Hours] = {}
    for turn in turns_at(place, begin, min(end, now)):
        if begin <= turn.starts_at < end and turn.starts_at <= now:
            found.setdefault(turn.name, Hours(turn.name, turn.unit)).planned += 1
    for one in presences_of(place, begin, end, now):
        line = found.setdefault(one.name, Hours(one.name, ""))
        line.presences.append(one)
        line.minutes += one.minutes
        line.kept += one.turn is not None
        line.late += one.late > GRACE.total_seconds() // 60
        line.forgotten += one.forgotten
    for line in found.values():
        line.kept = min(line.kept, line.planned)
    return sorted(found.values(), key=lambda one: (-one.minutes, one.name))


def visible_handovers(officer: Officer, response: Response) -> QuerySet[Handover]:
    rows: QuerySet[Handover] = (
        Handover.objects.current()
        .filter(place_rows(officer, "place__", Right.SIGN_HANDOVER, Right.PLAN_DUTY), response=response)
        .select_related("place", "post", "spot")
    )
    return rows


def handovers_to_review(officer: Officer, response: Response) -> QuerySet[Handover]:
    """Handovers that no leader has countersigned yet."""
    reviewed = HandoverReview.objects.current().values("handover")
    rows = visible_handovers(officer, response).filter(place_rows(officer, "place__", Right.SIGN_HANDOVER))
    return rows.exclude(root__in=reviewed)


def counts_of(handover: Handover, now: datetime) -> dict[str, int]:
    """What the gates' records say of the shift: persons in and out, vehicles, refused, held, still out."""
    end = handover.happened_at or now
    gates = [handover.spot] if handover.spot and handover.spot.kind == "gate" else gates_of(handover.place)
    counts = dict.fromkeys(("in", "out", "vehicles", "refused", "held"), 0)
    for gate in gates:
        rows = passages_of_gate(gate, handover.response).filter(
            happened_at__gte=handover.began_at, happened_at__lt=end
        )
        for direction, outcome, plate in rows.values_list("direction", "outcome", "plate"):
            if outcome == "admitted":
                counts["vehicles" if plate else str(direction)] += 1
            elif outcome == "held":
                counts["held"] += 1
            else:
                counts["refused"] += 1
    counts["still_out"] = len(inside_of(handover.place, handover.response, end).out)
    return counts


def relief_of(handover: Handover) -> Relief | None:
    """No relief, no leaving: what came of a relief after the end of the shift. None where it was in time."""
    at, due = handover.happened_at, handover.shift_end
    if at is None or due is None or at <= due + GRACE:
        return None
    minutes = int((at - due).total_seconds()) // 60
    ahead = [
        turn
        for turn in turns_at(handover.place, at, at + timedelta(days=3))
        if turn.name == handover.handed_by and turn.starts_at >= at
    ]
    following = min(ahead, key=lambda turn: turn.starts_at, default=None)
    if following is None:
        return Relief(minutes, None, None, 0)
    rest = int((following.starts_at - at).total_seconds()) // 60
    return Relief(minutes, following, rest, problem_from(following.version.problem).rules.rest_minutes)


def forgotten_today(places: Sequence[Place]) -> list[Presence]:
    """Those who have not checked out though their shift ended in the last day."""
    now = timezone.now()
    return [
        one
        for place in places
        for one in presences_of(place, now - timedelta(days=1), now, now)
        if one.forgotten
    ]


def _closed(first: Attendance, last: Attendance, name: str, turns: list[Turn]) -> Presence:
    """Somebody came and left. Who leaves long after the end of the shift has forgotten to check out."""
    came_at, left_at = _when(first), _when(last)
    turn = _turn_of(came_at, turns)
    limit = _limit(came_at, turn)
    if turn is not None and left_at > turn.ends_at + LONGEST_UNKNOWN:
        return _capped(first, name, turns, left_at)
    left = left_at if turn is not None else min(left_at, limit)
    return Presence(name, came_at, left, left < left_at, False, turn, bool(first.spot_id))


def _capped(first: Attendance, name: str, turns: list[Turn], until: datetime) -> Presence:
    at = _when(first)
    turn = _turn_of(at, turns)
    limit = _limit(at, turn)
    open_ = until < limit
    return Presence(name, at, min(limit, until), not open_, open_, turn, bool(first.spot_id))


def _when(row: Attendance) -> datetime:
    """When it happened: a phone always says so."""
    return row.happened_at or row.written_at


def _limit(came_at: datetime, turn: Turn | None) -> datetime:
    return turn.ends_at if turn is not None else came_at + LONGEST_UNKNOWN


def _turn_of(came_at: datetime, turns: list[Turn]) -> Turn | None:
    """The duty to which somebody came: the one that runs then, or the next that begins soon."""
    fitting = [turn for turn in turns if turn.starts_at - EARLY <= came_at < turn.ends_at]
    return min(fitting, key=lambda turn: abs(turn.starts_at - came_at), default=None)
