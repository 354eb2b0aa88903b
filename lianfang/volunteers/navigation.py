"""The pages of the volunteers in the navigation."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry

_KEEP, _BOTH = Right.KEEP_VOLUNTEERS, [Right.KEEP_VOLUNTEERS, Right.READ_BOOK]

entry(_("志愿队与承诺"), "volunteers:teams", _BOTH, Section.VOLUNTEERS, 10, icon="flag")
entry(_("志愿者"), "volunteers:volunteers", _KEEP, Section.VOLUNTEERS, 20, icon="person-check")
entry(_("志愿者报名"), "volunteers:sign_ups", _KEEP, Section.VOLUNTEERS, 30, icon="person-plus")
entry(_("招募"), "volunteers:calls", _KEEP, Section.VOLUNTEERS, 40, icon="megaphone")
entry(_("派岗"), "volunteers:postings", _KEEP, Section.VOLUNTEERS, 50, icon="pin-map")
entry(_("服务时长"), "volunteers:hours", _KEEP, Section.VOLUNTEERS, 60, icon="stopwatch")
entry(_("服务证明"), "volunteers:certificates", _KEEP, Section.VOLUNTEERS, 70, icon="award")
