"""Stretches that look like giving but gave no claim, so that a person sees them."""

from collections.abc import Iterator, Sequence
from typing import Final

from lianfang.engines.intake.claim import Claim, Place, Unread, UnreadReason
from lianfang.engines.intake.clauses import sentences
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.lexicon import APPEAL, GIVE, NEGATED
from lianfang.engines.intake.notice import Notice

_SIGN: Final = expression(
    r"\d[\d,.]*\s*(?:[万亿千百]*\s*[元块]|[万亿])|[一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+元|\d\s*[只个箱袋瓶桶吨斤件套双把台副盒条床份]|若干|一批"
)


def find_unread(notice: Notice, claims: Sequence[Claim], rows: Sequence[Place]) -> Iterator[Unread]:
    """Sentences with a giving verb and a figure in which no claim was found."""
    covered = sorted((claim.start, claim.end) for claim in claims)
    position = 0
    del rows
    for start, end in sentences(notice.text, 0, len(notice.text)):
        while position < len(covered) and covered[position][1] <= start:
            position += 1
        if position < len(covered) and covered[position][0] < end:
            continue
        verb = GIVE.search(notice.text, start, end)
        if verb is None or _SIGN.search(notice.text, start, end) is None:
            continue
        if NEGATED.search(notice.text, start, end) or APPEAL.search(notice.text, start, end):
            continue
        words = notice.original[start:end]
        left = len(words) - len(words.lstrip())
        words = words.strip()
        yield Unread(start + left, start + left + len(words), words, UnreadReason.NOT_UNDERSTOOD)
