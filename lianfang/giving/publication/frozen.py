"""The frozen form of a publication: the bytes that are digested, handed out, and found again.

`data.json` of a publication holds its head, its figures and every line; the digest that is printed on the
page and on the paper is the SHA-256 of exactly this file, so anybody can check it with a common tool.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from lianfang.giving.models import Disclosure, DisclosureLine

SCHEMA = "lianfang/publication/1"

LINE_FIELDS = (
    "position",
    "given_on",
    "late",
    "donor",
    "naming",
    "donor_kind",
    "donor_count",
    "kind",
    "value",
    "bound",
    "currency",
    "currency_value",
    "value_text",
    "goods",
    "intent",
    "purpose",
    "recipient",
    "beneficiary",
    "via",
    "town",
    "channel",
    "route",
    "reached",
    "receipt_number",
    "counting",
    "counted_with",
)


def head_data(disclosure: Disclosure, figures: Mapping[str, Any], previous: str) -> dict[str, Any]:
    """What stands above the lines; `previous` is the digest of the publication before."""
    return {
        "schema": SCHEMA,
        "title": disclosure.title,
        "county": disclosure.response.county,
        "response": disclosure.response.name,
        "body": disclosure.body.name,
        "number": disclosure.number,
        "from": _plain(disclosure.window_from),
        "cut_off": _plain(disclosure.window_to),
        "coverage": disclosure.coverage,
        "remark": disclosure.remark,
        "previous": previous,
        # In one order always: PostgreSQL keeps the keys of a JSON column in an order of its own.
        "figures": json.loads(json.dumps(figures, sort_keys=True)),
    }


def line_data(line: DisclosureLine) -> dict[str, Any]:
    """A line as open data."""
    return {name: _plain(getattr(line, name)) for name in LINE_FIELDS}


def chunks(head: Mapping[str, Any], lines: Iterable[DisclosureLine]) -> Iterator[bytes]:
    """The file, piece by piece: one line of text for each line of the publication."""
    yield f'{{"publication":{_json(head)},\n"lines":[\n'.encode()
    before = ""
    for line in lines:
        yield f"{before}{_json(line_data(line))}".encode()
        before = ",\n"
    yield b"\n]}\n"


def digest_of(head: Mapping[str, Any], lines: Iterable[DisclosureLine]) -> str:
    """The SHA-256 of the file."""
    digest = hashlib.sha256()
    for chunk in chunks(head, lines):
        digest.update(chunk)
    return digest.hexdigest()


def columns_data(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of a line as a JSON field keeps them."""
    return {name: _plain(value) for name, value in columns.items()}


def columns_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The columns again from what `columns_data` kept."""
    columns = dict(data)
    if columns.get("given_on"):
        columns["given_on"] = date.fromisoformat(columns["given_on"])
    for name in ("value", "currency_value"):
        if columns.get(name) is not None:
            columns[name] = Decimal(columns[name])
    return columns


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.quantize(Decimal("0.01")), "f")
    return str(value) if isinstance(value, str) else value
