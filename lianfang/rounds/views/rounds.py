"""Planning the rounds of a place; the changing code of a screen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.places.models import Spot
from lianfang.rounds import actions
from lianfang.rounds.forms import RoundForm
from lianfang.rounds.models import Round, SpotScreen
from lianfang.rounds.views.coverage import round_place


@signed_in
@needs(Right.KEEP_ROUNDS)
def plan(request: Request, place: UUID) -> HttpResponse:
    found = round_place(request, place)
    form = RoundForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.plan_round(Actor.at_desk(request), place=found, **form.values())
            messages.success(request, _("已安排,%d 个点位。") % made.stops.count())
            return redirect("rounds:coverage", place)
    return render(request, "rounds/plan.html", {"place": found, "form": form})


@require_POST
@signed_in
@needs(Right.KEEP_ROUNDS)
def end(request: Request, place: UUID, pk: UUID) -> HttpResponse:
    planned = get_object_or_404(Round, pk=pk, place=round_place(request, place))
    actions.end_round(Actor.at_desk(request), planned=planned, on=timezone.localdate())
    messages.success(request, _("今天过后停止。以前的记录还在。"))
    return redirect("rounds:coverage", place)


@signed_in
@needs(Right.KEEP_ROUNDS)
def screen(request: Request, place: UUID, spot: UUID) -> HttpResponse:
    """The code that a screen at a spot shows; the page renews itself."""
    found = get_object_or_404(Spot, pk=spot, place=round_place(request, place))
    if request.method == "POST":
        actions.set_up_screen(Actor.at_desk(request), spot=found)
        return redirect("rounds:screen", place, spot)
    shown = SpotScreen.objects.filter(spot=found).first()
    code = shown.code_at(timezone.now()) if shown else ""
    response = render(request, "rounds/screen.html", {"place": found.place, "spot": found, "code": code})
    if shown:
        response["Refresh"] = "20"
    return response
