"""The cheapest line: what one person does day by day, when each cell has a price.

A dynamic programme over the days. Its state is the run (days off, or the option of the day and the length of
the run of days), the minutes and the weekends so far: all hard rules of runs, rest between following days,
hours and weekends are held exactly. How often a shift may be taken is priced (Lagrange), so that the value
returned as a bound is one, and the line holds the limit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lianfang.engines.roster.compiled import compiled
from lianfang.engines.roster.grid import Array

NEVER = 1e15


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
    after: Array,  # [option, count] the count of limited shifts after the option, -1 beyond the limit
    line: Array,  # [day] out
) -> float:
    """The price of the cheapest line, which is written into `line`; NEVER if there is none."""
    days, options = price.shape
    limited = longest <= days + run_before
    cap = longest if limited else max(1, shortest)
    counts = after.shape[1]
    width = weekends + 1
    level_size = counts * width
    size = (most + 1) * level_size
    states = off + (options - 1) * cap
    now = np.full((states, size), NEVER)
    then = np.full((states, size), NEVER)
    back = np.full((days, states, size), -1, np.int16)
    alive = np.zeros(states, np.uint8)
    alive_then = np.zeros(states, np.uint8)
    # The first day.
    if price[0, 0] < NEVER:
        now[off - 1, 0] = price[0, 0]
        alive[off - 1] = 1
    for option in range(1, options):
        if price[0, option] >= NEVER or units[option] > most:
            continue
        length = run_before + 1
        if limited and length > longest:
            continue
        length = min(length, cap)
        step = 1 if weekend[0] >= 0 else 0
        if step <= weekends and after[option, 0] >= 0:
            state = off + (option - 1) * cap + length - 1
            now[state, units[option] * level_size + after[option, 0] * width + step] = price[0, option]
            alive[state] = 1
    for day in range(1, days):
        then[:, :] = NEVER
        alive_then[:] = 0
        is_weekend = weekend[day] >= 0
        same = is_weekend and weekend[day - 1] == weekend[day]
        # A day off.
        cost = price[day, 0]
        if cost < NEVER:
            for source in range(states):
                if alive[source] == 0:
                    continue
                if source < off:
                    target = min(source + 1, off - 1)
                else:
                    length = (source - off) % cap + 1
                    if length < shortest and length - run_before != day:
                        continue
                    target = 0
                alive_then[target] = 1
                for each in range(size):
                    value = now[source, each] + cost
                    if value < then[target, each]:
                        then[target, each] = value
                        back[day, target, each] = source
        for option in range(1, options):
            cost = price[day, option]
            if cost >= NEVER:
                continue
            for source in range(off - 1, states):
                if alive[source] == 0:
                    continue
                if source == off - 1:
                    target = off + (option - 1) * cap
                    step = 1 if is_weekend else 0
                else:
                    before = (source - off) // cap + 1
                    if follows[before, option]:
                        continue
                    length = (source - off) % cap + 1
                    if length == cap:
                        if limited:
                            continue
                        length -= 1
                    target = off + (option - 1) * cap + length
                    step = 1 if is_weekend and not same else 0
                alive_then[target] = 1
                shift = units[option] * level_size + step
                if step == 0 and counts == 1:
                    for each in range(size - shift):
                        value = now[source, each] + cost
                        if value < then[target, each + shift]:
                            then[target, each + shift] = value
                            back[day, target, each + shift] = source
                else:
                    for level in range(most + 1 - units[option]):
                        for count in range(counts):
                            if after[option, count] < 0:
                                continue
                            start = level * level_size + count * width
                            move = shift + (after[option, count] - count) * width
                            for each in range(start, start + width - step):
                                value = now[source, each] + cost
                                if value < then[target, each + move]:
                                    then[target, each + move] = value
                                    back[day, target, each + move] = source
        now, then = then, now
        alive, alive_then = alive_then, alive
    best = NEVER
    best_state = -1
    best_each = -1
    for state in range(states):
        for each in range(least * level_size, size):
            if now[state, each] < best:
                best = now[state, each]
                best_state = state
                best_each = each
    if best_state < 0:
        return NEVER
    state, each = best_state, best_each
    for day in range(days - 1, -1, -1):
        option = 0 if state < off else (state - off) // cap + 1
        line[day] = option
        if day == 0:
            break
        source = back[day, state, each]
        if option > 0:
            each -= units[option] * level_size
            count = each % level_size // width
            for before in range(counts):
                if after[option, before] == count:
                    each -= (count - before) * width
                    break
            if weekend[day] >= 0 and not (weekend[day - 1] == weekend[day] and source >= off):
                each -= 1
        state = source
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
    rounds: int,
    exact_counts: bool,
    line: Array,
) -> tuple[float, float]:
    """The cheapest line found that holds the limits of shifts, and a bound from below on any such line.

    Without `exact_counts` the line may not be the cheapest, and there may be none.
    """
    days, options = price.shape
    kinds = most_of_type.shape[0]
    extra = np.zeros(kinds)
    trial = np.zeros(days, np.int16)
    priced = price.copy()
    after = np.zeros((options, 1), np.int64)
    ever = np.zeros(kinds, np.uint8)
    low = np.zeros(kinds)
    high = np.full(kinds, NEVER)
    best = NEVER
    bound = -NEVER
    first = 0.0
    for option in range(1, options):
        for day in range(days):
            if price[day, option] < NEVER:
                first = max(first, abs(price[day, option]))
    first = max(1e-3, first / 8)
    for number in range(rounds):
        for option in range(1, options):
            add = 0.0
            for kind in range(kinds):
                add += extra[kind] * types[option, kind]
            for day in range(days):
                if price[day, option] < NEVER:
                    priced[day, option] = price[day, option] + add
        value = cheapest(
            priced,
            follows,
            units,
            least,
            most,
            weekend,
            weekends,
            longest,
            shortest,
            off,
            run_before,
            after,
            trial,
        )
        if value >= NEVER:
            return best, NEVER if number == 0 else bound
        for kind in range(kinds):
            value -= extra[kind] * most_of_type[kind]
        bound = max(bound, value)
        real = 0.0
        for day in range(days):
            real += price[day, trial[day]]
        broken = False
        slack = False
        for kind in range(kinds):
            count = 0
            for day in range(days):
                count += types[trial[day], kind]
            if count > most_of_type[kind]:
                broken = True
                ever[kind] = 1
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
        if not broken and real < best:
            best = real
            line[:] = trial
        if not broken and (not slack or best - bound < 1e-6):
            break
    while exact_counts and ever.any() and best - bound > 1e-6:
        value, exact = counting(
            price, follows, units, least, most, weekend, weekends, longest, shortest, off, run_before,
            types, most_of_type, ever, trial,
        )  # fmt: skip
        if exact:
            bound = max(bound, value)
        if value >= NEVER:
            break
        broken = False
        for kind in range(kinds):
            count = 0
            for day in range(days):
                count += types[trial[day], kind]
            if count > most_of_type[kind]:
                broken = True
                if ever[kind]:
                    exact = False
                ever[kind] = 1
        if not broken:
            if value < best:
                best = value
                line[:] = trial
            break
        if not exact:
            break
    return best, bound


@compiled
def counting(
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
    types: Array,
    most_of_type: Array,
    counted: Array,  # [type] 1 where the limit shall be held exactly
    line: Array,
) -> tuple[float, bool]:
    """The cheapest line when the shifts of some types are counted as it goes; other types are not limited.

    Also whether all of them were counted: when they are too many, those with the highest limits are not.
    """
    days, options = price.shape
    kinds = most_of_type.shape[0]
    states = off + (options - 1) * min(longest, days)
    room = 30_000_000 // (days * states * (most + 1) * (weekends + 1))
    held = counted.copy()
    exact = True
    while True:
        combinations = 1
        largest = -1
        for kind in range(kinds):
            if held[kind]:
                combinations *= most_of_type[kind] + 1
                if largest < 0 or most_of_type[kind] > most_of_type[largest]:
                    largest = kind
        if combinations <= max(room, 1) or largest < 0:
            break
        held[largest] = 0
        exact = False
    after = np.zeros((options, combinations), np.int64)
    for option in range(options):
        for count in range(combinations):
            rest = count
            scale = 1
            moved = count
            for kind in range(kinds):
                if held[kind]:
                    own = rest % (most_of_type[kind] + 1)
                    rest //= most_of_type[kind] + 1
                    if own + types[option, kind] > most_of_type[kind]:
                        moved = -1
                    elif moved >= 0:
                        moved += types[option, kind] * scale
                    scale *= most_of_type[kind] + 1
            after[option, count] = moved
    value = cheapest(
        price, follows, units, least, most, weekend, weekends, longest, shortest, off, run_before, after, line
    )
    return value, exact


@compiled
def price_people(
    chosen: Array,  # people to price
    cost: Array,  # [person, day, option]
    weight: float,  # of the cost; 0 asks for feasibility alone
    value: Array,  # [group, day, option] subtracted from the cost
    group: Array,
    allowed: Array,
    rules: LineRules,
    rounds: int,
    exact_counts: bool,
    prices: Array,  # [person] out
    bounds: Array,  # [person] out
    lines: Array,  # [person, day] out
) -> None:
    """The cheapest line of each of the people chosen."""
    units, follows = rules.units, rules.follows
    types, most_of_type = rules.types, rules.most_of_type
    days, options = cost.shape[1], cost.shape[2]
    for person in chosen:
        names = np.zeros(options, np.int64)
        count = 1
        for option in range(1, options):
            for day in range(days):
                if allowed[person, day, option]:
                    names[count] = option
                    count += 1
                    break
        price = np.full((days, count), NEVER)
        for day in range(days):
            for index in range(count):
                option = names[index]
                if allowed[person, day, option]:
                    price[day, index] = weight * cost[person, day, option] - value[group[person], day, option]
        own_follows = np.zeros((count, count), np.uint8)
        own_units = np.zeros(count, np.int64)
        for one in range(count):
            own_units[one] = units[names[one]]
            for two in range(count):
                own_follows[one, two] = follows[names[one], names[two]]
        tight = 0
        for kind in range(most_of_type.shape[1]):
            possible = False
            for index in range(1, count):
                if types[names[index], kind]:
                    possible = True
            if possible and most_of_type[person, kind] < days:
                tight += 1
        own_types = np.zeros((count, tight), np.int64)
        own_most = np.zeros(tight, np.int64)
        tight = 0
        for kind in range(most_of_type.shape[1]):
            possible = False
            for index in range(1, count):
                if types[names[index], kind]:
                    possible = True
            if possible and most_of_type[person, kind] < days:
                own_most[tight] = most_of_type[person, kind]
                for index in range(count):
                    own_types[index, tight] = types[names[index], kind]
                tight += 1
        line = np.zeros(days, np.int16)
        best, bound = cheapest_within_types(
            price,
            own_follows,
            own_units,
            rules.least[person],
            rules.most[person],
            rules.weekend,
            rules.weekends[person],
            rules.longest[person],
            rules.shortest[person],
            rules.off[person],
            rules.run_before[person],
            own_types,
            own_most,
            rounds,
            exact_counts,
            line,
        )
        prices[person] = best
        bounds[person] = bound
        for day in range(days):
            lines[person, day] = names[line[day]]
