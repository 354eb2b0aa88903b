"""The pages of the notices in the navigation."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry

entry(
    _("倡议"),
    "notices:appeals",
    [Right.DRAFT_NOTICE, Right.APPROVE_NOTICE],
    Section.NOTICES,
    10,
    icon="megaphone",
)
entry(_("收到的倡议"), "notices:inbox", Right.ANSWER_NOTICE, Section.NOTICES, 20, icon="envelope")
