"""Are these two names one body?

A name is taken apart first: place, name proper, trade, form. Then each part is compared with its like, and
every difference that people make on purpose (another town, another trade, 一中 and 二中) lowers the score.
"""

from __future__ import annotations

import re

from lianfang.engines.names.alignment import SAME_SOUND, Difference, change, difference, opposed
from lianfang.engines.names.body_names import (
    LEVELS,
    NAMED_BY_THEIR_ENDING,
    BodyName,
    in_short_forms,
    take_apart,
    without_weak_words,
)
from lianfang.engines.names.characters import folded
from lianfang.engines.names.likeness import NO_CONTEXT, Context, Likeness, Reason
from lianfang.engines.names.vocabulary import BUSINESSES, CIRCLES, Form


def compare_bodies(one: str, other: str, *, context: Context = NO_CONTEXT) -> Likeness:
    """How far two names speak of one body. Symmetric; a name with itself has score 1."""
    # In one order, so that the answer and its reasons do not depend on which name came first.
    first, second = sorted(
        (take_apart(one, context), take_apart(other, context)), key=lambda name: name.whole
    )
    if first.whole == second.whole:
        return Likeness(1.0, (Reason("same_name", "名称相同"),))
    if context.former_names and _renamed(first.whole, context) == _renamed(second.whole, context):
        return Likeness(0.98, (Reason("former_name", "登记的曾用名与现用名"),))
    if (slip := _only_slip(first.whole, second.whole)) is not None:
        return Likeness(0.85, (_slip_reason(*slip),))
    score, reasons = _proper_likeness(first, second)
    for factor, reason in (
        *_place_evidence(first, second, context),
        *_form_evidence(first, second),
        *_host_evidence(first, second),
        *_bracket_evidence(first, second),
    ):
        score *= factor
        reasons.append(reason)
    return Likeness(round(min(score, 0.99), 4), tuple(reasons))


def _only_slip(one: str, other: str) -> tuple[str, str, str] | None:
    """The one sign in which two names differ, where it is one of sound, look or form."""
    if len(one) != len(other):
        return None
    pairs = [(left, right) for left, right in zip(one, other, strict=True) if left != right]
    if len(pairs) != 1:
        return None
    kind, cost = change(*pairs[0])
    return (kind, *pairs[0]) if cost <= SAME_SOUND else None


def _renamed(whole: str, context: Context) -> str:
    renamed = {in_short_forms(old): in_short_forms(new) for old, new in context.former_names}
    return renamed.get(whole, whole)


def _proper_likeness(first: BodyName, second: BodyName) -> tuple[float, list[Reason]]:
    """Likeness of what sets the bodies apart, places and forms left aside."""
    if first.proper == second.proper:
        return (
            (0.98, [Reason("same_proper_name", f"字号相同：{first.proper}")]) if first.proper else (0.96, [])
        )
    if not first.proper or not second.proper:
        named = first.proper or second.proper
        if not without_weak_words(named):
            return 0.93, [Reason("weak_words", f"只差“{named}”")]
        return 0.2, [Reason("one_without_name", f"只有一个名称带“{named}”")]
    if not first.brand and not second.brand:
        return _trade_likeness(first, second)
    return _brand_likeness(first, second)


def _trade_likeness(first: BodyName, second: BodyName) -> tuple[float, list[Reason]]:
    """Chambers and associations that are named by their trade only."""
    shared = first.trades & second.trades
    if first.trades == second.trades:
        return 0.93, [Reason("same_trade", f"行业用词同义：{first.proper}、{second.proper}")]
    if shared and (first.trades < second.trades or second.trades < first.trades):
        return 0.84, [Reason("trade_contained", f"行业用词一个包含另一个：{first.proper}、{second.proper}")]
    if shared:
        return 0.5, [Reason("trade_overlap", f"行业用词部分相同：{first.proper}、{second.proper}")]
    return 0.15, [Reason("different_trade", f"行业不同：{first.proper}、{second.proper}")]


def _brand_likeness(first: BodyName, second: BodyName) -> tuple[float, list[Reason]]:
    score, reasons = _name_likeness(first, second)
    if first.trades == second.trades:
        return score, reasons
    if first.trades and second.trades and not first.trades & second.trades:
        return score * 0.3, [
            *reasons,
            Reason("different_trade", f"行业不同：{first.proper}、{second.proper}"),
        ]
    if first.trades and second.trades:
        return score * 0.9, [*reasons, Reason("trade_overlap", "行业用词部分相同")]
    named = first.proper if first.trades else second.proper
    return score * 0.86, [*reasons, Reason("trade_left_out", f"只有一个名称写了行业：{named}")]


def _name_likeness(first: BodyName, second: BodyName) -> tuple[float, list[Reason]]:
    one, other = first.brand, second.brand
    if one == other:
        return 0.98, [Reason("same_brand", f"字号相同：{one}")]
    if not one or not other:
        return _half_named(first, second)
    slips = difference(one, other)
    if _differs_on_purpose(one, other, slips):
        return 0.12, [Reason("opposed_words", f"“{one}”与“{other}”用字对立，应是两家")]
    short, long = sorted((one, other), key=len)
    if len(short) >= 2 and long.startswith(short):
        return max(0.62, 0.92 - 0.1 * (len(long) - len(short))), [
            Reason("short_form", f"“{short}”可能是“{long}”的简称")
        ]
    if len(short) >= 2 and long.endswith(short):
        return 0.74, [Reason("place_or_prefix", f"“{long}”比“{short}”多了前缀")]
    score = max(0.0, 1 - 1.7 * slips.cost / max(len(one), len(other)))
    if _is_subsequence(short, long) and len(short) >= 3:
        score = max(score, 0.62)
    return score * 0.98, [_slip_reason(*slip) for slip in slips.slips[:4]]


def _half_named(first: BodyName, second: BodyName) -> tuple[float, list[Reason]]:
    """One is named by its trade only: 板材商会 beside 兴达板材商会."""
    named = first if first.brand else second
    if first.trades & second.trades:
        return 0.62, [Reason("brand_left_out", f"只有一个名称带字号“{named.brand}”")]
    return 0.2, [Reason("one_without_name", f"只有一个名称带字号“{named.brand}”")]


def _differs_on_purpose(one: str, other: str, slips: Difference) -> bool:
    if slips.has("opposed"):
        return True
    if len(one) == len(other):
        return any(opposed(left, right) for left, right in zip(one, other, strict=True))
    return False


def _is_subsequence(short: str, long: str) -> bool:
    signs = iter(long)
    return short[0] == long[0] and all(sign in signs for sign in short)


_SLIPS = {
    "same_sound": "同音字：{0}、{1}",
    "look_alike": "形近字：{0}、{1}",
    "other_form": "异体字：{0}、{1}",
    "swapped": "字序颠倒：{0}、{1}",
    "added": "多一字：{0}{1}",
    "changed": "用字不同：{0}、{1}",
    "opposed": "用字对立：{0}、{1}",
}


def _slip_reason(kind: str, left: str, right: str) -> Reason:
    return Reason(kind, _SLIPS[kind].format(left, right))


Evidence = list[tuple[float, Reason]]


def _place_evidence(first: BodyName, second: BodyName, context: Context) -> Evidence:
    known = {"province": context.province, "city": context.city, "county": context.county, "town": ""}
    found: Evidence = []
    for level, one, other in zip(LEVELS, first.places, second.places, strict=True):
        home = re.sub(r"(省|市|县|区)$", "", folded(known[level]))
        one, other = (home or one if one == "?" else one), (home or other if other == "?" else other)
        if one == other:
            continue
        if "?" in (one, other):
            if one and other:
                found.append((0.85, Reason("place_unnamed", "一个名称只写了层级，没有写地名")))
            else:
                found.append((0.95, Reason("place_left_out", "一个名称没有写地名")))
        elif one and other:
            if len(one) == len(other) and difference(one, other).cost <= 0.4:
                found.append((0.85, Reason("place_misspelt", f"地名相近：{'、'.join(sorted((one, other)))}")))
            else:
                found.append(
                    (0.12, Reason("different_place", f"地名不同：{'、'.join(sorted((one, other)))}"))
                )
        else:
            found.append(_one_sided_place(first, second, level, one or other, home))
    return _levels_apart(first, second, found)


def _one_sided_place(
    first: BodyName, second: BodyName, level: str, place: str, home: str
) -> tuple[float, Reason]:
    if home and place == home:
        return 0.99, Reason("place_left_out", f"一个名称省略了本地地名“{place}”")
    if level == "town" and not (first.brand and second.brand):
        # A town chamber is named by its town: 兴福镇商会 is not 县商会.
        factor = 0.75 if first.proper and second.proper else 0.4
        return factor, Reason("town_left_out", f"只有一个名称写了乡镇“{place}”")
    factor = 0.9 if home and level != "town" else 0.95
    return factor, Reason("place_left_out", f"一个名称省略了地名“{place}”")


def _levels_apart(first: BodyName, second: BodyName, found: Evidence) -> Evidence:
    """县工商联 and 市工商联: bodies of two levels, unless a brand says more than the level."""
    lowest = [
        max((number for number, place in enumerate(name.places) if place), default=-1)
        for name in (first, second)
    ]
    is_public = {first.form, second.form} & NAMED_BY_THEIR_ENDING
    if -1 in lowest or lowest[0] == lowest[1] or (first.brand and second.brand and not is_public):
        return found
    if any(reason.code == "different_place" for _, reason in found):
        return found
    return [*found, (0.25, Reason("different_level", "层级不同（省、市、县、乡镇）"))]


def _form_evidence(first: BodyName, second: BodyName) -> Evidence:
    one, other = first.form, second.form
    extra = set(first.forms) ^ set(second.forms)
    part = extra & {Form.PARTY, Form.UNION, Form.BRANCH}
    if part:
        shown = "、".join(sorted(form.value for form in part))
        return [(0.35, Reason("part_of", f"一个是另一个的{shown}"))]
    if one is other:
        return []
    both = {one, other}
    if Form.GROUP in both and both <= BUSINESSES and _trades_of_member(first, second):
        return [(0.75, Reason("group_and_member", "一个是集团，另一个可能是其下属企业"))]
    if both <= BUSINESSES:
        if Form.OTHER in both:
            return [(0.96, Reason("form_left_out", "一个名称省略了组织形式"))]
        factor = 0.95 if both == {Form.COMPANY, Form.GROUP} else 0.8
        return [(factor, Reason("form_differs", f"组织形式不同：{_forms(both)}"))]
    if both <= CIRCLES:
        return [(0.7, Reason("form_differs", f"组织形式不同：{_forms(both)}"))]
    if both <= {Form.GOVERNMENT, Form.SUBDISTRICT, Form.OTHER} or both == {Form.VILLAGE, Form.OTHER}:
        return [(0.85, Reason("form_left_out", "一个名称只写了地名"))]
    if (first.form is Form.OTHER and not first.proper) or (second.form is Form.OTHER and not second.proper):
        return [(0.5, Reason("form_conflicts", f"一个只是地名，另一个是{_forms(both)}"))]
    if Form.OTHER in both and not both & {Form.PARTY, Form.UNION, Form.SCHOOL}:
        return [(0.75, Reason("form_left_out", "一个名称省略了组织形式"))]
    return [(0.25, Reason("form_conflicts", f"组织形式冲突：{_forms(both)}"))]


def _trades_of_member(first: BodyName, second: BodyName) -> bool:
    """京博集团 and 京博石化: the trade stands only in the name of the firm."""
    group, firm = (first, second) if first.form is Form.GROUP else (second, first)
    return bool(firm.trades - group.trades)


def _forms(forms: set[Form]) -> str:
    return "、".join(sorted(form.value for form in forms if form.value))


def _host_evidence(first: BodyName, second: BodyName) -> Evidence:
    if first.host == second.host:
        return []
    host = first.host or second.host
    return [(0.97, Reason("host_left_out", f"一个名称省略了上级“{host}”"))]


def _bracket_evidence(first: BodyName, second: BodyName) -> Evidence:
    one, other = first.in_brackets, second.in_brackets
    if one == other:
        return []
    if one and other:
        return [(0.5, Reason("brackets_differ", f"括号内容不同：{'、'.join(sorted((one, other)))}"))]
    return [(0.9, Reason("brackets_left_out", f"一个名称多了括号内容“{one or other}”"))]
