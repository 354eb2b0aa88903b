"""Pinyin of names, and the keys under which a name is found in a search.

A surname has its own reading (单 shàn, 仇 qiú, 解 xiè, 尉迟 yùchí), so say whether a text is a person's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import islice, product
from typing import Any

from lianfang.engines.names.characters import folded


class Reading(Enum):
    """As what a text is read."""

    TEXT = "text"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class SearchKeys:
    """What a name is found by. All in lower case, without blanks."""

    name: str
    pinyins: tuple[str, ...]
    initials: tuple[str, ...]

    @classmethod
    def of(cls, name: str, reading: Reading = Reading.TEXT) -> SearchKeys:
        """Keys of `name`; a character with several readings gives several keys, at most eight."""
        signs = search_query(name)
        readings = _readings(name, reading)
        aligned = signs if len(signs) == len(readings) else " " * len(readings)
        spoken = [_with_variants(sign, syllables) for sign, syllables in zip(aligned, readings, strict=True)]
        variants = [list(choice) for choice in islice(product(*spoken), 8)]
        return cls(
            signs,
            tuple(dict.fromkeys("".join(choice) for choice in variants)),
            tuple(dict.fromkeys("".join(syllable[:1] for syllable in choice) for choice in variants)),
        )

    @property
    def text(self) -> str:
        """All keys in one line, parted by blanks: for a column that a database searches."""
        return " ".join(dict.fromkeys((self.name, *self.pinyins, *self.initials)))

    def found_by(self, query: str) -> bool:
        """Whether what someone typed (characters, pinyin or initials, in any case) finds this name."""
        wanted = search_query(query)
        return bool(wanted) and any(wanted in key for key in (self.name, *self.pinyins, *self.initials))


def search_query(query: str) -> str:
    """What someone typed, in the form of the keys: `Li Ming` → `liming`, `lü` → `lv`."""
    return folded(query.replace("ü", "v").replace("Ü", "v")).replace("'", "")


def pinyin(text: str, reading: Reading = Reading.TEXT) -> str:
    """Toneless pinyin, syllables parted by blanks, ü as v; other signs stay as they are."""
    return " ".join(choices[0] for choices in _readings(text, reading))


def initials(text: str, reading: Reading = Reading.TEXT) -> str:
    """The first letter of every syllable, in lower case."""
    return "".join(choices[0][:1] for choices in _readings(text, reading))


@lru_cache(maxsize=16384)
def syllables_of(sign: str) -> tuple[str, ...]:
    """The toneless readings of one character in names; the sign itself where it has none.

    Dictionaries also list readings that no one uses today (园 as wan), so only the first counts, beside
    the reading as a surname (曾 as zeng) and, for a few characters of brands, a second one (长).
    """
    from pypinyin import Style, lazy_pinyin

    spoken = lazy_pinyin(sign, style=Style.NORMAL, v_to_u=False)
    first = spoken[0] if spoken else sign
    second = _AMBIGUOUS.get(first, first) if sign in _UNDECIDED else first
    return tuple(dict.fromkeys((first, _SURNAMES.get(sign, first), second)))


def same_sound(one: str, other: str) -> bool:
    """Whether two characters share a reading, tones left out."""
    return one == other or bool(set(syllables_of(one)) & set(syllables_of(other)))


_SURNAMES = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "查": "zha",
    "任": "ren",
    "华": "hua",
    "朴": "piao",
    "盖": "ge",
    "冼": "xian",
    "缪": "miao",
    "覃": "qin",
    "种": "chong",
    "黑": "he",
    "折": "she",
    "召": "shao",
    "翟": "zhai",
    "繁": "po",
    "尹": "yin",
    "员": "yun",
    "贠": "yun",
    "牟": "mu",
    "宓": "mi",
    "洗": "xian",
    "逄": "pang",
    "句": "gou",
    "秘": "bi",
    "郗": "xi",
    "那": "na",
    "燕": "yan",
    "哈": "ha",
    "葛": "ge",
    "宁": "ning",
    "令": "ling",
    "教": "jiao",
    "乐": "yue",
    "柏": "bai",
    "晟": "cheng",
    "曲": "qu",
    "干": "gan",
    "沈": "shen",
    "车": "che",
    "卜": "bu",
    "重": "chong",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "单于": "chan yu",
    "长孙": "zhang sun",
    "宿": "su",
    "谌": "chen",
    "隗": "wei",
}

_OTHER_SURNAME_READINGS = {
    "覃": "tan",
    "乐": "le",
    "盖": "gai",
    "葛": "gai",
    "谌": "shen",
    "晟": "sheng",
    "单": "dan",
}
"""Readings that people of the same surname also use, or that others type by mistake."""


def _readings(text: str, reading: Reading) -> list[tuple[str, ...]]:
    """For each syllable or other sign the readings that may be meant, the likeliest first."""
    clean = folded(text)
    found: list[tuple[str, ...]] = []
    if reading is Reading.PERSON:
        for length in (2, 1):
            if surname := _SURNAMES.get(clean[:length]):
                found = [(syllable,) for syllable in surname.split()]
                if length == 1 and (other := _OTHER_SURNAME_READINGS.get(clean[0])):
                    found = [(surname, other)]
                clean = clean[length:]
                break
    return found + [(spoken,) for spoken in _spoken(clean)]


def _spoken(text: str) -> Sequence[str]:
    """Readings in context: pypinyin knows the words 银行, 行业, 重庆."""
    from pypinyin import lazy_pinyin

    if not text:
        return ()
    return list(lazy_pinyin(text, errors=_one_by_one, v_to_u=False))


def _one_by_one(signs: str) -> Any:
    """Signs without a reading stay apart; pypinyin would keep a run of them as one."""
    return list(signs)


_ALSO_TYPED = {"lv": "lu", "nv": "nu"}
"""吕 is typed lv and lu."""

_AMBIGUOUS = {
    "chang": "zhang",
    "zhang": "chang",
    "le": "yue",
    "yue": "le",
    "hang": "xing",
    "xing": "hang",
    "zhong": "chong",
    "chong": "zhong",
}
"""Readings that a dictionary cannot decide in a brand: 长盈, 乐安, 兴行, 重德. Only for `_UNDECIDED`."""

_UNDECIDED = frozenset("长乐行重")


def _with_variants(sign: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    typed = [_ALSO_TYPED[choice] for choice in choices if choice in _ALSO_TYPED]
    undecided = [_AMBIGUOUS[choice] for choice in choices if sign in _UNDECIDED and choice in _AMBIGUOUS]
    return (*choices, *typed, *undecided)
