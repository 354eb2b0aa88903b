"""Registers on paper: blank sheets with numbers, a day of a gate filled in, the slip for the clinic.

Paper is Chinese, whatever the language of the page from which it is printed.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lianfang.book.models import Response
from lianfang.engines.papers import TEMPLATES, Column, RegisterSheet, chinese_date, register_pdf, typeset
from lianfang.gates import filled
from lianfang.gates.models import PaperSheet, Passage, SheetKind, StepKind, Temperature
from lianfang.gates.queries.incidents import CaseFile
from lianfang.gates.queries.passages import day_span, passages_of_gate, readings_of
from lianfang.gates.registers import REGISTERS, ROWS_A_SHEET
from lianfang.places.models import Spot


@translation.override("zh-hans")
def blank_sheets(sheets: Sequence[PaperSheet]) -> bytes:
    """Numbered sheets of one register, to be written on with a pen."""
    register = REGISTERS[sheets[0].kind]
    return register_pdf(
        str(register.title),
        columns_of(sheets[0].kind),
        [
            RegisterSheet(
                unit=sheet.place.name,
                post=sheet.gate.name if sheet.gate else "",
                day=chinese_date(sheet.day) if sheet.day else "",
                number=sheet.number,
            )
            for sheet in sheets
        ],
        rows_a_sheet=ROWS_A_SHEET,
        remark=_("未问的空着,问了没有的写“无”。同上用 〃。体温写到一位小数。"),
    )


@translation.override("zh-hans")
def filled_sheets(gate: Spot, kind: str, day: date, rows: Sequence[dict[str, str]], *, caption: str) -> bytes:
    """The register of a gate on a day (its `day_rows`) as sheets of paper, twenty rows a sheet."""
    printed = filled.rows_in_columns(kind, rows, f"{day.month}.{day.day}")
    pages = [printed[start : start + ROWS_A_SHEET] for start in range(0, len(printed), ROWS_A_SHEET)] or [[]]
    return register_pdf(
        str(REGISTERS[kind].title),
        columns_of(kind),
        [
            RegisterSheet(
                rows=page,
                unit=gate.place.name,
                post=gate.name,
                day=chinese_date(day),
                page=f"{number}/{len(pages)}",
            )
            for number, page in enumerate(pages, start=1)
        ],
        rows_a_sheet=ROWS_A_SHEET,
        remark=caption,
    )


@translation.override("zh-hans")
def day_rows(gate: Spot, response: Response, kind: str, day: date, *, whole: bool) -> list[dict[str, str]]:
    """The cells of a day's register, in the order in which it happened."""
    begin, end = day_span(day)
    passages: list[Passage] = list(
        passages_of_gate(gate, response)
        .filter(happened_at__gte=begin, happened_at__lt=end)
        .order_by("happened_at", "pk")
    )
    persons = [one for one in passages if not one.plate]
    readings = readings_of(one.root_id for one in persons)
    if kind == SheetKind.VEHICLES:
        parties: dict[object, list[Passage]] = {}
        for one in persons:
            if one.party:
                parties.setdefault(one.party, []).append(one)
        return [
            filled.vehicle_cells(one, parties.get(one.party, []), readings, whole=whole)
            for one in passages
            if one.plate
        ]
    return [filled.person_cells(one, readings.get(one.root_id, []), whole=whole) for one in persons]


def columns_of(kind: str) -> list[Column]:
    return [Column(str(column.title), column.width, "center") for column in REGISTERS[kind].columns]


@translation.override("zh-hans")
def clinic_slip(case: CaseFile) -> bytes:
    """The slip that goes with somebody who is handed to the fever clinic (发热人员移交单)."""
    incident, passage = case.incident, case.passage
    handed = case.step(StepKind.HANDED_OVER)
    data = {
        "title": _("发热人员移交单"),
        "place": incident.place.name,
        "facts": [
            (_("姓名"), incident.name),
            (_("证件号码"), passage.open_document_number() if passage else ""),
            (_("联系电话"), passage.open_phone() if passage else ""),
            (_("住址"), passage.household.label if passage and passage.household else ""),
            (_("人员类别"), passage.get_category_display() if passage else ""),
            (_("出入口"), passage.gate.name if passage else ""),
            (_("暂留时间"), _moment(incident.happened_at)),
            (_("来自"), passage.coming_from if passage else ""),
        ],
        "answers": [
            (
                _("14天内重点地区旅居史、接触史"),
                _asked(passage.answers.get("exposure") if passage else None),
            ),
            (_("发热、咳嗽等症状"), _asked(passage.answers.get("symptoms") if passage else None)),
        ],
        "readings": [
            (_short(one.happened_at), _celsius(one), one.get_body_site_display(), one.thermometer)
            for one in case.readings
        ],
        "steps": [
            (_short(one.happened_at), one.get_kind_display(), one.told_to, one.text, one.guard_name)
            for one in case.taken
        ],
        "handed": (_moment(handed.happened_at), handed.told_to) if handed else ("", ""),
        "printed": _moment(timezone.now()),
    }
    return typeset(TEMPLATES / "clinic_slip.typ", data)


def _asked(answer: object) -> str:
    """Not asked is not the same as no."""
    return filled.answer_text(answer) or _("未询问") if answer else _("未询问")


def _celsius(reading: Temperature) -> str:
    return _("正常(未记数值)") if reading.celsius is None else f"{reading.celsius:.1f} ℃"


def _short(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local.month}月{local.day}日 {local.hour}:{local.minute:02d}"


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local.year}年{local.month}月{local.day}日 {local.hour}:{local.minute:02d}"
