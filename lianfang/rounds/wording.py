"""Marks in words."""

from django.utils.translation import gettext_lazy as _

from lianfang.engines.disinfection import Agent, Method, Target
from lianfang.rounds.models import Mark

AGENTS = [
    (Agent.CHLORINE.value, _("含氯消毒液")),
    (Agent.ETHANOL.value, _("75%酒精")),
    (Agent.QUATS.value, _("季铵盐")),
    (Agent.PEROXIDE.value, _("过氧化物")),
    (Agent.OTHER.value, _("其他")),
]
METHODS = [
    (Method.WIPE.value, _("擦拭")),
    (Method.SPRAY.value, _("喷洒")),
    (Method.MOP.value, _("拖拭")),
    (Method.SOAK.value, _("浸泡")),
    (Method.FUME.value, _("熏蒸")),
]
TARGETS = [
    (Target.TOUCHED.value, _("扶手、按钮、门把手")),
    (Target.FLOOR_WALL.value, _("地面、墙面")),
    (Target.BIN.value, _("垃圾桶及周边")),
    (Target.STAIRWELL.value, _("楼道")),
    (Target.LIFT.value, _("电梯")),
    (Target.VEHICLE_INSIDE.value, _("车内")),
    (Target.CONTACT_OBJECTS.value, _("病例接触过的物品")),
    (Target.PEOPLE.value, _("人身上")),
    (Target.STREET.value, _("室外路面")),
    (Target.VEHICLE_OUTSIDE.value, _("车外、轮胎")),
    (Target.OUTDOOR_AIR.value, _("室外空气")),
    (Target.ROOM_AIR.value, _("室内空气")),
]
_WORDS = {**dict(AGENTS), **dict(METHODS), **dict(TARGETS)}


def done_in_words(mark: Mark) -> str:
    """What was done and found: 含氯消毒液 500mg/L 擦拭 楼道;发现问题;劝导3人."""
    words = [disinfected_in_words(mark), mark.found]
    if mark.persuaded:
        words.append(_("劝导%d人") % mark.persuaded)
    return ";".join(str(word) for word in words if word)


def disinfected_in_words(mark: Mark) -> str:
    """含氯消毒液 500mg/L 擦拭 楼道 作用30分钟; "" where nothing was disinfected."""
    if not mark.agent:
        return ""
    unit = "%" if mark.agent == Agent.ETHANOL else "mg/L"
    parts = [str(_WORDS.get(mark.agent, mark.agent))]
    if mark.strength is not None:
        parts.append(f"{mark.strength}{unit}")
    parts += [str(_WORDS.get(code, code)) for code in (mark.method, mark.target) if code]
    if mark.contact_minutes is not None:
        parts.append(f"作用{mark.contact_minutes}分钟")
    return " ".join(parts)
