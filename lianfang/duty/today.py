"""What waits in duty today, and reminders of one's own shifts."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.today import Item, Urgency, todays_work
from lianfang.duty import queries
from lianfang.duty.attendance import handovers_to_review
from lianfang.people.models import Officer


@todays_work
def my_duties(officer: Officer, _response: Response) -> Iterator[Item]:
    """The officer's own duties of the next 36 hours, leaders' too."""
    if officer.person_id is None:
        return
    now = timezone.now()
    turns = queries.turns_of_person(officer.person_id, now, now + timedelta(hours=36))
    if turns:
        first = turns[0]
        title = _("我的班:%(shift)s %(post)s") % {"shift": first.shift, "post": first.post}
        yield Item(title, len(turns), reverse("duty:mine"), Urgency.DUE, first.place, first.starts_at)


@todays_work
def duty_waiting(officer: Officer, response: Response) -> Iterator[Item]:
    """Swaps to approve, absences ahead, open posts of the next two days, handovers to countersign."""
    if officer.may(Right.PLAN_DUTY):
        swaps = queries.swaps_to_decide(officer, response).count()
        yield Item(_("待批准的换班"), swaps, reverse("duty:swaps"), Urgency.WAITING)
        open_ = sum(
            queries.openings_ahead(version, timezone.now() + timedelta(days=2))
            for version in queries.versions_in_reach(officer, response)
        )
        yield Item(_("两天内缺岗"), open_, reverse("duty:rosters"), Urgency.LATE)
        uncovered = sum(
            len(queries.holes_of(absence, most=1))
            for absence in queries.absences_ahead(officer, response)[:20]
        )
        yield Item(_("请假还没有人替的班"), uncovered, reverse("duty:absences"), Urgency.LATE)
    if officer.may(Right.SIGN_HANDOVER):
        waiting = handovers_to_review(officer, response).count()
        yield Item(_("待复核的交接班"), waiting, reverse("duty:handovers"), Urgency.WAITING)
