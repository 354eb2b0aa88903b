"""Marks from the desk: what was done, where, when, by whom."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.models import Response
from lianfang.book.records import Source
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.engines.disinfection import Disinfecting, advice_on
from lianfang.places.models import Spot
from lianfang.rounds.models import Mark, RoundKind
from lianfang.rounds.proving import proof_of, screens_of


@dataclass(frozen=True, slots=True)
class Disinfected:
    """With what, how and how much was disinfected. `strength` is mg/L (ethanol: per cent)."""

    agent: str
    method: str
    target: str
    strength: int | None = None
    contact_minutes: int | None = None
    area_m2: int | None = None
    amount_ml: int | None = None

    @property
    def advice(self) -> list[str]:
        done = Disinfecting(self.agent, self.method, self.target, self.strength, self.contact_minutes)
        return [one.code for one in advice_on(done)]


@action("record_mark", says=_("{officer}登记了{subject}"))
def record_mark(
    act: Act,
    *,
    response: Response,
    spot: Spot,
    kind: str,
    happened_at: datetime,
    people: str = "",
    code: str = "",
    disinfected: Disinfected | None = None,
    minutes: int | None = None,
    found: str = "",
    persuaded: int | None = None,
    source: str = Source.DESK,
    source_reference: str = "",
    id: UUID | None = None,
) -> Mark:
    """Write down what was done at a spot. What is advised against is written down and marked, not refused.

    A patrol names two people. With an `id` that is in the book, that one is returned. Raises
    ValidationError.
    """
    act.require(Right.KEEP_ROUNDS, spot)
    known: Mark | None = Mark.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if happened_at > act.at:
        raise field_error("happened_at", _("完成时间不能晚于现在。"), "date_in_future")
    if kind == RoundKind.DISINFECTION and disinfected is None:
        raise field_error("agent", _("消毒请写明用什么消毒剂、怎样消毒。"), "required")
    if kind == RoundKind.PATROL and len(names_in(people)) < 2:
        raise field_error("people", _("巡逻须两人以上,请把名字都写上。"), "two_people")
    done = disinfected
    return act.add(
        Mark(
            id=id or new_id(),
            response=response,
            spot=spot,
            kind=kind,
            people=people.strip(),
            proof=proof_of(code, spot, screens_of([spot.pk]), happened_at),
            agent=done.agent if done else "",
            strength=done.strength if done else None,
            method=done.method if done else "",
            target=done.target if done else "",
            contact_minutes=done.contact_minutes if done else None,
            area_m2=done.area_m2 if done else None,
            amount_ml=done.amount_ml if done else None,
            minutes=minutes,
            found=found.strip(),
            persuaded=persuaded,
            advice=done.advice if done else [],
            happened_at=happened_at,
            written_at=act.at,
            written_by=act.officer,
            source=source,
            source_reference=source_reference,
        )
    )


@action("withdraw_mark", says=_("{officer}撤销了{subject}"))
def withdraw_mark(act: Act, *, mark: Mark, reason: str) -> Mark:
    act.require(Right.KEEP_ROUNDS, mark)
    return act.withdraw(mark, reason)


def names_in(people: str) -> list[str]:
    """The names in 张三、李四 or 张三,李四."""
    for sign in ",,;; /":
        people = people.replace(sign, "、")
    return [name for name in people.split("、") if name.strip()]
