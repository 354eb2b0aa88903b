"""A county's paper, described once, printed as PDF or as an editable docx.

Layout after GB/T 9704-2012 (党政机关公文格式).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from lianfang.engines.papers.pdf import TEMPLATES, typeset
from lianfang.engines.papers.word import Document

Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table. `width` is its share of the line, compared with the other columns."""

    title: str
    width: float = 1
    align: Side = "left"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, indented by two characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body, numbered by its writer: 一、 then （一） then 1. (GB/T 9704, 7.3.3)."""

    text: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header is repeated on every page; `numbered` adds a first column 序号."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    numbered: bool = False


Block = Paragraph | Heading | Table


@dataclass(frozen=True, slots=True)
class Notice:
    """A paper of a public body. An empty text leaves its part out.

    `organisation` stands in red at the head (发文机关标志), `number` below it (发文字号);
    `signed_by` and `signed_on` close it (署名, 成文日期); `remark` is printed in brackets (附注).
    """

    title: str
    blocks: Sequence[Block]
    organisation: str = ""
    number: str = ""
    addressee: str = ""
    attachments: Sequence[str] = ()
    signed_by: str = ""
    signed_on: date | None = None
    remark: str = ""


def notice_pdf(notice: Notice, *, made_at: datetime | None = None) -> bytes:
    """The notice as PDF. Raises PaperError as `typeset`."""
    data = {
        "title": notice.title,
        "organisation": notice.organisation,
        "number": notice.number,
        "addressee": notice.addressee,
        "attachments": list(notice.attachments),
        "signed_by": notice.signed_by,
        "signed_on": _day(notice.signed_on),
        "remark": notice.remark,
        "blocks": [_block_data(block) for block in notice.blocks],
    }
    return typeset(TEMPLATES / "notice.typ", data, made_at=made_at)


def notice_docx(notice: Notice) -> bytes:
    """The notice as docx, to be edited in Word or WPS."""
    document = Document(title=notice.title)
    if notice.organisation:
        document.head(notice.organisation, number=notice.number)
    document.title(notice.title)
    if notice.addressee:
        document.addressee(notice.addressee)
    for block in notice.blocks:
        _write_block(document, block)
    if notice.attachments:
        document.attachments(notice.attachments)
    if notice.signed_by:
        document.signature(notice.signed_by, _day(notice.signed_on))
    if notice.remark:
        document.paragraph(f"（{notice.remark}）")
    return document.content()


def chinese_date(day: date) -> str:
    """2020年2月9日: Arabic numerals, no leading zero (GB/T 9704, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _day(day: date | None) -> str:
    return "" if day is None else chinese_date(day)


def _block_data(block: Block) -> dict[str, object]:
    if isinstance(block, Table):
        return {
            "kind": "table",
            "caption": block.caption,
            "numbered": block.numbered,
            "columns": [
                {"title": column.title, "width": column.width, "align": column.align}
                for column in block.columns
            ],
            "rows": [list(row) for row in block.rows],
        }
    return {"kind": "heading" if isinstance(block, Heading) else "paragraph", "text": block.text}


def _write_block(document: Document, block: Block) -> None:
    if isinstance(block, Paragraph):
        document.paragraph(block.text)
    elif isinstance(block, Heading):
        document.heading(block.text, level=block.level)
    else:
        document.table(
            [column.title for column in block.columns],
            block.rows,
            widths=[column.width for column in block.columns],
            sides=[column.align for column in block.columns],
            caption=block.caption,
            numbered=block.numbered,
        )
