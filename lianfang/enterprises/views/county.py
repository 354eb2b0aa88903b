"""What the county sees: the summaries of the day, and which sites are silent."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.enterprises.queries import sites


@signed_in
@needs(Right.READ_ENTERPRISES, Right.KEEP_ENTERPRISE)
def county(request: Request) -> HttpResponse:
    """A row a site: figures only, never persons. Silence is shown as silence, not as zero."""
    try:
        day = parse_date(request.GET.get("day", "")) or timezone.localdate()
    except ValueError:
        day = timezone.localdate()
    only_silent = request.GET.get("silent") == "1"
    own = {place.pk for place in sites.own_sites(request.user)}
    found = sites.county_day(request.user, request.response, day)
    return render(
        request,
        "enterprises/county.html",
        {
            "found": found,
            "rows": [
                (one, one.place.pk in own) for one in found.sites if not only_silent or one.summary is None
            ],
            "day": day,
            "only_silent": only_silent,
        },
    )
