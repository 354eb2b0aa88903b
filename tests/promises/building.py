"""Any record or register line of the house, filled from what its model says of its fields.

So a promise about records is held for every kind of record, also for one that is written next year.
A kind that has needs of its own (a pair in order) says so in `NEEDS`; one that cannot be built fails the
tests with the name of the field.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any, cast

from django.db import models

from lianfang.book.models import Response
from lianfang.book.records import Record
from lianfang.book.registers import new_id
from lianfang.people.models import Area, Body, Officer, Person
from lianfang.people.tests.builders import a_body, a_county, a_person, a_response, an_officer

_numbers = count(1)

# The columns that every record has: the house sets them.
_OF_EVERY_RECORD = frozenset(field.name for field in Record._meta.get_fields())

_BY_HAND: dict[type[models.Model], Callable[[], models.Model]] = {
    Area: a_county,
    Body: a_body,
    Officer: an_officer,
    Person: a_person,
    Response: a_response,
}


def a_record(model: type[Record], officer: Officer, **values: Any) -> Record:
    """A valid record of this kind, not yet saved."""
    filled = {**_filled(model, officer), **values}
    return model(response=a_response(), written_by=officer, **_with_needs(model, filled))


def a_row(model: type[models.Model], officer: Officer) -> models.Model:
    """A saved row of this kind, for others to point to."""
    if model in _BY_HAND:
        return _BY_HAND[model]()
    if issubclass(model, Record):
        row: models.Model = a_record(model, officer)
    else:
        row = model(**_with_needs(model, _filled(model, officer)))
    row.save(force_insert=True)
    return row


def _filled(model: type[models.Model], officer: Officer) -> dict[str, Any]:
    of_the_house = _OF_EVERY_RECORD if issubclass(model, Record) else frozenset({"id", "created_at"})
    return {
        field.name: _value(field, officer)
        for field in model._meta.concrete_fields
        if field.name not in of_the_house and not (field.null or field.blank or field.has_default())
    }


def _value(field: "models.Field[Any, Any]", officer: Officer) -> Any:
    number = next(_numbers)
    if isinstance(field, models.ForeignKey):
        return a_row(cast("type[models.Model]", field.related_model), officer)
    if field.choices:
        return next(iter(field.flatchoices))[0]
    makers: dict[type, Callable[[], Any]] = {
        models.CharField: lambda: f"文{number}"[: field.max_length],
        models.TextField: lambda: f"文字{number}",
        models.BooleanField: lambda: False,
        models.IntegerField: lambda: number,
        models.FloatField: lambda: 0.5,
        models.DecimalField: lambda: Decimal(number),
        models.DateTimeField: lambda: datetime(2020, 2, 10, 2, 0, tzinfo=UTC),
        models.DateField: lambda: date(2020, 2, 10),
        models.UUIDField: new_id,
        models.JSONField: lambda: {"甲": number},
    }
    for kind in type(field).__mro__:
        if kind in makers:
            return makers[kind]()
    raise LookupError(f"{field.model.__name__}.{field.name}: say here how a {type(field).__name__} is filled")


def _with_needs(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    return NEEDS.get(model._meta.label, lambda filled: filled)(values)


def _pair_in_order(values: dict[str, Any]) -> dict[str, Any]:
    first, second = sorted((values["first"], values["second"]), key=lambda row: row.pk)
    return {**values, "first": first, "second": second}


# What a model holds beyond what its fields say.
NEEDS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "giving.Donation": lambda values: {**values, "donor_name": "青禾食品厂"},
    "giving.OverlapProposal": lambda values: {**_pair_in_order(values), "reasons": ["同名"]},
    "giving.OverlapDecision": _pair_in_order,
    "duty.Handover": lambda values: {**values, "signatures": {"giver": "某甲", "taker": "某乙"}},
    "duty.HandoverReview": lambda values: {**values, "counts": {"in": 3}},
    "duty.PublishedRoster": lambda values: {
        **values,
        "number": 1,
        "problem": {
            "first_day": "2020-02-10",
            "days": 1,
            "people": [{"id": "甲"}],
            "duties": [{"id": "早", "shift": "早班", "start": "2020-02-10T08:00:00", "minutes": 480}],
        },
        "assignments": [["早", "甲"]],
    },
    "volunteers.ServiceHours": lambda values: {**values, "minutes": 60},
    "enterprises.StaffSummary": lambda values: {
        **values,
        "expected": 3,
        "present": 2,
        "absent": 1,
        "abnormal": 1,
    },
}

# What a correction must say anew: a published statement has a number of its own, also one that
# corrects another; a roster that is published again counts up.
_NEW_IN_A_CORRECTION: dict[str, Callable[[Any], dict[str, Any]]] = {
    "giving.CorrectionStatement": lambda _old: {"number": next(_numbers)},
    "duty.PublishedRoster": lambda old: {"number": old.number + 1},
}


def new_in_a_correction(record: Any) -> dict[str, Any]:
    """The values that a correction cannot take over from the record that it corrects."""
    return _NEW_IN_A_CORRECTION.get(record._meta.label, lambda _old: {})(record)
