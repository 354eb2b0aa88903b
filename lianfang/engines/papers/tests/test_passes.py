"""Printed passes: their size, what stands on them, and that a reader reads the code."""

from __future__ import annotations

import io
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pypdf import PdfReader

from lianfang.engines.papers import CardLayout, PaperError, PassCard, pass_cards_pdf
from lianfang.engines.passes.tests.builders import a_pass
from lianfang.engines.passes.tests.cases import LONG

FIRST = date(2020, 2, 10)
MM = 72 / 25.4


def a_card(index: int = 1, **more: Any) -> PassCard:
    return PassCard(
        **{
            "title": "家庭出入证",
            "place": "青禾小区",
            "number": f"QH-{index:06}",
            "label": f"3号楼2单元{500 + index}",
            "code": a_pass(number=f"QH-{index:06}"),
            "spoken": "AC3E",
            "valid_from": FIRST,
            "valid_until": FIRST + timedelta(days=13),
            "holder": "全家4口",
            "rule": "每户每2天1人次外出，每次不超过2小时",
            "issuer": "青禾小区值守点",
            "days": [FIRST + timedelta(days=day) for day in range(14)],
            **more,
        }
    )


def pages(pdf: bytes) -> list[Any]:
    return list(PdfReader(io.BytesIO(pdf)).pages)


def codes_read(pdf: bytes, folder: Path, dots_per_inch: int) -> list[str]:
    """What a reader finds on the first page as a phone at arm's length would see it."""
    import zxingcpp

    path = folder / "cards.pdf"
    path.write_bytes(pdf)
    subprocess.run(
        [
            "pdftoppm",
            "-r",
            str(dots_per_inch),
            "-gray",
            "-f",
            "1",
            "-l",
            "1",
            str(path),
            str(folder / "page"),
        ],
        check=True,
    )
    (image,) = folder.glob("page*.pgm")
    _, size, _, rest = image.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    return [one.text for one in zxingcpp.read_barcodes(np.frombuffer(rest, np.uint8).reshape(height, width))]


@pytest.mark.parametrize(
    ("layout", "count", "sheets", "width", "height"),
    [
        (CardLayout.ONE_ON_A6, 3, 3, 105, 148),
        (CardLayout.FOUR_ON_A4, 5, 2, 210, 297),
        (CardLayout.SIX_STICKERS_ON_A6, 7, 2, 105, 148),
    ],
)
def test_cards_lie_on_sheets_of_their_size(
    layout: CardLayout, count: int, sheets: int, width: int, height: int
) -> None:
    found = pages(pass_cards_pdf([a_card(index) for index in range(count)], layout))
    assert len(found) == sheets
    box = found[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((width * MM, height * MM), abs=0.5)


def test_a_card_says_whose_it_is_how_long_and_how_it_may_be_used() -> None:
    (page,) = pages(pass_cards_pdf([a_card(colour="yellow")], CardLayout.ONE_ON_A6))
    seen = "".join(page.extract_text().split())
    expected = ["家庭出入证", "黄证", "3号楼2单元501", "QH-000001", "全家4口", "AC3E", "2月16日"]
    expected += ["2020年2月10日至2020年2月23日", "每户每2天1人次外出，每次不超过2小时", "遗失请到值守点挂失"]
    for words in expected:
        assert words in seen, words


def test_the_codes_on_paper_are_read_as_they_were_signed(tmp_path: Path) -> None:
    cards = [
        a_card(1),
        a_card(2),
        a_card(3, colour="pink"),
        a_card(4, code=LONG, label="某某物流有限公司", days=()),
    ]
    found = codes_read(pass_cards_pdf(cards, CardLayout.FOUR_ON_A4), tmp_path, 150)
    assert sorted(found) == sorted(card.code for card in cards)


def test_six_small_codes_on_one_sheet_are_all_read(tmp_path: Path) -> None:
    cards = [a_card(index) for index in range(6)]
    found = codes_read(pass_cards_pdf(cards, CardLayout.SIX_STICKERS_ON_A6), tmp_path, 150)
    assert sorted(found) == sorted(card.code for card in cards)


@pytest.mark.parametrize(
    ("cards", "code"),
    [
        ([], "no_cards"),
        ([a_card()] * 2001, "too_many_cards"),
        ([a_card(days=[FIRST] * 15)], "too_many_days"),
        ([a_card(code="A" * 4000)], "qr_too_long"),
    ],
)
def test_cards_that_cannot_be_printed_are_refused(cards: list[PassCard], code: str) -> None:
    with pytest.raises(PaperError) as caught:
        pass_cards_pdf(cards, CardLayout.ONE_ON_A6)
    assert caught.value.code == code


def test_what_people_wrote_is_printed_as_they_wrote_it() -> None:
    (page,) = pages(
        pass_cards_pdf([a_card(label="#strong[1]", holder="$x$ *y*", days=())], CardLayout.ONE_ON_A6)
    )
    seen = "".join(page.extract_text().split())
    assert "#strong[1]" in seen
    assert "$x$*y*" in seen
