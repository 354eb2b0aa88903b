"""Filings to resume work: the enterprise's side, and the levels that give their opinion."""

from uuid import UUID

from django import forms
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
from lianfang.desk.lists import Choice, Column, Empty, Kind, List
from lianfang.desk.states import State, Tone
from lianfang.enterprises import actions
from lianfang.enterprises.actions.resumption import awaited_level
from lianfang.enterprises.forms import FilingForm, OpinionForm
from lianfang.enterprises.models import FilingOpinion, FilingState, OpinionLevel, ResumptionFiling
from lianfang.enterprises.queries import sites
from lianfang.enterprises.views.sites import own_site

_TONES = {
    FilingState.DRAFT: Tone.PLAIN,
    FilingState.SUBMITTED: Tone.WAITING,
    FilingState.RETURNED: Tone.URGENT,
    FilingState.APPROVED: Tone.DONE,
    FilingState.REFUSED: Tone.STOPPED,
}


def state_of(filing: ResumptionFiling) -> State:
    return State(filing.get_state_display(), _TONES[FilingState(filing.state)])


FILINGS = List(
    code="filings",
    title=gettext_lazy("复工备案"),
    columns=[
        Column("place", gettext_lazy("厂区"), "place.name", sort="place__name"),
        Column("industry", gettext_lazy("行业"), "industry"),
        Column("staff", gettext_lazy("员工总数"), "staff_total", Kind.COUNT, sort="staff_total"),
        Column("first", gettext_lazy("首批返岗人数"), "first_return", Kind.COUNT),
        Column("on", gettext_lazy("拟复工日期"), "resumes_on", Kind.DAY, sort="resumes_on"),
        Column("state", gettext_lazy("状态"), state_of, Kind.STATE, sort="state"),
        Column("at", gettext_lazy("报送时间"), "submitted_at", Kind.MOMENT, sort="submitted_at"),
    ],
    filters=[Choice("state", gettext_lazy("状态"), FilingState.choices, "state")],
    search=["place__name", "industry"],
    order="-at",
    opens=lambda row: reverse("enterprises:filing", args=[row.pk]),
    empty=Empty(gettext_lazy("还没有复工备案。企业在厂区页面里起草。")),
)


@signed_in
@needs(Right.KEEP_ENTERPRISE, Right.DECIDE_RESUMPTION)
def filings(request: Request) -> HttpResponse:
    return FILINGS.respond(request, sites.visible_filings(request.user, request.response))


@signed_in
@needs(Right.KEEP_ENTERPRISE)
def draft(request: Request, place: UUID) -> HttpResponse:
    found = own_site(request, place)
    form = FilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.draft_filing(
                Actor.at_desk(request), response=request.response, place=found, **form.cleaned_data
            )
            return redirect("enterprises:filing", made.pk)
    return render(request, "enterprises/filing_form.html", {"place": found, "form": form})


@signed_in
@needs(Right.KEEP_ENTERPRISE)
def change(request: Request, pk: UUID) -> HttpResponse:
    kept = _filing(request, pk)
    place = own_site(request, kept.place_id)
    form = FilingForm(request.POST or None, initial={n: getattr(kept, n) for n in FilingForm.Meta.fields})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.change_filing(Actor.at_desk(request), filing=kept, **form.cleaned_data)
            return redirect("enterprises:filing", pk)
    return render(request, "enterprises/filing_form.html", {"place": place, "form": form, "filing": kept})


@signed_in
@needs(Right.KEEP_ENTERPRISE, Right.DECIDE_RESUMPTION, Right.READ_ENTERPRISES)
def filing(request: Request, pk: UUID) -> HttpResponse:
    """One filing: what it says, which opinions it has, whose turn it is."""
    kept = _filing(request, pk)
    scope = kept.scope()
    mine = request.user.may(Right.KEEP_ENTERPRISE, scope)
    awaited = awaited_level(kept) if kept.state == FilingState.SUBMITTED else None
    decides = bool(awaited) and request.user.may(Right.DECIDE_RESUMPTION, scope)
    form = OpinionForm(request.POST if "opinion" in request.POST else None)
    actor = Actor.at_desk(request)
    handing_in = forms.Form({} if "submit" in request.POST else None)
    if handing_in.is_bound and handing_in.is_valid():
        with errors_into(handing_in):
            actions.submit_filing(actor, filing=kept)
            messages.success(request, _("已报送。"))
            return redirect("enterprises:filing", pk)
    if form.is_bound and form.is_valid() and awaited:
        with errors_into(form):
            actions.give_opinion(actor, filing=kept, level=awaited, **form.cleaned_data)
            messages.success(request, _("已签署。"))
            return redirect("enterprises:filing", pk)
    titles = {field.name: field.verbose_name for field in kept._meta.concrete_fields}
    facts = [(titles[name], _shown(getattr(kept, name))) for name in FilingForm.Meta.fields]
    opinions = FilingOpinion.objects.current().filter(filing=kept).select_related("written_by")
    return render(
        request,
        "enterprises/filing.html",
        {
            "filing": kept,
            "state_now": state_of(kept),
            "facts": facts,
            "opinions": opinions,
            "awaited": OpinionLevel(awaited).label if awaited else "",
            "form": form if decides and kept.submitted_by_id != request.user.pk else None,
            "may_hand_in": mine and kept.state in {FilingState.DRAFT, FilingState.RETURNED},
            "handing_in": handing_in,
        },
    )


def _filing(request: Request, pk: UUID) -> ResumptionFiling:
    found: ResumptionFiling = get_object_or_404(sites.visible_filings(request.user, request.response), pk=pk)
    return found


def _shown(value: object) -> object:
    return {True: _("有"), False: _("没有")}[value] if isinstance(value, bool) else value
