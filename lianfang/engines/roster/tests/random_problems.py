"""Problems with every rule, made up from a seed."""

from __future__ import annotations

import random
from dataclasses import fields
from datetime import timedelta

from lianfang.engines.roster import (
    Assignment,
    Duty,
    History,
    Limits,
    Mix,
    Person,
    Problem,
    Quota,
    QuotaSpan,
    Rules,
    Sex,
    Span,
    Weights,
    Wish,
    WomenAtNight,
    find_faults,
)
from lianfang.engines.roster.tests.builders import MONDAY, at

SHAPES = (
    ("夜班", 0, 480),
    ("早班", 8, 480),
    ("中班", 16, 480),
    ("全天", 8, 1440),
    ("短班", 10, 120),
    ("大夜", 20, 720),
)
SKILLS = ("民警", "医护", "带班")


def a_random_problem(seed: int, *, people: int = 4, days: int = 6) -> Problem:
    """One without faults: what is contradictory is left out."""
    for again in range(100):
        problem = _draw(random.Random(f"{seed} {again}"), people, days)
        if not find_faults(problem):
            return problem
    raise AssertionError(seed)


def _draw(chance: random.Random, count: int, days: int) -> Problem:
    def maybe(share: float) -> bool:
        return chance.random() < share

    shapes = chance.sample(SHAPES, chance.randint(2, 3))
    posts = ("南门", "北门") if maybe(0.3) else ("南门",)
    duties = tuple(
        Duty(
            id=f"{post}{day}{name}",
            post=post,
            shift=name,
            start=at(day, hour),
            minutes=minutes,
            wanted=(wanted := chance.randint(0, 2)),
            minimum=chance.choice((None, 0)),
            mix=(Mix(skills=tuple(chance.sample(SKILLS, 2))),) if wanted and maybe(0.4) else (),
            skills=("带班",) if maybe(0.1) else (),
            on_call=maybe(0.1),
            short_weight=chance.choice((None, None, 7)),
            over_weight=chance.choice((None, 3)),
        )
        for day in range(days)
        for post in posts
        for name, hour, minutes in shapes
        if maybe(0.9)
    )
    crew = tuple(
        Person(
            id=f"p{number}",
            skills=tuple(chance.sample(SKILLS, chance.randint(0, 2))),
            team=chance.choice(("一组", "二组")),
            unit=chance.choice(("甲局", "乙局")),
            sex=chance.choice(tuple(Sex)),
            posts=("南门",) if maybe(0.2) else (),
            absences=(Span(start=at(2, 12), end=at(3, 12)),) if maybe(0.3) else (),
            available=(Span(start=at(0, 6), end=at(days, 0)),) if maybe(0.2) else (),
            most_of_shift={shapes[0][0]: chance.randint(0, 2)} if maybe(0.3) else {},
            limits=_limits(chance, 0.08),
            history=History(
                nights=chance.randint(0, 3),
                duties=chance.randint(0, 3),
                weekends=chance.randint(0, 1),
                run_days=(run := chance.choice((0, 0, 1, 2))),
                run_nights=chance.randint(0, run),
                last_end=at(0, 0) - timedelta(hours=chance.randint(0, 30)) if run else None,
                last_minutes=480,
            ),
            wishes=tuple(
                Wish(
                    day=MONDAY + timedelta(days=chance.randrange(days)),
                    on=maybe(0.4),
                    shift=chance.choice(("", shapes[0][0])),
                    weight=chance.randint(1, 9),
                )
                for _ in range(chance.randint(0, 2))
            ),
        )
        for number in range(count)
    )
    cells = [Assignment(duty=duty.id, person=person.id) for duty in duties for person in crew if maybe(0.1)]
    frozen = maybe(0.15)
    return Problem(
        first_day=MONDAY,
        days=days,
        people=crew,
        duties=duties,
        skills=SKILLS,
        holidays=(MONDAY + timedelta(days=1),) if maybe(0.5) else (),
        workdays=(MONDAY + timedelta(days=5),) if maybe(0.3) else (),
        quotas=(
            Quota(unit="甲局", fewest=2, most=5),
            Quota(unit="乙局", span=QuotaSpan.DAY, most=1),
        )
        if maybe(0.3)
        else (),
        current=tuple(cells) if frozen or maybe(0.3) else (),
        frozen_until=at(1, 9) if frozen else None,
        rules=Rules(
            rest_minutes=chance.choice((0, 480, 660, 960)),
            duties_a_day=2 if maybe(0.15) else 1,
            successions_forbidden=((shapes[0][0], shapes[1][0]),) if maybe(0.4) else (),
            women_at_night=chance.choice(tuple(WomenAtNight)),
            limits=_limits(chance, 0.3),
            weights=Weights(
                open=30,
                short=12,
                over=5,
                mix=8,
                quota=6,
                team=4 if maybe(0.3) else 0,
                nights=chance.choice((0, 2)),
                weekends=chance.choice((0, 1)),
                holidays=chance.choice((0, 3)),
                duties=chance.choice((0, 1)),
                change=chance.choice((0, 2)),
            ),
        ),
    )


def _limits(chance: random.Random, share: float) -> Limits:
    values = {
        "most_minutes": chance.choice((1440, 1920, 2880)),
        "fewest_minutes": chance.choice((480, 960)),
        "most_duties": chance.randint(2, 4),
        "most_nights": chance.randint(0, 3),
        "most_weekends": chance.randint(0, 1),
        "longest_run_days": chance.randint(2, 4),
        "shortest_run_days": 2,
        "shortest_days_off": 2,
        "longest_run_nights": chance.randint(1, 3),
        "days_off_after_nights": chance.randint(1, 2),
    }
    chosen = {each.name: values[each.name] for each in fields(Limits) if chance.random() < share}
    return Limits(**chosen)
