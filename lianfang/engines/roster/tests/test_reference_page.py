"""The pages that describe the problem name every field, rule and fault."""

import re
from pathlib import Path

import pytest

from lianfang.engines.roster import FaultCode, RuleName, problem_schema

PAGES = Path(__file__).resolve().parents[4] / "docs" / "reference"


@pytest.mark.parametrize("suffix", [".md", ".en.md"])
def test_every_field_rule_and_fault_is_described(suffix: str) -> None:
    words = set(re.findall(r"`([a-z_.]+)`", (PAGES / f"roster-problem{suffix}").read_text(encoding="utf-8")))
    kinds = problem_schema()["$defs"]
    fields = {name for kind in kinds.values() for name in kind.get("properties", {})}
    assert sorted((fields | set(RuleName) | set(FaultCode)) - words) == []
