"""What waits in the notices today."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.today import Item, Urgency, todays_work
from lianfang.notices import queries
from lianfang.notices.models import Appeal, AppealState
from lianfang.people.models import Officer


@todays_work
def notices_waiting(officer: Officer, response: Response) -> Iterator[Item]:
    """Appeals to approve, returned to the drafter, not read in time, and what came in unread."""
    if officer.may(Right.APPROVE_NOTICE):
        rows = officer.reach(Right.APPROVE_NOTICE).rows(areas=["body__area"], bodies=["body"])
        waiting = Appeal.objects.filter(rows, response=response, state=AppealState.SUBMITTED)
        yield Item(
            _("倡议待审批"),
            waiting.exclude(drafted_by=officer).count(),
            reverse("notices:appeals") + "?state=submitted",
            Urgency.DUE,
        )
    if officer.may(Right.DRAFT_NOTICE):
        returned = Appeal.objects.filter(drafted_by=officer, response=response, state=AppealState.DRAFT)
        yield Item(
            _("倡议被退回,待修改"),
            returned.exclude(returned_why="").count(),
            reverse("notices:appeals") + "?state=draft",
        )
        yield Item(
            _("到期仍未签收倡议的单位"),
            queries.unread_after(officer, response, timezone.now()),
            reverse("notices:appeals") + "?state=sent",
            Urgency.LATE,
        )
    if officer.may(Right.ANSWER_NOTICE):
        # One who answers for a whole county is not reminded of what each of its bodies has to sign.
        own = officer.reach(Right.ANSWER_NOTICE).bodies | {officer.body_id}
        unread = queries.visible_deliveries(officer, response).filter(
            is_read=False, appeal__state=AppealState.SENT, body__in=own
        )
        yield Item(_("收到的倡议待签收"), unread.count(), reverse("notices:inbox"), Urgency.DUE)
