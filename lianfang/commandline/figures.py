"""`lianfang figures`: the sums of the book, and what the sources state beside what the book knows."""

import json
from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lianfang.commandline.acting import add_response_argument, response_called
from lianfang.commandline.exits import ExitCode
from lianfang.commandline.house import in_house
from lianfang.commandline.language import _

if TYPE_CHECKING:
    from lianfang.giving.queries.figures import Figures
    from lianfang.giving.queries.totals import Share, Totals


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出;金额是以元计的字符串"))
    parser.add_argument(
        "--as-of",
        type=datetime.fromisoformat,
        metavar=_("时间"),
        help=_("截至这一时间的台账,如 2020-02-10T18:00(北京时间);不写时为现在"),
    )
    add_response_argument(parser)


@in_house
def run(arguments: Namespace) -> int:
    from django.utils import timezone

    from lianfang.giving.queries.figures import as_plain, figures_of_book

    moment = arguments.as_of
    if moment is not None and timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    figures = figures_of_book(response_called(arguments.response), None, moment)
    if arguments.json:
        print(json.dumps(as_plain(figures), ensure_ascii=False, indent=1))
    else:
        _print(figures)
    return ExitCode.OK


def _print(figures: "Figures") -> None:
    from django.utils import timezone

    moment = timezone.localtime(figures.as_of).strftime("%Y-%m-%d %H:%M")
    print(_("{response},截至 {moment}").format(response=figures.response.name, moment=moment))
    print()
    for title, totals in (
        (_("已收到"), figures.overview.received),
        (_("由其他单位转来(不再相加)"), figures.overview.passed_on),
        (_("认捐"), figures.overview.pledged),
    ):
        if totals.gifts:
            print(f"{title}:{_in_words(totals)}")
    _print_shares(_("按捐赠人类别"), figures.donor_kinds)
    _print_shares(_("按捐赠人"), figures.donors)
    if figures.statements:
        print("\n" + _("来源所说的数与台账对照"))
        for comparison in figures.statements:
            subject = comparison.statement.subject or _("(未具名)")
            print(f"  {subject}:{comparison.sentence}")


def _print_shares(title: str, shares: "tuple[Share, ...]") -> None:
    from lianfang.commandline.tables import table

    if not shares:
        return
    rows = [
        [share.label, *(totals.sentence if totals.gifts else "" for totals in _by_kind(share.totals))]
        for share in shares
    ]
    print("\n" + title)
    print(table([_("捐赠人"), _("捐款"), _("捐物"), _("款物")], rows))


def _in_words(totals: "Totals") -> str:
    words = zip((_("捐款"), _("捐物"), _("款物")), _by_kind(totals), strict=True)
    return ";".join(f"{kind} {total.sentence}" for kind, total in words if total.gifts)


def _by_kind(totals: "Totals") -> "tuple[Any, Any, Any]":
    return totals.cash, totals.goods, totals.mixed
