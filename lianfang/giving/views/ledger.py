"""The ledger: all gifts, searched, narrowed and exported, with their totals as ranges on top."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.records import Source
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.fields import AmountField
from lianfang.desk.filters import Choice, DateRange
from lianfang.desk.lists import Column, Empty, Kind, List, Shown, is_partial
from lianfang.desk.states import State, Tone
from lianfang.engines.figures import Amount
from lianfang.engines.names import SearchKeys
from lianfang.giving.models import (
    Donation,
    DonationLine,
    DonationState,
    DonationStep,
    DonorKind,
    GiftKind,
    Intent,
)
from lianfang.giving.queries.ledger import visible_donations
from lianfang.giving.queries.overview import overview
from lianfang.giving.queries.receipts import without_receipt
from lianfang.giving.queries.totals import Overview
from lianfang.people.models import Area, AreaLevel, Officer

_TONES = {
    DonationState.PLEDGED: Tone.WAITING,
    DonationState.RECEIVED: Tone.NEW,
    DonationState.ALLOCATED: Tone.NEW,
    DonationState.HANDED_OVER: Tone.DONE,
    DonationState.LAPSED: Tone.STOPPED,
}
# Pinyin is looked for among so many givers' names; beyond that only characters find.
_NAMES_BY_SOUND = 20_000


@signed_in
@needs(Right.READ_BOOK)
def gifts(request: Request) -> HttpResponse:
    """The list; while it is narrowed, the totals are those of what it shows."""
    rows = visible_donations(request.user, request.response)
    if request.method == "POST":
        return LEDGER.respond(request, rows)
    shown = LEDGER.show(request, rows)
    context = {"list": shown, "overview": _overview(request, shown)}
    partial = is_partial(request, shown.id)
    return render(request, "giving/ledger_rows.html" if partial else "giving/ledger.html", context)


def state_of(reached: Iterable[str]) -> State:
    """The furthest state of a gift, as it is shown."""
    found = set(reached)
    furthest = next((state for state in reversed(DonationState) if state in found), None)
    return State(furthest.label, _TONES[furthest]) if furthest else State(_("未登记状态"), Tone.PLAIN)


def goods_text(lines: Iterable[DonationLine]) -> str:
    """消毒液 1400公斤、口罩 28000余只; an unknown quantity is left out."""
    return "、".join(f"{line.item} {line.measure}".strip() for line in lines)


def money_of(donation: Donation) -> Amount:
    """The figure of a gift: in yuan, or else in the currency in which it came."""
    if donation.value is None and donation.currency and donation.currency_value is not None:
        return Amount(donation.currency_value, currency=donation.currency)
    return donation.amount


def gifts_found(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """By any name on the gift's way, its articles, purpose and remark; a giver's name also by pinyin."""
    for word in typed.split():
        goods = DonationLine.objects.current().filter(donation=OuterRef("root"), item__icontains=word)
        found = Q(Exists(goods))
        for path in (
            "donor_name",
            "via_name",
            "recipient_name",
            "donor_body__name",
            "purpose",
            "remark",
            "source_reference",
        ):
            found |= Q(**{f"{path}__icontains": word})
        if word.isascii() and word.isalpha():
            names = rows.order_by().values_list("donor_name", flat=True).distinct()[:_NAMES_BY_SOUND]
            found |= Q(donor_name__in=[name for name in names if _keys(name).found_by(word)][:500])
        rows = rows.filter(found)
    return rows


def _overview(request: Request, shown: Shown) -> Overview:
    if not shown.narrowed:
        return overview(request.response, request.user)
    return overview(request.response, request.user, within=Q(pk__in=shown.rows.order_by().values("pk")))


def _prepare(rows: list[Any]) -> None:
    """Fetch the states and articles of a page of gifts."""
    roots = [row.root_id for row in rows]
    states: dict[UUID, list[str]] = {}
    for root, state in (
        DonationStep.objects.current().filter(donation__in=roots).values_list("donation_id", "state")
    ):
        states.setdefault(root, []).append(state)
    articles: dict[UUID, list[DonationLine]] = {}
    for line in DonationLine.objects.current().filter(donation__in=roots).order_by("position"):
        articles.setdefault(line.donation_id, []).append(line)
    for row in rows:
        row.shown_state = state_of(states.get(row.root_id, ()))
        row.goods_text = goods_text(articles.get(row.root_id, ()))


@lru_cache(maxsize=_NAMES_BY_SOUND)
def _keys(name: str) -> SearchKeys:
    return SearchKeys.of(name)


def _towns(_officer: Officer | None) -> Iterable[tuple[str, str]]:
    towns = Area.objects.filter(level=AreaLevel.TOWNSHIP).order_by("name")
    return [(str(pk), name) for pk, name in towns.values_list("pk", "name")]


def _by_town(rows: QuerySet[Any], town: str) -> QuerySet[Any]:
    """What is counted in a town: by the gift itself, else by a body on its way."""
    return rows.filter(
        Q(area=town)
        | Q(area=None, recipient__area=town)
        | Q(area=None, recipient__area=None, via__area=town)
        | Q(area=None, recipient__area=None, via__area=None, donor_body__area=town)
    )


def _by_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Gifts whose furthest state this is."""
    order = list(DonationState)
    later = order[order.index(DonationState(state)) + 1 :]
    steps = DonationStep.objects.current().filter(donation=OuterRef("root"))
    return rows.filter(Exists(steps.filter(state=state)), ~Exists(steps.filter(state__in=later)))


def _open_matters(rows: QuerySet[Any], what: str) -> QuerySet[Any]:
    """What somebody should look after."""
    steps = DonationStep.objects.current().filter(donation=OuterRef("root"))
    match what:
        case "not_arrived":
            return _by_state(rows, DonationState.PLEDGED)
        case "no_value":
            arrived = steps.filter(state=DonationState.RECEIVED)
            return rows.filter(Exists(arrived), kind=GiftKind.GOODS, value=None)
        case "no_receipt":
            return without_receipt(rows)
        case "no_day":
            return rows.filter(happened_at=None)
        case _:
            return rows


@dataclass(frozen=True, slots=True)
class AmountRange:
    """Figures from–to, as they were said; what has no figure is in no range."""

    def fields(self, _officer: Officer | None) -> dict[str, forms.Field]:
        return {
            "amount_from": AmountField(label=_("金额 从"), required=False, help_text=""),
            "amount_to": AmountField(label=_("金额 到"), required=False, help_text=""),
        }

    def narrow(self, rows: QuerySet[Any], cleaned: dict[str, Any]) -> QuerySet[Any]:
        low, high = cleaned.get("amount_from"), cleaned.get("amount_to")
        if low and low.value is not None:
            rows = rows.filter(value__gte=low.value)
        if high and high.value is not None:
            rows = rows.filter(value__lte=high.value)
        return rows


LEDGER = List(
    code="gifts",
    title=gettext_lazy("捐赠台账"),
    columns=[
        Column(
            "donor",
            gettext_lazy("捐赠人"),
            lambda row: row.donor_name or _("(未具名)"),
            sort="donor_name",
        ),
        Column("kind", gettext_lazy("款物"), lambda row: row.get_kind_display(), sort="kind"),
        Column("amount", gettext_lazy("金额"), money_of, Kind.AMOUNT, sort="value"),
        Column("goods", gettext_lazy("物资"), "goods_text"),
        Column("via", gettext_lazy("经手"), lambda row: row.via_name or (row.via.name if row.via else "")),
        Column(
            "recipient",
            gettext_lazy("接收单位"),
            lambda row: row.recipient_name or (row.recipient.name if row.recipient else ""),
        ),
        Column("day", gettext_lazy("捐赠日期"), "day", Kind.DAY, sort="happened_at"),
        Column("state", gettext_lazy("状态"), "shown_state", Kind.STATE),
        Column("booked", gettext_lazy("入账时间"), "received_at", Kind.MOMENT, sort="received_at"),
    ],
    order="-booked",
    filters=[
        Choice("kind", gettext_lazy("款物"), GiftKind.choices, "kind"),
        Choice("state", gettext_lazy("状态"), DonationState.choices, _by_state),
        Choice("donor_kind", gettext_lazy("捐赠人类别"), DonorKind.choices, "donor_kind"),
        Choice("town", gettext_lazy("镇街"), _towns, _by_town),
        Choice("intent", gettext_lazy("意向"), [c for c in Intent.choices if c[0]], "intent"),
        Choice("source", gettext_lazy("来源"), Source.choices, "source"),
        Choice(
            "look",
            gettext_lazy("待办"),
            [
                ("not_arrived", gettext_lazy("认捐未到")),
                ("no_value", gettext_lazy("物资没有折价")),
                ("no_receipt", gettext_lazy("未开票据")),
                ("no_day", gettext_lazy("没有日期")),
            ],
            _open_matters,
        ),
        AmountRange(),
        DateRange("day", gettext_lazy("捐赠日期"), "happened_at"),
    ],
    search=gifts_found,
    search_hint=gettext_lazy("捐赠人、物资、单位,拼音也可以"),
    opens=lambda row: reverse("giving:donation", args=[row.root_id]),
    empty=Empty(
        gettext_lazy("还没有捐赠。粘贴一份通报就能入账,也可以直接登记。"),
        gettext_lazy("收入材料"),
        "giving:take_in",
    ),
    prepare=_prepare,
)
