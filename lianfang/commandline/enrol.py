"""`lianfang enrol`: a device for a program that sends the records of a gate."""

import json
from argparse import ArgumentParser, Namespace

from lianfang.commandline.acting import actor, add_by_argument, add_response_argument, response_called
from lianfang.commandline.exits import ExitCode
from lianfang.commandline.gates import add_gate_argument, gate_called
from lianfang.commandline.house import in_house
from lianfang.commandline.language import _


def add_arguments(parser: ArgumentParser) -> None:
    add_gate_argument(parser)
    parser.add_argument("--name", default="", metavar=_("名称"), help=_("设备名称(默认与出入口同名)"))
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    add_by_argument(parser)
    add_response_argument(parser)


@in_house
def run(arguments: Namespace) -> int:
    from lianfang.book.rights import Right
    from lianfang.field.actions import enrol_at_once

    enrolled = enrol_at_once(
        actor(arguments, Right.MANAGE_DEVICES),
        response=response_called(arguments.response),
        spot=gate_called(arguments.gate),
        name=arguments.name,
    )
    facts = {
        "device": str(enrolled.device.pk),
        "token": enrolled.token,
        "gate": str(enrolled.device.spot_id),
    }
    if arguments.json:
        print(json.dumps(facts))
    else:
        print(_("设备:{device}\n令牌:{token}\n出入口:{gate}").format(**facts))
        print(_("令牌只显示这一次。"))
    return ExitCode.OK
