from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.names import PROPOSED_FROM, Context, Subject, compare_bodies, compare_persons, propose

COUNTY = Context(province="山东省", city="滨州市", county="博兴县", towns=("兴福镇", "店子镇"))

BODIES = [
    "金属板业商会",
    "金属板材商会",
    "板材商会",
    "建材商会",
    "县工商联",
    "博兴县工商业联合会",
    "京博集团",
    "山东京博控股集团有限公司",
    "香驰集团",
    "香驰控股有限公司",
    "店子镇商会",
    "店子镇基层商会",
    "兴福镇商会",
    "店子镇政府",
    "店子镇",
    "三官庙村",
    "三观庙村",
    "瑞丰机械有限公司",
    "瑞峰机械有限公司",
    "博兴一中",
    "博兴县第一中学",
    "博兴二中",
    "沈冶机械",
    "沈治机械",
    "旭日彩钢",
    "旭日彩钢板有限公司",
    "县疾控中心",
    "博兴县疾病预防控制中心",
    "兴达板材商会",
    "镇统一战线联盟",
    "兴福镇统一战线联盟",
    "中心幼儿园",
    "中心幼儿圆",
    "博商汇",
    "博商滙",
]

PERSONS = [
    "李明国",
    "李明国会长",
    "李明華",
    "李明华",
    "王艳莉",
    "王丽艳",
    "王艳丽",
    "孙志强",
    "孙*强",
    "张喆",
    "张（吉吉）",
    "张哲",
    "萧立新",
    "肖立新",
    "阿卜杜·热合曼",
    "阿卜杜热合曼",
    "安俐",
    "安莉",
    "刘刚",
    "刘钢",
    "沈治国",
    "沈冶国",
    "高秀兰",
    "高秀英",
    "马文斌",
    "马文彬",
]


@pytest.mark.parametrize(("subject", "names"), [(Subject.BODIES, BODIES), (Subject.PERSONS, PERSONS)])
def test_keys_lose_no_pair_that_a_comparison_of_all_with_all_finds(
    subject: Subject, names: list[str]
) -> None:
    compare = compare_bodies if subject is Subject.BODIES else compare_persons
    all_pairs = {
        frozenset((one, other))
        for one, other in combinations(names, 2)
        if compare(one, other, context=COUNTY).score >= PROPOSED_FROM
    }
    proposed = {
        frozenset((pair.first, pair.second)) for pair in propose(names, subject=subject, context=COUNTY)
    }
    assert proposed == all_pairs


def test_three_names_of_one_chamber_give_three_pairs_and_the_fourth_chamber_none() -> None:
    pairs = propose(["金属板业商会", "金属板材商会", "板材商会", "建材商会"])
    assert len(pairs) == 3
    assert all("建材商会" not in (pair.first, pair.second) for pair in pairs)


def test_likeliest_pair_comes_first_and_the_order_of_the_list_does_not_matter() -> None:
    pairs = propose(BODIES, context=COUNTY)
    scores = [pair.likeness.score for pair in pairs]
    assert scores == sorted(scores, reverse=True)
    turned = propose(BODIES[::-1], context=COUNTY)
    assert {frozenset((p.first, p.second)) for p in pairs} == {frozenset((p.first, p.second)) for p in turned}


def test_name_that_stands_twice_is_no_pair() -> None:
    assert propose(["京博集团", "京博集团"]) == []


def test_former_name_is_proposed_with_the_present_one() -> None:
    renamed = Context(former_names=(("青禾纸箱厂", "绿源包装有限公司"),))
    pairs = propose(["青禾纸箱厂", "绿源包装有限公司"], context=renamed)
    assert [pair.likeness.score for pair in pairs] == [0.98]


def test_higher_threshold_gives_a_part_of_the_pairs() -> None:
    few, many = propose(BODIES, threshold=0.9), propose(BODIES, threshold=0.6)
    assert set(few) < set(many)


@given(st.lists(st.text(max_size=12), max_size=12), st.sampled_from(Subject))
@settings(deadline=None)
def test_any_list_can_be_searched(names: list[str], subject: Subject) -> None:
    assert all(pair.likeness.score >= PROPOSED_FROM for pair in propose(names, subject=subject))
