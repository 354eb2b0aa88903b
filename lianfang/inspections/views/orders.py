"""Pages of the orders (交办单)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Column, Empty, Kind, List
from lianfang.inspections import actions, queries
from lianfang.inspections.forms import (
    OrderForm,
)
from lianfang.inspections.models import (
    RectificationOrder,
)
from lianfang.inspections.papers import paper_of_order
from lianfang.inspections.views.showing import paper, state_of

_BOTH = (Right.INSPECT, Right.RECTIFY)


ORDERS = List(
    code="orders",
    title=gettext_lazy("交办单"),
    columns=[
        Column("number", gettext_lazy("编号"), "number", sort="serial"),
        Column("kind", gettext_lazy("文种"), "get_kind_display", sort="kind"),
        Column("body", gettext_lazy("承办单位"), "body.name", sort="body__name"),
        Column("issuer", gettext_lazy("交办单位"), "issuer.name", sort="issuer__name"),
        Column("lines", gettext_lazy("问题数"), "line_count", Kind.COUNT),
        Column("given", gettext_lazy("下达时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("reply", gettext_lazy("回复时限"), "reply_by", Kind.MOMENT, sort="reply_by"),
    ],
    search=["body__name", "issuer__name"],
    order="-given",
    opens=lambda row: reverse("inspections:order", args=[row.pk]),
    empty=Empty(gettext_lazy("还没有交办单。打开台账里的一个问题,就可以下达。")),
)


@signed_in
@needs(Right.INSPECT)
def order_new(request: Request, pk: UUID) -> HttpResponse:
    """An order with this finding and other open ones of the same body."""
    rows = queries.open_findings(request.user, request.response)
    first = get_object_or_404(rows, root=pk)
    same_body = list(rows.filter(responsible_body=first.responsible_body_id).order_by("due_at"))
    chosen = set(request.POST.getlist("finding")) or {str(first.root_id)}
    form = OrderForm(request.POST or None, initial={"issuer": request.user.body_id})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.order_rectification(
                Actor.at_desk(request),
                response=request.response,
                findings=[row for row in same_body if str(row.root_id) in chosen],
                **form.cleaned_data,
            )
            messages.success(request, _("已下达 %s。") % made.number)
            return redirect("inspections:order", made.pk)
    return render(
        request,
        "inspections/order_new.html",
        {"form": form, "finding": first, "rows": [(row, str(row.root_id) in chosen) for row in same_body]},
    )


@signed_in
@needs(*_BOTH)
def orders(request: Request) -> HttpResponse:
    return ORDERS.respond(request, queries.visible_orders(request.user, request.response))


@signed_in
@needs(*_BOTH)
def order(request: Request, pk: UUID) -> HttpResponse:
    found = _order(request, pk)
    lines = queries.order_lines(found)
    return render(
        request,
        "inspections/order.html",
        {"order": found, "lines": [(one, state_of(one)) for one in lines]},
    )


@signed_in
@needs(*_BOTH)
def order_paper(request: Request, pk: UUID, form: str) -> HttpResponse:
    found = _order(request, pk)
    return paper(paper_of_order(found, queries.order_lines(found)), form, f"order-{found.pk}")


def _order(request: Request, pk: UUID) -> RectificationOrder:
    found: RectificationOrder = get_object_or_404(
        queries.visible_orders(request.user, request.response), pk=pk
    )
    return found
