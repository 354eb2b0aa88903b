"""The interface speaks two languages: every text has its English, with the same places to fill in."""

import re
from collections import Counter

import pytest

from tools import messages

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.mark.parametrize("app", ["", *messages.APPS])
def test_every_text_has_its_english(app: str) -> None:
    waiting = [message.id for message in messages.missing(messages.collected(app))]
    assert waiting == [], "run tools/messages.py and translate what is empty"


@pytest.mark.parametrize("app", ["", *messages.APPS])
def test_english_fills_in_the_same_places(app: str) -> None:
    wrong = [
        (chinese, english)
        for chinese, english in _translations(app)
        if Counter(PLACES.findall(chinese)) != Counter(PLACES.findall(english))
    ]
    assert wrong == []


@pytest.mark.parametrize("app", ["", *messages.APPS])
def test_english_holds_no_chinese_but_examples(app: str) -> None:
    """Chinese stands in an English text only where the text shows the same characters as an example."""
    wrong = [
        (chinese, english)
        for chinese, english in _translations(app)
        if any(stretch not in chinese for stretch in CHINESE.findall(english))
    ]
    assert wrong == []


def _translations(app: str) -> list[tuple[str, str]]:
    return [
        (message.id, message.string)
        for message in messages.collected(app)
        if messages.is_translated(message) and isinstance(message.id, str)
    ]
