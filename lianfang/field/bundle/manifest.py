"""The manifest: what holds at the gate now, and which chunks the phone should have."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from lianfang.field.bundle.chunks import lookup_pieces, task_pieces
from lianfang.field.bundle.signing import canonical, sign
from lianfang.field.models import Device, DutyPin
from lianfang.gates.rules import rules_ahead, rules_at
from lianfang.places import signing
from lianfang.places.models import EntryPass, Place, Regime, Spot, SpotKind
from lianfang.places.queries.lookup import lookup_measures, tail_key
from lianfang.places.queries.places import in_charge_on, state_of

FORM = 1
_PINS_AHEAD = timedelta(days=7)
_RULES_AHEAD = 7


@dataclass(frozen=True, slots=True)
class Manifest:
    """`text` is canonical JSON; `signature` covers its bytes; `etag` changes when it does."""

    text: str
    signature: str
    etag: str


def manifest(device: Device) -> Manifest:
    """The manifest for a device as of now."""
    text = canonical(_content(device))
    return Manifest(text, sign(text), f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"')


def _content(device: Device) -> dict[str, Any]:
    now = timezone.now()
    place = device.place
    state = state_of(place, now)
    return {
        "form": FORM,
        "device": str(device.pk),
        "place": {
            "id": str(place.pk),
            "name": place.name,
            "kind": place.kind,
            "regime": state.regime if state else Regime.CLOSED.value,
        },
        "gate": _gate(device.spot),
        "gates": [_gate(spot) for spot in _gates(place)],
        "rules": rules_at(place, now, device.spot_id),
        "rules_ahead": [
            [int(begins.timestamp()), rules]
            for begins, rules in rules_ahead(place, now, device.spot_id, _RULES_AHEAD)
        ],
        "measures": [
            [
                str(one.household),
                one.kind,
                int(one.begins_at.timestamp()),
                int(one.ends_at.timestamp()) if one.ends_at else None,
            ]
            for one in lookup_measures(place, now)
        ],
        "pins": _pins(place),
        "leaders": _leaders(place),
        "pass_keys": signing.trusted_keys().as_data(),
        "revoked": _revoked(place),
        "tail_key": base64.b64encode(tail_key(place)).decode(),
        "lookup": {bucket: piece.as_data() for bucket, piece in lookup_pieces(place).items()},
        "data": {code: piece.as_data() for code, piece in task_pieces(place, device.officer).items()},
    }


def _gates(place: Place) -> list[Spot]:
    return list(Spot.objects.filter(place=place, kind=SpotKind.GATE, ended_on=None).order_by("name"))


def _gate(spot: Spot) -> dict[str, Any]:
    return {"id": str(spot.pk), "name": spot.name, "way": spot.way, "lane": spot.lane}


def _pins(place: Place) -> list[dict[str, Any]]:
    today = timezone.localdate()
    rows = DutyPin.objects.filter(place=place).exclude(valid_to__lt=today)
    rows = rows.exclude(valid_from__gt=today + _PINS_AHEAD)
    return [
        {
            "id": str(pin.pk),
            "name": pin.name,
            "digest": pin.pin_digest,
            "from": pin.valid_from.isoformat() if pin.valid_from else None,
            "to": pin.valid_to.isoformat() if pin.valid_to else None,
        }
        for pin in rows.order_by("name", "pk")
    ]


def _leaders(place: Place) -> list[str]:
    """Who may be told of a case, and approve what the rules do not allow."""
    return list(dict.fromkeys(person.name for person, _as in in_charge_on(place, timezone.localdate())))[:12]


def _revoked(place: Place) -> list[str]:
    """The numbers of passes that hold no longer. Those that are over a phone refuses by their dates."""
    rows = EntryPass.objects.filter(place=place, revoked_at__isnull=False, valid_to__gt=timezone.now())
    return list(rows.order_by("number").values_list("number", flat=True))
