"""`lianfang check`: walk the whole book and name what does not hold."""

import json
from argparse import ArgumentParser, Namespace

from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.house import in_house
from lianfang.commandline.language import _


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar=_("代码"),
        help=_("只做这一项核查;可写多次,代码见输出的第一列"),
    )


@in_house
def run(arguments: Namespace) -> int:
    from lianfang.book.soundness import Finding, walks

    registered = walks()
    unknown = sorted(set(arguments.only) - set(registered))
    if unknown:
        raise CommandFailed(
            _("没有这项核查:{unknown};有:{known}").format(
                unknown="、".join(unknown), known="、".join(registered)
            ),
            ExitCode.USAGE,
        )
    chosen = {code: walk for code, walk in registered.items() if not arguments.only or code in arguments.only}
    found: list[Finding] = []
    for code, walk in chosen.items():
        here = list(walk())
        found += here
        if not arguments.json:
            state = _("{count} 处问题").format(count=len(here)) if here else _("没有问题")
            print(f"{code}:{state}")
            for finding in here:
                print(f"  {finding.subject}:{finding.message}")
    if arguments.json:
        print(
            json.dumps(
                {
                    "sound": not found,
                    "walks": list(chosen),
                    "findings": [
                        {"code": finding.code, "subject": finding.subject, "message": finding.message}
                        for finding in found
                    ],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
    return ExitCode.FOUND if found else ExitCode.OK
