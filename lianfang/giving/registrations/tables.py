"""Imports and bank statements in the navigation and in today's work, and what must hold of them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry
from lianfang.desk.today import Item, todays_work
from lianfang.giving.queries.bank import line_side, visible_lines, visible_statements
from lianfang.giving.queries.imports import unfinished_imports
from lianfang.people.models import Officer

entry(_("表格导入"), "giving:imports", Right.BOOK_GIFTS, Section.GIVING, 30, icon="file-earmark-spreadsheet")
entry(_("银行流水"), "giving:bank_statements", Right.BOOK_GIFTS, Section.GIVING, 35, icon="bank")


@todays_work
def imports_to_finish(officer: Officer, response: Response) -> Iterator[Item]:
    """Tables that were uploaded and are not booked yet, or not to the end."""
    if not officer.may(Right.BOOK_GIFTS):
        return
    waiting = list(unfinished_imports(officer, response)[:20])
    if waiting:
        alone = waiting[0].pk
        yield Item(
            _("捐赠表格待核对、待导完"),
            len(waiting),
            reverse("giving:import", args=[alone]) if len(waiting) == 1 else reverse("giving:imports"),
            detail="、".join(str(one) for one in waiting[:3]),
        )


@todays_work
def lines_to_match(officer: Officer, response: Response) -> Iterator[Item]:
    """Lines that came in and of which nobody has said what they are."""
    if not officer.may(Right.BOOK_GIFTS):
        return
    waiting = line_side(visible_lines(officer, response)).count
    if waiting:
        waits = list(visible_statements(officer, response).filter(open_count__gt=0)[:4])
        yield Item(
            _("到账流水待对应"),
            waiting,
            reverse("giving:bank_statement", args=[waits[0].pk])
            if len(waits) == 1
            else reverse("giving:bank_statements"),
            detail="、".join(one.account_name for one in waits[:3]),
        )
