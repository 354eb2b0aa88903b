"""Passages and readings as rows of the paper registers, in the same columns in which paper is kept.

Numbers of documents and phones are masked unless whoever prints them may have them whole.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.sealing import SealBroken
from lianfang.desk.masking import masked_name, masked_number, masked_phone
from lianfang.gates.models import Direction, Outcome, Passage, Temperature
from lianfang.gates.registers import REGISTERS, ROWS_A_SHEET

Readings = dict[UUID, list[Temperature]]


def person_cells(passage: Passage, readings: Sequence[Temperature], *, whole: bool) -> dict[str, str]:
    """One passage of a person in the columns of 人员出入登记表."""
    inbound = passage.direction == Direction.IN
    clock = clock_text(passage.happened_at)
    said = passage.coming_from if inbound else passage.going_to
    return {
        "time_in": clock if inbound else "",
        "time_out": "" if inbound else clock,
        "name": passage.name if whole else masked_name(passage.name),
        **_numbers(passage, whole=whole),
        "address": passage.household.label if passage.household else "",
        "category": passage.get_category_display(),
        "celsius": readings_text(readings),
        "from_to": said,
        "purpose": passage.purpose,
        "exposure": answer_text(passage.answers.get("exposure", "")),
        "symptoms": answer_text(passage.answers.get("symptoms", "")),
        "mask": _yes_no(passage.answers.get("mask", "")),
        "pass_number": passage.entry_pass.number if passage.entry_pass else "",
        "remark": _remark(passage),
    }


def vehicle_cells(
    vehicle: Passage, party: Sequence[Passage], readings: Readings, *, whole: bool
) -> dict[str, str]:
    """One vehicle with its occupants in the columns of 车辆登记表."""
    facts = vehicle.vehicle
    driver = str(facts.get("driver", "")) or next((one.name for one in party), "")
    first = next((one for one in party if one.document_number or one.phone), vehicle)
    disinfected = facts.get("disinfected")
    return {
        "time": clock_text(vehicle.happened_at),
        "plate": vehicle.plate,
        "vehicle_kind": str(facts.get("kind", "")),
        "name": driver if whole else masked_name(driver),
        **_numbers(first, whole=whole),
        "coming_from": vehicle.coming_from,
        "via": str(facts.get("via", "")),
        "going_to": vehicle.going_to,
        "occupants": str(facts.get("occupants") or len(party) or ""),
        "celsius": "/".join(text for one in party if (text := readings_text(readings.get(one.root_id, ())))),
        "load": str(facts.get("load", "")),
        "pass_number": vehicle.entry_pass.number if vehicle.entry_pass else "",
        "disinfected": "" if disinfected is None else (_("是") if disinfected else _("否")),
        "outcome": vehicle.get_outcome_display(),
        "guard": vehicle.guard_name,
    }


def rows_in_columns(kind: str, rows: Sequence[dict[str, str]], day: str = "") -> list[list[str]]:
    """The rows with their running number (anew on each sheet) and the day, column by column."""
    register = REGISTERS[kind]
    printed = []
    for place, cells in enumerate(rows):
        row = []
        for column in register.columns:
            if column.code:
                row.append(cells.get(column.code, ""))
            else:
                row.append(str(place % ROWS_A_SHEET + 1) if column is register.columns[0] else day)
        printed.append(row)
    return printed


def clock_text(moment: datetime | None) -> str:
    """8:05, as it is written on paper."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local.hour}:{local.minute:02d}"


def readings_text(readings: Sequence[Temperature]) -> str:
    """38.0/37.5; 正常 where only the word was written."""
    return "/".join(_("正常") if one.celsius is None else f"{one.celsius:.1f}" for one in readings)


def answer_text(answer: object) -> str:
    """无, 有 or the words; "" where it was not asked."""
    texts: dict[object, Callable[[], str]] = {
        "no": lambda: _("无"),
        "yes": lambda: _("有"),
        "not_asked": lambda: "",
        "unknown": lambda: _("不清楚"),
        "declined": lambda: _("不愿回答"),
    }
    return texts[answer]() if answer in texts else str(answer)


def _yes_no(answer: object) -> str:
    if answer in {"yes", "no"}:
        return _("是") if answer == "yes" else _("否")
    return answer_text(answer)


def _remark(passage: Passage) -> str:
    parts = []
    if passage.outcome != Outcome.ADMITTED:
        parts.append(passage.get_outcome_display())
    if passage.overridden_by:
        parts.append(_("%(name)s特批") % {"name": passage.overridden_by})
    if passage.guard_name:
        parts.append(passage.guard_name)
    return " ".join(parts)


def _numbers(passage: Passage, *, whole: bool) -> dict[str, str]:
    try:
        document, phone = passage.open_document_number(), passage.open_phone()
    except SealBroken:
        return {"document_number": _("(打不开)"), "phone": ""}
    if not whole:
        document, phone = masked_number(document), masked_phone(phone)
    return {"document_number": document, "phone": phone}
