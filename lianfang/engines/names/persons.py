"""Are these two mentions one person?

A name alone never settles it: people share names, and one person holds several posts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lianfang.engines.names.alignment import SAME_SOUND, Difference, difference
from lianfang.engines.names.characters import folded
from lianfang.engines.names.likeness import NO_CONTEXT, Context, Likeness, Reason
from lianfang.engines.names.pinyin import syllables_of


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person as a source names them. `posts` are as written: 店子镇商会会长, 县政协副主席."""

    name: str
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name without title. `title` is what stood beside it; "*" in `name` is a sign left out."""

    name: str
    title: str


def compare_persons(
    one: PersonMention | str, other: PersonMention | str, *, context: Context = NO_CONTEXT
) -> Likeness:
    """How far two mentions speak of one person. Symmetric; never 1, for people share names."""
    first, second = sorted(
        (_mention(one), _mention(other)), key=lambda mention: (mention.name, mention.posts)
    )
    if {first.name, second.name} in [{folded(old), folded(new)} for old, new in context.former_names]:
        return Likeness(0.98, (Reason("former_name", "登记的曾用名与现用名"),))
    score, reasons = _name_likeness(first.name, second.name)
    if score >= 0.5:
        factor, reason = _post_evidence(first, second)
        if reason is not None:
            score, reasons = min(0.99, score * factor), [*reasons, reason]
    return Likeness(round(score, 4), tuple(reasons))


@lru_cache(maxsize=65536)
def without_title(mention: str) -> PersonName:
    """李明国会长 → 李明国 and 会长; 李某某 → 李**; 刘刚（女） → 刘刚."""
    text = re.sub(r"\([^()]*\)", "", folded(mention)) or folded(mention)
    text = re.sub(
        r"^(县|市|镇|村)?(党组|党委|支部)?(书记|主席|会长|董事长|总经理)(?=[\u3400-\u9fff]{2,3}$)", "", text
    )
    title = ""
    if found := _TITLE.search(text):
        title = found[0]
        text = text[: found.start()]
    # A sign hidden on purpose, or one that the writer's keyboard or font did not have.
    text = re.sub(r"(?<=.)某|[*?_□〓\ufffd×x]", "*", text)
    return PersonName(text, title)


_TITLE = re.compile(
    r"(?<=[\u3400-\u9fff*])(先生|女士|小姐|同志|同学|老师|医生|大夫|护士|师傅|大爷|大妈|大哥|大姐|老板|老总|总|"
    r"(常务)?(副)?(会长|书记|主席|主任|部长|局长|县长|镇长|村长|院长|校长|所长|站长|科长|队长|"
    r"秘书长|董事长|总经理|经理|厂长|理事长|总裁|社长|行长|处长))+$"
)


def _mention(given: PersonMention | str) -> PersonMention:
    posts = given.posts if isinstance(given, PersonMention) else ()
    taken = without_title(given.name if isinstance(given, PersonMention) else given)
    titled = (taken.title,) if taken.title and taken.title not in _BARE_TITLES else ()
    return PersonMention(taken.name, tuple(sorted({folded(post) for post in (*posts, *titled)})))


_BARE_TITLES = frozenset(
    [
        "先生",
        "女士",
        "小姐",
        "同志",
        "同学",
        "老师",
        "师傅",
        "大爷",
        "大妈",
        "大哥",
        "大姐",
        "老板",
        "老总",
        "总",
    ]
)

_COMMON_SURNAMES = frozenset("王李张刘陈杨赵黄周吴")


def _name_likeness(one: str, other: str) -> tuple[float, list[Reason]]:
    if one == other:
        if "*" in one or len(one) < 2:
            return 0.4, [Reason("hidden_name", "姓名不全，只能看出姓氏相同")]
        if len(one) == 2 and one[0] in _COMMON_SURNAMES:
            return 0.85, [Reason("common_name", f"姓名相同，但“{one}”是常见姓名，可能重名")]
        return 0.93, [Reason("same_name", "姓名相同")]
    if not one or not other:
        return 0.0, [Reason("different_name", "没有可比的姓名")]
    if "*" in one or "*" in other:
        return _hidden_likeness(one, other)
    if "·" in one + other or min(len(one), len(other)) > 4:
        return _long_name_likeness(one, other)
    return _short_name_likeness(one, other)


def _hidden_likeness(one: str, other: str) -> tuple[float, list[Reason]]:
    """李*国 and 李明国: what can be seen agrees, or it does not."""
    same_length = len(one) == len(other)
    agrees = all(left == right or "*" in (left, right) for left, right in zip(one, other, strict=False))
    seen = sum(left == right for left, right in zip(one, other, strict=False))
    if agrees and same_length and seen >= 2:
        return 0.66, [Reason("hidden_name", "姓名有隐去的字，其余相同")]
    if agrees and seen >= 1 and (same_length or len(one.rstrip("*")) < 2 or len(other.rstrip("*")) < 2):
        return 0.35, [Reason("hidden_name", "姓名有隐去的字，只能看出姓氏相同")]
    return 0.02, [Reason("different_name", "没有隐去的字不同")]


def _long_name_likeness(one: str, other: str) -> tuple[float, list[Reason]]:
    """阿卜杜·热合曼: dots left out, the first part only, one sign otherwise."""
    plain, plain_other = one.replace("·", ""), other.replace("·", "")
    if plain == plain_other:
        return 0.95, [Reason("dot_left_out", "只差间隔号")]
    short, long = sorted((one, other), key=len)
    if long.split("·")[0] == short:
        return 0.55, [Reason("short_form", f"“{short}”可能是“{long}”的简称")]
    slips = difference(plain, plain_other)
    score = max(0.0, 0.95 - 1.6 * slips.cost / max(len(plain), len(plain_other)))
    return score, _slip_reasons(slips)


def _short_name_likeness(one: str, other: str) -> tuple[float, list[Reason]]:
    slips = difference(one, other)
    reasons = _slip_reasons(slips)
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        if len(short) == 1:
            return (0.3 if long[0] == short else 0.0), [Reason("surname_only", "一个名称只有姓氏")]
        if slips.cost <= 0.7 and long[0] == short[0]:
            return 0.45 if long[-1] == short[-1] else 0.35, reasons
        return 0.05, reasons
    if len(slips.slips) > 1:
        mild = slips.cost <= 2 * SAME_SOUND or _same_sounds_in_other_order(one, other)
        return (0.6 if mild and len(one) > 2 and one[0] == other[0] else 0.05), reasons
    kind, left, _ = slips.slips[0]
    in_surname = one[0] != other[0] and kind != "swapped"
    base = {"other_form": 0.9, "same_sound": 0.74, "look_alike": 0.7, "swapped": 0.62, "changed": 0.2}.get(
        kind, 0.1
    )
    if kind == "swapped" and left[0] in (one[0], other[0]) and one[0] != other[0]:
        base = 0.4
    if len(one) == 2 and kind in {"same_sound", "look_alike"}:
        base -= 0.1
    if in_surname and frozenset((one[0], other[0])) not in _SURNAME_FORMS:
        base *= 0.75
    return base, reasons


def _same_sounds_in_other_order(one: str, other: str) -> bool:
    """王艳莉 and 王丽艳."""
    return sorted(syllables_of(sign)[0] for sign in one) == sorted(syllables_of(sign)[0] for sign in other)


def _slip_reasons(slips: Difference) -> list[Reason]:
    return [Reason(kind, _SLIPS[kind].format(left, right)) for kind, left, right in slips.slips[:4]]


_SURNAME_FORMS = tuple(map(frozenset, ("肖萧", "闫阎", "付傅", "代戴", "丘邱", "于於", "兰蓝", "晏宴")))
"""Surnames of one family that registers write in two ways since the simplifications of 1977."""

_SLIPS = {
    "same_sound": "同音字：{0}、{1}",
    "look_alike": "形近字：{0}、{1}",
    "other_form": "异体字：{0}、{1}",
    "swapped": "字序颠倒：{0}、{1}",
    "added": "多一字：{0}{1}",
    "changed": "用字不同：{0}、{1}",
    "opposed": "用字不同：{0}、{1}",
}


def _post_evidence(first: PersonMention, second: PersonMention) -> tuple[float, Reason | None]:
    """Posts in common speak for one person; other posts speak against it only a little."""
    if not first.posts or not second.posts:
        return 1.0, None
    shared = {
        one if len(one) <= len(other) else other
        for one in first.posts
        for other in second.posts
        if one.endswith(other) or other.endswith(one)
    }
    if shared:
        return 1.08, Reason("shared_post", f"职务一致：{'、'.join(sorted(shared)[:3])}")
    return 0.85, Reason("different_posts", "职务不同（一人可以有多个职务，也可能是重名）")
