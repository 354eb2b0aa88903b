"""A large place: 10,000 rows of residents imported, twice; then 100,000 people, found and put into a bundle.

    python bench/places.py [--rows 10000] [--people 100000] [--finds 300]

Works in a database of its own that is thrown away. Prints seconds of CPU and milliseconds an answer; ends
with 1 when the import of 10,000 rows costs a minute or a find more than 50 ms.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lianfang.book.actions import Actor
    from lianfang.places.models import Place

IMPORT_LIMIT = 60.0
"""Seconds of CPU for 10,000 rows."""
FIND_LIMIT = 0.05
"""Seconds of CPU for one find, 95 in 100."""

_FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "小明建国红梅伟强芳丽军燕霞涛静波春晓"
_HEAD = ["房号", "姓名", "与户主关系", "电话", "车牌号"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--finds", type=int, default=300)
    wanted = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    with tempfile.TemporaryDirectory(prefix="lianfang-bench-") as data:
        os.environ["LIANFANG_DATA"] = data
        os.environ["DJANGO_SETTINGS_MODULE"] = "lianfang.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        return _measure(wanted.rows, wanted.people, wanted.finds)


def _measure(row_count: int, people: int, finds: int) -> int:
    from lianfang.places import actions, queries
    from lianfang.places.queries.lookup import lookup_marks, lookup_rows

    draw = random.Random(20200210)
    actor, place = _a_place()
    rows = list(_rows(draw, row_count, 0))

    def bring(some: list[list[str]]) -> None:
        actions.import_place_rows(actor, place=place, table="residents", rows=[_HEAD, *some])

    first, second = _timed(lambda: bring(rows)), _timed(lambda: bring(rows))
    print(f"import of {row_count:,} rows: {first:.1f} s of CPU; the same again: {second:.1f} s")
    rest = range(row_count, people, row_count)
    for start in rest:
        more = list(_rows(draw, min(row_count, people - start), start))
        bring(more)
        rows += more
    times: dict[str, list[float]] = {}
    for kind, typed in _typed(draw, rows, finds):
        times.setdefault(kind, []).append(_timed(lambda typed=typed: queries.find(place, typed)))
    slowest = 0.0
    for kind, taken in times.items():
        high = statistics.quantiles(taken, n=20)[-1]
        slowest = max(slowest, high)
        median = statistics.median(taken)
        print(f"find by {kind} among {people:,}: median {median * 1000:.1f} ms, p95 {high * 1000:.1f} ms")
    marks = _timed(lambda: lookup_marks(place))
    whole = _timed(lambda: sum(len(rows) for _bucket, rows in lookup_rows(place)))
    print(f"look-up data of {people:,}: versions {marks * 1000:.0f} ms, all buckets {whole:.1f} s of CPU")
    return 0 if first * 10_000 / row_count < IMPORT_LIMIT and slowest < FIND_LIMIT else 1


def _a_place() -> "tuple[Actor, Place]":
    from lianfang.book.actions import Actor, Origin
    from lianfang.book.rights import Role
    from lianfang.people.models import Area, AreaLevel, Grant, Officer
    from lianfang.places import actions

    county = Area.objects.create(name="云溪县", level=AreaLevel.COUNTY)
    officer = Officer.objects.create_user(username="bench", display_name="测量")
    Grant.objects.create(officer=officer, role=Role.HEADQUARTERS, area=county)
    actor = Actor(officer, Origin.COMMAND_LINE)
    return actor, actions.register_place(actor, name="大社区", kind="compound", area=county)


def _rows(draw: random.Random, count: int, start: int) -> Iterator[list[str]]:
    """Three people a home, 200 homes a building."""
    for number in range(start, start + count):
        home, who = divmod(number, 3)
        building, within = divmod(home, 200)
        stairwell, door = divmod(within, 50)
        room = f"{building + 1}-{stairwell + 1}-{door // 2 + 1}{door % 2 + 1:02}"
        name = draw.choice(_FAMILIES) + "".join(draw.choices(_GIVEN, k=2))
        plate = f"鲁M{home:05}" if who == 0 and home % 3 == 0 else ""
        yield [room, name, ("户主", "配偶", "子")[who], f"139{number:08}", plate]


def _typed(draw: random.Random, rows: list[list[str]], count: int) -> Iterator[tuple[str, str]]:
    from lianfang.engines.names import initials

    for _number in range(count):
        room, name, _relation, phone, plate = draw.choice(rows)
        yield "room", room
        yield "room number", room.rsplit("-", 1)[1]
        yield "initials", initials(name)
        yield "two initials", initials(name)[:2]
        yield "last four", phone[-4:]
        yield "building and name", f"{room.split('-')[0]}号楼 {name[0]}"
        if plate:
            yield "plate", plate[-4:]


def _timed(work: object) -> float:
    before = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - before


if __name__ == "__main__":
    sys.exit(main())
