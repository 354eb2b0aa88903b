"""What waits in the enterprises today."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.today import Item, Urgency, todays_work
from lianfang.enterprises.models import FilingState, StaffSummary
from lianfang.enterprises.queries import sites
from lianfang.people.models import Officer

MOST_NAMED = 8


@todays_work
def enterprises_waiting(officer: Officer, response: Response) -> Iterator[Item]:
    """Own sites that have not reported, others that are silent, by name; filings returned, or to decide."""
    today = timezone.localdate()
    if officer.may(Right.KEEP_ENTERPRISE):
        own = sites.own_sites(officer)
        reported = StaffSummary.objects.current().filter(response=response, day=today).values("place")
        yield Item(
            _("今天还没有上报员工健康日报的厂区"),
            own.exclude(pk__in=reported).count() if response.ended_on is None else 0,
            reverse("enterprises:county"),
            Urgency.DUE,
        )
        returned = sites.visible_filings(officer, response).filter(place__in=own, state=FilingState.RETURNED)
        yield Item(_("复工备案被退回,待补正"), returned.count(), reverse("enterprises:filings"), Urgency.DUE)
    if officer.may(Right.READ_ENTERPRISES):
        silent = [place.name for place in sites.silent_sites(officer, response, today)]
        named = "、".join(silent[:MOST_NAMED])
        if len(silent) > MOST_NAMED:
            named = _("%(names)s等%(number)d个") % {"names": named, "number": len(silent)}
        yield Item(
            _("今天还没有上报的企业厂区"),
            len(silent),
            reverse("enterprises:county") + "?silent=1",
            Urgency.DUE,
            named,
        )
    if officer.may(Right.DECIDE_RESUMPTION):
        waiting = sites.filings_to_decide(officer, response)
        yield Item(_("复工备案待签署意见"), waiting.count(), reverse("enterprises:filings"), Urgency.DUE)
