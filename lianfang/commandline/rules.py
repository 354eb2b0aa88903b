"""`lianfang rules …`: the county's rule profiles, and those to adopt as its own."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from lianfang.commandline.acting import actor, add_by_argument
from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.house import in_house
from lianfang.commandline.language import _, language
from lianfang.commandline.tables import table
from lianfang.engines.rules import (
    RuleProfile,
    RuleProfileError,
    as_data,
    load_profiles,
    read_profile,
    shipped_profiles,
)
from lianfang.engines.rules.gates import gate_rules, presets


def add_arguments(parser: ArgumentParser) -> None:
    below = parser.add_subparsers(title=_("操作"), metavar=_("操作"), dest="act", required=True)
    listing = below.add_parser("list", help=_("列出台账中的规则档案和可以采用的出入口规则"))
    listing.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    showing = below.add_parser("show", help=_("以 JSON 输出一份规则档案,改好后可以采用"))
    showing.add_argument("profile", metavar=_("代码"), help=_("规则档案的代码"))
    adopting = below.add_parser("adopt", help=_("自某天起采用一份出入口规则"))
    adopting.add_argument("profile", metavar=_("代码或文件"), help=_("规则档案的代码,或 TOML、JSON 文件"))
    adopting.add_argument(
        "--from",
        dest="valid_from",
        required=True,
        type=date.fromisoformat,
        metavar=_("日期"),
        help=_("自哪天起,如 2020-02-10"),
    )
    add_by_argument(adopting)


@in_house
def run(arguments: Namespace) -> int:
    act = {"list": _list, "show": _show, "adopt": _adopt}[arguments.act]
    try:
        act(arguments)
    except RuleProfileError as error:
        raise CommandFailed(f"{error} [{error.code}]", ExitCode.UNREADABLE) from error
    return ExitCode.OK


def _list(arguments: Namespace) -> None:
    kept, offered = _kept(), presets()
    if arguments.json:
        plain = [{"kept": one in kept, **_head(one)} for one in (*kept, *offered)]
        print(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    rows = [
        (one.code, _title(one), str(one.valid_from), str(one.valid_to or ""), _("在台账中")) for one in kept
    ]
    rows += [(one.code, _title(one), "", "", _("可以采用")) for one in offered]
    print(table((_("代码"), _("名称"), _("生效日期"), _("失效日期"), ""), rows))


def _show(arguments: Namespace) -> None:
    print(json.dumps(as_data(_called(arguments.profile)), ensure_ascii=False, indent=1))


def _adopt(arguments: Namespace) -> None:
    from lianfang.book.responding import adopt_rule_profile
    from lianfang.book.rights import Right

    path = Path(arguments.profile)
    profile = load_profiles([path])[0] if path.suffix in {".toml", ".json"} else _called(arguments.profile)
    if profile.subject == "gate":
        gate_rules(profile)
    kept = adopt_rule_profile(
        actor(arguments, Right.KEEP_REGISTERS), profile=profile, valid_from=arguments.valid_from
    )
    print(_("已采用「{title}」,代码 {code}。").format(title=kept.title, code=kept.code))


def _called(code: str) -> RuleProfile:
    everything = (*_kept(), *presets(), *shipped_profiles("gate"))
    found = next((one for one in everything if one.code == code), None)
    if found is None:
        raise CommandFailed(_("没有规则档案 {code}。").format(code=code), ExitCode.USAGE)
    return found


def _kept() -> list[RuleProfile]:
    from lianfang.book.models import RuleProfile as Line

    return [read_profile(line.parameters, line.code) for line in Line.objects.all()]


def _head(profile: RuleProfile) -> dict[str, str | None]:
    data = as_data(profile)
    return {key: data[key] for key in ("code", "title", "title_en", "subject", "valid_from", "valid_to")}


def _title(profile: RuleProfile) -> str:
    return profile.title_en if language() == "en" else profile.title
