"""Rules that change with the law, kept as data.

A *schema* (`schemas/giving.toml`) says which rules a subject has and of what type each value is: a
duration, a count, an amount, a choice, a comparison with a threshold, a day of the year, yes or no, or a
table of these. A *profile* (`profiles/giving-2024.toml`) gives them values for a span of days, each with
the law it comes from and whether that was checked against the text. No program holds a number of its own:
it asks the profile in force on the day of the matter (`in_force`), so a gift of February 2020 is judged by
the rules of February 2020. `deadlines` tells from a profile and what has happened what is due when.

A new subject is a new schema file; loading refuses what does not fit its schema (`RuleProfileError` names
the place) and profiles of one subject that overlap.
"""

from lianfang.engines.rules.deadlines import Deadline, Event, deadlines
from lianfang.engines.rules.errors import RuleProfileError
from lianfang.engines.rules.profile import (
    Rule,
    RuleProfile,
    as_data,
    in_force,
    load_profiles,
    read_profile,
    refuse_overlaps,
    shipped_profiles,
)
from lianfang.engines.rules.schema import DeadlineKind, Parameter, ParameterType, Schema, load_schema
from lianfang.engines.rules.values import (
    Comparison,
    DayOfYear,
    Duration,
    DurationUnit,
    PlainValue,
    Row,
    Threshold,
    Window,
)

__all__ = [
    "Comparison",
    "DayOfYear",
    "Deadline",
    "DeadlineKind",
    "Duration",
    "DurationUnit",
    "Event",
    "Parameter",
    "ParameterType",
    "PlainValue",
    "Row",
    "Rule",
    "RuleProfile",
    "RuleProfileError",
    "Schema",
    "Threshold",
    "Window",
    "as_data",
    "deadlines",
    "in_force",
    "load_profiles",
    "load_schema",
    "read_profile",
    "refuse_overlaps",
    "shipped_profiles",
]
