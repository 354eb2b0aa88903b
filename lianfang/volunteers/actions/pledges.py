"""Pledges of a team, and the names under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.models import Response
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.volunteers.models import (
    Pledge,
    PledgeSignature,
    SigningWay,
    TeamMembership,
    Volunteer,
    VolunteerTeam,
)

_FEWEST_POINTS = 8


@dataclass(frozen=True, slots=True)
class Signed:
    """One person's name, and what shows it: `drawn` lines of points from 0 to 1000 (x, y, x, y …), the page
    of the paper, or the witness of the spoken vow."""

    volunteer: Volunteer
    way: str
    drawn: Sequence[Sequence[int]] = ()
    proof: str = ""


@action("make_pledge", says=_("{officer}登记了{subject}"))
def make_pledge(
    act: Act,
    *,
    response: Response,
    team: VolunteerTeam,
    text: str,
    happened_at: datetime | None = None,
    before: str = "",
    led_by: str = "",
    signed: Sequence[Signed] = (),
    id: UUID | None = None,
) -> Pledge:
    """What a team vowed, with those who put their names to it; others sign later.

    Raises Refused (`team_empty`), ValidationError (`signature_missing`, `not_in_team`, `date_in_future`).
    """
    act.require(Right.KEEP_VOLUNTEERS, team)
    known: Pledge | None = Pledge.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if not TeamMembership.objects.filter(team=team, valid_to__isnull=True).exists():
        raise Refused(_("队里还没有队员,不能登记承诺。请先把志愿者编入队伍。"), "team_empty")
    if not text.strip():
        raise field_error("text", _("请写上承诺的内容。"), "required")
    if happened_at and happened_at > act.at:
        raise field_error("happened_at", _("承诺时间不能晚于现在。"), "date_in_future")
    made = act.add(
        Pledge(
            id=id or new_id(),
            response=response,
            team=team,
            text=text.strip(),
            before=before.strip(),
            led_by=led_by.strip(),
            happened_at=happened_at,
            written_at=act.at,
            written_by=act.officer,
        )
    )
    for one in signed:
        _sign(act, made, one)
    return made


@action("sign_pledge", says=_("{officer}登记了承诺签名:{subject}"))
def sign_pledge(act: Act, *, pledge: Pledge, signed: Signed) -> PledgeSignature:
    """One more name. Raises Refused (`signed_before`), ValidationError."""
    act.require(Right.KEEP_VOLUNTEERS, pledge)
    return _sign(act, pledge, signed)


@action("withdraw_pledge_signature", says=_("{officer}撤销了承诺签名:{subject}"))
def withdraw_signature(act: Act, *, signature: PledgeSignature, reason: str) -> PledgeSignature:
    """The name was put there by mistake. Raises Conflict, ValidationError."""
    act.require(Right.KEEP_VOLUNTEERS, signature)
    return act.withdraw(signature, reason)


def _sign(act: Act, pledge: Pledge, signed: Signed) -> PledgeSignature:
    if not TeamMembership.objects.filter(team=pledge.team, volunteer=signed.volunteer).exists():
        raise field_error("volunteer", _("此人不是这支队伍的队员。"), "not_in_team")
    before = PledgeSignature.objects.current().filter(pledge=pledge.root_id, volunteer=signed.volunteer)
    if before.exists():
        raise Refused(_("此人已经签过名。"), "signed_before")
    if signed.way not in SigningWay.values:
        raise field_error("way", _("请选择签名方式。"), "invalid_choice")
    drawn = [[int(point) for point in line] for line in signed.drawn]
    if signed.way == SigningWay.DRAWN and not _is_drawn(drawn):
        raise field_error("drawn", _("还没有签名,请在框里手签。"), "signature_missing")
    if signed.way == SigningWay.PAPER and not signed.proof.strip():
        raise field_error("proof", _("请写明签名在纸质承诺书的第几页。"), "signature_missing")
    if signed.way == SigningWay.SPOKEN and not signed.proof.strip():
        raise field_error("proof", _("集体宣誓请写明见证人。"), "signature_missing")
    return act.add(
        PledgeSignature(
            response=pledge.response,
            pledge_id=pledge.root_id,
            volunteer=signed.volunteer,
            way=signed.way,
            drawn=drawn if signed.way == SigningWay.DRAWN else [],
            proof=signed.proof.strip(),
            happened_at=act.at if signed.way == SigningWay.DRAWN else pledge.happened_at,
            written_at=act.at,
            written_by=act.officer,
        )
    )


def _is_drawn(lines: list[list[int]]) -> bool:
    """Somebody has drawn something: a few points inside the frame, not a touch by mistake."""
    inside = all(0 <= point <= 1000 for line in lines for point in line)
    return inside and all(len(line) % 2 == 0 for line in lines) and sum(map(len, lines)) >= _FEWEST_POINTS
