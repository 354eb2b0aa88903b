"""Imports and bank statements in the navigation and in today's work, and what must hold of them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.book.soundness import Finding, walk
from lianfang.desk.navigation import Section, entry
from lianfang.desk.today import Item, todays_work
from lianfang.giving.matching import sums_agree
from lianfang.giving.models import ImportState, TableImport
from lianfang.giving.queries.bank import (
    line_side,
    matched_and_set_aside,
    matched_groups,
    visible_lines,
    visible_statements,
)
from lianfang.giving.queries.imports import gifts_by_import, unfinished_imports
from lianfang.people.models import Officer

entry(
    gettext_lazy("表格导入"),
    "giving:imports",
    Right.BOOK_GIFTS,
    Section.GIVING,
    30,
    icon="file-earmark-spreadsheet",
)
entry(gettext_lazy("银行流水"), "giving:bank_statements", Right.BOOK_GIFTS, Section.GIVING, 35, icon="bank")


@todays_work
def imports_to_finish(officer: Officer, response: Response) -> Iterator[Item]:
    """Tables that were uploaded and are not booked yet, or not to the end."""
    if not officer.may(Right.BOOK_GIFTS):
        return
    waiting = list(unfinished_imports(officer, response)[:20])
    if waiting:
        alone = waiting[0].pk
        yield Item(
            gettext_lazy("捐赠表格待核对、待导完"),
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
            gettext_lazy("到账流水待对应"),
            waiting,
            reverse("giving:bank_statement", args=[waits[0].pk])
            if len(waits) == 1
            else reverse("giving:bank_statements"),
            detail="、".join(one.account_name for one in waits[:3]),
        )


@walk("table_imports")
def imports_agree_with_their_gifts() -> Iterator[Finding]:
    """The progress of an import says as many gifts as the book holds of it; a finished one is at its end."""
    counts = gifts_by_import()
    for held in TableImport.objects.select_related("from_source").exclude(state=ImportState.OPEN):
        subject = f"giving.tableimport:{held.pk}"
        found = counts.get(held.from_source_id, 0)
        if found != held.gift_count:
            yield Finding(
                "table_imports",
                subject,
                _("表格导入《%(title)s》记有 %(said)d 笔,台账中有 %(found)d 笔。")
                % {"title": held, "said": held.gift_count, "found": found},
            )
        if held.state == ImportState.FINISHED and held.next_row != held.row_count:
            yield Finding(
                "table_imports",
                subject,
                _("表格导入《%(title)s》已完成,却只处理了 %(all)d 行中的 %(done)d 行。")
                % {"title": held, "all": held.row_count, "done": held.next_row},
            )


@walk("bank_matches")
def matches_stand_on_standing_gifts_and_their_sums_agree() -> Iterator[Finding]:
    """No line is matched to a withdrawn gift or set aside at once, and what is matched agrees in its sums."""
    for group in matched_groups():
        subject = f"giving.bankmatch:{group.matches[0].pk}"
        for gift in group.gifts:
            if gift.withdrawn:
                yield Finding(
                    "bank_matches", subject, _("流水对应的捐赠「%(gift)s」已撤销。") % {"gift": gift}
                )
        if not sums_agree([line.value for line in group.lines], [gift.amount for gift in group.gifts]):
            yield Finding(
                "bank_matches",
                subject,
                _("流水「%(line)s」与所对应的捐赠金额不符。") % {"line": group.lines[0]},
            )
    for line in matched_and_set_aside():
        yield Finding(
            "bank_matches",
            f"giving.bankline:{line.pk}",
            _("流水「%(line)s」既对应了捐赠,又认定不是捐赠。") % {"line": line},
        )
