"""Pages of the visits of sympathy (慰问)."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Column, Empty, Kind, List
from lianfang.inspections import actions, queries
from lianfang.inspections.forms import (
    VisitForm,
)
from lianfang.places.models import Place

VISITS = List(
    code="visits",
    title=gettext_lazy("慰问记录"),
    columns=[
        Column("at", gettext_lazy("慰问时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("visitors", gettext_lazy("慰问人"), "visitors"),
        Column("where", gettext_lazy("地点"), "where"),
        Column("times", gettext_lazy("次数(原话)"), "times_text"),
        Column("brought", gettext_lazy("带去的物资"), lambda row: "、".join(row.brought)),
        Column("text", gettext_lazy("慰问情况"), "text"),
    ],
    search=["visitors", "text", "where", "place__name"],
    order="-at",
    empty=Empty(gettext_lazy("还没有慰问记录。"), gettext_lazy("登记慰问"), "inspections:visit_new"),
)


@signed_in
@needs(Right.READ_BOOK)
def visits(request: Request) -> HttpResponse:
    return VISITS.respond(
        request,
        queries.visible_visits(request.user, request.response),
        template="inspections/visits.html",
        context={"may_add": _may_add_visits(request)},
    )


@signed_in
@needs(Right.INSPECT, Right.KEEP_ROUNDS, Right.KEEP_PLACES)
def visit_new(request: Request) -> HttpResponse:
    form = VisitForm(_places_of_visits(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.record_visit(Actor.at_desk(request), response=request.response, **form.values())
            messages.success(request, _("已登记慰问。"))
            return redirect("inspections:visits")
    return render(request, "inspections/visit_new.html", {"form": form})


def _places_of_visits(request: Request) -> QuerySet[Place]:
    rows = None
    for right in (Right.INSPECT, Right.KEEP_ROUNDS, Right.KEEP_PLACES):
        reach = request.user.reach(right).rows(areas=["area"], bodies=["body"], places=["pk"])
        rows = reach if rows is None else rows | reach
    return Place.objects.filter(rows)


def _may_add_visits(request: Request) -> bool:
    return any(request.user.may(right) for right in (Right.INSPECT, Right.KEEP_ROUNDS, Right.KEEP_PLACES))
