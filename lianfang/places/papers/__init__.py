"""What is printed of a place: the codes of its spots, and passes."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.engines.papers import CardLayout, PassCard, pass_cards_pdf, qr_svg, typeset
from lianfang.places.models import EntryPass, PassKind, Place, Spot

SPOT_PREFIX = "LS1:"
"""Before the code of a spot in its QR code, so that a phone tells it from a pass."""

_FOLDER = Path(__file__).parent


def spot_codes_pdf(place: Place, spots: Sequence[Spot]) -> bytes:
    """A4 sheets of labels, 2 × 5: the QR code, the place, the name, the code in letters."""
    return typeset(
        _FOLDER / "spot_codes.typ",
        {
            "title": _("%(place)s 点位码") % {"place": place.name},
            "place": place.name,
            "labels": [
                {
                    "name": spot.name,
                    "kind": str(spot.get_kind_display()),
                    "code": f"{spot.code[:5]} {spot.code[5:]}",
                    "qr": qr_svg(f"{SPOT_PREFIX}{spot.code}", border=2),
                }
                for spot in spots
            ],
            "nothing": _("没有可打印的点位。"),
        },
    )


def pass_cards(place: Place, passes: Sequence[EntryPass], layout: CardLayout) -> bytes:
    """The cards of these passes to print. Raises PaperError, also when there is none."""
    issuer = place.body.name if place.body else ""
    return pass_cards_pdf([_card(place, one, issuer) for one in passes], layout)


def _card(place: Place, one: EntryPass, issuer: str) -> PassCard:
    last = timezone.localtime(one.valid_to - timedelta(seconds=1))
    return PassCard(
        title=str(one.get_kind_display()),
        place=place.name,
        number=one.number,
        label=_label(one),
        code=one.token,
        spoken=one.spoken_code,
        valid_from=timezone.localtime(one.valid_from).date(),
        valid_until=last.date(),
        holder=_holder(one),
        colour=one.colour,
        issuer=issuer,
    )


def _label(one: EntryPass) -> str:
    """What the guard compares."""
    match one.kind:
        case PassKind.HOUSEHOLD:
            return one.household.label if one.household else ""
        case PassKind.VEHICLE:
            return one.vehicle.plate if one.vehicle else ""
        case PassKind.STAFF:
            return str(one.body or "")
        case _:
            return str(one.person or "")


def _holder(one: EntryPass) -> str:
    """A household's card bears its room and no name."""
    return str(one.person or "") if one.kind == PassKind.STAFF else ""
