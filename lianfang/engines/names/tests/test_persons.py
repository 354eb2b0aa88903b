from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.names import PROPOSED_FROM, Likeness, PersonMention, compare_persons, without_title


def codes(found: Likeness) -> set[str]:
    return {reason.code for reason in found.reasons}


def test_same_name_is_likely_one_but_never_certain() -> None:
    assert PROPOSED_FROM < compare_persons("李明国", "李明国").score < 1


def test_common_name_is_less_sure_than_a_rare_one() -> None:
    assert compare_persons("王伟", "王伟").score < compare_persons("安长东", "安长东").score


def test_shared_post_speaks_for_one_and_other_posts_a_little_against() -> None:
    chairman = PersonMention("李明国", ("店子镇商会会长",))
    same_post = compare_persons(chairman, PersonMention("李明国", ("商会会长",)))
    other_post = compare_persons(chairman, PersonMention("李明国", ("某小学校长",)))
    assert same_post.score > compare_persons("李明国", "李明国").score > other_post.score >= PROPOSED_FROM
    assert "different_posts" in codes(other_post)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("李明国会长", "李明国"),
        ("王艳莉（女）", "王艳莉同志"),
        ("张喆", "张（吉吉）"),
        ("李堃", "李(方方土)"),
        ("马骉", "马（马马马）"),
        ("阿卜杜•热合曼", "阿卜杜热合曼"),
        ("韩克刚", "韩克钢"),
        ("萧立新", "肖立新"),
        ("孙志强", "孙*强"),
        ("孙志强", "孙志□"),
        ("王艳莉", "王丽艳"),
    ],
)
def test_variant_of_a_name_is_proposed(one: str, other: str) -> None:
    assert PROPOSED_FROM <= compare_persons(one, other).score < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("李明国", "李明华"),
        ("李明国", "王明国"),
        ("李总", "李明国"),
        ("李某", "李明国"),
        ("孙志*", "孙海*"),
        ("阿卜杜·热合曼", "阿卜杜·克里木"),
        ("欧阳海清", "阳海清"),
    ],
)
def test_other_person_is_not_proposed(one: str, other: str) -> None:
    assert compare_persons(one, other).score < PROPOSED_FROM


@pytest.mark.parametrize(
    ("mention", "name", "title"),
    [
        ("韩克刚党总支书记", "韩克刚党总支", "书记"),
        ("李明国会长", "李明国", "会长"),
        ("刘刚秘书长", "刘刚", "秘书长"),
    ],
)
def test_title_is_parted_from_the_name(mention: str, name: str, title: str) -> None:
    assert (without_title(mention).name, without_title(mention).title) == (name, title)


MENTIONS = st.text(alphabet="李王明国华某*·总会长书记先生女（）阿卜杜热", max_size=8) | st.text(max_size=12)


@given(MENTIONS, MENTIONS)
@settings(deadline=None, max_examples=300)
def test_likeness_does_not_depend_on_the_order_and_stays_in_bounds(one: str, other: str) -> None:
    found = compare_persons(one, other)
    assert found == compare_persons(other, one)
    assert 0 <= found.score < 1
