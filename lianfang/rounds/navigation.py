"""The pages of the rounds in the navigation."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry

_SEE = [Right.KEEP_ROUNDS, Right.INSPECT]

entry(_("到期与覆盖"), "rounds:places", _SEE, Section.ROUNDS, 10, icon="grid-3x3-gap")
entry(_("消毒巡查记录"), "rounds:marks", _SEE, Section.ROUNDS, 20, icon="journal-text")
entry(_("消毒液配比"), "rounds:dilution", _SEE, Section.ROUNDS, 30, icon="calculator")
entry(
    _("宣传品"), "rounds:publicity", [Right.KEEP_PUBLICITY, Right.INSPECT], Section.ROUNDS, 40, icon="image"
)
entry(
    _("通报"),
    "rounds:bulletins",
    [Right.KEEP_PUBLICITY, Right.DRAFT_NOTICE],
    Section.ROUNDS,
    50,
    icon="megaphone",
)
