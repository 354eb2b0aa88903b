"""`lianfang load SCENARIO`: a scenario, built by the same actions that officers call."""

import pkgutil
from argparse import ArgumentParser, Namespace
from importlib import import_module

from lianfang.commandline.exits import ExitCode
from lianfang.commandline.house import in_house
from lianfang.commandline.language import _


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "scenario",
        choices=scenarios(),
        metavar=_("场景"),
        help=_("场景名:{names}。重复载入不会重复登记").format(names="、".join(scenarios())),
    )


@in_house
def run(arguments: Namespace) -> int:
    scenario = import_module(f"lianfang.scenarios.{arguments.scenario}")
    print(scenario.load(say))
    return ExitCode.OK


def say(sentence: str) -> None:
    print(sentence, flush=True)


def scenarios() -> list[str]:
    """The names of the scenarios that are there, found without importing them."""
    import lianfang.scenarios

    return sorted(
        module.name
        for module in pkgutil.iter_modules(lianfang.scenarios.__path__)
        if module.name not in {"tests"} and not module.name.startswith("_")
    )
