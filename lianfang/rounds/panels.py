"""What the rounds show on the page of a place."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.panels import Figure, Panel, panel
from lianfang.desk.states import Tone
from lianfang.people.models import Officer
from lianfang.places.models import Place
from lianfang.rounds.queries.coverage import Light, clocks_of


@panel("place", order=30)
def coverage(officer: Officer, place: Place) -> Panel | None:
    """How many stops are planned and how many are overdue."""
    response = Response.objects.order_by("-started_on").first()
    rights = (Right.KEEP_ROUNDS, Right.INSPECT)
    if response is None or not any(officer.may(right, place.scope()) for right in rights):
        return None
    clocks = clocks_of([place], response, response.clock(timezone.now()))
    late = sum(clock.light is Light.OVERDUE for clock in clocks)
    address = reverse("rounds:coverage", args=[place.pk])
    return Panel(
        _("消毒巡查"),
        figures=[
            Figure(_("安排的点位"), len(clocks), address),
            Figure(_("到期未做"), late, address, Tone.URGENT if late else Tone.DONE),
        ]
        if clocks
        else [],
        empty=_("还没有安排消毒、巡查。"),
        more=address,
        more_says=_("看覆盖情况"),
    )
