"""The pages of the shell in the navigation."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry

entry(_("今日工作"), "home", None, Section.TODAY, 0, icon="house")
entry(_("操作记录"), "audit", Right.READ_AUDIT, Section.BOOK, 10, icon="clock-history")
entry(_("查阅记录"), "reads", Right.READ_AUDIT, Section.BOOK, 20, icon="eye")
entry(_("规则档案"), "rules", Right.READ_BOOK, Section.BOOK, 40, icon="journal-text")
entry(_("导出记录"), "exports", Right.READ_BOOK, Section.BOOK, 50, icon="download")
