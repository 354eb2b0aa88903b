"""Filing to resume work: draft, submit, opinions level by level."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.models import Response
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.enterprises.models import (
    FilingOpinion,
    FilingState,
    Opinion,
    OpinionLevel,
    ResumptionFiling,
)
from lianfang.enterprises.rules import rules_on
from lianfang.places.models import Place


@action("draft_filing", says=_("{officer}起草了{subject}"))
def draft_filing(
    act: Act, /, *, response: Response, place: Place, id: UUID | None = None, **values: Any
) -> ResumptionFiling:
    """Begin a filing. Refused while one of the site is under way; with an `id` that is in the book, that one
    is returned. Raises ValidationError."""
    act.require(Right.KEEP_ENTERPRISE, place)
    known: ResumptionFiling | None = ResumptionFiling.objects.filter(pk=id).first() if id else None
    if known:
        return known
    under_way = (FilingState.DRAFT, FilingState.SUBMITTED, FilingState.RETURNED)
    if ResumptionFiling.objects.filter(response=response, place=place, state__in=under_way).exists():
        raise Refused(_("该厂区已有一份备案正在办理。"), "filing_under_way")
    return act.add(ResumptionFiling(id=id or new_id(), response=response, place=place, **values))


@action("change_filing", says=_("{officer}修改了{subject}"))
def change_filing(act: Act, /, *, filing: ResumptionFiling, **values: Any) -> ResumptionFiling:
    """Change a draft, or one that was returned. Refused while it is under review."""
    act.require(Right.KEEP_ENTERPRISE, filing)
    if filing.state not in {FilingState.DRAFT, FilingState.RETURNED}:
        raise Refused(_("审核中或已有结论的备案不能修改。"), "wrong_state")
    return act.change(filing, **values)


@action("submit_filing", says=_("{officer}报送了{subject}"))
def submit_filing(act: Act, *, filing: ResumptionFiling) -> ResumptionFiling:
    """Hand it in. Which opinions it needs the rules of the day say; where none are needed it is filed at
    once. Raises ValidationError where something that the rules ask for is missing."""
    act.require(Right.KEEP_ENTERPRISE, filing)
    if filing.state not in {FilingState.DRAFT, FilingState.RETURNED}:
        raise Refused(_("这份备案已经报送。"), "wrong_state")
    rules = rules_on(filing.resumes_on or timezone.localdate(act.at))
    if rules.supplies_last_days is not None and filing.supplies_days < rules.supplies_last_days:
        raise field_error(
            "supplies_days", _("防疫物资至少应够用 %d 天。") % rules.supplies_last_days, "too_little"
        )
    if rules.opinions:
        for name in ("has_plan", "has_emergency_plan", "has_pledge"):
            if not getattr(filing, name):
                raise field_error(name, _("报送前应备齐方案、预案和承诺书。"), "required")
        if filing.isolation_rooms == 0:
            raise field_error("isolation_rooms", _("报送前应至少准备一间隔离房间。"), "too_little")
    state = FilingState.SUBMITTED if rules.opinions else FilingState.APPROVED
    return act.change(
        filing,
        state=state,
        levels=list(rules.opinions),
        submitted_by=act.officer,
        submitted_at=act.at,
    )


@action("give_opinion", says=_("{officer}签署了意见:{subject}"))
def give_opinion(
    act: Act, *, filing: ResumptionFiling, level: str, opinion: str, text: str = ""
) -> FilingOpinion:
    """The opinion of the level whose turn it is. The last one that agrees files it; one that returns or
    refuses ends the round. Never by who handed it in. Raises Refused, ValidationError without a reason."""
    act.require(Right.DECIDE_RESUMPTION, filing)
    if filing.state != FilingState.SUBMITTED:
        raise Refused(_("这份备案不在审核中。"), "wrong_state")
    if filing.submitted_by_id == act.officer.pk:
        raise Refused(_("报送人不能审核自己报送的备案。"), "own_draft")
    awaited = awaited_level(filing)
    if level != awaited:
        raise Refused(
            _("现在应由%s签署。") % OpinionLevel(awaited).label if awaited else _("意见已经签齐。"),
            "not_its_turn",
        )
    if opinion != Opinion.AGREE and not text.strip():
        raise field_error("text", _("退回或不同意的,请写明理由。"), "required")
    given = act.add(
        FilingOpinion(
            response=filing.response,
            filing=filing,
            level=level,
            opinion=opinion,
            text=text.strip(),
            happened_at=act.at,
            written_at=act.at,
            written_by=act.officer,
        )
    )
    if opinion == Opinion.RETURN:
        act.change(filing, state=FilingState.RETURNED)
    elif opinion == Opinion.REFUSE:
        act.change(filing, state=FilingState.REFUSED)
    elif level == filing.levels[-1]:
        act.change(filing, state=FilingState.APPROVED)
    return given


def awaited_level(filing: ResumptionFiling) -> str | None:
    """Whose opinion comes next: the first level that has not agreed since it was handed in."""
    agreed = set(
        FilingOpinion.objects.current()
        .filter(filing=filing, opinion=Opinion.AGREE, received_at__gte=filing.submitted_at)
        .values_list("level", flat=True)
    )
    return next((level for level in filing.levels if level not in agreed), None)
