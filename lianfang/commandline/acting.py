"""In whose name a command acts, and how it finds what its arguments name."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.language import _

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from lianfang.book.actions import Actor
    from lianfang.book.models import Response
    from lianfang.book.rights import Right
    from lianfang.people.models import Officer

M = TypeVar("M", bound="Model")


def add_by_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--by",
        metavar=_("用户名"),
        help=_("以哪位用户的名义办理(记入操作记录);只有一位有此权限时可不写"),
    )


def actor(arguments: Namespace, right: "Right") -> "Actor":
    """The officer named by `--by`, or the only one who holds `right` in the whole county.

    Whoever may run a command on this machine has the database and the keys in hand, so no password is
    asked; the audit log says that it was the command line. Raises CommandFailed.
    """
    from lianfang.book.actions import Actor, Origin
    from lianfang.book.rights import COUNTY

    if arguments.by:
        return Actor(officer_called(arguments.by), Origin.COMMAND_LINE)
    able = [officer for officer in _active_officers() if officer.may(right, COUNTY)]
    if len(able) == 1:
        return Actor(able[0], Origin.COMMAND_LINE)
    if not able:
        raise CommandFailed(
            _("还没有用户有“{right}”的权限,请先用 lianfang user 建立并授权。").format(right=right.label),
            ExitCode.NOT_ALLOWED,
        )
    names = "、".join(officer.username for officer in able)
    raise CommandFailed(_("请用 --by 写明以谁的名义办理:{names}").format(names=names), ExitCode.USAGE)


def add_response_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--response", metavar=_("应急响应"), help=_("记入哪次应急响应,名称或编号;不写时取最近的一次")
    )


def response_called(name: str | None) -> "Response":
    """The response named, or the newest. Raises CommandFailed."""
    from lianfang.book.models import Response

    if name:
        return the_one(Response.objects.all(), name)
    newest = Response.objects.first()
    if newest is None:
        raise CommandFailed(_("台账里还没有应急响应,请先在网站上建立。"), ExitCode.FOUND)
    return newest


def officer_called(username: str) -> "Officer":
    """Raises CommandFailed (USAGE)."""
    from lianfang.people.models import Officer

    found = Officer.objects.filter(username=username).first()
    if found is None:
        raise CommandFailed(_("没有用户 {name}。").format(name=username), ExitCode.USAGE)
    return found


def the_one(rows: "QuerySet[M]", name: str) -> M:
    """The row with this name or this id. Raises CommandFailed (USAGE) when there is none, or several."""
    kind = rows.model._meta.verbose_name
    found = list(rows.filter(pk=name) if _is_id(name) else rows.filter(name=name)[:9])
    if not found:
        raise CommandFailed(_("没有{kind}“{name}”。").format(kind=kind, name=name), ExitCode.USAGE)
    if len(found) > 1:
        ids = "、".join(str(row.pk) for row in found)
        raise CommandFailed(
            _("有几个{kind}叫“{name}”,请改用编号:{ids}").format(kind=kind, name=name, ids=ids),
            ExitCode.USAGE,
        )
    return found[0]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _active_officers() -> "list[Officer]":
    from lianfang.people.models import Officer

    return list(Officer.objects.filter(is_active=True).order_by("username"))
