"""The pages of the enterprises in the navigation."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry

entry(
    _("企业汇总"),
    "enterprises:county",
    [Right.READ_ENTERPRISES, Right.KEEP_ENTERPRISE],
    Section.ENTERPRISES,
    10,
    icon="buildings",
)
entry(
    _("复工备案"),
    "enterprises:filings",
    [Right.KEEP_ENTERPRISE, Right.DECIDE_RESUMPTION],
    Section.ENTERPRISES,
    20,
    icon="file-earmark-check",
)
