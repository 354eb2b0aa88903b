"""Coverage: what was not done in its interval, by place, as a picture and as a list."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.states import State, Tone
from lianfang.places.models import Place
from lianfang.rounds.drawing import drawn_houses, drawn_spots
from lianfang.rounds.models import Round
from lianfang.rounds.queries import coverage as queries
from lianfang.rounds.queries.coverage import Clock, Light

CLOCKS_A_PAGE = 50


def state_of(light: Light | None) -> State:
    return {
        Light.OVERDUE: State(_("到期未做"), Tone.URGENT),
        Light.DUE: State(_("快到期"), Tone.WAITING),
        Light.DONE: State(_("已做"), Tone.DONE),
        None: State(_("未安排"), Tone.PLAIN),
    }[light]


def round_place(request: Request, pk: UUID) -> Place:
    """A place whose rounds the officer keeps or inspects, or the 404 page."""
    found: Place = get_object_or_404(queries.visible_round_places(request.user), pk=pk)
    return found


@signed_in
@needs(Right.KEEP_ROUNDS, Right.INSPECT)
def places(request: Request) -> HttpResponse:
    """The places in reach, the one with most overdue stops first."""
    found = list(queries.visible_round_places(request.user))
    clocks: dict[UUID, list[Clock]] = {place.pk: [] for place in found}
    for clock in queries.clocks_of(found, request.response, request.response.clock(timezone.now())):
        clocks[clock.round.place_id].append(clock)
    rows = [
        (place, len(clocks[place.pk]), sum(one.light is Light.OVERDUE for one in clocks[place.pk]))
        for place in found
    ]
    rows.sort(key=lambda row: (-row[2], -row[1], row[0].name))
    return render(request, "rounds/places.html", {"rows": rows})


@signed_in
@needs(Right.KEEP_ROUNDS, Right.INSPECT)
def coverage(request: Request, place: UUID) -> HttpResponse:
    found = round_place(request, place)
    now = request.response.clock(timezone.now())
    seen = queries.coverage_of(found, request.response, now)
    page = Paginator(seen.clocks, CLOCKS_A_PAGE).get_page(request.GET.get("page"))
    day = timezone.localdate(now)
    return render(
        request,
        "rounds/coverage.html",
        {
            "place": found,
            "seen": seen,
            "houses": drawn_houses(seen.houses, now) if page.number == 1 else [],
            "others": drawn_spots(seen.others, now) if page.number == 1 else "",
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            "clocks": [(clock, state_of(clock.light)) for clock in page],
            "rounds": [one for one in Round.objects.filter(place=found) if one.holds_on(day)],
            "may_plan": request.user.may(Right.KEEP_ROUNDS, found.scope()),
        },
    )
