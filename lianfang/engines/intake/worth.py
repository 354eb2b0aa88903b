"""What articles are worth, told in a clause of its own (…口罩2万只,价值9万元)."""

from lianfang.engines.figures import Figure
from lianfang.engines.intake.claim import GiftKind, Scope
from lianfang.engines.intake.draft import Draft, Party
from lianfang.engines.intake.given import VALUE_CLAUSE
from lianfang.engines.intake.passage import Passage


def read_value(passage: Passage, start: int, end: int) -> bool:
    """A clause that only tells what the articles before it are worth."""
    masked, thread = passage.masked, passage.thread
    match = VALUE_CLAUSE.match(masked, start, end)
    if match is None or not thread.drafts or not (thread.open or thread.listing):
        return False
    figure = passage.sentence.figures.get(match.start("money"))
    if figure is None:
        return False
    whole = any(word in masked[start : match.start("money")] for word in ("总", "共", "合计", "累计"))
    return _set_value(passage, figure, whole=whole)


def _told_with(passage: Passage) -> list[Draft]:
    """The articles of the sentence before the last ones that share a value with them."""
    told = passage.thread.drafts
    if not told or told[0] not in passage.found:
        return []
    before: list[Draft] = []
    for record in reversed(passage.found[: passage.found.index(told[0])]):
        if (
            record.kind is not GiftKind.GOODS
            or record.yuan is not None
            or record.donor != told[0].donor
            or record.scope is not told[0].scope
        ):
            break
        before.insert(0, record)
    return before


def _set_value(passage: Passage, figure: Figure, *, whole: bool = False) -> bool:
    """What the figure tells the last articles or the last foreign money to be worth."""
    thread = passage.thread
    foreign = [r for r in thread.drafts if r.currency is not None and r.yuan is None]
    if foreign:
        foreign[-1].yuan, foreign[-1].bound = figure.value, figure.bound
        foreign[-1].end = passage.sentence.base + figure.end
        return True
    before = _told_with(passage) if whole else []
    goods = [r for r in (*before, *thread.drafts) if r.kind is GiftKind.GOODS and r.yuan is None]
    if not goods:
        return False
    base = passage.sentence.base
    items = list(dict.fromkeys(str(r.item) for r in goods))
    givers = {r.donor for r in goods}
    if figure.currency not in ("", "CNY"):
        goods[-1].currency, goods[-1].amount = figure.currency, figure.value
        return True
    if len(goods) == 1:
        goods[0].yuan, goods[0].bound = figure.value, figure.bound
        goods[0].spans["yuan"] = (base + figure.start, base + figure.end)
        goods[0].end = base + figure.end
        return True
    first = goods[0]
    value = Draft(
        donor=first.donor if len(givers) == 1 else None,
        donor_kind=first.donor_kind,
        kind=GiftKind.GOODS,
        scope=Scope.TOTAL,
        start=first.start,
        end=base + figure.end,
        yuan=figure.value,
        bound=figure.bound,
        item="、".join(items),
        recipient=first.recipient,
        via=first.via,
        pledged=first.pledged,
    )
    names = list(dict.fromkeys(r.recipient.name for r in goods if r.recipient is not None))
    if len(names) > 1:
        value.recipient = Party("、".join(names))
    passage.found.append(value)
    return True


def read_worth(passage: Passage, figure: Figure) -> bool:
    """消毒湿巾3000包、洗手液1500瓶,共计6.2万元: a sum after articles alone is their worth."""
    told = passage.thread.drafts
    if (
        not passage.thread.open
        or not told
        or any(record.kind is not GiftKind.GOODS or record.yuan is not None for record in told)
    ):
        return False
    return _set_value(passage, figure, whole=True)
