"""Imports and bank statements in the navigation and in today's work, and what must hold of them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry
from lianfang.desk.today import Item, todays_work
from lianfang.giving.queries.imports import unfinished_imports
from lianfang.people.models import Officer

entry(_("表格导入"), "giving:imports", Right.BOOK_GIFTS, Section.GIVING, 30, icon="file-earmark-spreadsheet")


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
