"""The pages of duty in the navigation."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry

_READ = [Right.PLAN_DUTY, Right.READ_BOOK]

entry(_("值班表"), "duty:rosters", _READ, Section.DUTY, 10, icon="calendar3")
entry(_("请假与替班"), "duty:absences", Right.PLAN_DUTY, Section.DUTY, 20, icon="person-plus")
entry(_("值班人员"), "duty:members", Right.PLAN_DUTY, Section.DUTY, 60, icon="people")
entry(_("我的班"), "duty:mine", None, Section.DUTY, 5, icon="calendar-event")
entry(_("换班"), "duty:swaps", None, Section.DUTY, 30, icon="arrow-left-right")
_SIGN = [Right.SIGN_HANDOVER, Right.PLAN_DUTY]
entry(_("交接班记录"), "duty:handovers", _SIGN, Section.DUTY, 40, icon="clipboard-check")
entry(_("考勤工时"), "duty:hours", _SIGN, Section.DUTY, 50, icon="stopwatch")
