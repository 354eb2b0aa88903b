"""Gifts that may be the same money: pair by pair, decided by one key, undone by one key."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Conflict, Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.giving.actions.overlaps import decide_overlap, undo_decision
from lianfang.giving.models import OverlapProposal, OverlapVerdict
from lianfang.giving.queries.overlaps import ReviewPair, review_pairs, undecided, visible_pairs
from lianfang.giving.queries.overview import overview
from lianfang.giving.queries.totals import Overview

_A_PAGE = 50
_VERDICTS = {
    "same": OverlapVerdict.SAME,
    "distinct": OverlapVerdict.DISTINCT,
    "first-in-second": OverlapVerdict.FIRST_IN_SECOND,
    "second-in-first": OverlapVerdict.SECOND_IN_FIRST,
}


@signed_in
@needs(Right.READ_BOOK)
def pairs(request: Request) -> HttpResponse:
    """The pairs that wait; with `?all=1` also those decided."""
    found = visible_pairs(request.user, request.response)
    waiting = undecided(found)
    shown = found if request.GET.get("all") else waiting
    context = {
        "pairs": review_pairs(shown[:_A_PAGE]),
        "waiting": waiting.count(),
        "count": found.count(),
        "all": bool(request.GET.get("all")),
        "overview": overview(request.response, request.user),
        "may_decide": request.user.may(Right.DECIDE_GIFTS),
    }
    return render(request, "giving/overlaps.html", context)


@require_POST
@signed_in
@needs(Right.DECIDE_GIFTS)
def decide(request: Request, pk: UUID, verb: str) -> HttpResponse:
    """One decision on one pair. With htmx its card comes back, and the totals before and after."""
    found = visible_pairs(request.user, request.response)
    pair = _pair(found, pk)
    before = overview(request.response, request.user)
    refusal = ""
    try:
        _do(request, pair, verb)
    except Refused as error:
        refusal = str(error)
    if not request.headers.get("HX-Request"):
        if refusal:
            messages.error(request, refusal)
        return redirect(f"{reverse('giving:overlaps')}?all=1#p{pk}")
    after = overview(request.response, request.user)
    context = {
        "pair": _pair(found, pk),
        "refusal": refusal,
        "may_decide": True,
        "overview": after,
        "before": before if _moved(before, after) else None,
        "waiting": undecided(found).count(),
        "swap": True,
    }
    return render(request, "giving/overlap_decided.html", context)


def _do(request: Request, pair: ReviewPair, verb: str) -> None:
    actor = Actor.at_desk(request)
    if verb == "undo":
        if pair.decision is None:
            raise Conflict
        undo_decision(actor, decision=pair.decision)
        return
    if verb not in _VERDICTS:
        raise Http404(verb)
    decide_overlap(
        actor,
        first=pair.first,
        second=pair.second,
        verdict=_VERDICTS[verb],
        reason=request.POST.get("reason", ""),
    )


def _pair(found: QuerySet[OverlapProposal], pk: UUID) -> ReviewPair:
    return review_pairs([get_object_or_404(found, pk=pk)])[0]


def _moved(before: Overview, after: Overview) -> bool:
    return any(
        before.received.of(kind).sentence != after.received.of(kind).sentence
        for kind in ("cash", "goods", "mixed")
    )
