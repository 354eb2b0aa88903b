"""The three things that can be done to a record, as actions that any test may call."""

from typing import Any

from lianfang.book.actions import Act, action
from lianfang.book.records import Record
from tests.promises.building import new_in_a_correction


@action("promises.add", says="{officer} {subject}")
def add(act: Act, record: Record) -> Record:
    act.anyone()
    return act.add(record)


@action("promises.correct", says="{officer} {subject}")
def correct(act: Act, record: Record, **values: Any) -> Record:
    act.anyone()
    return act.correct(record, "写错了", **new_in_a_correction(record), **values)


@action("promises.withdraw", says="{officer} {subject}")
def withdraw(act: Act, record: Record) -> Record:
    act.anyone()
    return act.correct(record, "没有这回事", **new_in_a_correction(record), withdrawn=True)
