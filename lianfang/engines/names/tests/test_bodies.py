from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.names import PROPOSED_FROM, Context, Likeness, compare_bodies

COUNTY = Context(
    province="山东省",
    city="滨州市",
    county="博兴县",
    towns=("兴福镇", "店子镇", "曹王镇", "锦秋街道", "城东街道"),
)


def likeness(one: str, other: str) -> Likeness:
    return compare_bodies(one, other, context=COUNTY)


def codes(found: Likeness) -> set[str]:
    return {reason.code for reason in found.reasons}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("金属板业商会", "金属板材商会"),
        ("金属板材商会", "板材商会"),
        ("博兴县工商联金属板业商会", "板材商会"),
    ],
)
def test_three_names_of_the_sheet_metal_chamber_are_proposed_but_not_taken_as_one(
    one: str, other: str
) -> None:
    assert PROPOSED_FROM <= likeness(one, other).score < 1


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("县工商联", "博兴县工商联"),
        ("县工商联", "博兴县工商业联合会"),
        ("县疾控中心", "博兴县疾病预防控制中心"),
        ("店子镇", "店子镇人民政府"),
        ("店子镇商会", "博兴县店子镇基层商会"),
        ("镇统一战线联盟", "兴福镇统一战线联盟"),
        ("锦秋街道办事处三官庙村", "三官庙村"),
        ("京博集团", "山东京博控股集团有限公司"),
        ("团县委", "共青团博兴县委"),
        ("博兴一中", "博兴县第1中学"),
        ("华信木业（博兴）有限公司", "华信木業"),
    ],
)
def test_short_form_is_proposed_with_its_full_name(short: str, full: str) -> None:
    assert likeness(short, full).score >= PROPOSED_FROM


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("金属板材商会", "建材商会", "different_trade"),
        ("京博石化", "京博置业", "different_trade"),
        ("博兴一中", "博兴二中", "opposed_words"),
        ("东关村", "西关村", "opposed_words"),
        ("店子镇商会", "兴福镇商会", "different_place"),
        ("锦秋街道三官庙村", "城东街道三官庙村", "different_place"),
        ("博兴县工商联", "滨州市工商联", "different_level"),
        ("博兴县人民医院", "滨州市人民医院", "different_level"),
        ("金属板材商会", "金属板材商会党总支", "part_of"),
        ("京博集团", "京博社区", "form_conflicts"),
    ],
)
def test_difference_made_on_purpose_is_named_and_not_proposed(one: str, other: str, reason: str) -> None:
    found = likeness(one, other)
    assert found.score < PROPOSED_FROM
    assert reason in codes(found)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("三官庙村", "三观庙村", "same_sound"),
        ("中心幼儿园", "中心幼儿圆", "same_sound"),
        ("沈冶机械", "沈治机械", "look_alike"),
        ("瑞丰物流", "丰瑞物流", "swapped"),
    ],
)
def test_slip_of_the_pen_is_named(one: str, other: str, reason: str) -> None:
    assert reason in codes(likeness(one, other))


def test_former_name_that_was_registered_is_nearly_certain() -> None:
    renamed = Context(former_names=(("青禾纸箱厂", "青禾包装有限公司"),))
    found = compare_bodies("青禾纸箱厂", "青禾包装有限公司", context=renamed)
    assert (found.score, codes(found)) == (0.98, {"former_name"})
    assert compare_bodies("青禾纸箱厂", "青禾包装有限公司").score < PROPOSED_FROM


def test_width_of_characters_blanks_and_traditional_forms_make_no_difference() -> None:
    assert likeness("山東 长盈（油脂）", "山东长盈(油脂)").score == 1


def test_other_county_is_seen_only_with_the_home_county_known() -> None:
    assert likeness("县商会", "无棣县商会").score < PROPOSED_FROM
    assert compare_bodies("县商会", "无棣县商会").score >= PROPOSED_FROM


NAMES = st.text(
    alphabet="博兴县市镇店子东西一二第中学工商联会板材金属建有限公司集团党支部村（）()·a1 某",
    max_size=14,
) | st.text(max_size=20)


@given(NAMES, NAMES)
@settings(deadline=None, max_examples=300)
def test_likeness_does_not_depend_on_the_order_and_stays_in_bounds(one: str, other: str) -> None:
    found = likeness(one, other)
    assert found == likeness(other, one)
    assert 0 <= found.score <= 1


@given(NAMES)
@settings(deadline=None)
def test_name_is_like_itself(name: str) -> None:
    assert likeness(name, name).score == 1


@given(NAMES, NAMES)
@settings(deadline=None)
def test_every_answer_has_a_reason_or_differs_by_nothing_but_places(one: str, other: str) -> None:
    assert all(reason.text for reason in likeness(one, other).reasons)
