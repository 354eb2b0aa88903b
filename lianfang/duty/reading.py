"""What people type into the page of a new roster: posts and names, one a line."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lianfang.duty.actions import MemberLine, PostLine
from lianfang.duty.models import DutyMember
from lianfang.duty.problems import LEADER

_SPLIT = re.compile(r"[\s,;|\uff0c\uff1b]+")
_UNIT = re.compile(r".*(联|局|会|委|办|院|所|公司|商会|中心|社区|村|学校|队|站|厂|集团|银行|机关|支部)$")
_GENDERS = {"男": "male", "女": "female"}


def read_posts(text: str) -> list[PostLine]:
    """东门 2: a post and how many hold it in each shift (one if nothing is said).

    Raises ValidationError, naming the line.
    """
    posts = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = [word for word in _SPLIT.split(line.strip()) if word]
        if not words:
            continue
        wanted = 1
        if len(words) > 1:
            digits = words[-1].removesuffix("人")
            if not digits.isdigit() or not 1 <= int(digits) <= 50:
                raise _fault(_("第 %d 行请写成:东门 2(每班人数 1 至 50)"), number, "post_unreadable")
            wanted = int(digits)
            words = words[:-1]
        name = "".join(words)
        if len(name) > 40:
            raise _fault(_("第 %d 行的岗位名超过 40 字。"), number, "too_long")
        posts.append(PostLine(name, wanted))
    if not posts:
        raise ValidationError(_("请写至少一个岗位。"), code="required")
    return posts


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
        words = [one.name, one.unit or (one.body.name if one.body else "")]
        words += [{"male": "男", "female": "女"}.get(one.gender, ""), *one.skills, one.team]
        words.append(LEADER if one.leader else "")
        lines.append(" ".join(word for word in words if word))
    return "\n".join(lines)


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
