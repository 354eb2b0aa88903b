"""How employees are, and what a site reports of them each day."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.enterprises.figures import StaffFigures
from lianfang.enterprises.models import StaffCondition, StaffState, StaffSummary
from lianfang.enterprises.queries.staff import figures_of_day
from lianfang.places.models import Employee, Place


@action("set_staff_state", says=_("{officer}登记了在岗情况:{subject}"))
def set_staff_state(
    act: Act, *, employee: Employee, condition: str, since: date, where: str = "", reason: str = ""
) -> StaffState | None:
    """Say how an employee is from a day on; what held before ends the day before. Back at work, nothing
    holds any more (None). Raises ValidationError for a day before that of the last change."""
    act.require(Right.KEEP_ENTERPRISE, employee)
    before = StaffState.objects.filter(employee=employee, valid_to__isnull=True).first()
    if before is not None and before.valid_from is not None:
        if since < before.valid_from:
            raise field_error(
                "since", _("不能早于上一次变动的日期 %s。") % before.valid_from, "period_reversed"
            )
        if since == before.valid_from:
            act.strike(before)
        else:
            act.change(before, valid_to=since - timedelta(days=1))
    if condition == StaffCondition.AT_WORK:
        if before is None:
            raise Refused(_("此人本来就在岗。"), "nothing_to_change")
        return None
    return act.add(
        StaffState(
            employee=employee,
            condition=condition,
            valid_from=since,
            where=where.strip(),
            reason=reason.strip(),
        )
    )


@action("report_staff", says=_("{officer}上报了员工健康日报:{subject}"))
def report_staff(
    act: Act,
    *,
    response: Response,
    place: Place,
    day: date,
    figures: StaffFigures | None = None,
    changed_why: str = "",
) -> StaffSummary:
    """Report the staff of a day upward. Without `figures` those of the book; others need a reason.

    Reported again, the day's report is corrected. Raises ValidationError where figures do not add up.
    """
    act.require(Right.KEEP_ENTERPRISE, place)
    if day > act.at.date() + timedelta(days=1):
        raise field_error("day", _("日期不能晚于今天。"), "date_in_future")
    known = figures_of_day(place, response, day)
    reported = figures or known
    if reported != known and not changed_why.strip():
        raise field_error("changed_why", _("数字与台账不同,请写明原因。"), "required")
    values = {**reported.values(), "changed_why": changed_why.strip() if reported != known else ""}
    summaries = StaffSummary.objects.current().filter(place=place, day=day, response=response)
    old: StaffSummary | None = summaries.first()
    if old is not None:
        if all(getattr(old, name) == value for name, value in values.items()):
            return old
        return act.correct(old, str(_("更正日报")), happened_at=act.at, **values)
    return act.add(
        StaffSummary(
            response=response,
            place=place,
            day=day,
            happened_at=act.at,
            written_at=act.at,
            written_by=act.officer,
            **values,
        )
    )
