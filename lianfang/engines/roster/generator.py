"""Guard problems of any size, made up from a seed: for measuring, and for whoever wants to try.

Three shifts of eight hours a day; three skills (民警, 医护, and plain 值守); absences and wishes; eleven
hours of rest, six days in a row at most; nights, weekends and totals shall be even (squares). About six
people of ten are on duty each day. Names are numbers: nobody real is meant.
"""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from lianfang.engines.roster.problem import (
    Duty,
    History,
    Limits,
    Mix,
    Person,
    Problem,
    Rules,
    Span,
    Weights,
    Wish,
)

FIRST_DAY = date(2020, 2, 10)  # a Monday
SHIFTS = (("夜班", 0), ("早班", 8), ("中班", 16))
POLICE, MEDIC, WATCH = "民警", "医护", "值守"


def guard_problem(people: int, days: int = 28, *, seed: int = 0, posts: int = 1) -> Problem:
    """A problem of so many people at so many posts. The same numbers give the same problem."""
    chance = random.Random(f"guard {people} {days} {seed} {posts}")  # noqa: S311 (not for secrets)
    per_post = max(3, round(people * 0.6 / posts))
    early = round(per_post * 0.38)
    late = round(per_post * 0.34)
    wanted = {"夜班": max(1, per_post - early - late), "早班": max(1, early), "中班": max(1, late)}
    duties = [
        _duty(f"岗{post + 1}" if posts > 1 else "", day, name, hour, wanted[name])
        for day in range(days)
        for post in range(posts)
        for name, hour in SHIFTS
    ]
    return Problem(
        first_day=FIRST_DAY,
        days=days,
        people=tuple(_person(number, days, chance) for number in range(people)),
        duties=tuple(duties),
        skills=(POLICE, MEDIC, WATCH),
        rules=Rules(
            rest_minutes=660,
            limits=Limits(longest_run_days=6),
            weights=Weights(open=0, short=500, over=100, mix=200, nights=6, weekends=4, duties=2),
        ),
    )


def _duty(post: str, day: int, name: str, hour: int, wanted: int) -> Duty:
    mix = [Mix(skills=(POLICE,), count=max(1, wanted // 5)), Mix(skills=(MEDIC,), count=max(1, wanted // 6))]
    return Duty(
        id=f"{post}{day}{name}",
        post=post,
        shift=name,
        start=datetime.combine(FIRST_DAY, time(hour)) + timedelta(days=day),
        minutes=480,
        wanted=wanted,
        mix=tuple(mix if wanted >= 3 else mix[:1]),
    )


def _person(number: int, days: int, chance: random.Random) -> Person:
    absences = []
    if chance.random() < 0.4:
        start = chance.randrange(days)
        begin = datetime.combine(FIRST_DAY, time()) + timedelta(days=start)
        absences.append(Span(start=begin, end=begin + timedelta(days=chance.randint(1, 5))))
    wishes = [
        Wish(
            day=FIRST_DAY + timedelta(days=day),
            on=chance.random() < 0.25,
            shift=chance.choice(("", *(name for name, _ in SHIFTS))),
            weight=chance.randint(2, 20),
        )
        for day in sorted(chance.sample(range(days), min(days, 4)))
    ]
    return Person(
        id=f"g{number:05}",
        skills=((POLICE,), (MEDIC,), (WATCH,))[chance.choices((0, 1, 2), (30, 25, 45))[0]],
        absences=tuple(absences),
        wishes=tuple(wish for wish in wishes if not (wish.on and wish.shift == "")),
        history=History(
            nights=chance.randint(0, 2), weekends=chance.randint(0, 2), duties=chance.randint(0, 3)
        ),
    )
