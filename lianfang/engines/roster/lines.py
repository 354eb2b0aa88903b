"""The cheapest line: what one person does day by day, when each cell has a price.

A line is made of runs of days on duty with days off between them. First the cheapest run for every first day,
length, minutes and counted shifts; then a dynamic programme over the days that sets run after run. Its state
is the minutes, the weekends and the counted shifts so far: all hard rules of runs, rest between following
days, hours and weekends are held exactly. A limit of how often a shift may be taken is counted when the line
would break it; where too many would have to be counted, the rest is priced (Lagrange), so that the value
returned as a bound is one, and the line holds the limits.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lianfang.engines.roster.compiled import compiled
from lianfang.engines.roster.grid import Array

NEVER = 1e15
HARDLY = NEVER / 2  # what is above is a NEVER that other prices were added to
MOST_STATES = 5_000_000  # of one programme
MOST_STEPS = 300_000_000


class LineRules(NamedTuple):
    """What holds for one person's line: of options where it says so, else of people."""

    follows: Array  # [option, option] 1 where the second may not follow the first
    units: Array  # [option] minutes, in units
    least: Array
    most: Array
    weekend: Array  # [day]
    weekends: Array
    longest: Array
    shortest: Array
    off: Array
    run_before: Array
    types: Array  # [option, type]
    most_of_type: Array  # [person, type]


@compiled
def units_within(days: int, longest: int, off: int, unit: int) -> int:
    """The most units that fit into so many days."""
    whole = days // (longest + off)
    return unit * (whole * longest + min(longest, days - whole * (longest + off)))


@compiled
def unit_levels(
    days: int, least: int, most: int, longest: int, off: int, unit: int
) -> tuple[Array, Array, int]:
    """The fewest and the most units before each day from which the line can still be completed; the width."""
    low, high = np.zeros(days + 1, np.int64), np.zeros(days + 1, np.int64)
    width = 1
    for day in range(days + 1):
        low[day] = max(0, least - units_within(days - day, longest, off, unit))
        high[day] = min(most, units_within(day, longest, off, unit))
        width = max(width, high[day] - low[day] + 1)
    return low, high, width


@compiled
def programme_size(
    days: int, options: int, spread: int, width: int, weekends: int, longest: int, limits: Array
) -> tuple[int, int]:
    """States and steps of the programme when shifts with these limits are counted."""
    combinations = 1
    in_run = 1
    for limit in limits:
        combinations *= limit + 1
        in_run *= min(limit, longest) + 1
    states = 2 * (days + 1) * combinations * (weekends + 1) * width
    keys = (longest * spread + 1) * in_run
    steps = days * longest * keys * (options * options + combinations * (weekends + 1) * width // 2)
    return states, steps


@compiled
def extend_run(
    price: Array,  # [option] of the day
    before: Array,  # [option, key] the run so far
    now: Array,  # [option, key] out
    sources: Array,  # [option, option] before each option: which may stand before it
    source_count: Array,
    shift: Array,  # [option] how many keys further for its units
    after: Array,  # [option, combination in a run] -1 beyond a limit
    keys: int,
) -> None:
    """One day more."""
    options = price.shape[0]
    combinations = after.shape[1]
    for option in range(1, options):
        now[option, :keys] = NEVER
        cost = price[option]
        if cost >= HARDLY:
            continue
        for number in range(source_count[option]):
            source = before[sources[option, number]]
            target = now[option]
            if combinations == 1:
                step = shift[option]
                for key in range(keys - step):
                    value = source[key] + cost
                    target[key + step] = value if value < target[key + step] else target[key + step]
            else:
                for key in range(keys):
                    if source[key] < HARDLY:
                        combination = key % combinations
                        moved = after[option, combination]
                        if moved >= 0:
                            to = key - combination + shift[option] * combinations + moved
                            value = source[key] + cost
                            if value < target[to]:
                                target[to] = value


@compiled
def runs_from(
    price: Array,
    start: int,
    most: int,
    tables: Array,  # [length - 1, option, key] out
    sources: Array,
    source_count: Array,
    shift: Array,
    after: Array,
    spread: int,
) -> int:
    """The cheapest runs from a day on, of each length, last option and key; the greatest length there is.

    The key of a run: its units beyond the fewest of its length, and its counted shifts.
    """
    days, options = price.shape
    combinations = after.shape[1]
    if most < 1:
        return 0
    keys = (spread + 1) * combinations
    tables[0, :, :keys] = NEVER
    some = False
    for option in range(1, options):
        if price[start, option] < HARDLY and after[option, 0] >= 0:
            tables[0, option, shift[option] * combinations + after[option, 0]] = price[start, option]
            some = True
    length = 1 if some else 0
    while 0 < length < min(most, days - start):
        earlier = (length * spread + 1) * combinations
        keys = ((length + 1) * spread + 1) * combinations
        before = tables[length - 1]
        for option in range(1, options):
            before[option, earlier:keys] = NEVER
        extend_run(price[start + length], before, tables[length], sources, source_count, shift, after, keys)
        some = False
        for option in range(1, options):
            for key in range(keys):
                if tables[length, option, key] < HARDLY:
                    some = True
                    break
        if not some:
            break
        length += 1
    return length


@compiled
def cheapest(
    price: Array,  # [day, option], NEVER where the cell is not allowed; option 0 is off
    follows: Array,  # [option, option] 1 where the second may not follow the first
    units: Array,  # [option] minutes in units
    least: int,
    most: int,
    weekend: Array,
    weekends: int,
    longest: int,
    shortest: int,
    off: int,
    run_before: int,
    types: Array,  # [option, type]
    limits: Array,  # [type] the limits of shifts that are counted
    line: Array,  # [day] out
) -> float:
    """The price of the cheapest line, which is written into `line`; NEVER if there is none."""
    days, options = price.shape
    kinds = limits.shape[0]
    longest = min(longest, days + run_before)
    cap = min(longest, days)
    least_unit, most_unit = 0, 0
    for option in range(1, options):
        if option == 1 or units[option] < least_unit:
            least_unit = units[option]
        most_unit = max(most_unit, units[option])
    spread = most_unit - least_unit
    # Combinations of counted shifts: in the whole line, and in one run.
    combinations, in_run = 1, 1
    scale, scale_in_run = np.zeros(kinds, np.int64), np.zeros(kinds, np.int64)
    for kind in range(kinds):
        scale[kind], scale_in_run[kind] = combinations, in_run
        combinations *= limits[kind] + 1
        in_run *= min(limits[kind], cap) + 1
    after = np.zeros((options, in_run), np.int64)
    for option in range(options):
        for key in range(in_run):
            moved = key
            for kind in range(kinds):
                size = min(limits[kind], cap) + 1
                own = key // scale_in_run[kind] % size
                if own + types[option, kind] >= size:
                    moved = -1
                elif moved >= 0:
                    moved += types[option, kind] * scale_in_run[kind]
            after[option, key] = moved
    sources, source_count = np.zeros((options, options), np.int64), np.zeros(options, np.int64)
    shift = np.zeros(options, np.int64)
    for option in range(1, options):
        shift[option] = units[option] - least_unit
        for before in range(1, options):
            if not follows[before, option]:
                sources[option, source_count[option]] = before
                source_count[option] += 1
    most_keys = (cap * spread + 1) * in_run
    tables = np.empty((cap, options, most_keys))
    runs = np.full((days, cap, most_keys), NEVER)
    low, high, width = unit_levels(days, least, most, longest, off, most_unit)
    rows = combinations * (weekends + 1)
    ready = np.full((days + 1, rows, width), NEVER)  # a run may begin
    ended = np.full((days + 1, rows, width), NEVER)  # a run has just ended
    if low[0] == 0:
        ready[0, 0, 0] = 0.0
    for day in range(days):
        # Off for one day more, or for the fewest days after a run.
        if price[day, 0] < HARDLY:
            cost = price[day, 0]
            rise = low[day + 1] - low[day]
            for row in range(rows):
                source, target = ready[day, row], ready[day + 1, row]
                for level in range(rise, width):
                    value = source[level] + cost
                    target[level - rise] = value if value < target[level - rise] else target[level - rise]
        if day > 0:
            cost = 0.0
            for later in range(day, min(days, day + off)):
                cost += price[later, 0]
            end = min(days, day + off)
            if cost < HARDLY:
                rise = low[end] - low[day]
                for row in range(rows):
                    source, target = ended[day, row], ready[end, row]
                    for level in range(rise, width):
                        value = source[level] + cost
                        target[level - rise] = value if value < target[level - rise] else target[level - rise]
        # Runs from this day on.
        room = longest - (run_before if day == 0 else 0)
        reach = runs_from(price, day, room, tables, sources, source_count, shift, after, spread)
        touched = 0
        for length in range(1, reach + 1):
            if weekend[day + length - 1] >= 0 and (
                length == 1 or weekend[day + length - 2] != weekend[day + length - 1]
            ):
                touched += 1
            end = day + length
            if touched > weekends or (length < shortest and day > 0 and end < days):
                continue
            keys = (length * spread + 1) * in_run
            own = runs[day, length - 1]
            for option in range(1, options):
                for key in range(keys):
                    if tables[length - 1, option, key] < own[key]:
                        own[key] = tables[length - 1, option, key]
            for key in range(keys):
                if own[key] >= HARDLY:
                    continue
                cost = own[key]
                gain = key // in_run + length * least_unit + low[day] - low[end]
                first = max(0, -gain)
                last = min(width, high[end] - low[end] + 1 - gain)
                for combination in range(combinations):
                    to = combination
                    for kind in range(kinds):
                        more = key % in_run // scale_in_run[kind] % (min(limits[kind], cap) + 1)
                        if combination // scale[kind] % (limits[kind] + 1) + more > limits[kind]:
                            to = -1
                            break
                        to += more * scale[kind]
                    if to < 0:
                        continue
                    for count in range(weekends + 1 - touched):
                        source = ready[day, combination * (weekends + 1) + count]
                        target = ended[end, to * (weekends + 1) + count + touched]
                        for level in range(first, last):
                            value = source[level] + cost
                            other = target[level + gain]
                            target[level + gain] = value if value < other else other
    # The best end, and the way back.
    best = NEVER
    best_row, best_level = 0, 0
    at_end = 0
    for row in range(rows):
        for level in range(width):
            if low[days] + level < least:
                continue
            if ready[days, row, level] < best:
                best, best_row, best_level, at_end = ready[days, row, level], row, level, 0
            if ended[days, row, level] < best:
                best, best_row, best_level, at_end = ended[days, row, level], row, level, 1
    if best >= HARDLY:
        return NEVER
    day, row, level, run_ended = days, best_row, best_level, at_end
    line[:] = 0
    while day > 0:
        if not run_ended:
            value = ready[day, row, level]
            nearest = NEVER
            back, back_ended, back_level = day - 1, 0, level
            earlier = level + low[day] - low[day - 1]
            if earlier < width and ready[day - 1, row, earlier] < HARDLY:
                nearest = abs(ready[day - 1, row, earlier] + price[day - 1, 0] - value)
                back_level = earlier
            for source in range(max(1, day - off), day):
                if source != day - off and day != days:
                    continue
                cost = 0.0
                for later in range(source, day):
                    cost += price[later, 0]
                earlier = level + low[day] - low[source]
                if earlier < width and ended[source, row, earlier] < HARDLY:
                    distance = abs(ended[source, row, earlier] + cost - value)
                    if distance < nearest:
                        nearest = distance
                        back, back_ended, back_level = source, 1, earlier
            day, run_ended, level = back, back_ended, back_level
            continue
        value = ended[day, row, level]
        combination, count = row // (weekends + 1), row % (weekends + 1)
        nearest = NEVER
        back, back_key, back_row, back_level = -1, -1, 0, 0
        touched = 0
        for length in range(1, min(cap, day) + 1):
            start = day - length
            if weekend[start] >= 0 and (length == 1 or weekend[start] != weekend[start + 1]):
                touched += 1
            if touched > count:
                break
            for key in range((length * spread + 1) * in_run):
                if runs[start, length - 1, key] >= HARDLY:
                    continue
                earlier = level + low[day] - low[start] - key // in_run - length * least_unit
                if earlier < 0 or earlier >= width:
                    continue
                source_combination = combination
                for kind in range(kinds):
                    fewer = key % in_run // scale_in_run[kind] % (min(limits[kind], cap) + 1)
                    if combination // scale[kind] % (limits[kind] + 1) < fewer:
                        source_combination = -1
                        break
                    source_combination -= fewer * scale[kind]
                if source_combination < 0:
                    continue
                source_row = source_combination * (weekends + 1) + count - touched
                distance = abs(ready[start, source_row, earlier] + runs[start, length - 1, key] - value)
                if distance < nearest:
                    nearest = distance
                    back, back_key, back_row, back_level = start, key, source_row, earlier
        # The days of the run, by going through it once more.
        room = longest - (run_before if back == 0 else 0)
        runs_from(price, back, room, tables, sources, source_count, shift, after, spread)
        key, follower = back_key, 0
        for place in range(day - back - 1, -1, -1):
            chosen = 0
            for option in range(1, options):
                if follower and follows[option, follower]:
                    continue
                if chosen == 0 or tables[place, option, key] < tables[place, chosen, key]:
                    chosen = option
            line[back + place] = chosen
            follower = chosen
            if place:
                combination = key % in_run
                for kind in range(kinds):
                    combination -= types[chosen, kind] * scale_in_run[kind]
                key = (key // in_run - shift[chosen]) * in_run + combination
        day, row, level, run_ended = back, back_row, back_level, 0
    return best


@compiled
def cheapest_within_types(
    price: Array,
    follows: Array,
    units: Array,
    least: int,
    most: int,
    weekend: Array,
    weekends: int,
    longest: int,
    shortest: int,
    off: int,
    run_before: int,
    types: Array,  # [option, type]
    most_of_type: Array,  # [type]
    counted: Array,  # [type] 1 for limits to count from the start; those that a line broke are added
    rounds: int,
    line: Array,
) -> tuple[float, float]:
    """The cheapest line found that holds the limits of shifts, and a bound from below on any such line.

    Where too many limits would have to be counted, the line may not be the cheapest, and there may be none.
    """
    days, options = price.shape
    kinds = most_of_type.shape[0]
    extra, low, high = np.zeros(kinds), np.zeros(kinds), np.full(kinds, NEVER)
    trial = np.zeros(days, np.int16)
    priced = price.copy()
    best, bound = NEVER, -NEVER
    first = 0.0
    least_unit, most_unit = 0, 0
    for option in range(1, options):
        if option == 1 or units[option] < least_unit:
            least_unit = units[option]
        most_unit = max(most_unit, units[option])
        for day in range(days):
            if price[day, option] < HARDLY:
                first = max(first, abs(price[day, option]))
    first = max(1e-3, first / 8)
    longest = min(longest, days + run_before)
    _, _, width = unit_levels(days, least, most, longest, off, most_unit)
    number = 0
    while number < rounds:
        held = np.nonzero(counted)[0]
        for option in range(1, options):
            add = 0.0
            for kind in range(kinds):
                add += extra[kind] * types[option, kind]
            for day in range(days):
                if price[day, option] < HARDLY:
                    priced[day, option] = price[day, option] + add
        value = cheapest(
            priced, follows, units, least, most, weekend, weekends, longest, shortest, off, run_before,
            types[:, held], most_of_type[held], trial,
        )  # fmt: skip
        if value >= NEVER:
            return best, NEVER
        real = 0.0
        for day in range(days):
            real += price[day, trial[day]]
        value -= (extra * most_of_type).sum()
        bound = max(bound, value)
        broken, slack, more_counted = False, False, False
        for kind in range(kinds):
            count = 0
            for day in range(days):
                count += types[trial[day], kind]
            if count > most_of_type[kind]:
                broken = True
                counted[kind] = 1
                states, steps = programme_size(
                    days, options, most_unit - least_unit, width, weekends, min(longest, days),
                    most_of_type[np.nonzero(counted)[0]],
                )  # fmt: skip
                if states <= MOST_STATES and steps <= MOST_STEPS:
                    more_counted = True
                    extra[kind] = 0.0
                    continue
                counted[kind] = 0
                low[kind] = extra[kind]
                if extra[kind] >= high[kind]:
                    high[kind] = NEVER
                if high[kind] < NEVER:
                    extra[kind] = (low[kind] + high[kind]) / 2
                else:
                    extra[kind] = max(first, 2 * extra[kind])
            elif count < most_of_type[kind] and extra[kind] > 0:
                slack = True
                high[kind] = extra[kind]
                if low[kind] >= extra[kind]:
                    low[kind] = 0.0
                extra[kind] = (low[kind] + high[kind]) / 2
        if not broken:
            if real < best:
                best = real
                line[:] = trial
            if not slack or best - bound < 1e-6:
                break
        if not more_counted:
            number += 1
    # Limits that the line does not reach need not be counted next time.
    for kind in range(kinds):
        if counted[kind] and types[line, kind].sum() < most_of_type[kind]:
            counted[kind] = 0
    return best, bound


@compiled
def price_people(
    chosen: Array,  # people to price
    cost: Array,  # [person, day, option]
    value: Array,  # [group, day, option] subtracted from the cost
    group: Array,
    allowed: Array,
    rules: LineRules,
    rounds: int,
    counted: Array,  # [person, type] 1 for limits worth counting from the start, in and out
    prices: Array,  # [person] out
    bounds: Array,  # [person] out
    lines: Array,  # [person, day] out
) -> None:
    """The cheapest line of each of the people chosen."""
    units, follows = rules.units, rules.follows
    types, most_of_type = rules.types, rules.most_of_type
    days, options = cost.shape[1], cost.shape[2]
    for person in chosen:
        # The options and limits that matter for this person.
        names = np.zeros(options, np.int64)
        count = 1
        for option in range(1, options):
            if allowed[person, :, option].any():
                names[count] = option
                count += 1
        names = names[:count]
        price = np.full((days, count), NEVER)
        for day in range(days):
            for index in range(count):
                option = names[index]
                if allowed[person, day, option]:
                    price[day, index] = cost[person, day, option] - value[group[person], day, option]
        own_follows = np.zeros((count, count), np.uint8)
        for one in range(count):
            for two in range(count):
                own_follows[one, two] = follows[names[one], names[two]]
        tight = np.zeros(most_of_type.shape[1], np.bool_)
        for kind in range(most_of_type.shape[1]):
            if most_of_type[person, kind] < days:
                tight[kind] = types[names, kind].any()
        kinds = np.nonzero(tight)[0]
        own_types = np.zeros((count, kinds.shape[0]), np.int64)
        own_counted = np.zeros(kinds.shape[0], np.uint8)
        for index in range(kinds.shape[0]):
            own_types[:, index] = types[names, kinds[index]]
            own_counted[index] = counted[person, kinds[index]]
        line = np.zeros(days, np.int16)
        best, bound = cheapest_within_types(
            price,
            own_follows,
            units[names],
            rules.least[person],
            rules.most[person],
            rules.weekend,
            rules.weekends[person],
            rules.longest[person],
            rules.shortest[person],
            rules.off[person],
            rules.run_before[person],
            own_types,
            most_of_type[person, kinds].astype(np.int64),
            own_counted,
            rounds,
            line,
        )
        prices[person] = best
        bounds[person] = bound
        for index in range(kinds.shape[0]):
            counted[person, kinds[index]] = own_counted[index]
        for day in range(days):
            lines[person, day] = names[line[day]]
