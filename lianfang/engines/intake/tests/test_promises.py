"""What holds for any text whatever: quotes stand where they say, nothing crashes, nothing depends on luck."""

import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.intake import Claim, read_notice, read_table
from lianfang.engines.intake.tests.reading import read

_SPELLINGS = """
云帆纺织 石湾镇商会 会长米多福 县红十字会 社会各界 6名党员 匿名 捐款 捐赠 向 给 通过 把 将 共 各 分别
累计 其中 另有
及 和 、 , 。 ; : ( ) “ ” 10万元 近8万元 口罩2万只 棉被 价值 的 以上 8家 2万美元 收到 募集 1、 ① 合计 |
序号 金额
姓名 接龙 1 0 亿 万 元 １２ £ 😀 捐 赠 拟 不 为
"""
_WORDS = st.sampled_from([*_SPELLINGS.split(), "\n", " ", "\t", "\u200b", "\r\n"])
_NOTICES = st.lists(_WORDS, max_size=60).map("".join)


@given(_NOTICES | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_every_quote_is_the_exact_text_at_its_place(text: str) -> None:
    for claim in read_notice(text).claims:
        assert claim.quote
        assert text[claim.start : claim.end] == claim.quote
        for start, end in claim.spans.values():
            assert 0 <= start < end <= len(text)


@given(_NOTICES)
@settings(max_examples=100, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read_notice(text) == read_notice(text)


@given(_NOTICES)
@settings(max_examples=100, deadline=None)
def test_unread_stretches_stand_at_their_place_and_in_no_claim(text: str) -> None:
    reading = read_notice(text)
    for stretch in reading.unread:
        assert text[stretch.start : stretch.end] == stretch.text
        assert not any(claim.start < stretch.end and stretch.start < claim.end for claim in reading.claims)


@given(st.lists(st.lists(_WORDS | st.text(max_size=20), max_size=8), max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_table_is_read_without_error(rows: list[list[str]]) -> None:
    read_table(rows)


@given(
    st.permutations(
        ["云帆纺织捐款50万元。", "石湾镇商会捐赠口罩2000只。", "教师米多福向县红十字会捐款3000元。"]
    )
)
def test_paragraphs_that_have_nothing_to_do_with_each_other_lose_no_claim(paragraphs: list[str]) -> None:
    donors = [claim.donor for claim in read("\n\n".join(["三则消息", *paragraphs]))]
    assert sorted(map(str, donors)) == ["云帆纺织", "石湾镇商会", "米多福"]


def test_broken_surrogates_and_zero_characters_are_only_text() -> None:
    assert read("\ud800云帆纺织捐款50万元。\x00")[0].quote.startswith("云帆") or read(
        "\ud800云帆纺织捐款50万元。\x00"
    )


def test_html_in_a_name_stays_text() -> None:
    claims = read("名单公示\n<script>alert(1)</script> 500元\n米多福 300元")
    assert all("script" not in str(claim.recipient) for claim in claims)


def test_one_endless_line_is_read_in_pieces() -> None:
    text = "云帆纺织捐款50万元,石湾镇商会捐赠口罩2000只," * 4000
    assert len(read(text)) >= 2


def test_many_brackets_do_not_hurt() -> None:
    assert read("(" * 50_000 + "云帆纺织捐款50万元" + ")" * 50_000) is not None


def test_a_giver_of_five_hundred_characters_is_not_believed() -> None:
    assert all(
        claim.donor is None or len(claim.donor) < 100 for claim in read("云" * 500 + "公司捐款50万元。")
    )


def test_an_impossible_amount_does_not_break_the_reading() -> None:
    assert isinstance(read("云帆纺织捐款99999999999999999999999999亿元。"), list)


def test_importing_the_reader_needs_the_standard_library_only() -> None:
    heavy = {"django", "numpy", "pandas", "docx", "pypdf"}
    loaded = {name.partition(".")[0] for name in sys.modules if name.startswith("lianfang.engines.intake")}
    assert loaded == {"lianfang"}
    import lianfang.engines.intake as intake

    source = {getattr(value, "__module__", "") or "" for value in vars(intake).values()}
    assert not any(module.partition(".")[0] in heavy for module in source)


def test_json_has_the_guide_s_field_names_and_whole_numbers() -> None:
    claim: Claim = read("云岫服装厂向西洼镇捐赠棉被400床,价值9.6万元。")[0]
    assert claim.to_json() == {
        "donor": "云岫服装厂",
        "donor_kind": "enterprise",
        "kind": "goods",
        "item": "棉被",
        "quantity": 400,
        "unit": "床",
        "yuan": 96000,
        "bound": "exact",
        "recipient": "西洼镇",
        "via": None,
        "scope": "gift",
        "quote": "云岫服装厂向西洼镇捐赠棉被400床,价值9.6万元",
    }


def test_what_looks_like_giving_and_is_not_understood_is_unread() -> None:
    reading = read_notice("情况\n捐赠的还有那3000只口罩。")
    assert reading.claims or [stretch.text for stretch in reading.unread] == ["捐赠的还有那3000只口罩"]
