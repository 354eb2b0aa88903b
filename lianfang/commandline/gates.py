"""How commands find the gate that their arguments name."""

from argparse import ArgumentParser
from typing import TYPE_CHECKING

from lianfang.commandline.acting import the_one
from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.language import _

if TYPE_CHECKING:
    from lianfang.places.models import Spot


def add_gate_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--gate",
        required=True,
        metavar=_("出入口"),
        help=_("出入口的编号、点位码、名称,或“场所/名称”"),
    )


def gate_called(name: str) -> "Spot":
    """The gate with this id, code, name, or place and name. Raises CommandFailed (USAGE)."""
    from lianfang.places.models import Spot, SpotKind

    gates = Spot.objects.filter(kind__in=(SpotKind.GATE, SpotKind.DUTY_POST), ended_on=None)
    if coded := gates.filter(code=name.upper()).first():
        return coded
    place, slash, own = name.partition("/")
    if slash:
        gates = gates.filter(place__name=place.strip())
        if not gates.exists():
            raise CommandFailed(_("没有场所“{name}”或它没有出入口。").format(name=place), ExitCode.USAGE)
        return the_one(gates, own.strip())
    return the_one(gates, name)
