"""Passages written at the desk: at once, late, for somebody else, from paper; their corrections."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.gates.actions.incidents import open_incident
from lianfang.gates.handwriting import plate_of
from lianfang.gates.judging import judge_passages
from lianfang.gates.models import HealthIncident, Outcome, Passage, Temperature
from lianfang.gates.writing import (
    Circumstances,
    Crossing,
    ReadingTaken,
    checked_celsius,
    reading_of,
    rows_of,
)


@action("register_passages", says=_("{officer}登记了出入:{subject}"))
def register_passages(act: Act, *, crossings: Sequence[Crossing], at: Circumstances) -> list[Passage]:
    """Write those who cross together: one person, a household, a vehicle with its occupants.

    Each with the own readings. Whoever is held (暂留) gets a case file at once. More than one share a
    party. Raises ValidationError at the field (of the first crossing in which something is wrong).
    """
    act.require(Right.KEEP_GATE, at.gate)
    if not crossings:
        raise field_error("name", _("请至少登记一人或一车。"), "required")
    if len(crossings) > 1 and at.party is None:
        at = _as_party(at)
    written = [rows_of(crossing, at, act.officer, act.at) for crossing in crossings]
    passages = [passage for passage, _readings in written]
    readings = [reading for _passage, taken in written for reading in taken]
    judged_again = judge_passages(act, passages, readings)
    act.add_many(passages)
    act.add_many(readings)
    act.add_many(judged_again)
    for passage in passages:
        if passage.outcome == Outcome.HELD:
            open_incident(act.actor, passage=passage)
    return passages


@action("add_reading", says=_("{officer}登记了复测体温:{subject}"))
def add_reading(act: Act, *, passage: Passage, taken: ReadingTaken) -> Temperature:
    """One more reading of the same encounter: after rest, by another device."""
    act.require_any(Right.KEEP_GATE, passage)
    return act.add(reading_of(passage, taken, act.officer, act.at))


@action("correct_passage", says=_("{officer}更正了出入登记:{subject}"))
def correct_passage(act: Act, /, *, passage: Passage, reason: str, **values: Any) -> Passage:
    """Add a version with these values in place of the old ones. The old one stays readable.

    Raises ValidationError without a reason or for a value that does not hold, Conflict when it has been
    corrected meanwhile.
    """
    act.require(Right.KEEP_GATE, passage)
    document, phone = values.pop("document_number", None), values.pop("phone", None)
    if values.get("plate"):
        values["plate"] = plate_of(values["plate"])
    _not_in_the_future(values.get("happened_at"), act.at)
    sealed = Passage(root_id=passage.root_id)
    if document is not None:
        sealed.seal_document_number(document)
        values |= {"document_number": sealed.document_number, "document_index": sealed.document_index}
    if phone is not None:
        sealed.seal_phone(phone)
        values |= {"phone": sealed.phone, "phone_index": sealed.phone_index}
    new = _correct(act, passage, reason, values)
    if new.outcome == Outcome.HELD and passage.outcome != Outcome.HELD:
        open_incident(act.actor, passage=new)
    return new


@action("withdraw_passage", says=_("{officer}撤销了出入登记:{subject}"))
def withdraw_passage(act: Act, *, passage: Passage, reason: str) -> Passage:
    """Say that it did not happen, with its readings. Refused while a case file hangs on it."""
    act.require(Right.KEEP_GATE, passage)
    if HealthIncident.objects.current().filter(encounter=passage.root_id).exists():
        raise Refused(_("这条登记已有异常事件卷宗,请先在卷宗中说明。"), "has_incident")
    withdrawn = _correct(act, passage, reason, {"withdrawn": True})
    for reading in Temperature.objects.current().filter(encounter=passage.root_id):
        act.withdraw(reading, reason)
    return withdrawn


@action("correct_reading", says=_("{officer}更正了体温:{subject}"))
def correct_reading(act: Act, *, reading: Temperature, reason: str, taken: ReadingTaken) -> Temperature:
    """Another value in place of one that was written wrongly. A second reading is no correction."""
    act.require(Right.KEEP_GATE, reading)
    corrected: Temperature = act.correct(
        reading,
        reason,
        celsius=checked_celsius(taken.celsius),
        normal_by_word=taken.celsius is None,
        body_site=taken.body_site or reading.body_site,
        thermometer=taken.thermometer or reading.thermometer,
    )
    return corrected


def _correct(act: Act, old: Passage, reason: str, values: dict[str, Any]) -> Passage:
    """Correct a passage and judge the new version, and those of the household after it."""
    new_version = Passage(
        **{f.attname: getattr(old, f.attname) for f in Passage._meta.concrete_fields if f.name != "id"},
    )
    for name, value in values.items():
        setattr(new_version, name, value)
    readings = list(Temperature.objects.current().filter(encounter=old.root_id))
    judged_again = judge_passages(act, [new_version], readings, [old])
    judged = {
        name: getattr(new_version, name)
        for name in ("rule_profile_id", "judged_outcome", "judged_reasons", "differs")
    }
    new: Passage = act.correct(old, reason, id=new_version.pk, **(values | judged))
    act.add_many(judged_again)
    return new


def _not_in_the_future(moment: datetime | None, now: datetime) -> None:
    if moment and moment > now:
        raise field_error("happened_at", _("出入时间不能晚于现在。"), "date_in_future")


def _as_party(at: Circumstances) -> Circumstances:
    return replace(at, party=new_id())
