"""What people type into the page of a roster, one a line: posts, names, role mixes, quotas of units."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lianfang.duty.actions import MemberLine, PostLine
from lianfang.duty.actions.planning import MOST_AT_A_POST
from lianfang.duty.models import DutyMember
from lianfang.duty.problems import LEADER

_SPLIT = re.compile(r"[\s,;|\uff0c\uff1b]+")
_UNIT = re.compile(r".*(联|局|会|委|办|院|所|公司|商会|中心|社区|村|学校|队|站|厂|集团|银行|机关|支部)$")
_NUMBER = re.compile(r"(\d{1,3})人?")
_LEAST = re.compile(r"(?:至少|最少)(\d{1,3})人?")
_IN_SHIFT = re.compile(r"(\S*?\D)(\d{1,3})人?")
_OR = re.compile(r"[或、/]")
_QUOTA = re.compile(
    r"(\S{1,60})\s+(每天|全期)\s*(?:(\d{1,4})\s*(?:-|–|—|~|至|到)\s*(\d{1,4})|(?:至少|不少于)\s*(\d{1,4})"
    r"|(?:至多|最多|不超过)\s*(\d{1,4})|(\d{1,4}))\s*[班人]?"
)
_GENDERS = {"男": "male", "女": "female"}


def read_posts(text: str) -> list[PostLine]:
    """东门 2 夜班3 至少1: a post and how many hold it in each shift (one if nothing is said).

    Then other numbers in some shifts, and the number below which the post is open.

    Raises ValidationError, naming the line.
    """
    posts = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = [word for word in _SPLIT.split(line.strip()) if word]
        if words:
            posts.append(_post(words, number))
    if not posts:
        raise ValidationError(_("请写至少一个岗位。"), code="required")
    return posts


def posts_text(posts: list[PostLine]) -> str:
    """Posts as they may be typed again."""
    lines = []
    for one in posts:
        words = [one.name, str(one.wanted), *(f"{shift}{number}" for shift, number in one.by_shift)]
        if one.minimum is not None:
            words.append(f"至少{one.minimum}")
        lines.append(" ".join(words))
    return "\n".join(lines)


def read_mixes(text: str, posts: list[str], shifts: list[str]) -> list[dict[str, Any]]:
    """夜班 民警或医护 1: so many of the people on a shift (or post, or both; else on each) have one of these
    skills. As `DutyRoster.rules` keeps them. Raises ValidationError, naming the line.
    """
    mixes = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = [word for word in _SPLIT.split(line.strip()) if word]
        if not words:
            continue
        count = words[-1].removesuffix("人")
        if len(words) < 2 or not _is_number(count):
            raise _fault(_("第 %d 行请写成:夜班 民警或医护 1"), number, "mix_unreadable")
        *where, skills = words[:-1]
        post = next((word for word in where if word in posts), "")
        shift = next((word for word in where if word in shifts), "")
        if unknown := [word for word in where if word not in (post, shift)]:
            raise ValidationError(
                _("第 %(line)d 行:没有岗位或班次“%(word)s”。"),
                code="unknown_post",
                params={"line": number, "word": unknown[0]},
            )
        mixes.append({"post": post, "shift": shift, "skills": _OR.split(skills), "count": int(count)})
    return mixes


def mixes_text(mixes: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(
        " ".join(filter(None, [one["post"], one["shift"], "或".join(one["skills"]), str(one["count"])]))
        for one in mixes
    )


def read_quotas(text: str) -> list[dict[str, Any]]:
    """县工商联 每天 2-4, 县教育局 全期 至少10: how many duties the people of a unit take, a day or in all.

    As `DutyRoster.rules` keeps them. Raises ValidationError, naming the line.
    """
    quotas = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = _QUOTA.fullmatch(line.strip())
        if not found:
            raise _fault(
                _("第 %d 行请写成:县工商联 每天 2-4,或 县工商联 全期 至少10"), number, "quota_unreadable"
            )
        unit, span, low, high, least, most, exact = found.groups()
        fewest = int(low or least or exact or 0)
        highest = high or most or exact
        quotas.append(
            {
                "unit": unit,
                "span": "day" if span == "每天" else "horizon",
                "fewest": fewest,
                "most": int(highest) if highest else None,
            }
        )
    return quotas


def quotas_text(quotas: Iterable[Mapping[str, Any]]) -> str:
    lines = []
    for one in quotas:
        fewest, most = one["fewest"], one["most"]
        number = f"{fewest}-{most}"
        if most is None or fewest == most:
            number = f"至少{fewest}" if most is None else str(most)
        lines.append(f"{one['unit']} {'每天' if one['span'] == 'day' else '全期'} {number}")
    return "\n".join(lines)


def read_members(text: str) -> list[MemberLine]:
    """王大明 工商联 女 医护 甲组 带班: a name, then in any order unit, 男/女, skills, a team, 带班.

    Several names may stand in a line with 、 between them. Raises ValidationError, naming the line.
    """
    members = []
    for number, line in enumerate(text.splitlines(), start=1):
        plain = line.strip()
        if not plain:
            continue
        parts = plain.split("、") if "、" in plain and not _SPLIT.search(plain) else [plain]
        members += [
            _member([word for word in _SPLIT.split(part.strip()) if word], number)
            for part in parts
            if part.strip()
        ]
    if not members:
        raise ValidationError(_("没有可排的人,请写上值班人员。"), code="no_people")
    return members


def members_text(members: list[DutyMember]) -> str:
    """The members as they may be typed again."""
    lines = []
    for one in members:
        words = [one.name, one.sent_by]
        words += [{"male": "男", "female": "女"}.get(one.gender, ""), *one.skills, one.team]
        words.append(LEADER if one.leader else "")
        lines.append(" ".join(word for word in words if word))
    return "\n".join(lines)


def _post(words: list[str], line: int) -> PostLine:
    """The first words are the name, up to the first that tells a number."""
    wrong = _fault(_("第 %d 行请写成:东门 2 夜班3 至少1(每班人数 1 至 50)"), line, "post_unreadable")
    told = next((n for n, word in enumerate(words[1:], 1) if _NUMBER.fullmatch(word)), None)
    name = "".join(words[:told])
    if told is None and len(words) > 1:
        raise wrong
    if len(name) > 40:
        raise _fault(_("第 %d 行的岗位名超过 40 字。"), line, "too_long")
    wanted, minimum = 1, None
    by_shift: list[tuple[str, int]] = []
    for place, word in enumerate(words[told:] if told else ()):
        if place == 0:
            wanted = int(word.removesuffix("人"))
        elif found := _LEAST.fullmatch(word):
            minimum = int(found[1])
        elif found := _IN_SHIFT.fullmatch(word):
            by_shift.append((found[1], int(found[2])))
        else:
            raise wrong
    if any(not 1 <= number <= MOST_AT_A_POST for number in (wanted, *(n for _name, n in by_shift))):
        raise wrong
    return PostLine(name, wanted, minimum, by_shift=tuple(by_shift))


def _is_number(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word)) and 1 <= int(word) <= MOST_AT_A_POST


def _member(words: list[str], number: int) -> MemberLine:
    name, *rest = words
    if len(name) > 40:
        raise _fault(_("第 %d 行的姓名超过 40 字。"), number, "too_long")
    unit, gender, team, leader = "", "", "", False
    skills = []
    for word in rest:
        if word in _GENDERS:
            gender = _GENDERS[word]
        elif word in (LEADER, "带班领导"):
            leader = True
        elif word.endswith(("组", "班")) and len(word) <= 6:
            team = word
        elif not unit and _UNIT.fullmatch(word) and len(word) > 2:
            unit = word[:60]
        else:
            skills.append(word[:20])
    return MemberLine(name, unit, tuple(skills), leader, gender, team)


def _fault(sentence: object, line: int, code: str) -> ValidationError:
    return ValidationError(str(sentence) % line, code=code)
