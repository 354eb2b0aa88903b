"""What a code that was scanned or typed at a spot proves."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from lianfang.places.models import Spot
from lianfang.rounds.models import Proof, SpotScreen


def proof_of(code: str, spot: Spot, screens: Mapping[UUID, SpotScreen], moment: datetime) -> Proof:
    """Six digits are a screen's code of its minute, so a photo of yesterday's proves nothing; letters are the
    printed code of the spot. Where a screen stands, the printed code is no proof."""
    code = code.strip().upper()
    screen = screens.get(spot.pk)
    if not code:
        return Proof.NONE
    if code.isdigit():
        if screen is None:
            return Proof.WRONG
        return Proof.SCREEN if screen.shows(code, moment) else Proof.STALE
    if code.rsplit("/", 1)[-1] != spot.code:
        return Proof.WRONG
    return Proof.STALE if screen is not None else Proof.PRINTED


def screens_of(spots: list[UUID]) -> dict[UUID, SpotScreen]:
    return {screen.spot_id: screen for screen in SpotScreen.objects.filter(spot__in=spots)}
