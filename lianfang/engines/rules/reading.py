"""Reading TOML and JSON with errors that name the place."""

from __future__ import annotations

from collections.abc import Mapping, Set
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from lianfang.engines.rules.errors import RuleProfileError

T = TypeVar("T")

_TYPE_NAMES = {str: "文字", dict: "一张表", list: "一个列表", int: "一个整数", bool: "true 或 false"}


def read_toml(path: Path) -> dict[str, Any]:
    """The table of a TOML file. Raises RuleProfileError `rules.unreadable`."""
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleProfileError("rules.unreadable", path.name, f"文件读不出来:{error}") from error


def read_json(path: Path) -> dict[str, Any]:
    """The object of a JSON file. Raises RuleProfileError `rules.unreadable`."""
    import json

    try:
        raw = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise RuleProfileError("rules.unreadable", path.name, f"文件读不出来:{error}") from error
    if not isinstance(raw, dict):
        raise RuleProfileError("rules.unreadable", path.name, "文件里应是一个对象")
    return raw


def take(raw: Mapping[str, Any], key: str, kind: type[T], path: str) -> T:
    """`raw[key]`, which must be there and of type `kind`."""
    place = f"{path}.{key}" if ":" in path else f"{path}: {key}"
    if key not in raw:
        raise RuleProfileError("rules.missing", place, "缺少这一项")
    value = raw[key]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise RuleProfileError(
            "rules.wrong_type", place, f"应为{_TYPE_NAMES.get(kind, kind.__name__)},实际是 {value!r}"
        )
    return value


def text_of(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise RuleProfileError("rules.wrong_type", path, f"应为文字,实际是 {value!r}")
    return value


def refuse_unknown(raw: Mapping[str, Any], known: Set[str], path: str) -> None:
    """A misspelt key must not be passed over in silence."""
    for key in raw:
        if key not in known:
            place = f"{path}.{key}" if ":" in path else f"{path}: {key}"
            raise RuleProfileError(
                "rules.unknown_key", place, f"没有这一项,可用的是 {'、'.join(sorted(known))}"
            )
