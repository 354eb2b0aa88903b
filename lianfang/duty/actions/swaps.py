"""Swaps: asked, accepted by the colleague, approved by the leader; all rules are checked again each time."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.duty.actions.rosters import broken_in_words, hold_in_force, next_version
from lianfang.duty.models import DutyMember, DutySwap, DutySwapAnswer, PublishedRoster, SwapAnswerKind
from lianfang.duty.problems import cells_of, now_of, roster_of
from lianfang.engines import roster as engine
from lianfang.engines.roster import Assignment


@action("ask_swap", says=_("{officer}登记了换班申请{subject}"))
def ask_swap(
    act: Act,
    *,
    version: PublishedRoster,
    asker: DutyMember,
    duty: str,
    colleague: DutyMember,
    other_duty: str,
    reason: str = "",
) -> DutySwap:
    """Ask to exchange two duties. Refused with the rule that would break, or for a version not in force."""
    _mine_or_planner(act, asker, version)
    hold_in_force(version)
    first = Assignment(duty=duty, person=str(asker.pk))
    second = Assignment(duty=other_duty, person=str(colleague.pk))
    _hold_rules(version, first, second)
    return act.add(
        DutySwap(
            response=version.response,
            version=version,
            asker=asker,
            duty=duty,
            colleague=colleague,
            other_duty=other_duty,
            reason=reason.strip(),
            happened_at=act.at,
            written_at=act.at,
            written_by=act.officer,
            written_for="" if act.officer.person_id == asker.person_id else asker.name,
        )
    )


@action("answer_swap", says=_("{officer}登记了对方答复:{subject}"))
def answer_swap(act: Act, *, swap: DutySwap, accepted: bool, text: str = "") -> DutySwapAnswer:
    """The colleague says yes or no; a leader may write down what he said."""
    _mine_or_planner(act, swap.colleague, swap)
    _hold_waiting(swap, [])
    if accepted:
        hold_in_force(swap.version)
    kind = SwapAnswerKind.ACCEPTED if accepted else SwapAnswerKind.DECLINED
    mine = act.officer.person_id == swap.colleague.person_id and act.officer.person_id is not None
    return _answer(act, swap, kind, text, "" if mine else swap.colleague.name)


@action("decide_swap", says=_("{officer}审批换班:{subject}"))
def decide_swap(act: Act, *, swap: DutySwap, approved: bool, text: str = "") -> DutySwapAnswer:
    """The leader approves what the colleague has accepted: a new version of the roster comes of it.

    Refused if the version is no longer in force, if a rule would break, or if nobody has accepted.
    """
    act.require(Right.PLAN_DUTY, swap)
    _hold_waiting(swap, [SwapAnswerKind.ACCEPTED])
    if not approved:
        return _answer(act, swap, SwapAnswerKind.REFUSED, text, "")
    version = swap.version
    hold_in_force(version)
    first = Assignment(duty=swap.duty, person=str(swap.asker_id))
    second = Assignment(duty=swap.other_duty, person=str(swap.colleague_id))
    problem = _hold_rules(version, first, second)
    changed = roster_of(version.assignments).changed(
        add=[
            Assignment(duty=first.duty, person=second.person),
            Assignment(duty=second.duty, person=first.person),
        ],
        remove=[first, second],
    )
    act.change(version.roster, draft=cells_of(changed))
    said = _("换班:%(first)s 与 %(second)s") % {"first": swap.asker, "second": swap.colleague}
    next_version(act, version, problem, changed, said)
    return _answer(act, swap, SwapAnswerKind.APPROVED, text, "")


def _hold_rules(version: PublishedRoster, first: Assignment, second: Assignment) -> engine.Problem:
    roster = roster_of(version.assignments)
    if first not in roster.assignments or second not in roster.assignments:
        raise Refused(_("这两个班已不是这两个人的。"), "cell_changed")
    problem = now_of(version)
    answer = engine.check_swap(problem, roster, first, second)
    if not answer.allowed:
        raise Refused(broken_in_words(problem, answer.broken), "rule_broken")
    return problem


def _hold_waiting(swap: DutySwap, expected: list[str]) -> None:
    given = list(DutySwapAnswer.objects.current().filter(swap=swap).values_list("kind", flat=True))
    if given == expected:
        return
    if expected and not given:
        raise Refused(_("对方还没有同意。"), "not_accepted")
    raise Refused(_("这个申请已经答复过。"), "already_answered")


def _mine_or_planner(act: Act, member: DutyMember, on: DutySwap | PublishedRoster) -> None:
    if act.officer.person_id is not None and act.officer.person_id == member.person_id:
        act.anyone()
        return
    act.require(Right.PLAN_DUTY, on)


def _answer(act: Act, swap: DutySwap, kind: str, text: str, written_for: str) -> DutySwapAnswer:
    return act.add(
        DutySwapAnswer(
            response=swap.response,
            swap=swap,
            kind=kind,
            text=text.strip(),
            happened_at=act.at,
            written_at=act.at,
            written_by=act.officer,
            written_for=written_for,
        )
    )
