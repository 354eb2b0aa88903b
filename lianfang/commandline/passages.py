"""`lianfang passages`: who passed a gate on a day."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from lianfang.commandline.exits import ExitCode
from lianfang.commandline.gates import add_gate_argument, gate_called
from lianfang.commandline.house import in_house
from lianfang.commandline.language import _

if TYPE_CHECKING:
    from lianfang.gates.queries.of_a_day import PassageOfDay


def add_arguments(parser: ArgumentParser) -> None:
    add_gate_argument(parser)
    parser.add_argument(
        "--day",
        required=True,
        type=date.fromisoformat,
        metavar=_("日期"),
        help=_("哪一天(北京时间),如 2020-02-10"),
    )
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))


@in_house
def run(arguments: Namespace) -> int:
    from lianfang.gates.queries.of_a_day import passages_of_day

    gate = gate_called(arguments.gate)
    found = passages_of_day(gate, arguments.day)
    if arguments.json:
        passages = [_as_data(one) for one in found]
        print(
            json.dumps(
                {"gate": str(gate.pk), "day": arguments.day.isoformat(), "passages": passages},
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        _print(found)
    return ExitCode.OK


def _as_data(found: "PassageOfDay") -> dict[str, Any]:
    from django.utils import timezone

    passage = found.passage
    return {
        "id": str(passage.pk),
        "root": str(passage.root_id),
        "happened_at": timezone.localtime(passage.happened_at).isoformat() if passage.happened_at else None,
        "received_at": timezone.localtime(passage.received_at).isoformat(),
        "direction": passage.direction,
        "category": passage.category,
        "name": passage.name,
        "person": str(passage.person_id) if passage.person_id else None,
        "household": str(passage.household_id) if passage.household_id else None,
        "plate": passage.plate,
        "temperatures": [str(one) for one in found.temperatures],
        "outcome": passage.outcome,
        "reasons": passage.reasons,
        "judged_outcome": found.judged_outcome,
        "judged_reasons": list(found.judged_reasons),
        "differs": found.differs,
        "guard": passage.guard_name,
        "device": passage.device,
        "device_sequence": passage.device_sequence,
    }


def _print(found: "list[PassageOfDay]") -> None:
    from django.utils import timezone

    from lianfang.commandline.tables import table

    if not found:
        print(_("这一天没有登记。"))
        return
    rows = [
        [
            timezone.localtime(one.passage.happened_at).strftime("%H:%M") if one.passage.happened_at else "",
            one.passage.get_direction_display(),
            one.passage.get_category_display(),
            one.passage.name or one.passage.plate,
            " ".join(f"{celsius}℃" for celsius in one.temperatures),
            one.passage.get_outcome_display() + ("!" if one.differs else ""),
            one.passage.guard_name,
        ]
        for one in found
    ]
    heads = [_("时间"), _("方向"), _("类别"), _("姓名、车牌"), _("体温"), _("处置"), _("值守人")]
    print(table(heads, rows))
