"""Builders for tests of giving: a donor, a gift, a booked donation, in one call each."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from lianfang.book.actions import Actor
from lianfang.book.models import Response
from lianfang.engines.figures import UNKNOWN, Amount, Bound
from lianfang.giving.actions.donations import pledge_donation, receive_donation
from lianfang.giving.gifts import Donor, Gift, GoodsLine
from lianfang.giving.models import Donation, DonorKind, GiftKind, GiftSource
from lianfang.people.models import Body
from lianfang.people.tests.builders import a_response, an_actor

# Some day of the response; a gift whose day nobody told has none.
A_DAY = datetime(2020, 2, 10, 2, 0, tzinfo=UTC)


def yuan(value: int | str | None, bound: Bound = Bound.EXACT) -> Amount:
    return UNKNOWN if value is None else Amount(Decimal(value), bound)


def a_donor(name: str = "", kind: str = DonorKind.ENTERPRISE, **values: Any) -> Donor:
    body = values.get("body")
    person = values.get("person")
    found = name or (body.name if body else "") or (person.name if person else "") or "青禾食品厂"
    return Donor(found, kind, **values)


def some_goods(item: str = "医用口罩", quantity: int | str | None = 100, **values: Any) -> GoodsLine:
    return GoodsLine(item, quantity=None if quantity is None else Decimal(quantity), unit="只", **values)


def a_gift(value: int | str | None = 1000, *, donor: Donor | str = "", **values: Any) -> Gift:
    bound = values.pop("bound", Bound.EXACT)
    giver = donor if isinstance(donor, Donor) else a_donor(donor)
    return Gift(giver, values.pop("kind", GiftKind.CASH), yuan(value, bound), **values)


def a_donation(
    value: int | str | None = 1000,
    *,
    donor: Donor | str = "",
    actor: Actor | None = None,
    response: Response | None = None,
    pledged: bool = False,
    id: UUID | None = None,
    **values: Any,
) -> Donation:
    """A booked gift, received (or pledged), by an officer of the county if no actor is given."""
    book = pledge_donation if pledged else receive_donation
    bound = values.pop("bound", Bound.EXACT)
    return book(
        actor or an_actor(),
        response=response or a_response(),
        donor=donor if isinstance(donor, Donor) else a_donor(donor),
        kind=values.pop("kind", GiftKind.CASH),
        amount=yuan(value, bound),
        id=id,
        **values,
    )


def goods(
    item: str = "医用口罩", value: int | str | None = None, *, bound: Bound = Bound.EXACT, **values: Any
) -> Donation:
    """A booked gift of one article, with a stated value or without."""
    quantity = values.pop("quantity", None)
    line = GoodsLine(
        item,
        quantity=None if quantity is None else Decimal(quantity),
        unit=values.pop("unit", ""),
        stated_value=yuan(value, bound),
    )
    return a_donation(value, bound=bound, kind=GiftKind.GOODS, lines=[line], **values)


def a_gift_source(title: str = "云溪县捐赠情况通报", body: Body | None = None) -> GiftSource:
    officer = an_actor().officer
    return GiftSource.objects.create(
        response=a_response(),
        title=title,
        body=body,
        digest=title.encode().hex()[:64].ljust(64, "0"),
        text=title,
        written_by=officer,
    )
