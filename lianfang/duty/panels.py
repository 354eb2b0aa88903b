"""Who is on duty now, on the page of a place."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.panels import Line, Panel, panel
from lianfang.duty.queries import on_duty
from lianfang.people.models import Officer
from lianfang.places.models import Place


@panel("place", order=10)
def on_duty_now(officer: Officer, place: Place) -> Panel | None:
    if not any(officer.reach(right).covers(place.scope()) for right in (Right.PLAN_DUTY, Right.READ_BOOK)):
        return None
    lines = [
        Line(
            turn.name,
            detail=f"{turn.post} {turn.shift} –{timezone.localtime(turn.ends_at):%H:%M} {turn.unit}",
        )
        for turn in on_duty(place, timezone.now())
    ]
    if not lines and officer.reach(Right.PLAN_DUTY).covers(place.scope()):
        more, says = f"{reverse('duty:new')}?place={place.pk}", _("排值班表")
    else:
        more, says = reverse("duty:rosters"), _("值班表")
    return Panel(_("现在谁在值班"), lines=lines, empty=_("现在没有排班。"), more=more, more_says=says)
