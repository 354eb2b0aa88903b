from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.intake.sources import Kind, SourceError, read_source

NOTICE = "青禾县商会捐款10万元。\n喆堃实业有限公司捐赠口罩2000只。\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_text_is_read_in_the_encodings_that_offices_write(written: str, read: str) -> None:
    source = read_source("通知.txt", NOTICE.encode(written))
    assert (source.kind, source.text, source.encoding) == (Kind.TEXT, NOTICE, read)


def test_name_of_the_file_does_not_decide_what_it_is() -> None:
    assert read_source("照片.png", NOTICE.encode()).kind is Kind.TEXT


def test_broken_byte_is_named_with_its_line_its_place_and_its_value() -> None:
    data = NOTICE.encode()
    broken = data[:42] + b"\xff" + data[42:]
    with pytest.raises(SourceError, match=r"第 2 行.*第 42 个字节.*FF") as caught:
        read_source("通知.txt", broken)
    assert caught.value.code == "broken_bytes"


def test_text_cut_in_the_middle_of_a_character_is_not_read_as_gbk() -> None:
    with pytest.raises(SourceError) as caught:
        read_source("通知.txt", (NOTICE * 3).encode()[:-2])
    assert caught.value.code == "broken_bytes"


def test_broken_byte_in_gbk_is_named() -> None:
    data = (NOTICE * 3).encode("gbk")
    with pytest.raises(SourceError, match="GB18030") as caught:
        read_source("通知.txt", data[:28] + b"\xff\xff" + data[28:])
    assert caught.value.code == "broken_bytes"


def test_big5_is_read_with_a_doubt() -> None:
    text = "這是一份關於疫情防控捐贈情況的通報，請各單位認真閱讀並執行，謝謝大家的支持與愛護。"
    source = read_source("a.txt", text.encode("big5"))
    assert [remark.code for remark in source.warnings] == ["doubtful_encoding"]


def test_line_ends_of_all_systems_become_one() -> None:
    assert read_source("a.txt", "甲\r\n乙\r丙".encode()).text == "甲\n乙\n丙"


@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\x00\x00\x00"])
def test_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        read_source("空.txt", data)
    assert caught.value.code == "empty"


def test_program_is_refused_as_no_text() -> None:
    with pytest.raises(SourceError) as caught:
        read_source("a.exe", b"MZ\x90\x00" + bytes(range(256)) * 20)
    assert caught.value.code == "not_text"


def test_fifty_megabytes_are_refused_with_size_and_limit() -> None:
    with pytest.raises(SourceError, match=r"50\.0 MB，超过上限 20 MB") as caught:
        read_source("大.txt", b"a" * (50 * 1024 * 1024))
    assert caught.value.code == "too_large"


def test_prose_with_commas_is_no_table() -> None:
    text = "疫情发生后,县工商联立即行动,成立领导小组。\n各商会,纷纷响应,踊跃捐款。\n大家,齐心,协力。\n"
    assert read_source("a.txt", text.encode()).kind is Kind.TEXT


def test_chat_list_is_no_table() -> None:
    text = "接龙\n1. 张三 200元\n2. 李四 300元\n3. 王五 口罩100只\n"
    assert read_source("a.txt", text.encode()).kind is Kind.TEXT


@settings(deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4))
def test_chinese_text_survives_utf8(text: str) -> None:
    assert read_source("a.txt", text.encode()).text == text
