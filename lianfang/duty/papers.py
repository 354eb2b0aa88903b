"""Rosters on paper: a month or its weeks, by person and by post."""

from collections.abc import Sequence
from datetime import date, timedelta

from lianfang.duty.grid import Grid, duties_on, grid_of
from lianfang.duty.problems import LEADER, post_names
from lianfang.engines.papers import RosterColumn, RosterRow, RosterSheet
from lianfang.engines.roster import Problem, Roster

_WEEKDAYS = "一二三四五六日"


def paper_by_person(title: str, problem: Problem, roster: Roster, days: Sequence[date]) -> RosterSheet:
    """People × days, with what each carries in the whole roster."""
    grid = grid_of(problem, roster)
    shown = [number for number, day in enumerate(grid.days) if day.day in set(days)]
    sums = [RosterColumn(word, 1.1) for word in ("班数", "小时", "夜班", "周末")]
    return RosterSheet(
        title,
        [
            RosterColumn("姓名", 2.2),
            *(RosterColumn(_head(grid.days[n].day), 1, grid.days[n].free) for n in shown),
            *sums,
        ],
        [
            RosterRow(
                [
                    row.person.name,
                    *(
                        " ".join(held.sign for held in row.cells[n].held)
                        or ("假" if row.cells[n].away else "")
                        for n in shown
                    ),
                    str(row.duties),
                    f"{row.hours:g}",
                    str(row.nights),
                    str(row.weekends),
                ]
            )
            for row in grid.rows
        ],
        subtitle=_span(days),
        notes=_notes(grid, set(days)),
    )


def paper_by_post(title: str, problem: Problem, roster: Roster, days: Sequence[date]) -> RosterSheet:
    """Days × posts and shifts: who stands where."""
    grid = grid_of(problem, roster)
    free = {day.day for day in grid.days if day.free}
    pairs = list(
        dict.fromkeys(
            (duty.post, duty.shift, duty.start.time(), duty.end.time())
            for duty in sorted(problem.duties, key=lambda one: (one.shift != LEADER, one.start.date()))
        )
    )
    wanted = {(duty.post, duty.shift): duty.wanted for duty in problem.duties}
    posts = post_names({post for post, *_rest in pairs})
    order = {post: number for number, post in enumerate(posts)}
    pairs.sort(key=lambda one: (one[1] != LEADER, order.get(one[0], 0)))
    rows = []
    for day in days:
        held = {(duty.post, duty.shift): names for duty, names in duties_on(problem, roster, day)}
        cells = ["、".join(held.get((post, shift), [])) or "缺" for post, shift, _begin, _end in pairs]
        rows.append(RosterRow([_long(day), *cells], day in free))
    columns = [
        RosterColumn(
            posts.get(post, "")
            if shift == LEADER
            else f"{posts.get(post, '')}\n{shift}{begin:%H:%M}–{end:%H:%M}",
            max(1.6, 1.05 * wanted[post, shift]),
        )
        for post, shift, begin, end in pairs
    ]
    return RosterSheet(
        title,
        [RosterColumn("日期", 1.8), *columns],
        rows,
        subtitle=_span(days),
        notes=_gap_notes(grid, set(days)),
    )


def weeks_of(problem: Problem) -> list[list[date]]:
    """The days of a roster by calendar week."""
    weeks: dict[date, list[date]] = {}
    for day in problem.dates:
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(day)
    return list(weeks.values())


def _head(day: date) -> str:
    return f"{day.day}\n{_WEEKDAYS[day.weekday()]}"


def _long(day: date) -> str:
    return f"{day.month}月{day.day}日(周{_WEEKDAYS[day.weekday()]})"


def _span(days: Sequence[date]) -> str:
    first, last = days[0], days[-1]
    return f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日"


def _notes(grid: Grid, days: set[date]) -> list[str]:
    signs = ";".join(f"{sign}={title}" for sign, title in grid.signs)
    return [f"班次:{signs}。灰底为周末、节假日。", *_gap_notes(grid, days)]


def _gap_notes(grid: Grid, days: set[date]) -> list[str]:
    gaps = [gap.text for day, found in sorted(grid.gaps.items()) if day in days for gap in found]
    return [f"缺岗:{';'.join(gaps)}"] if gaps else []
