"""Entry passes for print: cards of A6 size, and small codes to stick on a card that people have already.

    pdf = pass_cards_pdf(cards, CardLayout.FOUR_ON_A4)

The code is 35 mm wide with its margin, which a phone reads at arm's length; beside it stand the number, and
the spoken code for whoever has not the card at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lianfang.engines.papers.errors import PaperError
from lianfang.engines.papers.pdf import TEMPLATES, typeset
from lianfang.engines.papers.qr import qr_svg

MOST_DAYS = 14
"""Rows for uses that a card has room for."""

MOST_CARDS = 2000

_INKS = {
    "red": ("红", "#b3261e"),
    "blue": ("蓝", "#1f4e9c"),
    "yellow": ("黄", "#f2c200"),
    "green": ("绿", "#2e7d32"),
    "light_green": ("浅绿", "#a5d6a7"),
    "pink": ("粉", "#f48fb1"),
    "white": ("白", "#ffffff"),
    "": ("", "#1f3a5f"),
}


class CardLayout(StrEnum):
    ONE_ON_A6 = "one_on_a6"
    FOUR_ON_A4 = "four_on_a4"
    SIX_STICKERS_ON_A6 = "six_stickers_on_a6"


@dataclass(frozen=True, slots=True)
class PassCard:
    """What stands on a card. An empty text leaves its line out; `days` are the rows of the grid of uses."""

    title: str
    """家庭出入证, 车辆通行证…"""
    place: str
    number: str
    label: str
    """Building and room, plate, or unit: what the guard compares."""
    code: str
    """The signed text (`issue_pass`)."""
    spoken: str
    valid_from: date
    valid_until: date
    """The last day on which it holds."""
    holder: str = ""
    """Who it is for: 全家4口, 司机…"""
    rule: str = ""
    """How it may be used, in a sentence."""
    colour: str = ""
    """A colour of the profile: its band is printed so, with the word beside it."""
    issuer: str = ""
    days: Sequence[date] = ()


def pass_cards_pdf(
    cards: Sequence[PassCard], layout: CardLayout, *, made_at: datetime | None = None
) -> bytes:
    """The cards as a PDF, in their order.

    Raises PaperError: `no_cards`, `too_many_cards`, `too_many_days`, `qr_too_long`, and as `typeset`.
    """
    if not cards:
        raise PaperError("no_cards", "没有要打印的出入证。")
    if len(cards) > MOST_CARDS:
        raise PaperError("too_many_cards", f"一次最多打印 {MOST_CARDS:,} 张出入证，请分批打印。")
    for card in cards:
        if len(card.days) > MOST_DAYS:
            raise PaperError("too_many_days", f"出入证 {card.number} 的日期格超过 {MOST_DAYS} 天。")
    data = {"layout": layout.value, "cards": [_card(card) for card in cards]}
    return typeset(TEMPLATES / "passes.typ", data, made_at=made_at)


def _card(card: PassCard) -> dict[str, object]:
    word, ink = _INKS.get(card.colour, (card.colour, _INKS[""][1]))
    return {
        "title": card.title,
        "place": card.place,
        "number": card.number,
        "label": card.label,
        "qr": qr_svg(card.code),
        "spoken": " ".join(card.spoken),
        "from": _day(card.valid_from),
        "until": _day(card.valid_until),
        "holder": card.holder,
        "rule": card.rule,
        "colour": word,
        "ink": ink,
        "issuer": card.issuer,
        "days": [f"{day.month}月{day.day}日" for day in card.days],
    }


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
