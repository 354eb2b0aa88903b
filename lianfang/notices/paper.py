"""An appeal on paper: the county's head, its points, signature and date."""

from lianfang.engines.papers import Block, Notice, Paragraph
from lianfang.notices.models import Appeal


def paper_of(appeal: Appeal) -> Notice:
    blocks: list[Block] = [Paragraph(line.strip()) for line in appeal.text.splitlines() if line.strip()]
    blocks += [
        Paragraph(f"{_numeral(number)}、{point}") for number, point in enumerate(appeal.points, start=1)
    ]
    return Notice(
        title=appeal.title,
        blocks=blocks,
        organisation=appeal.body.name,
        number=appeal.number,
        addressee=appeal.greeting,
        signed_by=appeal.body.name,
        signed_on=appeal.dated_on,
    )


def _numeral(number: int) -> str:
    """1 to 99 in Chinese, as points of a paper are numbered."""
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
