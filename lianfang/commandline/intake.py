"""`lianfang intake FILE…`: who gave what, read out of notices, tables and chat lists.

Loads no Django unless `--save` puts the claims into the review list.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lianfang.commandline.acting import (
    actor,
    add_by_argument,
    add_response_argument,
    response_called,
)
from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.house import in_house
from lianfang.commandline.language import _, language

if TYPE_CHECKING:
    from lianfang.engines.intake import Claim, Reading

STANDARD_INPUT = "-"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        metavar=_("文件"),
        help=_("文字、csv、xlsx、docx、PDF 文件;“-” 读标准输入"),
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--json",
        action="store_true",
        help=_('输出一个 JSON 对象 {"notices": [{"id", "gifts", "unread"}]}'),
    )
    how.add_argument("--save", action="store_true", help=_("存入待核列表,等人确认;同一文件不会存两次"))
    add_by_argument(parser)
    parser.add_argument("--title", metavar=_("标题"), help=_("与 --save 合用:材料的标题(默认取首行)"))
    add_response_argument(parser)


def run(arguments: Namespace) -> int:
    if arguments.save:
        return _save(arguments)
    return _print_readings(arguments)


@dataclass(frozen=True, slots=True)
class Notice:
    """A file that was read: its name, its stem, its bytes."""

    name: str
    stem: str
    data: bytes


def notices(names: list[str]) -> Iterator[Notice | CommandFailed]:
    """Each file's content, or why it cannot be had."""
    for name in names:
        if name == STANDARD_INPUT:
            yield Notice(_("标准输入"), STANDARD_INPUT, sys.stdin.buffer.read())
            continue
        path = Path(name)
        try:
            yield Notice(path.name, path.stem, path.read_bytes())
        except OSError as error:
            reason = _("读不了 {file}:{reason}").format(file=name, reason=error.strerror or error)
            yield CommandFailed(reason, ExitCode.UNREADABLE)


@in_house
def _save(arguments: Namespace) -> int:
    from lianfang.book.rights import Right
    from lianfang.engines.intake.sources import SourceError, read_source
    from lianfang.giving.actions.sources import take_in_text

    by = actor(arguments, Right.BOOK_GIFTS)
    response = response_called(arguments.response)
    code = ExitCode.OK
    for notice in notices(arguments.files):
        try:
            if isinstance(notice, CommandFailed):
                raise notice
            taken = take_in_text(
                by,
                response=response,
                text=read_source(notice.name, notice.data).text,
                title=arguments.title or "",
                file_name=notice.name,
            )
        except (CommandFailed, SourceError) as error:
            print(f"lianfang intake: {error}", file=sys.stderr)
            code = ExitCode.UNREADABLE
            continue
        if taken.already_there:
            print(_("{file}:以前已收入,没有重复。").format(file=notice.name))
        else:
            count = taken.source.mentions.count()
            print(_("{file}:已存入待核列表,{count} 条。").format(file=notice.name, count=count))
    return code


def _print_readings(arguments: Namespace) -> int:
    code = ExitCode.OK
    collected: list[dict[str, Any]] = []
    for notice in notices(arguments.files):
        reading = _read(notice)
        if isinstance(reading, CommandFailed) or isinstance(notice, CommandFailed):
            print(f"lianfang intake: {reading}", file=sys.stderr)
            code = ExitCode.UNREADABLE
        elif arguments.json:
            collected.append({"id": notice.stem, **_as_json(reading)})
        else:
            _print_table(notice, reading)
    if arguments.json:
        print(json.dumps({"notices": collected}, ensure_ascii=False, indent=1))
    return code


def _read(notice: Notice | CommandFailed) -> "Reading | CommandFailed":
    if isinstance(notice, CommandFailed):
        return notice
    from lianfang.engines.intake import read_notice
    from lianfang.engines.intake.sources import SourceError, read_source

    try:
        return read_notice(read_source(notice.name, notice.data).text)
    except SourceError as error:
        return CommandFailed(f"{notice.name}:{error} [{error.code}]", ExitCode.UNREADABLE)


def _as_json(reading: "Reading") -> dict[str, Any]:
    return {
        "gifts": [claim.to_json() for claim in reading.claims],
        "unread": [
            {"start": unread.start, "end": unread.end, "text": unread.text, "reason": unread.reason.value}
            for unread in reading.unread
        ],
    }


def _print_table(notice: Notice, reading: "Reading") -> None:
    from lianfang.commandline.tables import table

    count = _("{count} 笔").format(count=len(reading.claims))
    print(f"{notice.name}:{count}")
    if reading.claims:
        heads = [
            _("捐赠人"),
            _("口径"),
            _("类别"),
            _("金额"),
            _("物资"),
            _("受赠单位"),
            _("经手"),
            _("原文"),
        ]
        print(table(heads, [_row(claim) for claim in reading.claims]))
    for unread in reading.unread:
        print(_("未读懂:{text}").format(text=" ".join(unread.text.split())))


def _row(claim: "Claim") -> list[str]:
    scope = {"gift": _("单笔"), "total": _("合计"), "tier": _("分档")}[claim.scope.value]
    kind = {"cash": _("捐款"), "goods": _("捐物"), "mixed": _("款物")}[claim.kind.value]
    return [
        (claim.donor or _("(未具名)")) + (f"×{claim.count}" if claim.count else ""),
        scope + (_("(认捐)") if claim.pledged else ""),
        kind,
        _money(claim),
        _goods(claim),
        claim.recipient or "",
        claim.via or "",
        _shortened(claim.quote),
    ]


def _money(claim: "Claim") -> str:
    if claim.yuan is None:
        return f"{claim.amount:,} {claim.currency}" if claim.currency and claim.amount is not None else ""
    from lianfang.engines.figures import Amount, Bound, to_chinese, to_english

    amount = Amount(claim.yuan, claim.bound or Bound.EXACT)
    return to_english(amount) if language() == "en" else to_chinese(amount)


def _goods(claim: "Claim") -> str:
    if claim.item is None:
        return ""
    quantity = "" if claim.quantity is None else f" {_number(claim.quantity)}{claim.unit or ''}"
    return claim.item + quantity


def _number(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def _shortened(quote: str, longest: int = 30) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= longest else quote[: longest - 1] + "…"
