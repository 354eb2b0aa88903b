"""The pages of the gates in the navigation."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry

_READING = [Right.READ_GATES, Right.KEEP_GATE]

entry(_("今日出入"), "gates:today", _READING, Section.GATES, 10, icon="door-open")
entry(
    _("异常事件"),
    "gates:incidents",
    [Right.HANDLE_INCIDENTS, Right.READ_GATES],
    Section.GATES,
    20,
    icon="hospital",
)
entry(_("在内与未归"), "gates:inside", Right.READ_GATES, Section.GATES, 30, icon="people")
entry(_("与规则不同"), "gates:differences", Right.READ_GATES, Section.GATES, 40, icon="signpost-split")
entry(_("补录登记表"), "gates:sheets", Right.KEEP_GATE, Section.GATES, 50, icon="keyboard")
entry(_("打印登记表"), "gates:papers", _READING, Section.GATES, 60, icon="printer")
entry(_("同时出入人员"), "gates:contacts", Right.TRACE_CONTACTS, Section.GATES, 70, icon="diagram-3")
