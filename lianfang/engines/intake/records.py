"""From givers, articles and receivers to records: who shares in what, gift or sum, and the words to quote."""

import re

from lianfang.engines.intake.article import Article
from lianfang.engines.intake.claim import DonorKind, DoubtReason, GiftKind, Scope
from lianfang.engines.intake.draft import Draft, Party, draft
from lianfang.engines.intake.givers import Giver
from lianfang.engines.intake.names import FAMILY
from lianfang.engines.intake.parties import receivers_of
from lianfang.engines.intake.passage import Passage
from lianfang.engines.intake.phrases import Lead, Sharing
from lianfang.engines.intake.subjects import EMPTY_SUBJECT


def carries_parties(passage: Passage, lead: Lead, start: int) -> bool:
    """Whether receiver and channel of the clause before hold for this one."""
    words = passage.masked[lead.subject[0] : lead.subject[1]].strip(" ,:、“”")
    if not passage.thread.open or not passage.thread.drafts:
        return passage.thread.waiting is not None
    if words and not EMPTY_SUBJECT.match(words) and not re.match(r"^(?:并|和|及|还|另|又|同时|再)", words):
        return False
    front = passage.masked[start : start + 4].lstrip(" ")
    return re.match(r"并|和|及|以及|还|另|又|同时|、|再|随后又", front) is not None or bool(
        lead.adverbs and lead.adverbs[-1] in ("并", "还", "另", "又", "同时", "再", "另外", "此外")
    )


def make_records(
    passage: Passage,
    givers: list[Giver],
    articles: list[Article],
    lead: Lead,
    recipient: Party | None,
    via: Party | None,
    kind: GiftKind | None,
    start: int,
    end: int,
) -> list[Draft]:
    """The records of one deed: each giver with each article, or all together as a sum."""
    words = passage.masked[start : articles[0].start] if articles else ""
    for article in articles:
        if kind is GiftKind.GOODS and article.kind is GiftKind.CASH:
            article.kind = GiftKind.GOODS
        if kind is GiftKind.MIXED and (article.kind is GiftKind.CASH or article.item is None):
            article.kind = GiftKind.MIXED
        elif (
            article.kind is GiftKind.GOODS
            and article.item is None
            and article.quantity is None
            and "款" in words
        ):
            article.kind = GiftKind.CASH
    many = len(givers) > 1
    receivers = receivers_of(recipient) if lead.sharing is not Sharing.NONE and not many else [recipient]
    if any(article.whole for article in articles):
        return _with_whole(passage, givers, articles, lead, recipient, via, kind, start, end)
    records: list[Draft] = []
    figures = [a for a in articles if a.money is not None or a.quantity is not None]
    if lead.sharing is Sharing.RESPECTIVELY and many and len(figures) == len(givers):
        for giver, article in zip(givers, figures, strict=True):
            records.append(
                make_record(
                    passage, giver, article, Scope.GIFT, recipient, via, _own_start(giver, start), end
                )
            )
        return records
    if lead.sharing is Sharing.RESPECTIVELY and not many and len(receivers) == len(figures) > 1:
        for receiver, article in zip(receivers, figures, strict=True):
            records.append(make_record(passage, givers[0], article, Scope.GIFT, receiver, via, start, end))
        return records
    if lead.sharing is not Sharing.NONE and many:
        for giver in givers:
            first = _own_start(giver, start)
            records += [
                make_record(passage, giver, article, Scope.GIFT, recipient, via, first, article.end)
                for article in articles
            ]
        return records
    if many:
        names = [giver.name for giver in givers if giver.name is not None]
        first, last = givers[0].place[0], givers[-1].place[1]
        name = passage.sentence.original[first:last] if first >= 0 else "、".join(names)
        classes = first >= 0 and givers[0].kind is DonorKind.GROUP and givers[-1].kind is DonorKind.GROUP
        if not classes and re.sub(r"[、和及与,]", "", name) != re.sub(r"[、和及与,]", "", "".join(names)):
            name = "、".join(names)
        joint = Giver(name, givers[0].kind, (first, last), None)
        for article in articles:
            record = make_record(passage, joint, article, Scope.TOTAL, recipient, via, start, end)
            record.doubt("donor", DoubtReason.JOINT_GIVERS)
            records.append(record)
        return trim_quotes(passage, records, articles, start)
    giver = givers[0]
    scope = _scope_of(giver, lead)
    if (
        (lead.sharing is Sharing.EACH or (lead.sharing is Sharing.RESPECTIVELY and len(figures) == 1))
        and giver.count is not None
        and giver.count > 1
        and (giver.kind is DonorKind.GROUP or (giver.name or "").endswith("等"))
    ):
        scope = Scope.TIER
    for article in articles:
        for receiver in receivers:
            record = make_record(passage, giver, article, scope, receiver, via, start, end)
            if (
                lead.together
                and article.kind is GiftKind.GOODS
                and article.money is None
                and scope is Scope.TOTAL
                and giver.kind is not DonorKind.GROUP
                and giver.count is None
                and not lead.joined
                and not _is_collective(lead)
                and not re.search(
                    r"累计|先后|陆续|合计|[两三多数]次|[两三多]批", passage.sentence.text[start:end]
                )
            ):
                record.scope = Scope.GIFT
            records.append(record)
    return trim_quotes(passage, records, articles, start)


def _with_whole(
    passage: Passage,
    givers: list[Giver],
    articles: list[Article],
    lead: Lead,
    recipient: Party | None,
    via: Party | None,
    kind: GiftKind | None,
    start: int,
    end: int,
) -> list[Draft]:
    """The records of articles, and one more for what they are worth together."""
    parts = [article for article in articles if not article.whole]
    records = make_records(passage, givers, parts, lead, recipient, via, kind, start, end)
    for article in articles:
        if article.whole and records:
            record = make_record(passage, givers[0], article, Scope.TOTAL, recipient, via, start, end)
            record.donor, record.donor_kind = records[0].donor, records[0].donor_kind
            records.append(record)
    return records


def _is_collective(lead: Lead) -> bool:
    return lead.organised is not None


def _scope_of(giver: Giver, lead: Lead) -> Scope:
    if giver.kind is DonorKind.GROUP or (giver.count or 0) > 1:
        return Scope.TOTAL
    if giver.name is not None and giver.name.endswith("等"):
        return Scope.TOTAL
    if lead.together or lead.organised is not None:
        return Scope.TOTAL
    if giver.name is not None and giver.name.endswith("系统"):
        return Scope.TOTAL
    if giver.name is not None and "、" in giver.name and not FAMILY.close(giver.name):
        return Scope.TOTAL
    return Scope.GIFT


def _own_start(giver: Giver, start: int) -> int:
    return giver.place[0] if giver.place[0] >= 0 else start


def trim_quotes(passage: Passage, records: list[Draft], articles: list[Article], start: int) -> list[Draft]:
    """The first record is quoted from its giver on, the others by their own words."""
    base = passage.sentence.base
    for position, record in enumerate(records):
        if position == 0 or len(articles) == 1:
            record.start = min(base + start, record.start)
        if len(articles) > 1:
            article = articles[min(position * len(articles) // max(1, len(records)), len(articles) - 1)]
            record.end = base + max(article.end, record.start - base + 1)
    return records


def make_record(
    passage: Passage,
    giver: Giver,
    article: Article,
    scope: Scope,
    recipient: Party | None,
    via: Party | None,
    start: int,
    end: int,
) -> Draft:
    """The record "giver gives article", quoted from `start` to `end`."""
    base = passage.sentence.base
    record = draft(giver, article, scope, base)
    if giver.place[0] < 0:
        record.spans.pop("donor", None)
        record.doubt("donor", DoubtReason.GIVER_CARRIED_OVER)
    if giver.name is None:
        record.doubt("donor", DoubtReason.GIVER_UNNAMED)
    record.count = giver.count
    record.recipient, record.via = recipient, via
    record.start = base + min(start, article.start)
    record.end = base + (end if article.start < start else article.end)
    return record


def joint_giver(passage: Passage, givers: list[Giver]) -> Giver:
    """Several givers as one, in the notice's words."""
    first, last = givers[0].place[0], givers[-1].place[1]
    return Giver(passage.sentence.original[first:last], givers[0].kind, (first, last))
