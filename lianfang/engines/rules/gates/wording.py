"""The words for a decision: what to say to the person, and what they can do instead (温情沟通)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from lianfang.engines.rules.gates.decision import Decision, Missing
from lianfang.engines.rules.gates.profile import GateRules

CODES_FILE = Path(__file__).parent / "codes.toml"

_TIMES = frozenset({"free_at", "back_by", "rest_until", "opens_at"})
_TENTHS = frozenset({"reading", "threshold"})


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    """For the guard: what was decided, in a few characters."""
    say: str
    """A polite sentence to say to the person."""
    instead: str
    """What the person can do instead, or what happens next; may be empty."""


def say(decision: Decision, rules: GateRules, *, offset: int, language: str = "zh") -> Words:
    """The words for the weightiest reason, else for what is missing first, else for the first note.

    `rules` give the wording of questions, `offset` is that of the situation, `language` is "zh" or "en".
    """
    words = catalogue()
    suffix = "_en" if language == "en" else ""
    values = _values(decision, words, suffix, offset)
    if decision.missing:
        values |= _values_of_missing(decision.missing[0], rules, words, suffix)
    code = decision.reasons[0] if decision.reasons else ""
    if not code and decision.missing:
        prompt = words["missing"][decision.missing[0]["kind"]]
        title = words["outcomes"]["undecided"]
        return Words(title["title" + suffix], _filled(prompt["say" + suffix], values), "")
    if not code and decision.notes:
        code = decision.notes[0]
        if words["codes"][code]["outcome"]:
            # A breach that is noted: the person is let in, and hears no refusal.
            return Words(words["codes"][code]["title" + suffix], words["admitted"]["say" + suffix], "")
    if not code:
        return Words(words["outcomes"]["admitted"]["title" + suffix], words["admitted"]["say" + suffix], "")
    entry = words["codes"][code]
    return Words(
        entry["title" + suffix],
        _filled(entry["say" + suffix], values),
        _filled(entry.get("instead" + suffix, ""), values),
    )


def code_title(code: str, language: str = "zh") -> str:
    """The short name of a reason or note code; the code itself where it is not known."""
    entry = catalogue()["codes"].get(code)
    if entry is None:
        return code
    return str(entry["title_en" if language == "en" else "title"])


def exit_rules(rules: GateRules, *, category: str = "resident", language: str = "zh") -> str:
    """How often people of `category` may go out, in a line for a card or a notice."""
    words = catalogue()["exits"]
    suffix = "_en" if language == "en" else ""
    stop, comma = ("; ", ", ") if language == "en" else ("；", "，")
    lines = []
    for quota in rules["quotas"] if rules["categories"][category]["quota"] else ():
        if quota["categories"] and category not in quota["categories"]:
            continue
        parts = [_filled(words[_kind_of(quota) + suffix], {key: str(value) for key, value in quota.items()})]
        if quota["minutes_out"]:
            parts.append(
                _filled(words["minutes_out" + suffix], {"time": _span(quota["minutes_out"], language)})
            )
        if quota["hours"]:
            spans = ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in quota["hours"])
            parts.append(_filled(words["hours" + suffix], {"hours": spans}))
        lines.append(comma.join(parts))
    return stop.join(lines) or str(words["free" + suffix])


def _kind_of(quota: Mapping[str, Any]) -> str:
    if quota["kind"] == "none":
        return "group_buying" if quota["group_buying"] else "none"
    return "daily" if quota["kind"] in {"calendar", "block"} and quota["days"] == 1 else str(quota["kind"])


def _span(minutes: int, language: str) -> str:
    hours, rest = divmod(minutes, 60)
    if rest or not hours:
        return f"{minutes} minutes" if language == "en" else f"{minutes}分钟"
    if language == "en":
        return f"{hours} hours" if hours > 1 else "1 hour"
    return f"{hours}小时"


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


@cache
def catalogue() -> dict[str, Any]:
    """All words, as `codes.toml` holds them."""
    return tomllib.loads(CODES_FILE.read_text(encoding="utf-8"))


def _values(decision: Decision, words: Mapping[str, Any], suffix: str, offset: int) -> dict[str, str]:
    values = {}
    for name, fact in decision.facts.items():
        if name in _TIMES:
            values[name] = _moment(fact, words["moments"]["format" + suffix], offset)
        elif name in _TENTHS:
            values[name] = f"{fact // 10}.{fact % 10}"
        else:
            values[name] = str(fact)
    return values


def _values_of_missing(
    missing: Missing, rules: GateRules, words: Mapping[str, Any], suffix: str
) -> dict[str, str]:
    values = {}
    code = missing.get("code", "")
    if missing["kind"] == "paper":
        values["paper"] = words["papers"][code]["title" + suffix]
    if missing["kind"] == "question":
        values["ask"] = next(one["ask" + suffix] for one in rules["questions"] if one["question"] == code)
    if "count" in missing:
        values["count"] = str(missing["count"])
    return values


def _moment(at: int, form: str, offset: int) -> str:
    local = datetime.fromtimestamp(at + offset * 60, UTC)
    parts = {"month": local.month, "day": local.day, "hour": local.hour, "minute": f"{local.minute:02}"}
    return form.format(**parts)


def _filled(template: str, values: Mapping[str, str]) -> str:
    """`template` with its values; a [part] whose value is not known is left out."""

    def part(found: re.Match[str]) -> str:
        names = re.findall(r"\{(\w+)\}", found[1])
        return found[1] if all(name in values for name in names) else ""

    whole = re.sub(r"\[([^\]]*)\]", part, template)
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], ""), whole)
