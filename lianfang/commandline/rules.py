"""`lianfang rules …`: the county's rule profiles, and those to adopt as its own."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from lianfang.commandline.acting import actor, add_by_argument, the_one
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
from lianfang.engines.rules.reading import read_json, read_toml


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
    adopting.add_argument("--place", metavar=_("场所"), help=_("只用在这个场所;不写时是全县的规则"))
    adopting.add_argument("--gate", metavar=_("出入口"), help=_("只用在这个场所的这个出入口"))
    adopting.add_argument(
        "--parts", action="store_true", help=_("文件里只有与县规则不同的几项,其余随县规则(与 --place 同用)")
    )
    adopting.add_argument("--reason", metavar=_("依据"), default="", help=_("谁定的、哪份通告"))
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

    if arguments.place:
        _adopt_at_place(arguments)
        return
    if arguments.gate or arguments.parts:
        raise CommandFailed(_("--gate 和 --parts 要与 --place 同用。"), ExitCode.USAGE)
    path = Path(arguments.profile)
    profile = load_profiles([path])[0] if path.suffix in {".toml", ".json"} else _called(arguments.profile)
    if profile.subject == "gate":
        gate_rules(profile)
    kept = adopt_rule_profile(
        actor(arguments, Right.KEEP_REGISTERS), profile=profile, valid_from=arguments.valid_from
    )
    print(_("已采用「{title}」,代码 {code}。").format(title=kept.title, code=kept.code))


def _adopt_at_place(arguments: Namespace) -> None:
    from lianfang.book.rights import Right
    from lianfang.gates.actions.rules import adopt_gate_rule
    from lianfang.places.models import Place, Spot

    place = the_one(Place.objects.all(), arguments.place)
    gate = the_one(Spot.objects.filter(place=place), arguments.gate) if arguments.gate else None
    path = Path(arguments.profile)
    if path.suffix in {".toml", ".json"}:
        raw = read_json(path) if path.suffix == ".json" else read_toml(path)
        if not arguments.parts:
            raw = as_data(read_profile(raw, path.name))
    else:
        raw = as_data(_called(arguments.profile))
    if not isinstance(raw.get("rules"), dict):
        raise RuleProfileError("rules.missing", f"{path.name}: rules", _("缺少这一项"))
    kept = adopt_gate_rule(
        actor(arguments, Right.SET_GATE_RULES),
        place=place,
        gate=gate,
        rules=raw["rules"],
        extends=arguments.parts,
        title=str(raw.get("title") or path.stem),
        reason=arguments.reason or str(raw.get("source", "")),
        valid_from=arguments.valid_from,
    )
    print(_("已采用「{title}」,用在{where}。").format(title=kept.profile.title, where=kept.where))


def _called(code: str) -> RuleProfile:
    everything = (*_kept(), *presets(), *shipped_profiles("gate"))
    found = next((one for one in everything if one.code == code), None)
    if found is None:
        raise CommandFailed(_("没有规则档案 {code}。").format(code=code), ExitCode.USAGE)
    return found


def _kept() -> list[RuleProfile]:
    from lianfang.book.models import RuleProfile as Line

    lines = Line.objects.exclude(subject="own_gate")
    return [read_profile(line.parameters, line.code) for line in lines]


def _head(profile: RuleProfile) -> dict[str, str | None]:
    data = as_data(profile)
    return {key: data[key] for key in ("code", "title", "title_en", "subject", "valid_from", "valid_to")}


def _title(profile: RuleProfile) -> str:
    return profile.title_en if language() == "en" else profile.title
