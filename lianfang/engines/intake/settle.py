"""What only the whole notice decides: receivers from the heading, repetitions, remarks below a list."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from lianfang.engines.figures import Bound
from lianfang.engines.intake.claim import Claim, DonorKind, DoubtReason, GiftKind, Scope
from lianfang.engines.intake.draft import Draft, Party
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.notice import Notice
from lianfang.engines.intake.receivers import part_receivers


def settle(notice: Notice, drafts: list[Draft]) -> list[Claim]:
    """The finished claims in the order of the text."""
    receiver = notice.receiver or _told_receiver(notice, drafts)
    several = len({r.recipient.name for r in drafts if _is_receipt(r) and r.recipient is not None}) > 1
    _follow_charity(notice, drafts)
    _direct(notice, drafts, receiver)
    _part(notice, drafts, receiver)
    for record in drafts:
        if record.directed and record.via is None:
            record.via = receiver
        if (
            record.recipient is None
            and receiver is not None
            and not _outside(record)
            and (record.from_row or (notice.receives_all and not several))
        ):
            record.recipient = receiver
            record.doubt("recipient", DoubtReason.RECIPIENT_FROM_HEADING)
        if (
            record.via is None
            and notice.channel is not None
            and notice.receiver is not None
            and record.recipient is not None
            and record.recipient.name == notice.receiver.name
        ):
            record.via = notice.channel
        if record.pledged:
            record.doubt("pledged", DoubtReason.PLEDGE)
    kept = _once(
        [
            record
            for record in drafts
            if record.yuan != 0 and not (record.from_heading and _is_told_again(record, drafts))
        ]
    )
    kept.sort(key=lambda record: (record.start, record.end))
    return [record.claim(notice.original) for record in kept]


_CHARITY: Final = expression(r"红十字会|慈善总会|慈善会|慈善协会|慈善基金会|慈善联合会|公益基金会")


def _follow_charity(notice: Notice, drafts: list[Draft]) -> None:
    """What a charity's own news tells after the sum that it took in came to it too."""
    receipts = [record for record in drafts if _is_receipt(record) and record.recipient is not None]
    names = {record.recipient.name for record in receipts if record.recipient is not None}
    others = {r.recipient.name for r in drafts if r.recipient is not None} - names
    own_news = "慈善" in notice.title or "红十字" in notice.title or "红会" in notice.title
    if (
        not own_news
        or notice.receiver is not None
        or len(names) != 1
        or others
        or not _CHARITY.search(next(iter(names)))
    ):
        return
    first = min(record.start for record in receipts)
    for record in drafts:
        if (
            record.recipient is None
            and record.via is None
            and record.start > first
            and not record.from_heading
        ):
            record.recipient = receipts[0].recipient
            record.doubt("recipient", DoubtReason.RECIPIENT_FROM_HEADING)


def _is_receipt(record: Draft) -> bool:
    """Whether the record is a sum told by who took it in."""
    return record.scope is Scope.TOTAL and record.donor_kind is DonorKind.GROUP and not record.from_row


def _part(notice: Notice, drafts: list[Draft], receiver: Party | None) -> None:
    """The rows of a part whose heading names its receiver go to that receiver."""
    rows = [record for record in drafts if record.from_row and not record.directed]
    parts = part_receivers(notice.text) if rows else []
    if len({party.name for _, party in parts}) < (2 if receiver is not None else 1):
        return
    starts = [start for start, _ in parts]
    for record in rows:
        index = bisect_right(starts, record.start) - 1
        unsaid = record.recipient is None or (receiver is not None and record.recipient.name == receiver.name)
        if index >= 0 and unsaid and record.via is None:
            record.recipient = parts[index][1]
            record.doubt("recipient", DoubtReason.RECIPIENT_FROM_HEADING)


_DIRECTED: Final = expression(
    r"(?P<who>[^\s,。;:、\d.]{2,30}?)的?(?:[一二两三\d]{0,2}笔|上述|该笔)?(?:捐赠|捐款|物资)(?:款|"
    r"物资)?(?:均|全部|系|为)?定向(?:用于|捐给|给|捐赠给|至)?(?P<to>[\u4e00-\u9fff()]{3,24})"
)


def _direct(notice: Notice, drafts: list[Draft], receiver: Party | None) -> None:
    """A remark below a list that directs a giver's gifts: "某公司的两笔捐赠均定向用于某医院"."""
    if "定向" not in notice.text:
        return
    rows = [record for record in drafts if record.from_row and record.donor is not None]
    for match in _remarks(notice.text) if rows else ():
        for record in rows:
            if record.donor == notice.original[slice(*match.span("who"))]:
                record.recipient = Party(notice.original[slice(*match.span("to"))], match.span("to"))
                record.via = record.via or receiver


def _remarks(text: str) -> Iterator[re.Match[str]]:
    """Such remarks, in the lines that can hold one."""
    end = 0
    while (place := text.find("定向", end)) >= 0:
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        yield from _DIRECTED.finditer(text, text.rfind("\n", 0, place) + 1, end)


def _told_receiver(notice: Notice, drafts: list[Draft]) -> Party | None:
    """Who took in the gifts of a list: the receiver of its sum, else who signs "we received"."""
    if not any(record.from_row for record in drafts):
        return None
    for record in drafts:
        if (
            record.scope is Scope.TOTAL
            and record.recipient is not None
            and record.donor_kind is DonorKind.GROUP
        ):
            return record.recipient
    if notice.signature and re.search(r"接收|接受|收到", notice.title) and re.search(r"捐", notice.title):
        return Party(notice.signature)
    return None


def _is_told_again(heading: Draft, drafts: list[Draft]) -> bool:
    """Whether the text tells in full what the headline told in short (突破3000万元 … 3186.5万元)."""
    for record in drafts:
        if not record.from_heading and heading.yuan is None and heading.quantity is not None:
            if record.quantity == heading.quantity and record.unit == heading.unit:
                return True
            continue
        if record.from_heading or record.yuan is None or heading.yuan is None or record.scope is Scope.TIER:
            continue
        if record.yuan == heading.yuan and 0 < record.start - heading.end <= _NEAR:
            return True
        same_donor = heading.donor is None or record.donor is None or _shares(heading.donor, record.donor)
        rounded = abs(heading.yuan - record.yuan) * 100 <= record.yuan
        if rounded and record.scope is heading.scope is Scope.TOTAL and record.kind is heading.kind:
            return True
        if record.yuan == heading.yuan and (same_donor or record.scope is heading.scope is Scope.TOTAL):
            return True
        near = heading.yuan * Decimal("0.8") <= record.yuan <= heading.yuan * Decimal("1.3")
        if (
            near
            and heading.scope is Scope.TOTAL
            and record.scope is Scope.TOTAL
            and heading.bound is not Bound.EXACT
        ):
            return True
    return False


_NEAR: Final = 200
"""How near a heading the text tells the same sum again."""


def _shares(one: str, other: str) -> bool:
    """Whether one name is a short form of the other."""
    short, long = sorted((one, other), key=len)
    place = 0
    for character in short:
        place = long.find(character, place) + 1
        if place == 0:
            return False
    return True


def _outside(record: Draft) -> bool:
    return record.via is not None


def _once(drafts: list[Draft]) -> list[Draft]:
    """Each gift once, at the fuller statement (rule 3)."""
    kept: list[Draft] = []
    by_key: dict[tuple[object, ...], Draft] = {}
    for record in drafts:
        if record.from_row and record.donor is None and record.scope is Scope.TOTAL:
            told = by_key.get(_key(record))
            if told is not None and not told.from_row:
                continue  # the sum of a table that the text has told
        if record.from_row:
            kept.append(record)
            by_key.setdefault(_key(record), record)
            continue
        key = _key(record)
        earlier = by_key.get(key)
        if earlier is None or (record.donor is None and record.scope is Scope.GIFT):
            by_key[key] = record
            kept.append(record)
            continue
        if _different(earlier, record):
            kept.append(record)
            continue
        _complete(earlier, record)
    return kept


def _key(record: Draft) -> tuple[object, ...]:
    unvalued = record.kind is GiftKind.GOODS and record.yuan is None
    return (
        record.donor, record.kind, record.scope, record.yuan, record.currency, record.amount,
        (record.item, record.quantity) if unvalued else None,
    )  # fmt: skip


def _different(earlier: Draft, later: Draft) -> bool:
    """Whether two records of one giver and one figure are two gifts: their receivers or channels differ."""
    for one, other in ((earlier.recipient, later.recipient), (earlier.via, later.via)):
        if one is not None and other is not None and one.name != other.name:
            return True
    return later.donor_kind is DonorKind.GROUP and later.donor is None and earlier.bound != later.bound


def _complete(earlier: Draft, later: Draft) -> None:
    earlier.recipient = earlier.recipient or later.recipient
    earlier.via = earlier.via or later.via
    earlier.count = earlier.count if earlier.count is not None else later.count
