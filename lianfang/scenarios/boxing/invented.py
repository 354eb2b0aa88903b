"""What the scenario makes up so that its places can be looked at: 1,200 people, their rooms, three days of
passages. Nobody of them exists; the article gives no household, no employee and no passage.

Everything comes from fixed seeds: two installations have the same people and the same days.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

MARK = "住户、员工和出入登记均为演示而虚构"
DAYS = (date(2020, 2, 16), date(2020, 2, 17), date(2020, 2, 18))
"""The days of passages, before the article; invented, as it names no day."""
LAST_DAY = date(2020, 2, 19)
"""The day of the article. What came after it is not told, so the scenario ends here."""

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = (
    "建国明华秀英桂兰玉梅志强海燕晓东春梅永红文静国庆立新淑珍俊杰雪梅振华爱军丽娟德胜凤霞小龙雨桐子涵浩然欣怡"
)
_CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Living:
    """Households of a place as rows of a table to be imported."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def table(self) -> list[list[str]]:
        return [list(self.header), *map(list, self.rows)]


def residents_of_compound(buildings: int, stairwells: int, floors: int, people: int) -> Living:
    """People in rooms 3-2-501, two rooms a floor, one to five in each until there are `people`."""
    random = Random("家具厂小区")  # noqa: S311  a fixed seed is meant
    rooms = [
        (f"{building}", f"{stairwell}", f"{floor}0{room}")
        for building in range(1, buildings + 1)
        for stairwell in range(1, stairwells + 1)
        for floor in range(1, floors + 1)
        for room in (1, 2)
    ]
    random.shuffle(rooms)
    rows: list[tuple[str, ...]] = []
    for building, stairwell, room in rooms:
        if len(rows) >= people:
            break
        head = _name(random)
        size = min(random.choice((1, 2, 2, 3, 3, 3, 4, 5)), people - len(rows))
        kind = random.choice(("住户", "住户", "住户", "住户", "租户"))
        plate = _plate(random) if random.random() < 0.4 else ""
        for place in range(size):
            name, relation = (head, "户主") if place == 0 else _relative(random, head)
            rows.append((building, stairwell, room, head, name, relation, kind, plate if place == 0 else ""))
    return Living(("楼号", "单元", "室", "户主", "姓名", "与户主关系", "类别", "车牌号"), tuple(rows))


def residents_of_village(groups: int, people: int) -> Living:
    """People of village groups, known by group and head."""
    random = Random("三官庙村")  # noqa: S311
    rows: list[tuple[str, ...]] = []
    heads: set[str] = set()
    while len(rows) < people:
        head = _name(random)
        if head in heads:
            continue
        heads.add(head)
        group = f"{random.randint(1, groups)}组"
        size = min(random.choice((2, 3, 3, 4, 4, 5)), people - len(rows))
        plate = _plate(random) if random.random() < 0.3 else ""
        for place in range(size):
            name, relation = (head, "户主") if place == 0 else _relative(random, head)
            rows.append((group, head, name, relation, plate if place == 0 else ""))
    return Living(("组", "户主", "姓名", "与户主关系", "车牌号"), tuple(rows))


def employees_of(site: str, people: int, departments: Sequence[str]) -> Living:
    random = Random(site)  # noqa: S311
    rows = tuple(
        (
            f"{number:04d}",
            f"{_name(random)}",
            random.choice(departments),
            random.choice(("操作", "管理", "后勤")),
        )
        for number in range(1, people + 1)
    )
    return Living(("工号", "姓名", "部门", "岗位"), rows)


@dataclass(frozen=True, slots=True)
class Household:
    """A household as the days need it: its id, and its members' ids and names."""

    id: UUID
    members: Sequence[tuple[UUID, str, str]]
    """Person, name, category (resident or tenant)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a phone: type, when, what."""

    type: str
    at: datetime
    data: dict[str, Any]


def days_at_a_home_gate(seed: str, namespace: UUID, households: Sequence[Household]) -> list[Entry]:
    """Three days at the gate of a compound or village: one of a household every two days, out and back;
    couriers and visitors who are turned back; one reading that is high and is held, rechecked and cleared."""
    random = Random(seed)  # noqa: S311
    entries: list[Entry] = []
    for number, day in enumerate(DAYS):
        for place, household in enumerate(households):
            if place % 2 != number % 2 or random.random() < 0.25:
                continue
            person, name, category = random.choice(household.members)
            out = _at(day, random.randint(7 * 60, 16 * 60))
            back = out + timedelta(minutes=random.randint(25, 110))
            common = {
                "person": str(person),
                "household": str(household.id),
                "category": category,
                "name": name,
            }
            for direction, at in (("out", out), ("in", back)):
                reading = _reading(namespace, seed, f"{day}{place}{direction}", random.randint(360, 369))
                data = {**common, "direction": direction, "outcome": "admitted", "readings": [reading]}
                if direction == "out":
                    data["purpose"] = random.choice(("购物", "买菜", "取药"))
                entries.append(Entry("passage", at, data))
        entries += [_outsider(random, namespace, seed, day) for _turn in range(random.randint(6, 10))]
    entries.append(_fever(random, namespace, seed, households))
    return sorted(entries, key=lambda entry: entry.at)


def days_at_a_site(seed: str, namespace: UUID, employees: Sequence[tuple[UUID, str]]) -> list[Entry]:
    """Three working days at the gate of a site: in before eight, out after five, each measured."""
    random = Random(seed)  # noqa: S311
    entries = []
    for day in DAYS:
        for place, (person, name) in enumerate(employees):
            if random.random() < 0.08:
                continue
            for direction, minute in (("in", random.randint(430, 478)), ("out", random.randint(1020, 1080))):
                data: dict[str, Any] = {
                    "person": str(person),
                    "category": "employee",
                    "name": name,
                    "direction": direction,
                    "outcome": "admitted",
                }
                reading = _reading(namespace, seed, f"{day}{place}{direction}", random.randint(360, 369))
                data["readings"] = [reading]
                entries.append(Entry("passage", _at(day, minute), data))
    return sorted(entries, key=lambda entry: entry.at)


def rounds_of(spots: Sequence[UUID], kind: str, people: str, minutes: Sequence[int]) -> Iterator[Entry]:
    """A round walked on each of the days, and on the last day, at these minutes of the day."""
    for day in (*DAYS, LAST_DAY):
        for minute in minutes:
            for place, spot in enumerate(spots):
                data: dict[str, Any] = {"spot": str(spot), "kind": kind, "people": people}
                if kind == "disinfection":
                    data |= {
                        "agent": "chlorine",
                        "method": "spray",
                        "target": "stairwell",
                        "strength": 500,
                        "contact_minutes": 30,
                    }
                yield Entry("mark", _at(day, minute + 2 * place), data)


def presence_of(member: str, code: str, begins_at: datetime, ends_at: datetime) -> Iterator[Entry]:
    """Somebody comes a little before the shift and leaves a little after it, by the code of the post."""
    for direction, at in (
        ("in", begins_at - timedelta(minutes=6)),
        ("out", ends_at + timedelta(minutes=4)),
    ):
        yield Entry("attendance", at, {"direction": direction, "code": code, "member": member})


def handover_of(post: str, giver: str, taker: str, begins_at: datetime, ends_at: datetime) -> Entry:
    """A post handed over at the end of a shift, with things counted and two names drawn."""
    data = {
        "post": post,
        "began_at": begins_at.isoformat(),
        "shift_end": ends_at.isoformat(),
        "handed_by": giver,
        "taken_by": taker,
        "signed_from": [_DRAWN],
        "signed_to": [list(reversed(_DRAWN))],
        "counted": {"额温枪": 2, "口罩": 40, "登记本": 1},
    }
    return Entry("handover", ends_at + timedelta(minutes=2), data)


_DRAWN = [120, 520, 240, 300, 380, 640, 520, 320, 660, 600, 840, 420]


def _outsider(random: Random, namespace: UUID, seed: str, day: date) -> Entry:
    category = random.choice(("courier", "courier", "visitor"))
    minute = random.randint(8 * 60, 18 * 60)
    data = {
        "category": category,
        "direction": "in",
        "name": _name(random),
        "outcome": "turned_back",
        "reasons": ["outsider_not_admitted"],
        "purpose": "送货" if category == "courier" else "访友",
        "readings": [_reading(namespace, seed, f"{day}{minute}{category}", random.randint(360, 369))],
    }
    return Entry("passage", _at(day, minute), data)


def _fever(random: Random, namespace: UUID, seed: str, households: Sequence[Household]) -> Entry:
    """38.0 in the sun, 36.9 after rest: both readings stand, and the person goes home."""
    household = random.choice(households)
    person, name, category = household.members[0]
    at = _at(DAYS[1], 14 * 60 + 20)
    first = _reading(namespace, seed, "first", 380)
    second = {
        **_reading(namespace, seed, "second", 369),
        "body_site": "axillary",
        "thermometer": "水银体温计",
        "kind": "mercury",
        "at": (at - timedelta(minutes=1)).isoformat(),
    }
    data = {
        "person": str(person),
        "household": str(household.id),
        "category": category,
        "name": name,
        "direction": "in",
        "outcome": "admitted",
        "readings": [{**first, "at": (at - timedelta(minutes=16)).isoformat()}, second],
    }
    return Entry("passage", at, data)


def _reading(namespace: UUID, seed: str, what: str, tenths: int) -> dict[str, Any]:
    return {
        "id": str(uuid5(namespace, f"reading:{seed}:{what}")),
        "tenths": tenths,
        "body_site": "forehead",
        "thermometer": "额温枪",
        "kind": "forehead_gun",
    }


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time.min, _CHINA) + timedelta(minutes=minute)


def _name(random: Random) -> str:
    given = random.choice(_GIVEN) + (random.choice(_GIVEN) if random.random() < 0.8 else "")
    return random.choice(_SURNAMES) + given


def _relative(random: Random, head: str) -> tuple[str, str]:
    relation = random.choice(("配偶", "子女", "子女", "父母"))
    name = _name(random)
    return (head[0] + name[1:], relation) if relation == "子女" else (name, relation)


def _plate(random: Random) -> str:
    signs = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
    return "鲁M" + "".join(random.choice(signs) for _sign in range(4)) + str(random.randint(0, 9))
