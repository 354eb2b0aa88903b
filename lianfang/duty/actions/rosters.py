"""Rosters: arranged, changed cell by cell, published, and changed after that."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.duty.models import DutyAbsence, DutyMember, DutyRoster, PublishedRoster
from lianfang.duty.problems import (
    cells_of,
    current_version,
    names_of,
    now_of,
    problem_data,
    problem_of,
    roster_of,
    without_frozen,
)
from lianfang.engines import roster as engine
from lianfang.engines.roster import Assignment, Broken, Problem, Roster


@action("arrange_roster", says=_("{officer}排了{subject}"))
def keep_draft(act: Act, *, roster: DutyRoster, found: Roster) -> DutyRoster:
    """Keep what was found as the draft."""
    act.require(Right.PLAN_DUTY, roster)
    return act.change(roster, draft=cells_of(found))


@action("exchange_cells", says=_("{officer}在{subject}中对调了两个班"))
def exchange_cells(act: Act, *, roster: DutyRoster, first: Assignment, second: Assignment) -> DutyRoster:
    """Two people of a draft take each other's duty. Refused with the rule that would break."""
    act.require(Right.PLAN_DUTY, roster)
    problem = without_frozen(problem_of(roster))
    draft = roster_of(roster.draft)
    _hold_in(draft, first, second)
    answer = engine.check_swap(problem, draft, first, second)
    if not answer.allowed:
        raise Refused(broken_in_words(problem, answer.broken), "rule_broken")
    changed = draft.changed(
        add=[
            Assignment(duty=first.duty, person=second.person),
            Assignment(duty=second.duty, person=first.person),
        ],
        remove=[first, second],
    )
    return act.change(roster, draft=cells_of(changed))


@action("put_on_duty", says=_("{officer}在{subject}中改了一个班"))
def put_on_duty(
    act: Act, *, roster: DutyRoster, duty: str, taken_off: str = "", put_on: str = ""
) -> DutyRoster:
    """In a draft: take somebody off a duty, put somebody on it, or both. Refused with the rule broken."""
    act.require(Right.PLAN_DUTY, roster)
    problem = without_frozen(problem_of(roster))
    changed = _with_another(problem, roster_of(roster.draft), duty, taken_off, put_on)
    return act.change(roster, draft=cells_of(changed))


@action("publish_roster", says=_("{officer}发布了{subject}"))
def publish_roster(
    act: Act, *, roster: DutyRoster, seen: UUID | None = None, reason: str = ""
) -> PublishedRoster:
    """Publish the draft; `seen` is the version in force that the officer saw, None if there was none.

    The checker of the engine goes through it first. Refused where a hard rule is broken (named), where
    nothing has been arranged; Conflict where somebody has published meanwhile.
    """
    act.require(Right.PLAN_DUTY, roster)
    stored = DutyRoster.objects.get(pk=roster.pk)
    before = current_version(roster)
    if (before.pk if before else None) != seen or stored.draft != roster.draft:
        raise Conflict
    if not roster.draft:
        raise Refused(_("还没有排出班表。"), "nothing_arranged")
    problem = without_frozen(problem_of(roster))
    draft = roster_of(roster.draft)
    report = engine.check(problem, draft)
    if not report.holds:
        raise Refused(broken_in_words(problem, report.broken), "rule_broken")
    if before is None:
        return act.add(
            PublishedRoster(
                response=roster.response,
                roster=roster,
                number=1,
                problem=problem_data(problem),
                assignments=cells_of(draft),
                happened_at=act.at,
                written_at=act.at,
                written_by=act.officer,
            )
        )
    if before.assignments == cells_of(draft) and before.problem == problem_data(problem):
        raise Refused(_("与已发布的相同,没有要发布的改动。"), "nothing_changed")
    return next_version(act, before, problem, draft, reason or str(_("重新排班")))


@action("report_absence", says=_("{officer}登记了{subject}请假"))
def report_absence(
    act: Act,
    *,
    response: Response,
    member: DutyMember,
    begins_at: datetime,
    ends_at: datetime,
    reason: str = "",
) -> DutyAbsence:
    """Somebody cannot come. What this leaves open is told by the queries; nothing is changed by itself."""
    act.require(Right.PLAN_DUTY, member)
    if ends_at <= begins_at:
        raise field_error("ends_at", _("截止时间应晚于起始时间。"), "period_reversed")
    return act.add(
        DutyAbsence(
            response=response,
            member=member,
            begins_at=begins_at,
            ends_at=ends_at,
            reason=reason.strip(),
            happened_at=act.at,
            written_at=act.at,
            written_by=act.officer,
        )
    )


@action("withdraw_absence", says=_("{officer}撤销了{subject}的请假"))
def withdraw_absence(act: Act, *, absence: DutyAbsence, reason: str) -> DutyAbsence:
    act.require(Right.PLAN_DUTY, absence)
    return act.withdraw(absence, reason)


@action("substitute", says=_("{officer}在{subject}中安排了替班"))
def substitute(
    act: Act, *, version: PublishedRoster, duty: str, absent: str, put_on: str = "", reason: str = ""
) -> PublishedRoster:
    """In the roster in force somebody else takes one duty; no other cell changes. A new version comes of it.

    Refused with the rule that would break, or if the version is no longer the one in force.
    """
    act.require(Right.PLAN_DUTY, version)
    hold_in_force(version)
    roster = version.roster
    problem = now_of(version)
    names = names_of(problem)
    changed = _with_another(problem, roster_of(version.assignments), duty, absent, put_on)
    said = reason or _("%(duty)s:%(put)s 替 %(absent)s") % {
        "duty": names.get(duty, duty),
        "put": names.get(put_on, "—"),
        "absent": names.get(absent, "—"),
    }
    act.change(roster, draft=cells_of(changed))
    return next_version(act, version, problem, changed, str(said))


def hold_in_force(version: PublishedRoster) -> None:
    """Refused when a newer version has been published, or this one is withdrawn."""
    if version.withdrawn or PublishedRoster.objects.filter(corrects=version).exists():
        raise Refused(_("值班表已发布了新的版本,请按新版本办理。"), "roster_changed")


def broken_in_words(problem: Problem, broken: Sequence[Broken]) -> str:
    """The rules that are broken, named: at most five of them."""
    say = engine.to_chinese if (get_language() or "zh").startswith("zh") else engine.to_english
    names = names_of(problem)
    said = [say(one, names) for one in broken[:5]]
    if len(broken) > 5:
        said.append(str(_("等共 %d 处")) % len(broken))
    return ";".join(said)


def _with_another(problem: Problem, roster: Roster, duty: str, taken_off: str, put_on: str) -> Roster:
    if duty not in {one.id for one in problem.duties}:
        raise Refused(_("没有这个班。"), "unknown_duty")
    if put_on and put_on not in {one.id for one in problem.people}:
        raise Refused(_("名单里没有此人。"), "unknown_member")
    off = [Assignment(duty=duty, person=taken_off)] if taken_off else []
    _hold_in(roster, *off)
    on = [Assignment(duty=duty, person=put_on)] if put_on else []
    if on and on[0] in roster.assignments:
        raise Refused(_("此人已在这个班上。"), "already_on_duty")
    changed = roster.changed(add=on, remove=off)
    before = set(engine.check(problem, roster).broken)
    anew = [one for one in engine.check(problem, changed).broken if one not in before]
    # Whoever stays away leaves a run short: that is no reason to keep him on duty.
    anew = [one for one in anew if not (on == [] and one.person == taken_off)]
    if anew and put_on:
        raise Refused(broken_in_words(problem, anew), "rule_broken")
    return changed


def next_version(
    act: Act, before: PublishedRoster, problem: Problem, found: Roster, reason: str
) -> PublishedRoster:
    return act.correct(
        before,
        reason[:300],
        number=before.number + 1,
        problem=problem_data(problem),
        assignments=cells_of(found),
        happened_at=act.at,
    )


def _hold_in(roster: Roster, *cells: Assignment) -> None:
    if any(cell not in roster.assignments for cell in cells):
        raise Refused(_("班表已经变了,请刷新后再改。"), "cell_changed")
