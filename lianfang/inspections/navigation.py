"""The pages of the inspections in the navigation."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry

_BOTH = [Right.INSPECT, Right.RECTIFY]

entry(_("检查记录"), "inspections:inspections", _BOTH, Section.INSPECTIONS, 10, icon="clipboard-check")
entry(_("整改台账"), "inspections:ledger", _BOTH, Section.INSPECTIONS, 20, icon="ui-checks")
entry(_("交办单"), "inspections:orders", _BOTH, Section.INSPECTIONS, 30, icon="send")
entry(_("检查统计"), "inspections:statistics", Right.INSPECT, Section.INSPECTIONS, 40, icon="bar-chart")
entry(_("检查表"), "inspections:checklists", Right.INSPECT, Section.INSPECTIONS, 50, icon="card-list")
entry(_("慰问记录"), "inspections:visits", Right.READ_BOOK, Section.INSPECTIONS, 60, icon="heart")
