"""The name of a body taken apart: place, body above, name proper, trade, form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lianfang.engines.names.characters import folded
from lianfang.engines.names.likeness import NO_CONTEXT, Context
from lianfang.engines.names.vocabulary import ENDINGS, FULL_TO_SHORT, PROVINCES, TRADES, WEAK_WORDS, Form

LEVELS = ("province", "city", "county", "town")


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name taken apart. `places` has one entry a level of `LEVELS`; "?" where only the level is said (县…).

    `host` is the body above (工商联 in 工商联金属板业商会); `proper` is what sets it apart, trades included;
    `brand` is that without trades, `trades` the numbers of the groups in `TRADES`.
    """

    whole: str
    places: tuple[str, str, str, str]
    host: str
    proper: str
    brand: str
    trades: frozenset[int]
    form: Form
    forms: tuple[Form, ...]
    in_brackets: str


@lru_cache(maxsize=65536)
def take_apart(name: str, context: Context = NO_CONTEXT) -> BodyName:
    """The parts of a body's name; see `BodyName`."""
    whole = in_short_forms(name)
    rest, in_brackets = _without_brackets(whole)
    lead, rest = _lead(rest)
    places, rest = _take_places(rest, context)
    rest = lead + rest
    host, rest = _take_host(rest)
    rest, form, forms = _take_endings(rest)
    proper = rest
    brand, trades = _brand_and_trades(proper)
    return BodyName(whole, places, host, proper, brand, trades, form, forms, in_brackets)


def in_short_forms(name: str) -> str:
    """The whole name folded, ordinals and long words in their short forms: 博兴县第1中学 → 博兴县一中."""
    return _short_forms(_numbers(folded(name)))


_CHINESE_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True)) | {"10": "十"}


def _numbers(text: str) -> str:
    """第1中学, 第一中学 → 一中学: ordinal numbers in one form, up to ten."""
    text = re.sub(r"第(?=[一二三四五六七八九十0-9])", "", text)
    return re.sub(r"(?<![0-9])(10|[0-9])(?![0-9])", lambda digit: _CHINESE_DIGITS[digit[1]], text)


def _short_forms(text: str) -> str:
    for full, short in FULL_TO_SHORT:
        text = text.replace(full, short)
    text = re.sub(r"([一二三四五六七八九十])(高级)?中学", r"\1中", text)
    return re.sub(r"县府$", "县政府", text)


def _lead(text: str) -> tuple[str, str]:
    """团县委, 共青团博兴县委, 中共博兴县委: what stands before the place belongs to the name behind it."""
    text = re.sub(r"^团(?=[县市镇区]委)", "共青团", text)
    found = re.match(r"(共青团|中共)(?=..)", text)
    if found is None:
        return "", text
    return found[1] if found[1] == "共青团" else "", text[found.end() :]


def _without_brackets(text: str) -> tuple[str, str]:
    inside = re.findall(r"\(([^()]*)\)", text)
    rest = re.sub(r"\([^()]*\)", "", text).strip("()")
    return (rest or text), "".join(inside)


def _take_places(rest: str, context: Context) -> tuple[tuple[str, str, str, str], str]:
    found = dict.fromkeys(LEVELS, "")
    for level, place in zip(LEVELS[:3], (context.province, context.city, context.county), strict=True):
        rest = _take_known(rest, folded(place), level, found)
    province = next((name for name in PROVINCES if rest.startswith(name)), "")
    if province and not found["province"]:
        found["province"] = province
        rest = re.sub(r"^(省|市|自治区|壮族自治区)", "", rest[len(province) :])
    rest = _guess_places(rest, found)
    for town in context.towns:
        rest = _take_known(rest, folded(town), "town", found)
    rest = _guess_town(rest, found)
    return (found["province"], found["city"], found["county"], found["town"]), rest


def _take_known(rest: str, place: str, level: str, found: dict[str, str]) -> str:
    """博兴县工商联 and 博兴工商联 both name the county."""
    stem = re.sub(r"(省|市|县|区|镇|乡|街道)$", "", place)
    if len(stem) < 2 or not rest.startswith(stem):
        return rest
    found[level] = stem
    if rest == f"{place}委":
        return rest[len(stem) :]
    return rest[len(place) :] if rest.startswith(place) else rest[len(stem) :]


def _guess_places(rest: str, found: dict[str, str]) -> str:
    for level, pattern in (
        ("city", r"([\u4e00-\u9fff]{2,3})(?<![超城门都])市(?!场|政|容|民)(?=.)"),
        ("county", r"([\u4e00-\u9fff]{2,3})(?<!小)(?<!社)(?<!发)(?<!新)(县|区)(?=.)"),
    ):
        if not found[level] and (place := re.match(pattern, rest)):
            found[level] = place[1]
            rest = rest[place.end() :]
    for level, sign in (("province", "省"), ("city", "市"), ("county", "县")):
        if len(rest) > 2 and rest[0] == sign and not found[level]:
            found[level] = "?"
            rest = rest[1:]
    return rest


def _guess_town(rest: str, found: dict[str, str]) -> str:
    if found["town"]:
        return rest
    if place := re.match(r"([\u4e00-\u9fff]{2,3})(镇|乡|街道)(?=.)", rest):
        found["town"] = place[1]
        return rest[place.end() :]
    if place := re.fullmatch(r"([\u4e00-\u9fff]{2,3})(镇|乡|街道)", rest):
        found["town"] = place[1]
        return ""
    if len(rest) > 2 and rest[0] in "镇乡":
        found["town"] = "?"
        return rest[1:]
    return rest


def _take_host(rest: str) -> tuple[str, str]:
    """工商联金属板业商会 → 工商联; 金属板材商会党总支 keeps the chamber in its endings."""
    for host in ("工商联", "总商会"):
        if rest.startswith(host) and len(rest) > len(host):
            return host, rest[len(host) :]
    return "", rest


def _take_endings(rest: str) -> tuple[str, Form, tuple[Form, ...]]:
    forms: list[Form] = []
    for _ in range(3):
        ending, form = next(((text, form) for text, form in ENDINGS if rest.endswith(text)), ("", Form.OTHER))
        if not ending or _belongs_to_the_name(ending, rest):
            break
        if ending == rest and forms and form not in NAMED_BY_THEIR_ENDING:
            break
        forms.append(form)
        if form in NAMED_BY_THEIR_ENDING:
            break
        rest = rest[: -len(ending)]
        if form in {Form.VILLAGE, Form.COMMUNITY}:
            break
    form = forms[0] if forms else Form.OTHER
    return rest, (forms[-1] if forms and forms[-1] in NAMED_BY_THEIR_ENDING else form), tuple(forms)


NAMED_BY_THEIR_ENDING = frozenset(
    {Form.SCHOOL, Form.HOSPITAL, Form.BANK, Form.CHARITY, Form.BUREAU, Form.FEDERATION}
)
"""Public bodies whose ending is part of what tells them apart: 红会 and 慈善会."""


def _belongs_to_the_name(ending: str, rest: str) -> bool:
    if ending == "店" and rest.endswith(("饭店", "酒店", "书店")):
        return True
    return ending in {"店", "村", "局", "厂", "股份"} and len(rest) <= len(ending) + 1


def _brand_and_trades(proper: str) -> tuple[str, frozenset[int]]:
    trades: set[int] = set()
    brand = proper
    for word, number in _TRADE_WORDS:
        if word in brand:
            trades.add(number)
            brand = brand.replace(word, "", 1)
    return without_weak_words(brand), frozenset(trades)


_TRADE_WORDS = sorted(
    ((word, number) for number, group in enumerate(TRADES) for word in group), key=lambda pair: -len(pair[0])
)


def without_weak_words(text: str) -> str:
    for word in WEAK_WORDS:
        shorter = text.replace(word, "")
        if len(shorter) >= 2 or word == text:
            text = shorter
    return text
