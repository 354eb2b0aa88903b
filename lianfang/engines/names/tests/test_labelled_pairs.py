"""The labelled pairs of `bench/names/`: what was once told apart stays told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianfang.engines.names import PROPOSED_FROM, Context, PersonMention, compare_bodies, compare_persons

PAIRS = Path(__file__).parents[4] / "bench" / "names"
COUNTY = Context(
    province="山东省",
    city="滨州市",
    county="博兴县",
    towns=("兴福镇", "店子镇", "曹王镇", "锦秋街道", "城东街道"),
)

pytestmark = pytest.mark.skipif(not PAIRS.is_dir(), reason="bench/ is not beside the package")


def labelled(file: str) -> list[tuple[bool, str, str]]:
    lines = (PAIRS / file).read_text(encoding="utf-8").splitlines()
    return [
        (mark == "1", one, other)
        for mark, one, other in (line.split("\t") for line in lines if line[0] in "01")
    ]


def mention(text: str) -> PersonMention:
    name, *posts = text.split("|")
    return PersonMention(name, tuple(posts))


def test_bodies_are_told_apart() -> None:
    wrong = [
        (one, other)
        for is_one, one, other in labelled("bodies.tsv")
        if (compare_bodies(one, other, context=COUNTY).score >= PROPOSED_FROM) != is_one
    ]
    assert wrong == []


def test_persons_are_told_apart() -> None:
    wrong = [
        (one, other)
        for is_one, one, other in labelled("persons.tsv")
        if (compare_persons(mention(one), mention(other), context=COUNTY).score >= PROPOSED_FROM) != is_one
    ]
    assert wrong == []
