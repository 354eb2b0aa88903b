"""What a roster is to hold: its days, posts, shifts, people and rules; set up, and set anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.duty.grids import LONGEST, Shift
from lianfang.duty.models import DutyMember, DutyPost, DutyRoster
from lianfang.duty.problems import current_version
from lianfang.people.models import Body, Person
from lianfang.places.models import Place, Spot

MOST_DAYS = 92
MOST_MEMBERS = 500
MOST_AT_A_POST = 50


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as it is set up: its name, how many hold it, whether leaders do.

    `by_shift` are other numbers in some shifts (at night three); `minimum` is below which the post is open,
    None for the number wanted.
    """

    name: str
    wanted: int = 1
    minimum: int | None = None
    for_leaders: bool = False
    spot: Spot | None = None
    by_shift: tuple[tuple[str, int], ...] = ()

    def wanted_in(self, shift: str) -> int:
        return dict(self.by_shift).get(shift, self.wanted)


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A person as typed: the name, and what tells more of him."""

    name: str
    unit: str = ""
    skills: tuple[str, ...] = ()
    leader: bool = False
    gender: str = ""
    team: str = ""
    person: Person | None = None
    body: Body | None = None


@action("set_up_roster", says=_("{officer}新建了值班表{subject}"))
def set_up_roster(
    act: Act,
    *,
    response: Response,
    place: Place,
    title: str,
    first_day: date,
    days: int,
    posts: Sequence[PostLine],
    shifts: Sequence[Shift],
    members: Sequence[MemberLine],
    rules: dict[str, Any] | None = None,
) -> DutyRoster:
    """A roster to be arranged. Posts and people that the place does not have yet are entered.

    Raises ValidationError: no people, a person twice, no posts, a shift above 24 hours, too many days; a role
    mix or a quota that names a post, a shift, a skill or a unit which is not there, or contradicts itself.
    """
    act.require(Right.PLAN_DUTY, place)
    _hold_sound(days, posts, shifts, members)
    kept_posts = [_post(act, place, line) for line in posts]
    kept = [_member(act, place, line) for line in members]
    _hold_rules(rules or {}, posts, shifts, kept)
    return act.add(
        DutyRoster(
            response=response,
            place=place,
            title=title.strip(),
            first_day=first_day,
            days=days,
            posts=[_post_data(post, line) for post, line in zip(kept_posts, posts, strict=True)],
            shifts=[shift.as_data() for shift in shifts],
            rules=rules or {},
            members=[str(one.pk) for one in kept],
        )
    )


@action("change_roster", says=_("{officer}改了{subject}的岗位、人员或规则"))
def change_roster(
    act: Act,
    *,
    roster: DutyRoster,
    first_day: date,
    days: int,
    posts: Sequence[PostLine],
    shifts: Sequence[Shift],
    members: Sequence[MemberLine],
    rules: dict[str, Any],
) -> DutyRoster:
    """Set anew what a roster is to hold. Raises as `set_up_roster`.

    The draft keeps the cells of those who stay; with other days, posts or shifts it begins anew. A published
    roster keeps its days, posts and shifts: Refused otherwise.
    """
    act.require(Right.PLAN_DUTY, roster)
    _hold_sound(days, posts, shifts, members)
    place = roster.place
    kept_posts = [_post(act, place, line) for line in posts]
    kept = [_member(act, place, line) for line in members]
    _hold_rules(rules, posts, shifts, kept)
    shape: dict[str, Any] = {
        "first_day": first_day,
        "days": days,
        "posts": [_post_data(post, line) for post, line in zip(kept_posts, posts, strict=True)],
        "shifts": [shift.as_data() for shift in shifts],
    }
    reshaped = any(getattr(roster, name) != value for name, value in shape.items())
    if reshaped and current_version(roster) is not None:
        raise Refused(_("已发布的值班表不能再改日期、岗位和班次,请另排一张。"), "roster_published")
    ids = [str(one.pk) for one in kept]
    draft = [] if reshaped else [cell for cell in roster.draft if cell[1] in set(ids)]
    return act.change(roster, **shape, rules=rules, members=ids, draft=draft)


def _hold_sound(
    days: int, posts: Sequence[PostLine], shifts: Sequence[Shift], members: Sequence[MemberLine]
) -> None:
    if not members:
        raise field_error("members", _("没有可排的人,请写上值班人员。"), "no_people")
    if len(members) > MOST_MEMBERS:
        raise field_error("members", _("一张值班表最多 500 人,请按岗位分开排。"), "too_many_people")
    if not posts:
        raise field_error("posts", _("请写至少一个岗位。"), "required")
    if not shifts:
        raise field_error("shifts", _("请写至少一个班次。"), "required")
    if any(shift.minutes > LONGEST or shift.minutes <= 0 for shift in shifts):
        raise field_error("shifts", _("一班不能超过24小时,请拆成几班。"), "shift_too_long")
    if not 1 <= days <= MOST_DAYS:
        raise field_error("days", _("一张值班表可排 1 至 92 天。"), "too_many_days")
    if twice := _twice([(one.name, one.unit) for one in members]):
        raise field_error("members", _("名单里 %s 写了两次;同名的请加上单位区分。") % twice, "person_twice")
    if _twice([(one.name, "") for one in posts]):
        raise field_error("posts", _("岗位写了两次。"), "post_twice")
    _hold_numbers(posts, {shift.name for shift in shifts})


def _hold_numbers(posts: Sequence[PostLine], shifts: set[str]) -> None:
    for line in posts:
        if unknown := next((name for name, _number in line.by_shift if name not in shifts), ""):
            raise field_error(
                "posts",
                _("“%(post)s”写了“%(shift)s”,但没有这个班次。") % {"post": line.name, "shift": unknown},
                "unknown_shift",
            )
        fewest = min([line.wanted, *(number for _name, number in line.by_shift)])
        if line.minimum is not None and line.minimum > fewest:
            raise field_error("posts", _("“%s”的最低人数多于每班人数。") % line.name, "minimum_above_wanted")


def _hold_rules(
    rules: Mapping[str, Any],
    posts: Sequence[PostLine],
    shifts: Sequence[Shift],
    members: Sequence[DutyMember],
) -> None:
    """Mixes and quotas name what there is, and can be met at all."""
    standing = [line for line in posts if not line.for_leaders]
    skills = {skill for one in members if not one.leader for skill in one.skills}
    for mix in rules.get("mixes", ()):
        _hold_mix(mix, standing, [shift.name for shift in shifts], skills)
    units = {one.sent_by for one in members}
    seen = set()
    for quota in rules.get("quotas", ()):
        unit, most = quota["unit"], quota["most"]
        if unit not in units:
            raise field_error("quotas", _("值班人员里没有“%s”派出的人。") % unit, "unknown_unit")
        if most is not None and quota["fewest"] > most:
            raise field_error("quotas", _("“%s”的下限高于上限。") % unit, "quotas_contradict")
        if (unit, quota["span"]) in seen:
            raise field_error("quotas", _("“%s”写了两次。") % unit, "quota_twice")
        seen.add((unit, quota["span"]))


def _hold_mix(
    mix: Mapping[str, Any], posts: Sequence[PostLine], shifts: Sequence[str], skills: set[str]
) -> None:
    post, shift, words = mix["post"], mix["shift"], mix["skills"]
    if post and post not in {line.name for line in posts}:
        raise field_error("mixes", _("没有岗位或班次“%s”。") % post, "unknown_post")
    if shift and shift not in shifts:
        raise field_error("mixes", _("没有岗位或班次“%s”。") % shift, "unknown_shift")
    if not skills.intersection(words):
        said = "或".join(words)
        raise field_error("mixes", _("值班人员里没有人是“%s”,请先在姓名后面写上。") % said, "unknown_skill")
    wanted = [
        line.wanted_in(name)
        for line in posts
        if post in ("", line.name)
        for name in shifts
        if shift in ("", name)
    ]
    if mix["count"] > min(wanted):
        raise field_error(
            "mixes",
            _("要 %(count)d 个%(skills)s,每班却只有 %(wanted)d 人。")
            % {"count": mix["count"], "skills": "或".join(words), "wanted": min(wanted)},
            "mix_above_wanted",
        )


def _twice(values: Sequence[tuple[str, str]]) -> str:
    seen: set[tuple[str, str]] = set()
    for one in values:
        if one in seen:
            return one[0]
        seen.add(one)
    return ""


def _post_data(post: DutyPost, line: PostLine) -> dict[str, Any]:
    return {
        "post": str(post.pk),
        "wanted": line.wanted,
        "minimum": line.minimum,
        "leaders": line.for_leaders,
        "by_shift": dict(line.by_shift),
    }


def _post(act: Act, place: Place, line: PostLine) -> DutyPost:
    found = DutyPost.objects.filter(place=place, name=line.name).first()
    if found is None:
        spot = line.spot or Spot.objects.filter(place=place, name=line.name, ended_on__isnull=True).first()
        return act.add(DutyPost(place=place, name=line.name, for_leaders=line.for_leaders, spot=spot))
    return act.change(found, for_leaders=line.for_leaders, ended_on=None)


def _member(act: Act, place: Place, line: MemberLine) -> DutyMember:
    rows = DutyMember.objects.filter(place=place, name=line.name, ended_on__isnull=True)
    found = rows.filter(unit=line.unit).first() or (None if line.unit else rows.first())
    if found is None and line.unit:
        found = rows.filter(unit="", body__name=line.unit).first()
    if found is None:
        return act.add(
            DutyMember(
                place=place,
                name=line.name,
                unit=line.unit,
                skills=list(line.skills),
                leader=line.leader,
                gender=line.gender,
                team=line.team,
                person=line.person,
                body=line.body,
            )
        )
    given: dict[str, Any] = {"leader": line.leader}
    if line.skills:
        given["skills"] = list(line.skills)
    if line.gender:
        given["gender"] = line.gender
    if line.team:
        given["team"] = line.team
    return act.change(found, **given)
