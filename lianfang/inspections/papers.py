"""Inspections on paper: the order (交办单), and the sheet to read before walking to a place."""

from datetime import datetime

from django.utils import timezone

from lianfang.desk import rendering
from lianfang.engines.papers import Block, Column, Heading, Notice, Paragraph, Table
from lianfang.inspections.models import RectificationOrder
from lianfang.inspections.queries import WalkSheet
from lianfang.inspections.standing import STAGE_WORDS, Standing


def paper_of_order(order: RectificationOrder, lines: list[Standing]) -> Notice:
    """An order in the layout of public bodies, with a table to be answered in."""
    rows = [
        [
            one.finding.text,
            one.finding.requirement or "限期整改到位",
            _hour(one.deadline),
            one.finding.responsible_person,
        ]
        for one in lines
    ]
    blocks: list[Block] = [
        Paragraph(
            f"经检查,你单位负责的下列事项不符合疫情防控要求,现交你单位办理。请于{_hour(order.reply_by)}前书面回复整改情况并附佐证。"
        ),
    ]
    if order.text:
        blocks.append(Paragraph(order.text))
    blocks.append(
        Table(
            [
                Column("发现问题", 4),
                Column("整改要求", 3),
                Column("整改时限", 2),
                Column("责任人", 1.2),
            ],
            rows,
            numbered=True,
        )
    )
    return Notice(
        title=str(order.get_kind_display()),
        blocks=blocks,
        organisation=order.issuer.name,
        number=order.number,
        addressee=order.body.name,
        signed_by=order.issuer.name,
        signed_on=timezone.localdate(order.happened_at),
    )


def paper_of_walk(sheet: WalkSheet, panels: list[tuple[str, list[str]]], now: datetime) -> Notice:
    """What a leader reads before a visit. `panels` are lines of other rooms: duty, coverage, gates."""
    blocks: list[Block] = [Heading("一、尚未销号的问题")]
    if sheet.open:
        blocks.append(
            Table(
                [Column("问题", 4), Column("责任单位", 2), Column("时限", 1.6), Column("状态", 1.2)],
                [
                    [
                        one.finding.text,
                        one.finding.responsible_body.name,
                        _hour(one.deadline),
                        _stage(one, now),
                    ]
                    for one in sheet.open
                ],
                numbered=True,
            )
        )
    else:
        blocks.append(Paragraph("没有未销号的问题。"))
    blocks.append(Heading("二、最近的检查"))
    if sheet.inspections:
        blocks.extend(
            Paragraph(f"{_hour(one.happened_at)} {one.inspectors}:{one.summary or '未写检查情况'}")
            for one in sheet.inspections
        )
    else:
        blocks.append(Paragraph("还没有检查记录。"))
    if sheet.closed_lately:
        blocks.append(Heading("三、近14天已销号,可以回头看"))
        blocks.extend(Paragraph(one.text) for one in sheet.closed_lately)
    for title, lines in panels:
        blocks.append(Heading(title))
        blocks.extend(Paragraph(line) for line in lines)
    return Notice(title=f"{sheet.place.name}走访前情况", blocks=blocks, remark=f"据台账截至{_hour(now)}")


def _stage(one: Standing, now: datetime) -> str:
    word = str(STAGE_WORDS[one.stage])
    return f"{word}(逾期)" if one.late(now) else word


def _hour(moment: datetime | None) -> str:
    return rendering.moment_text(moment) if moment else "时间未载明"
