"""Faults, broken rules and openings in sentences, Chinese and English.

The caller may pass `names`, from ids to what people call a person or a duty.
"""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.engines.roster.faults import Fault, FaultCode
from lianfang.engines.roster.roster import Borrowed, Broken, CostName, Opening, RuleName

Sayable = Fault | Broken | Opening | Borrowed
NO_NAMES: Mapping[str, str] = {}

FAULTS: dict[FaultCode, tuple[str, str]] = {
    FaultCode.UNREADABLE: ("读不懂:{0}", "cannot be read: {0}"),
    FaultCode.NO_PEOPLE: ("没有可排的人", "there are no people"),
    FaultCode.NO_DUTIES: ("没有要排的班", "there are no duties"),
    FaultCode.NO_DAYS: ("天数应不少于 1", "the number of days must be 1 or more"),
    FaultCode.TOO_MANY_DAYS: ("共 {0} 天,最多 {1} 天", "{0} days; at most {1}"),
    FaultCode.TOO_MANY_PEOPLE: ("共 {0} 人,最多 {1} 人", "{0} people; at most {1}"),
    FaultCode.TOO_MANY_SHAPES: (
        "一天里班的组合有 {0} 种,最多 {1} 种",
        "{0} ways to combine duties in a day; at most {1}",
    ),
    FaultCode.TOO_LARGE: (
        "人数 × 天数 × 班种为 {0},最多 {1};请分开排",
        "people × days × kinds of duty are {0}; at most {1}: divide the problem",
    ),
    FaultCode.NO_ID: ("有一项没有编号", "an entry has no id"),
    FaultCode.PERSON_TWICE: ("同一个人列了两次", "the same person is listed twice"),
    FaultCode.DUTY_TWICE: ("同一个班列了两次", "the same duty is listed twice"),
    FaultCode.DUTY_TOO_LONG: ("一班 {0} 分钟,最长 {1} 分钟", "a duty of {0} minutes; the longest is {1}"),
    FaultCode.DUTY_WITHOUT_LENGTH: ("一班的时长应大于 0", "a duty must have a length above 0"),
    FaultCode.DUTY_OUTSIDE: ("{0} 不在排班期内", "{0} is outside the days of the roster"),
    FaultCode.DUTIES_OVERLAP: (
        "同一岗位同一班次的 {0} 与 {1} 时间重叠",
        "{0} and {1}, the same shift of the same post, overlap",
    ),
    FaultCode.SPAN_BACKWARDS: ("结束 {1} 不晚于开始 {0}", "the end {1} is not after the start {0}"),
    FaultCode.ZONED_TIME: ("时间不应带时区", "times must have no zone"),
    FaultCode.NEGATIVE: ("数值 {0} 太小", "the number {0} is too small"),
    FaultCode.UNKNOWN_SKILL: (
        "没有人具备“{0}”,可借人的技能请写入 skills",
        "nobody has the skill “{0}”; list under `skills` what can be borrowed",
    ),
    FaultCode.UNKNOWN_SHIFT: ("没有班次“{0}”", "there is no shift “{0}”"),
    FaultCode.UNKNOWN_POST: ("没有岗位“{0}”", "there is no post “{0}”"),
    FaultCode.UNKNOWN_UNIT: ("没有来自“{0}”的人", "nobody comes from the unit “{0}”"),
    FaultCode.UNKNOWN_ASSIGNMENT: ("原班表中的 {0} 或 {1} 不存在", "{0} or {1} of `current` does not exist"),
    FaultCode.MINIMUM_ABOVE_WANTED: ("最低人数 {0} 多于所需 {1}", "the minimum {0} is above the {1} wanted"),
    FaultCode.MIX_ABOVE_WANTED: ("角色人数 {0} 多于所需 {1}", "the mix asks for {0} of {1} people"),
    FaultCode.LIMITS_CONTRADICT: ("两条规定互相矛盾:{0} 与 {1}", "two limits contradict: {0} and {1}"),
    FaultCode.FEWEST_MINUTES_OUT_OF_REACH: (
        "至少要值 {0} 分钟,能值的班合计只有 {1} 分钟",
        "at least {0} minutes are asked, all possible duties have {1}",
    ),
    FaultCode.QUOTAS_CONTRADICT: ("配额互相矛盾:{0} 与 {1}", "quotas contradict: {0} and {1}"),
    FaultCode.FROZEN_CONTRADICTS: (
        "已冻结的班违反规定“{rule}”:{rest}",
        "what is frozen breaks the rule “{rule}”: {rest}",
    ),
}

RULES: dict[RuleName, tuple[str, str]] = {
    RuleName.UNKNOWN_PERSON: ("名单里没有此人", "the person is not on the list"),
    RuleName.UNKNOWN_DUTY: ("没有这个班", "the duty does not exist"),
    RuleName.TWO_DUTIES_AT_ONCE: ("同一时间值两个班", "two duties at once"),
    RuleName.REST: (
        "两班之间休息 {found} 分钟,应有 {allowed} 分钟",
        "rest of {found} minutes; {allowed} due",
    ),
    RuleName.DUTIES_A_DAY: (
        "一天值 {found} 班,最多 {allowed} 班",
        "{found} duties in a day; at most {allowed}",
    ),
    RuleName.SUCCESSION: ("这两个班次不能相连", "the second shift may not follow the first"),
    RuleName.ABSENT: ("当时不在或请假", "away at that time"),
    RuleName.SKILL: ("没有此班所需的技能", "lacks the skill that the duty needs"),
    RuleName.POST: ("不在可上的岗位之列", "not among the posts the person may hold"),
    RuleName.MOST_MINUTES: ("共 {found} 分钟,最多 {allowed} 分钟", "{found} minutes; at most {allowed}"),
    RuleName.FEWEST_MINUTES: ("共 {found} 分钟,至少 {allowed} 分钟", "{found} minutes; at least {allowed}"),
    RuleName.MOST_DUTIES: ("共 {found} 班,最多 {allowed} 班", "{found} duties; at most {allowed}"),
    RuleName.MOST_NIGHTS: ("夜班 {found} 个,最多 {allowed} 个", "{found} nights; at most {allowed}"),
    RuleName.MOST_WEEKENDS: (
        "{found} 个周末有班,最多 {allowed} 个",
        "{found} weekends with a duty; at most {allowed}",
    ),
    RuleName.MOST_OF_SHIFT: (
        "此班次值 {found} 次,最多 {allowed} 次",
        "{found} duties of this shift; at most {allowed}",
    ),
    RuleName.LONGEST_RUN_DAYS: (
        "连续值班 {found} 天,最多 {allowed} 天",
        "{found} days in a row; at most {allowed}",
    ),
    RuleName.SHORTEST_RUN_DAYS: (
        "连续值班 {found} 天,至少 {allowed} 天",
        "{found} days in a row; at least {allowed}",
    ),
    RuleName.SHORTEST_DAYS_OFF: ("连休 {found} 天,至少 {allowed} 天", "{found} days off; at least {allowed}"),
    RuleName.LONGEST_RUN_NIGHTS: (
        "连续夜班 {found} 个,最多 {allowed} 个",
        "{found} nights in a row; at most {allowed}",
    ),
    RuleName.DAYS_OFF_AFTER_NIGHTS: (
        "夜班后休 {found} 天,应休 {allowed} 天",
        "{found} days off after nights; {allowed} due",
    ),
    RuleName.WOMEN_AT_NIGHT: ("夜班没有人与她同值", "nobody keeps her company at night"),
    RuleName.FROZEN: ("已冻结的班不能改动", "the duty is frozen"),
}

COSTS: dict[CostName, tuple[str, str]] = {
    CostName.OPEN: ("低于最低人数", "below the minimum"),
    CostName.SHORT: ("少于所需人数", "below the number wanted"),
    CostName.OVER: ("多于所需人数", "beyond the number wanted"),
    CostName.MIX: ("缺少角色", "role mix"),
    CostName.QUOTA: ("单位配额", "units' quotas"),
    CostName.TEAM: ("混编班组", "mixed teams"),
    CostName.WISH: ("未遂的愿望", "wishes not met"),
    CostName.NIGHTS: ("夜班不均", "nights"),
    CostName.WEEKENDS: ("周末不均", "weekends"),
    CostName.HOLIDAYS: ("节假日不均", "holidays"),
    CostName.DUTIES: ("班数不均", "number of duties"),
    CostName.CHANGE: ("与原班表不同", "changes"),
}


def to_chinese(what: Sayable, names: Mapping[str, str] = NO_NAMES) -> str:
    """缺 1 人(民警或医护);没有技能 12 人,休息不足 3 人."""
    return _sentence(what, names, 0)


def to_english(what: Sayable, names: Mapping[str, str] = NO_NAMES) -> str:
    return _sentence(what, names, 1)


def _sentence(what: Sayable, names: Mapping[str, str], language: int) -> str:
    colon, comma, either = (":", "、", "或") if language == 0 else (": ", ", ", " or ")
    if isinstance(what, Fault):
        return what.place + colon + _fault(what, names, language)
    if isinstance(what, Broken):
        who = comma.join(names.get(each, each) for each in (what.person, *what.duties) if each)
        return who + colon + RULES[what.rule][language].format(found=what.found, allowed=what.allowed)
    if isinstance(what, Borrowed):
        skills = comma.join(either.join(group) for group in what.skills)
        duties = comma.join(names.get(each, each) for each in what.duties)
        if language == 0:
            return f"借 1 人{f'({skills})' if skills else ''}:{duties}"
        return f"borrow 1 person{f' ({skills})' if skills else ''}: {duties}"
    return _opening(what, names, language)


def _fault(fault: Fault, names: Mapping[str, str], language: int) -> str:
    details = [names.get(each, each) for each in fault.details]
    rule, rest = "", ""
    if fault.code == FaultCode.FROZEN_CONTRADICTS:
        rule = RULES[RuleName(fault.details[0])][language].partition("{")[0].strip()
        rest = "、".join(details[1:]) if language == 0 else ", ".join(details[1:])
    return FAULTS[fault.code][language].format(*details, rule=rule, rest=rest)


def _opening(opening: Opening, names: Mapping[str, str], language: int) -> str:
    duty = names.get(opening.duty, opening.duty)
    reasons = sorted(opening.reasons.items(), key=lambda each: -each[1])
    said = [(_reason(rule, language), count) for rule, count in reasons]
    if language == 0:
        skills = f"({'或'.join(opening.skills)})" if opening.skills else ""
        why = ",".join(f"{words} {count} 人" for words, count in said)
        return f"{duty}:缺 {opening.missing} 人{skills}" + (f";{why}" if why else "")
    skills = f" ({' or '.join(opening.skills)})" if opening.skills else ""
    why = ", ".join(f"{words}: {count}" for words, count in said)
    return f"{duty}: {opening.missing} missing{skills}" + (f"; {why}" if why else "")


_REASONS: dict[RuleName, tuple[str, str]] = {
    RuleName.TWO_DUTIES_AT_ONCE: ("当时在别的班", "on another duty"),
    RuleName.REST: ("休息不足", "too little rest"),
    RuleName.DUTIES_A_DAY: ("当天已有班", "on duty that day"),
    RuleName.SUCCESSION: ("班次不能相连", "shifts that may not follow"),
    RuleName.ABSENT: ("不在或请假", "away"),
    RuleName.SKILL: ("没有技能", "without the skill"),
    RuleName.POST: ("不上此岗", "not for this post"),
    RuleName.MOST_MINUTES: ("工时已满", "hours full"),
    RuleName.MOST_DUTIES: ("班数已满", "duties full"),
    RuleName.MOST_NIGHTS: ("夜班已满", "nights full"),
    RuleName.MOST_WEEKENDS: ("周末已满", "weekends full"),
    RuleName.MOST_OF_SHIFT: ("此班次已满", "shift full"),
    RuleName.LONGEST_RUN_DAYS: ("连续天数已满", "days in a row full"),
    RuleName.LONGEST_RUN_NIGHTS: ("连续夜班已满", "nights in a row full"),
    RuleName.DAYS_OFF_AFTER_NIGHTS: ("夜班后休息", "days off after nights"),
    RuleName.SHORTEST_RUN_DAYS: ("连续天数太少", "too few days in a row"),
    RuleName.SHORTEST_DAYS_OFF: ("连休天数太少", "too few days off"),
}


def _reason(rule: str, language: int) -> str:
    if not rule:
        return ("可以值,但总体更差", "free, but the whole would be worse")[language]
    return _REASONS.get(RuleName(rule), RULES[RuleName(rule)])[language]
