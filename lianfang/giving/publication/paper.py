"""A publication on paper: the county's head, what was received in words, the tables, how to check."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from lianfang.engines.papers import Block, Column, Heading, Notice, Paragraph, Table, notice_docx, notice_pdf
from lianfang.giving.models import Counting, DisclosureLine, GiftKind
from lianfang.giving.publication.breakdown import money_rows
from lianfang.giving.queries import disclosures as queries

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def paper_file(page: queries.PublicPage, form: str) -> bytes:
    """The paper as `form` of KINDS, in Chinese; kept, as it takes seconds with many thousand gifts."""
    name = f"publications/{page.version}.{form}"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return bytes(kept.read())
    with translation.override("zh-hans"):
        notice = notice_of(page)
    content = (
        notice_pdf(notice, made_at=page.disclosure.published_at) if form == "pdf" else notice_docx(notice)
    )
    default_storage.save(name, ContentFile(content))
    return content


def notice_of(page: queries.PublicPage) -> Notice:
    """The publication as a paper of its body, as it reads now, corrections first."""
    disclosure = page.disclosure
    published = timezone.localtime(disclosure.published_at)
    return Notice(
        title=disclosure.title,
        blocks=[*_corrections(page), *_summary(page), *_lists(page), *_check(page)],
        organisation=disclosure.body.name,
        number=f"第{disclosure.number}期",
        signed_by=disclosure.body.name,
        signed_on=published.date(),
    )


def sentence(page: queries.PublicPage) -> str:
    """What was received so far, and in this period, in one sentence each."""
    disclosure = page.disclosure
    ends = timezone.localtime(disclosure.window_to)
    begins = timezone.localtime(disclosure.window_from)
    return (
        f"截至{_moment(ends)}，累计收到捐赠{page.cumulative.count}笔；"
        f"本期（{_moment(begins)}至{_moment(ends)}）新收到{page.new.count}笔。"
    )


def _summary(page: queries.PublicPage) -> list[Block]:
    rows = [
        [row.label, str(row.new.count), row.new.text if row.new.count else "", str(row.cumulative.count),
         row.cumulative.text]
        for row in money_rows(page)
    ]  # fmt: skip
    blocks: list[Block] = [Heading("一、收到的捐赠"), Paragraph(sentence(page))]
    if rows:
        columns = [
            Column("款物", 1.1),
            Column("本期笔数", 1.1, "right"),
            Column("本期金额", 2.2, "right"),
            Column("累计笔数", 1.1, "right"),
            Column("累计金额", 2.2, "right"),
        ]
        blocks.append(Table(columns, rows))
    unknown = page.new.all.cash.unknown + page.new.all.goods.unknown + page.new.all.mixed.unknown
    if unknown:
        blocks.append(Paragraph(f"本期有{unknown}笔没有说明金额（未折价），只列明细，不计入合计。"))
    if page.new.all.open_count:
        blocks.append(
            Paragraph(f"本期有{page.new.all.open_count}笔可能与其他笔重复，尚待核实，合计以区间列示。")
        )
    if page.new.withheld:
        blocks.append(Paragraph(f"应捐赠人要求，{page.new.withheld}笔不公开姓名，以“爱心人士”列示。"))
    if page.disclosure.remark:
        blocks.append(Paragraph(page.disclosure.remark))
    return blocks


def _corrections(page: queries.PublicPage) -> list[Block]:
    if not page.corrections:
        return []
    blocks: list[Block] = [Heading("更正说明")]
    for one in page.corrections:
        at = _moment(timezone.localtime(one.received_at))
        place = f"第{one.line.position}笔" if one.line else "正文"
        blocks.append(
            Paragraph(
                f"更正{one.number}（{at}发布）：{place}，原为“{one.was}”，更正为“{one.now}”。原因：{one.why}。"
            )
        )
    return blocks


def _lists(page: queries.PublicPage) -> list[Block]:
    lines = []
    for line in queries.lines_of(page.disclosure):
        correction = page.line_corrections.get(line.pk)
        if correction is None:
            lines.append(line)
        elif correction.after:
            lines.append(queries.corrected(line, correction))
    blocks: list[Block] = [Heading("二、明细")]
    money = [line for line in lines if line.kind != GiftKind.GOODS]
    goods = [line for line in lines if line.kind == GiftKind.GOODS]
    if money:
        blocks.append(
            Table(
                [
                    Column("序号", 0.75, "center"),
                    Column("日期", 1.3),
                    Column("捐赠人", 2.4),
                    Column("金额", 1.6, "right"),
                    Column("接收、经手单位", 2.2),
                    Column("备注", 1.6),
                ],
                [
                    [str(line.position), _day(line), line.donor, line.value_text, _way(line), _remark(line)]
                    for line in money
                ],
                caption="捐款（含款物合计）",
            )
        )
    if goods:
        blocks.append(
            Table(
                [
                    Column("序号", 0.75, "center"),
                    Column("日期", 1.3),
                    Column("捐赠人", 2.2),
                    Column("物资", 2.4),
                    Column("价值", 1.4, "right"),
                    Column("接收、使用单位", 1.8),
                    Column("备注", 1.3),
                ],
                [
                    [
                        str(line.position),
                        _day(line),
                        line.donor,
                        line.goods,
                        line.value_text,
                        _way(line),
                        _remark(line),
                    ]
                    for line in goods
                ],
                caption="捐物",
            )
        )
    if not lines:
        blocks.append(Paragraph("本期没有新收到的捐赠。"))
    return blocks


def _check(page: queries.PublicPage) -> list[Block]:
    return [
        Heading("三、核对办法"),
        Paragraph("本期全部明细可在网上公示页下载（data.json），该文件的 SHA-256 摘要为："),
        Paragraph(page.disclosure.digest),
        Paragraph("捐赠人可凭查询码查到自己的捐赠；发现有误，请与公示单位联系，我们核实后发布更正说明。"),
    ]


def _way(line: DisclosureLine) -> str:
    parts = [line.recipient, f"经{line.via}" if line.via else ""]
    if line.beneficiary and line.beneficiary != line.recipient:
        parts.append(f"用于{line.beneficiary}")
    return "；".join(part for part in parts if part)


def _remark(line: DisclosureLine) -> str:
    parts = [
        line.get_intent_display() if line.intent else "",
        line.purpose,
        "补录" if line.late else "",
        {
            Counting.WITHIN: f"已含在第{line.counted_with}笔" if line.counted_with else "转交，不重复计入",
            Counting.DOUBTFUL: f"可能与第{line.counted_with}笔重复，待核实",
        }.get(Counting(line.counting), ""),
        f"票据{line.receipt_number}" if line.receipt_number else "",
    ]
    return "；".join(part for part in parts if part)


def _day(line: DisclosureLine) -> str:
    return f"{line.given_on.month}月{line.given_on.day}日" if line.given_on else ""


def _moment(at: datetime) -> str:
    hour = f"{at.hour}时" if not at.minute else f"{at.hour}时{at.minute}分"
    return f"{at.year}年{at.month}月{at.day}日{hour}"
