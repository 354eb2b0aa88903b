"""`lianfang user …`: officers and their roles, from the shell of the machine."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lianfang.commandline.acting import actor, add_by_argument, officer_called, the_one
from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.house import in_house
from lianfang.commandline.language import _

if TYPE_CHECKING:
    from lianfang.people.models import Grant, Officer


def add_arguments(parser: ArgumentParser) -> None:
    below = parser.add_subparsers(title=_("操作"), metavar=_("操作"), dest="act", required=True)
    _add_arguments_of_add(below.add_parser("add", help=_("建立用户;第一个用户是系统管理员")))
    _add_arguments_of_list(below.add_parser("list", help=_("列出用户及其授权")))
    _add_arguments_of_grant(below.add_parser("grant", help=_("授予角色")))
    _add_arguments_of_revoke(below.add_parser("revoke", help=_("收回角色,立即生效")))
    _add_arguments_of_password(below.add_parser("password", help=_("发放一次性密码,三天内登录后须修改")))
    for name, summary in (("disable", _("停用用户,立即退出登录")), ("enable", _("恢复停用的用户"))):
        sub = below.add_parser(name, help=summary)
        _add_username(sub)
        add_by_argument(sub)


@in_house
def run(arguments: Namespace) -> int:
    act = {
        "add": _add,
        "list": _list,
        "grant": _grant,
        "revoke": _revoke,
        "password": _password,
        "disable": _disable,
        "enable": _enable,
    }[arguments.act]
    act(arguments)
    return ExitCode.OK


def _add_arguments_of_add(parser: ArgumentParser) -> None:
    _add_username(parser)
    parser.add_argument("--name", required=True, metavar=_("姓名"), help=_("显示的姓名"))
    parser.add_argument("--body", metavar=_("单位"), help=_("所在单位,全称或编号"))
    parser.add_argument("--county", metavar=_("县名"), help=_("建立第一个用户时:本县(市、区)的名称"))
    parser.add_argument(
        "--county-code", default="", metavar=_("代码"), help=_("建立第一个用户时:本县行政区划代码")
    )
    _add_password_file(parser)
    add_by_argument(parser)


def _add_arguments_of_list(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))


def _add_arguments_of_grant(parser: ArgumentParser) -> None:
    _add_username(parser)
    _add_role_and_place(parser)
    parser.add_argument("--from", dest="valid_from", type=_day, metavar=_("日期"), help=_("起始日期"))
    parser.add_argument("--to", dest="valid_to", type=_day, metavar=_("日期"), help=_("截止日期"))
    add_by_argument(parser)


def _add_arguments_of_revoke(parser: ArgumentParser) -> None:
    _add_username(parser)
    _add_role_and_place(parser)
    add_by_argument(parser)


def _add_arguments_of_password(parser: ArgumentParser) -> None:
    _add_username(parser)
    _add_password_file(parser)
    add_by_argument(parser)


def _add_username(parser: ArgumentParser) -> None:
    parser.add_argument("username", metavar=_("用户名"), help=_("登录用的用户名"))


def _add_role_and_place(parser: ArgumentParser) -> None:
    parser.add_argument(
        "role", metavar=_("角色"), help=_("角色代码,如 gift_clerk;见 docs/reference/roles.md")
    )
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--area", metavar=_("属地"), help=_("属地名称或编号,及于其下所有属地"))
    where.add_argument("--body", metavar=_("单位"), help=_("单位全称或编号"))
    where.add_argument("--place", metavar=_("场所"), help=_("场所名称或编号"))


def _add_password_file(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar=_("文件"),
        help=_("密码取文件的第一行;不写时生成一个并显示"),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _add(arguments: Namespace) -> None:
    from lianfang.book.rights import Right
    from lianfang.people import actions
    from lianfang.people.models import Body, Officer

    password = _password_for(arguments)
    if not Officer.objects.exists():
        if not arguments.county:
            raise CommandFailed(
                _("这是第一个用户,将成为系统管理员:请用 --county 写明县(市、区)名称。"), ExitCode.USAGE
            )
        actions.appoint_first_administrator(
            username=arguments.username,
            display_name=arguments.name,
            password=password,
            county_name=arguments.county,
            county_code=arguments.county_code,
        )
        print(_("已建立系统管理员 {name}。").format(name=arguments.username))
    else:
        actions.register_officer(
            actor(arguments, Right.MANAGE_OFFICERS),
            username=arguments.username,
            display_name=arguments.name,
            password=password,
            body=the_one(Body.objects.all(), arguments.body) if arguments.body else None,
        )
        print(_("已建立用户 {name},尚无任何角色。").format(name=arguments.username))
    _show_password(arguments, password)


def _list(arguments: Namespace) -> None:
    from lianfang.commandline.tables import table
    from lianfang.people.models import Officer

    officers = Officer.objects.order_by("username").prefetch_related("grants__area", "grants__body")
    if arguments.json:
        print(json.dumps([_as_json(officer) for officer in officers], ensure_ascii=False, indent=2))
        return
    rows = [
        [
            officer.username,
            officer.display_name,
            _("正常") if officer.is_active else _("已停用"),
            ";".join(_in_words(grant) for grant in _holding(officer)),
        ]
        for officer in officers
    ]
    print(table([_("用户名"), _("姓名"), _("状态"), _("角色")], rows))


def _grant(arguments: Namespace) -> None:
    from lianfang.book.rights import Right
    from lianfang.people import actions

    actions.grant_role(
        actor(arguments, Right.MANAGE_OFFICERS),
        officer=officer_called(arguments.username),
        role=_role(arguments.role),
        **_where(arguments),
        valid_from=arguments.valid_from,
        valid_to=arguments.valid_to,
    )
    print(_("已授予 {name}:{role}。").format(name=arguments.username, role=arguments.role))


def _revoke(arguments: Namespace) -> None:
    from django.utils import timezone

    from lianfang.book.rights import Right
    from lianfang.people import actions

    by = actor(arguments, Right.MANAGE_OFFICERS)
    today = timezone.localdate()
    grants = [
        grant
        for grant in officer_called(arguments.username).grants.filter(
            role=_role(arguments.role), **_where(arguments)
        )
        if grant.valid_to is None or grant.valid_to >= today
    ]
    if not grants:
        raise CommandFailed(_("该用户没有这项授权。"), ExitCode.USAGE)
    for grant in grants:
        actions.end_grant(by, grant=grant, on=today - timedelta(days=1))
    print(_("已收回 {name}:{role}。").format(name=arguments.username, role=arguments.role))


def _password(arguments: Namespace) -> None:
    from lianfang.book.rights import Right
    from lianfang.people import actions

    password = _password_for(arguments)
    by = actor(arguments, Right.MANAGE_OFFICERS)
    actions.reset_password(by, officer=officer_called(arguments.username), password=password)
    print(_("已为 {name} 发放一次性密码,三天内登录后须修改。").format(name=arguments.username))
    _show_password(arguments, password)


def _disable(arguments: Namespace) -> None:
    from lianfang.book.rights import Right
    from lianfang.people import actions

    actions.disable_officer(
        actor(arguments, Right.MANAGE_OFFICERS), officer=officer_called(arguments.username)
    )
    print(_("已停用 {name}。").format(name=arguments.username))


def _enable(arguments: Namespace) -> None:
    from lianfang.book.rights import Right
    from lianfang.people import actions

    actions.enable_officer(
        actor(arguments, Right.MANAGE_OFFICERS), officer=officer_called(arguments.username)
    )
    print(_("已恢复 {name}。").format(name=arguments.username))


def _password_for(arguments: Namespace) -> str:
    """The first line of the file, or a new one-time password. Raises CommandFailed (UNREADABLE)."""
    from lianfang.people import actions

    if arguments.password_file is None:
        return actions.one_time_password()
    try:
        lines: list[str] = arguments.password_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandFailed(_("读不了密码文件:{error}").format(error=error), ExitCode.UNREADABLE) from error
    return lines[0] if lines else ""


def _show_password(arguments: Namespace, password: str) -> None:
    if arguments.password_file is None:
        print(_("密码:{password}").format(password=password))


def _role(code: str) -> str:
    from lianfang.book.rights import Role

    if code not in Role.values:
        raise CommandFailed(
            _("没有角色 {role};有:{known}").format(role=code, known="、".join(Role.values)), ExitCode.USAGE
        )
    return code


def _where(arguments: Namespace) -> dict[str, Any]:
    from lianfang.people.models import Area, Body
    from lianfang.places.models import Place

    place = the_one(Place.objects.filter(merged_into=None), arguments.place) if arguments.place else None
    return {
        "area": the_one(Area.objects.all(), arguments.area) if arguments.area else None,
        "body": the_one(Body.objects.all(), arguments.body) if arguments.body else None,
        "place_id": place.pk if place else None,
    }


def _holding(officer: "Officer") -> "list[Grant]":
    from django.utils import timezone

    today = timezone.localdate()
    return [grant for grant in officer.grants.all() if grant.holds_on(today)]


def _in_words(grant: "Grant") -> str:
    until = _("(至 {day})").format(day=grant.valid_to.isoformat()) if grant.valid_to else ""
    return f"{grant.get_role_display()}@{grant.object_name}{until}"


def _as_json(officer: "Officer") -> dict[str, Any]:
    return {
        "username": officer.username,
        "name": officer.display_name,
        "active": officer.is_active,
        "grants": [
            {
                "role": grant.role,
                "area": grant.area.name if grant.area else None,
                "body": grant.body.name if grant.body else None,
                "place": grant.object_name if grant.place_id else None,
                "from": grant.valid_from.isoformat() if grant.valid_from else None,
                "to": grant.valid_to.isoformat() if grant.valid_to else None,
            }
            for grant in _holding(officer)
        ],
    }
