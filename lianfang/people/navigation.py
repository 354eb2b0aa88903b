"""The pages of this app in the navigation."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry

entry(_("单位"), "bodies", Right.READ_BOOK, Section.REGISTERS, 10, icon="building")
entry(_("疑似同一单位"), "resemblances", Right.KEEP_REGISTERS, Section.REGISTERS, 20, icon="intersect")
entry(_("属地"), "areas", Right.READ_BOOK, Section.REGISTERS, 30, icon="diagram-3")
entry(_("人员"), "persons", Right.READ_PERSONS, Section.REGISTERS, 40, icon="people")
entry(_("包保"), "assignments", Right.READ_BOOK, Section.REGISTERS, 50, icon="shield-check")
entry(
    _("名册导入"),
    "register_import",
    [Right.KEEP_REGISTERS, Right.KEEP_PERSONS],
    Section.REGISTERS,
    60,
    icon="upload",
)
entry(_("用户与授权"), "officers", Right.MANAGE_OFFICERS, Section.BOOK, 10, icon="person-badge")
