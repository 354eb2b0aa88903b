"""Characters that stand for each other: traditional and simplified, same sound, similar look, other form."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

DOTS = "·•‧・･⋅∙●."
"""Signs that part the names of Uyghur, Tibetan and foreign persons; the right one is U+00B7."""

_BRACKETS = str.maketrans("（）[]［］【】〔〕〈〉《》{}「」『』", "()" * 10) | dict.fromkeys(
    map(ord, "“”‘’\"'"), ""
)
_OTHER_FORMS = str.maketrans("昇陞甯喆镕淼堃犇", "升升宁哲熔淼坤犇")
"""Name characters that registers write either way; only for the comparison, never for print."""

_COMPOSED = {
    "吉吉": "喆",
    "方方土": "堃",
    "马马马": "骉",
    "土土土": "垚",
    "水水水": "淼",
    "金金金": "鑫",
    "火火火": "焱",
    "牛牛牛": "犇",
    "木木木": "森",
    "文武贝": "赟",
    "石石石": "磊",
    "日日日": "晶",
    "龙龙龙": "龘",
    "王玉": "珏",
}
"""Rare characters typed by their parts, in brackets, where a keyboard could not write them."""

_LOOK_ALIKE_GROUPS = [
    "己已巳",
    "未末朱",
    "土士",
    "日曰",
    "戊戍戌",
    "治冶",
    "晴睛",
    "幸辛",
    "壶壹",
    "侯候",
    "令今",
    "干千于",
    "太大犬",
    "天夭",
    "王玉主",
    "田由甲申",
    "木本术",
    "目自",
    "入人八",
    "贝见",
    "园圆团",
    "桥侨娇",
    "洋详祥",
    "清青请情",
    "伟纬",
    "刚钢纲",
    "杨扬",
    "陈阵",
    "柱桂往",
    "建健",
    "钧均钩",
    "班斑",
    "昊吴",
    "宁宇",
    "字宇",
    "佳住",
    "娅妲",
    "梅海悔",
    "泽择",
    "涛祷",
    "浩皓洁",
    "晨辰",
    "恒桓",
    "恺凯",
    "瑞端",
    "玮炜",
    "颖颍",
    "茹如",
    "艳绝",
    "淑椒",
    "莉利",
    "萍苹",
    "芬纷",
    "兴光",
    "兰三",
    "官宫",
    "宜宣",
    "博搏",
    "渤勃",
    "驰弛",
    "鑫淼",
    "汇江",
    "庆厌",
    "丰韦",
    "永水",
    "长氏",
    "厂广",
    "白百",
    "口日",
    "马鸟乌",
    "曹槽",
    "店店",
    "板饭",
    "材村林",
    "商啇",
    "联朕",
    "锦棉",
    "秋秒",
    "街衔",
    "镇填",
    "业亚",
    "巾币",
    "崔催",
    "阁阎",
    "冯马",
    "孙逊",
    "徐除",
    "梁粱",
    "韩朝",
    "郑邓",
    "沈沉",
    "蒋将",
    "魏巍",
    "程裎",
    "傅博",
    "肖尚",
    "汪江",
    "姜美",
    "谭潭",
]


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """`text` with one form for each sign: simplified, half width, one kind of brackets, no blanks."""
    for _ in range(_MOST_ROUNDS):
        before, text = text, _folded_once(text)
        if text == before:
            break
    return text


_MOST_ROUNDS = 4
"""Taking a blank out can join two signs that fold again; Unicode settles after the second round."""


def _folded_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().translate(_BRACKETS)
    text = "".join(
        sign for sign in text if not sign.isspace() and unicodedata.category(sign) not in {"Cc", "Cf"}
    )
    text = text.translate(_simplified())
    text = re.sub(r"\((\w{2,3})\)", lambda typed: _COMPOSED.get(typed[1], typed[0]), text)
    return re.sub(f"(?<=[\u3400-\u9fff])[{re.escape(DOTS)}](?=[\u3400-\u9fff])", "·", text)


def other_form(text: str) -> str:
    """`text` with 昇 as 升, 喆 as 哲 and the like."""
    return text.translate(_OTHER_FORMS)


def look_alike(one: str, other: str) -> bool:
    """Whether two characters are easily taken for each other by the eye or by text recognition."""
    return bool(_look_groups().get(one, frozenset()) & _look_groups().get(other, frozenset()))


def look_key(sign: str) -> str:
    """One character for all that look like `sign`."""
    groups = _look_groups().get(sign)
    return _LOOK_ALIKE_GROUPS[min(groups)][0] if groups else sign


@cache
def _look_groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, group in enumerate(_LOOK_ALIKE_GROUPS):
        for sign in group:
            groups.setdefault(sign, set()).add(number)
    return {sign: frozenset(numbers) for sign, numbers in groups.items()}


@cache
def _simplified() -> dict[int, str]:
    """Traditional → simplified for single characters, from OpenCC's TSCharacters (Apache-2.0)."""
    pairs = (Path(__file__).parent / "traditional.txt").read_text(encoding="utf-8").replace("\n", "")
    return {ord(pairs[index]): pairs[index + 1] for index in range(0, len(pairs), 2)}
