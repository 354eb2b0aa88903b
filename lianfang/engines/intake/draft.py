"""A claim in the making: what the grammar has put together before the notice is read to its end."""

from dataclasses import dataclass, field
from decimal import Decimal

from lianfang.engines.figures import Bound
from lianfang.engines.intake.article import Article
from lianfang.engines.intake.claim import Claim, DonorKind, Doubt, DoubtReason, GiftKind, Place, Scope
from lianfang.engines.intake.givers import Giver


@dataclass(slots=True)
class Party:
    """A body named as receiver or as channel: its name and where it stands in the notice."""

    name: str
    place: Place | None = None


@dataclass(slots=True)
class Draft:
    """One record before defaults, corrections and repetitions are settled; places are those of the notice."""

    donor: str | None
    donor_kind: DonorKind
    kind: GiftKind
    scope: Scope
    start: int
    end: int
    yuan: Decimal | None = None
    bound: Bound | None = None
    item: str | None = None
    quantity: Decimal | None = None
    quantity_bound: Bound | None = None
    unit: str | None = None
    recipient: Party | None = None
    via: Party | None = None
    count: int | None = None
    pledged: bool = False
    currency: str | None = None
    amount: Decimal | None = None
    doubts: list[Doubt] = field(default_factory=list)
    spans: dict[str, Place] = field(default_factory=dict)
    directed: bool = False
    """The row itself names the receiver, so the body of the heading is the channel."""
    from_heading: bool = False
    """Told in the headline, which the text repeats as a rule."""
    from_row: bool = False
    """Read from a table, a roll or a list, whose heading may name the receiver."""

    def doubt(self, name: str, reason: DoubtReason) -> None:
        """Mark a field for a second look."""
        self.doubts.append(Doubt(name, reason))

    def claim(self, text: str) -> Claim:
        """The finished claim; `text` is the notice as handed in."""
        spans = dict(self.spans)
        for name, party in (("recipient", self.recipient), ("via", self.via)):
            if party is not None and party.place is not None:
                spans[name] = party.place
        return Claim(
            donor=self.donor,
            donor_kind=self.donor_kind,
            kind=self.kind,
            scope=self.scope,
            quote=text[self.start : self.end],
            start=self.start,
            end=self.end,
            yuan=self.yuan,
            bound=self.bound,
            item=self.item,
            quantity=self.quantity,
            quantity_bound=self.quantity_bound,
            unit=self.unit,
            recipient=None if self.recipient is None else self.recipient.name,
            via=None if self.via is None else self.via.name,
            count=self.count,
            pledged=self.pledged,
            currency=self.currency,
            amount=self.amount,
            doubts=tuple(self.doubts),
            spans=spans,
        )


def draft(giver: Giver, article: Article, scope: Scope, base: int) -> Draft:
    """The record "giver gives article"; `base` is the place of the sentence in the notice."""
    made = Draft(
        donor=giver.name,
        donor_kind=giver.kind,
        kind=article.kind,
        scope=scope,
        start=base + article.start,
        end=base + article.end,
    )
    if giver.name is not None:
        made.spans["donor"] = (base + giver.place[0], base + giver.place[1])
    if giver.guessed:
        made.doubt("donor_kind", DoubtReason.GIVER_KIND_GUESSED)
    money = article.money
    if money is not None:
        made.spans["yuan"] = (base + money.start, base + money.end)
        if article.yuan is not None:
            made.yuan, made.bound = article.yuan, article.bound
            if article.worth is not None and money.currency not in ("", "CNY"):
                made.currency, made.amount = money.currency, money.value
            if not money.is_money and "万" not in money.unit:
                made.doubt("yuan", DoubtReason.FIGURE_WITHOUT_UNIT)
        elif money.currency not in ("", "CNY"):
            made.currency, made.amount = money.currency, money.value
            made.doubt("currency", DoubtReason.FOREIGN_MONEY)
    if article.kind is GiftKind.GOODS:
        made.item = article.item
        if article.item_place is not None:
            made.spans["item"] = (base + article.item_place[0], base + article.item_place[1])
        quantity = article.quantity
        if quantity is not None:
            made.quantity, made.unit = quantity.value, article.unit or quantity.unit or None
            made.spans["quantity"] = (base + quantity.start, base + quantity.end)
            if quantity.bound is not Bound.EXACT:
                made.quantity_bound = quantity.bound
    return made
