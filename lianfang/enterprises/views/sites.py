"""The enterprise's own page of a site: today's staff, measures, posts, supplies, reports."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.enterprises import actions
from lianfang.enterprises.forms import HolderForm, MeasureForm, PostForm, persons_of
from lianfang.enterprises.models import MeasureKind, ResumptionFiling, SiteMeasure, SitePost
from lianfang.enterprises.queries import sites
from lianfang.enterprises.queries import staff as staff_queries
from lianfang.enterprises.rules import rules_on
from lianfang.places.models import Place


def own_site(request: Request, pk: UUID) -> Place:
    """A site whose own book the officer keeps, or the 404 page."""
    found: Place = get_object_or_404(sites.own_sites(request.user), pk=pk)
    return found


@signed_in
@needs(Right.KEEP_ENTERPRISE)
def site(request: Request, place: UUID) -> HttpResponse:
    found = own_site(request, place)
    today = timezone.localdate()
    lines = staff_queries.staff_of_day(found, request.response, today)
    kept = sites.measures_of(found, today)
    rules = rules_on(today)
    return render(
        request,
        "enterprises/site.html",
        {
            "place": found,
            "today": today,
            "figures": staff_queries.figures_of(lines),
            "abnormal": [line for line in lines if line.abnormal],
            "measures": kept,
            "advised_against": rules.disinfection_passage_advised_against
            and any(one.kind == MeasureKind.DISINFECTION_PASSAGE for one in kept),
            "posts": sites.posts_of(found, today),
            "supplies": sites.supplies_of(found, request.response),
            "least_days": rules.supplies_last_days,
            "crowded": staff_queries.crowded_rooms(found, today),
            "summaries": sites.summaries_of(found, request.response, until=today),
            "filing": ResumptionFiling.objects.filter(place=found, response=request.response)
            .order_by("-created_at")
            .first(),
        },
    )


@signed_in
@needs(Right.KEEP_ENTERPRISE)
def measures(request: Request, place: UUID) -> HttpResponse:
    """Take a measure, or end one."""
    found = own_site(request, place)
    ending = SiteMeasure.objects.filter(place=found, pk__in=[request.POST.get("end") or UUID(int=0)]).first()
    if ending is not None:
        actions.end_site_measure(Actor.at_desk(request), measure=ending, on=timezone.localdate())
        messages.success(request, _("已结束。"))
        return redirect("enterprises:measures", place)
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.take_site_measure(Actor.at_desk(request), place=found, **form.cleaned_data)
            messages.success(request, _("已登记。"))
            return redirect("enterprises:site", place)
    kept = sites.measures_of(found, timezone.localdate())
    return render(request, "enterprises/measures.html", {"place": found, "form": form, "measures": kept})


@signed_in
@needs(Right.KEEP_ENTERPRISE)
def posts(request: Request, place: UUID) -> HttpResponse:
    found = own_site(request, place)
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.set_up_site_post(Actor.at_desk(request), place=found, **form.cleaned_data)
            return redirect("enterprises:post", place, made.pk)
    return render(
        request,
        "enterprises/posts.html",
        {"place": found, "form": form, "posts": sites.posts_of(found, timezone.localdate())},
    )


@signed_in
@needs(Right.KEEP_ENTERPRISE)
def post(request: Request, place: UUID, pk: UUID) -> HttpResponse:
    """One post, and who stands for it."""
    found = own_site(request, place)
    kept = get_object_or_404(SitePost, pk=pk, place=found)
    leaving = kept.holders.filter(pk__in=[request.POST.get("leave") or UUID(int=0)]).first()
    if leaving is not None:
        actions.leave_site_post(Actor.at_desk(request), holder=leaving, on=timezone.localdate())
        return redirect("enterprises:post", place, pk)
    form = HolderForm(persons_of(found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.take_site_post(Actor.at_desk(request), post=kept, **form.cleaned_data)
            return redirect("enterprises:post", place, pk)
    holders = kept.holders.select_related("person").order_by("valid_to", "person__name")
    return render(
        request, "enterprises/post.html", {"place": found, "post": kept, "form": form, "holders": holders}
    )
