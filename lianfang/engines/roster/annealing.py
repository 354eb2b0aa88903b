"""Compiled local search: blocks of days set, moved and exchanged between people, accepted as metal cools.

The state is a table of options [person, day] and the counts of the rows. A hard rule that is broken costs
`penalty`; the best state kept is one without any broken rule, when there was one. The search runs in slices,
so that the caller can look at the clock, tell how far it is, and stop it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lianfang.engines.roster.compiled import compiled
from lianfang.engines.roster.grid import HARD, NO_LIMIT, Array, Grid


class Tables(NamedTuple):
    """The grid's tables that the compiled search reads, by the grid's names."""

    allowed: Array
    cost: Array
    minutes: Array
    nights: Array
    duties: Array
    types: Array
    forbidden: Array
    weekend: Array
    holiday: Array
    limits: Array
    most_of_type: Array
    limited_types: Array
    history: Array
    squares: Array
    group: Array
    row_start: Array
    row_of: Array
    row_amount: Array
    table_start: Array
    table_size: Array
    table: Array
    slope: Array


def tables_of(grid: Grid) -> Tables:
    return Tables(*(np.ascontiguousarray(getattr(grid, name)) for name in Tables._fields))


@compiled
def line_cost(tables: Tables, person: int, line: Array) -> tuple[int, int]:
    """What a person's line costs by itself, and how many times it breaks a hard rule."""
    days = line.shape[0]
    limits = tables.limits
    history = tables.history
    lags = tables.forbidden.shape[0]
    longest = limits[person, 5]
    shortest = limits[person, 6]
    shortest_off = limits[person, 7]
    longest_nights = limits[person, 8]
    off_after = limits[person, 9]
    cost = 0
    broken = 0
    run = history[person, 4]
    run_start = 0
    off = NO_LIMIT
    night_run = history[person, 5]
    rest_days = 0
    minutes = 0
    duties = 0
    nights = 0
    weekends = 0
    weekend_days = 0
    holidays = 0
    last_weekend = -1
    for day in range(days):
        option = line[day]
        cost += tables.cost[person, day, option]
        night = option > 0 and tables.nights[option] > 0
        if night:
            if rest_days > 0:
                broken += 1
                rest_days = 0
            night_run += 1
            if night_run > longest_nights:
                broken += 1
        else:
            if night_run > 0:
                rest_days = off_after
                night_run = 0
            if rest_days > 0:
                if option > 0:
                    broken += 1
                rest_days -= 1
        if option > 0:
            for lag in range(min(lags, day)):
                if tables.forbidden[lag, line[day - 1 - lag], option]:
                    broken += 1
            if off > 0:
                if off < shortest_off:
                    broken += shortest_off - off
                run_start = day
                off = 0
            run += 1
            if run > longest:
                broken += 1
            minutes += tables.minutes[option]
            duties += tables.duties[option]
            nights += tables.nights[option]
            if tables.weekend[day] >= 0:
                weekend_days += tables.duties[option]
                if tables.weekend[day] != last_weekend:
                    last_weekend = tables.weekend[day]
                    weekends += 1
            if tables.holiday[day]:
                holidays += tables.duties[option]
        else:
            if off == 0 and run_start > 0 and day - run_start < shortest:
                broken += shortest - (day - run_start)
            run = 0
            off += 1
    if minutes > limits[person, 0]:
        broken += 1 + (minutes - limits[person, 0]) // 480
    if minutes < limits[person, 1]:
        broken += 1 + (limits[person, 1] - minutes) // 480
    broken += max(0, duties - limits[person, 2])
    broken += max(0, nights - limits[person, 3])
    broken += max(0, weekends - limits[person, 4])
    if tables.limited_types[person]:
        for kind in range(tables.types.shape[1]):
            most = tables.most_of_type[person, kind]
            if most < NO_LIMIT:
                count = 0
                for day in range(days):
                    count += tables.types[line[day], kind]
                broken += max(0, count - most)
    squares = tables.squares
    cost += squares[0] * (history[person, 0] + duties) ** 2
    cost += squares[1] * (history[person, 1] + nights) ** 2
    cost += squares[2] * (history[person, 2] + weekend_days) ** 2
    cost += squares[3] * (history[person, 3] + holidays) ** 2
    return cost, broken


@compiled
def row_cost(tables: Tables, row: int, count: int) -> int:
    size = tables.table_size[row]
    start = tables.table_start[row]
    if count < size:
        return tables.table[start + count]
    return tables.table[start + size - 1] + (count - size + 1) * tables.slope[row]


@compiled
def change_rows(tables: Tables, counts: Array, person: int, day: int, old: int, new: int) -> int:
    """Move one cell's part in the counts from an option to another; what that changes of the cost."""
    group = tables.group[person]
    change = 0
    for place in range(tables.row_start[group, day, old, 0], tables.row_start[group, day, old, 1]):
        row = tables.row_of[place]
        change -= row_cost(tables, row, counts[row])
        counts[row] -= tables.row_amount[place]
        change += row_cost(tables, row, counts[row])
    for place in range(tables.row_start[group, day, new, 0], tables.row_start[group, day, new, 1]):
        row = tables.row_of[place]
        change -= row_cost(tables, row, counts[row])
        counts[row] += tables.row_amount[place]
        change += row_cost(tables, row, counts[row])
    return change


@compiled
def measure(tables: Tables, cells: Array, counts: Array, lines: Array, breaks: Array) -> tuple[int, int]:
    """Fill counts, lines' costs and breaks of a state; its cost and the number of broken rules."""
    people, days = cells.shape
    counts[:] = 0
    cost = 0
    broken = 0
    for person in range(people):
        group = tables.group[person]
        for day in range(days):
            option = cells[person, day]
            for place in range(
                tables.row_start[group, day, option, 0], tables.row_start[group, day, option, 1]
            ):
                counts[tables.row_of[place]] += tables.row_amount[place]
        lines[person], breaks[person] = line_cost(tables, person, cells[person])
        cost += lines[person]
        broken += breaks[person]
    for row in range(counts.shape[0]):
        own = row_cost(tables, row, counts[row])
        while own >= HARD:
            own -= HARD
            broken += 1
        cost += own
    return cost, broken


@compiled
def fill_greedily(
    tables: Tables, cells: Array, counts: Array, lines: Array, breaks: Array, seed: int
) -> None:
    """Go once through days, people by chance and options: take what makes the whole cheaper at once."""
    np.random.seed(seed)
    people, days = cells.shape
    options = tables.allowed.shape[2]
    for day in range(days):
        for person in np.random.permutation(people):
            if cells[person, day] != 0:
                continue
            best_option = 0
            best_change = 0
            for option in range(1, options):
                if not tables.allowed[person, day, option]:
                    continue
                change = change_rows(tables, counts, person, day, 0, option)
                if change < best_change:
                    cells[person, day] = option
                    cost, broken = line_cost(tables, person, cells[person])
                    cells[person, day] = 0
                    change += cost - lines[person]
                    if broken <= breaks[person] and change < best_change:
                        best_change = change
                        best_option = option
                change_rows(tables, counts, person, day, option, 0)
            if best_option:
                cells[person, day] = best_option
                change_rows(tables, counts, person, day, 0, best_option)
                lines[person], breaks[person] = line_cost(tables, person, cells[person])


@compiled
def anneal(
    tables: Tables,
    people: Array,  # who may be changed
    cells: Array,
    counts: Array,
    lines: Array,
    breaks: Array,
    best: Array,  # the best state of the people so far, out
    state: Array,  # [cost, broken, best cost] in and out
    moves: int,
    hot: float,
    cold: float,
    penalty: int,
    seed: int,
) -> int:
    """So many moves between two temperatures; how many were accepted."""
    np.random.seed(seed)
    days = cells.shape[1]
    options = tables.allowed.shape[2]
    number = people.shape[0]
    cost = state[0]
    broken = state[1]
    accepted = 0
    hardly = HARD // 2
    first = np.zeros(days, cells.dtype)
    second = np.zeros(days, cells.dtype)
    ratio = cold / hot
    heat = hot
    since = 0
    for move in range(moves):
        if move % 256 == 0:
            heat = hot * ratio ** (move / moves)
            since += 256
            if broken == 0 and cost < state[2] and since >= cells.size // 4:
                state[2] = cost
                best[:] = cells
                since = 0
        limit = -heat * np.log(np.random.random() + 1e-300)
        one = people[np.random.randint(number)]
        two = -1
        start = np.random.randint(days)
        kind = np.random.randint(100)
        changed = False
        end = start + 1
        while end < days and end < start + 12 and np.random.randint(100) < 55:
            end += 1
        if kind < 55 and number > 1:
            two = people[np.random.randint(number)]
            if two == one:
                continue
            fits = True
            for day in range(start, end):
                mine = cells[one, day]
                other = cells[two, day]
                if mine != other:
                    changed = True
                    if not tables.allowed[one, day, other] or not tables.allowed[two, day, mine]:
                        fits = False
                        break
            if not fits or not changed:
                continue
            for day in range(start, end):
                first[day] = cells[one, day]
                second[day] = cells[two, day]
                cells[one, day] = second[day]
                cells[two, day] = first[day]
        elif kind < 85:
            option = np.random.randint(options)
            if kind < 65:
                option = 0
            fits = True
            for day in range(start, end):
                if cells[one, day] != option:
                    changed = True
                    if not tables.allowed[one, day, option]:
                        fits = False
                        break
            if not fits or not changed:
                continue
            for day in range(start, end):
                first[day] = cells[one, day]
                cells[one, day] = option
        else:
            other_day = np.random.randint(days)
            low = min(start, other_day)
            high = max(start, other_day)
            mine = cells[one, low]
            other = cells[one, high]
            if mine == other or not tables.allowed[one, low, other] or not tables.allowed[one, high, mine]:
                continue
            start = low
            end = high + 1
            for day in range(start, end):
                first[day] = cells[one, day]
            cells[one, low] = other
            cells[one, high] = mine
        new_line, new_breaks = line_cost(tables, one, cells[one])
        change = new_line - lines[one]
        breaks_change = new_breaks - breaks[one]
        new_line_two = 0
        new_breaks_two = 0
        if two >= 0:
            new_line_two, new_breaks_two = line_cost(tables, two, cells[two])
            change += new_line_two - lines[two]
            breaks_change += new_breaks_two - breaks[two]
        rows = two < 0 or tables.group[one] != tables.group[two]
        # A move that is refused by the lines alone is rarely saved by the rows; still they are asked.
        if rows:
            for day in range(start, end):
                if cells[one, day] != first[day]:
                    change += change_rows(tables, counts, one, day, first[day], cells[one, day])
                if two >= 0 and cells[two, day] != second[day]:
                    change += change_rows(tables, counts, two, day, second[day], cells[two, day])
        hard = breaks_change
        soft = change
        while soft > hardly:
            soft -= HARD
            hard += 1
        while soft < -hardly:
            soft += HARD
            hard -= 1
        if soft + penalty * hard <= limit:
            accepted += 1
            cost += soft
            broken += hard
            lines[one] = new_line
            breaks[one] = new_breaks
            if two >= 0:
                lines[two] = new_line_two
                breaks[two] = new_breaks_two
        else:
            if rows:
                for day in range(start, end):
                    if cells[one, day] != first[day]:
                        change_rows(tables, counts, one, day, cells[one, day], first[day])
                    if two >= 0 and cells[two, day] != second[day]:
                        change_rows(tables, counts, two, day, cells[two, day], second[day])
            for day in range(start, end):
                cells[one, day] = first[day]
                if two >= 0:
                    cells[two, day] = second[day]
    if broken == 0 and cost < state[2]:
        state[2] = cost
        best[:] = cells
    state[0] = cost
    state[1] = broken
    return accepted
