"""Figures: the sheet of the whole book, what sources state beside it, the book of receipts."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.charts import Chart, ChartKind, Series
from lianfang.desk.fields import MomentField
from lianfang.desk.forms import errors_into
from lianfang.giving.actions.receipts import void_receipt
from lianfang.giving.actions.statements import set_coverage
from lianfang.giving.forms.donations import CoverageForm, ReasonForm
from lianfang.giving.models import GiftKind
from lianfang.giving.queries.figures import figures_of_book
from lianfang.giving.queries.receipts import gaps, gifts_without_receipt, receipts_book, visible_receipts
from lianfang.giving.queries.statements import comparisons, visible_statements
from lianfang.giving.queries.totals import By, Share, direct, shares

_MOST_BARS = 12
_TEN_THOUSAND = Decimal(10_000)


@signed_in
@needs(Right.READ_BOOK)
def figures(request: Request) -> HttpResponse:
    """All figures on one sheet, now or as they stood at `?at=`."""
    at = _moment(request.GET.get("at", ""))
    found = figures_of_book(request.response, request.user, at)
    received = direct(found.book.received())
    towns, ways = shares(received, found.book, By.TOWN), shares(received, found.book, By.VIA)
    context = {
        "figures": found,
        "at": at,
        "asked_at": request.GET.get("at", ""),
        "towns": towns,
        "ways": ways,
        "recipients": shares(received, found.book, By.RECIPIENT),
        "town_chart": _cash_chart(towns, _("镇街"), _("%(name)s收到的捐款最多,%(total)s")),
        "way_chart": _cash_chart(ways, _("经手单位"), _("经%(name)s转交的捐款最多,%(total)s")),
    }
    return render(request, "giving/figures.html", context)


@signed_in
@needs(Right.READ_BOOK)
def statements(request: Request) -> HttpResponse:
    """What sources state, beside what the book knows."""
    found = comparisons(request.response, request.user)
    context = {"comparisons": found, "may_book": request.user.may(Right.BOOK_GIFTS)}
    return render(request, "giving/statements.html", context)


@signed_in
@needs(Right.BOOK_GIFTS)
def coverage(request: Request, pk: UUID) -> HttpResponse:
    """With which gifts a statement is compared."""
    statement = get_object_or_404(visible_statements(request.user, request.response), root=pk)
    form = CoverageForm(
        request.user,
        request.POST or None,
        initial={"covers_donor_kind": statement.covers_donor_kind, "covers_body": statement.covers_body},
    )
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            data = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
            set_coverage(Actor.at_desk(request), statement=statement, **data)
            messages.success(request, _("已改。"))
            return redirect("giving:statements")
    context = {
        "form": form,
        "title": _("对照范围:%(statement)s") % {"statement": statement},
        "back": reverse("giving:statements"),
        "button": _("保存"),
    }
    return render(request, "giving/small_form.html", context, status=400 if form.errors else 200)


@signed_in
@needs(Right.READ_BOOK)
def receipts(request: Request) -> HttpResponse:
    """Every number in order, void ones too, and where numbers are missing."""
    found = list(visible_receipts(request.user, request.response))
    context = {
        "rows": receipts_book(found),
        "gaps": list(gaps(found)),
        "issuers": {one.issuer_id: one.issuer.name for one in found},
        "waiting": gifts_without_receipt(request.user, request.response)[:100],
        "may_book": request.user.may(Right.BOOK_GIFTS),
    }
    return render(request, "giving/receipts.html", context)


@signed_in
@needs(Right.BOOK_GIFTS)
def void(request: Request, pk: UUID) -> HttpResponse:
    """Void a receipt; its number stays."""
    found = get_object_or_404(visible_receipts(request.user, request.response), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            void_receipt(Actor.at_desk(request), receipt=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("已作废。号码保留在序列里,不会再用。"))
            return redirect("giving:receipts")
    context = {
        "form": form,
        "title": _("作废票据 %(receipt)s") % {"receipt": found},
        "lead_in": _("号码保留在序列里,不能再用。作废后可以为同一笔捐赠另开一张。"),
        "back": reverse("giving:receipts"),
        "button": _("作废"),
    }
    return render(request, "giving/small_form.html", context, status=400 if form.errors else 200)


def _moment(text: str) -> datetime | None:
    """A past moment as the address says it; anything else is now."""
    field = MomentField(required=False)
    try:
        at: datetime | None = field.clean(text)
        # A moment that has no place in UTC (in the year 1) is none that a book can be asked for.
        at = at and at.astimezone(UTC)
    except (ValidationError, ValueError, OverflowError):
        return None
    return at if at is None or at <= timezone.now() else None


def _cash_chart(rows: list[Share], axis: str, sentence: str) -> Chart | None:
    """Bars of at least how much cash came, for those named; None where fewer than two are."""
    named = [share for share in rows if share.key and share.totals.cash.gifts][:_MOST_BARS]
    if len(named) < 2:
        return None
    largest = max(named, key=lambda share: share.totals.of(GiftKind.CASH).high.low)
    return Chart(
        sentence % {"name": largest.label, "total": largest.totals.cash.text},
        axis,
        [share.label for share in named],
        [Series(_("捐款(至少)"), [share.totals.cash.low.low / _TEN_THOUSAND for share in named])],
        _("万元"),
        ChartKind.ACROSS,
    )
