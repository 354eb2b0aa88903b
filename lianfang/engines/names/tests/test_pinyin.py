from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.names import Reading, SearchKeys, folded, initials, pinyin


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("单田芳", "shan tian fang"),
        ("仇大力", "qiu da li"),
        ("解晓东", "xie xiao dong"),
        ("曾国强", "zeng guo qiang"),
        ("区小燕", "ou xiao yan"),
        ("尉迟明", "yu chi ming"),
        ("万俟军", "mo qi jun"),
        ("吕明", "lv ming"),
    ],
)
def test_surname_has_its_own_reading(name: str, spoken: str) -> None:
    assert pinyin(name, Reading.PERSON) == spoken


def test_text_is_read_by_its_words() -> None:
    assert pinyin("银行") == "yin hang"
    assert pinyin("单位") == "dan wei"
    assert initials("博兴县工商联") == "bxxgsl"
    assert initials("博兴A5") == "bxa5"


@pytest.mark.parametrize("query", ["李明国", "明国", "limingguo", "LiMing", "lmg", "MG", "li ming", "李 明"])
def test_person_is_found_by_name_pinyin_and_initials(query: str) -> None:
    assert SearchKeys.of("李明国", Reading.PERSON).found_by(query)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("长盈油脂", "changying"),
        ("长盈油脂", "zhangying"),
        ("吕明", "lvming"),
        ("吕明", "luming"),
        ("吕明", "lüming"),
        ("單田芳", "单田芳"),
        ("单田芳", "shantianfang"),
        ("单田芳", "dantianfang"),
        ("京博（集团）", "京博(集团)"),
    ],
)
def test_name_with_several_readings_is_found_by_each(name: str, query: str) -> None:
    assert SearchKeys.of(name, Reading.PERSON).found_by(query)


def test_query_without_content_finds_nothing() -> None:
    assert not SearchKeys.of("李明国").found_by("  ")


def test_stored_text_holds_all_keys() -> None:
    assert SearchKeys.of("李明国", Reading.PERSON).text == "李明国 limingguo lmg"


@given(st.text(max_size=30))
@settings(deadline=None)
def test_every_name_is_found_by_itself(name: str) -> None:
    assert not folded(name) or SearchKeys.of(name).found_by(name)


@given(st.text(max_size=30))
@settings(deadline=None)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_importing_names_does_not_load_pypinyin() -> None:
    script = (
        "import sys, lianfang.engines.names; print([n for n in ('pypinyin', 'django') if n in sys.modules])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == "[]"
