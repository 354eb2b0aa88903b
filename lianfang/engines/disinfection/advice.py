"""What the guide on disinfectants advises against, and what a mixture should have: said, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

GUIDE = "消毒剂使用指南(国卫办监督函〔2020〕147号)"


class Agent(StrEnum):
    CHLORINE = "chlorine"
    ETHANOL = "ethanol"
    QUATS = "quats"
    PEROXIDE = "peroxide"
    OTHER = "other"


class Method(StrEnum):
    SPRAY = "spray"
    WIPE = "wipe"
    MOP = "mop"
    SOAK = "soak"
    FUME = "fume"


class Target(StrEnum):
    """What is disinfected."""

    TOUCHED = "touched"
    FLOOR_WALL = "floor_wall"
    BIN = "bin"
    STAIRWELL = "stairwell"
    LIFT = "lift"
    VEHICLE_INSIDE = "vehicle_inside"
    VEHICLE_OUTSIDE = "vehicle_outside"
    PEOPLE = "people"
    STREET = "street"
    OUTDOOR_AIR = "outdoor_air"
    ROOM_AIR = "room_air"
    CONTACT_OBJECTS = "contact_objects"


@dataclass(frozen=True, slots=True)
class Disinfecting:
    """One act. `strength` is mg/L of available chlorine, for ethanol per cent; None where it is not known."""

    agent: str
    method: str
    target: str
    strength: int | None = None
    contact_minutes: int | None = None
    people_present: bool = False
    with_acid: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence with its code; `against` says that the practice itself is advised against."""

    code: str
    text: str
    text_en: str
    against: bool
    source: str = GUIDE


_AGAINST_TARGET = {
    Target.PEOPLE: Advice(
        "spraying_people", "不对人体喷洒消毒,不设人员消毒通道。", "Do not spray people.", True
    ),
    Target.STREET: Advice(
        "spraying_streets", "室外路面不作大规模喷洒消毒,清扫即可。", "Do not spray streets; sweep them.", True
    ),
    Target.OUTDOOR_AIR: Advice(
        "outdoor_air", "不对室外空气进行消毒。", "Do not disinfect outdoor air.", True
    ),
    Target.VEHICLE_OUTSIDE: Advice(
        "vehicle_outside",
        "不对车辆外表面、轮胎喷洒消毒。",
        "Do not spray the outside or the tyres of vehicles.",
        True,
    ),
}
_ETHANOL_SPRAY = Advice(
    "ethanol_spray",
    "酒精不在室内喷洒,不用于大面积,以防起火;用擦拭。",
    "Do not spray ethanol in rooms or on large surfaces (fire); wipe.",
    True,
)
_FUMES = Advice(
    "fumes_with_people",
    "有人时不用化学消毒剂熏蒸、喷雾消毒空气。",
    "No chemical fumes or fogging while people are present.",
    True,
)
_ACID = Advice(
    "chlorine_with_acid",
    "含氯消毒剂不能与洁厕灵等酸性清洁剂同用,会放出氯气。",
    "Never use chlorine together with acid cleaners: it gives off chlorine gas.",
    True,
)
_WEAK = Advice(
    "too_weak",
    "有效氯低于 250 mg/L,达不到消毒要求。",
    "Below 250 mg/L of available chlorine it does not disinfect.",
    False,
)
_STRONG = Advice(
    "too_strong",
    "日常消毒有效氯 250~500 mg/L 即可,过浓伤人伤物。",
    "250–500 mg/L are enough for daily work; more harms people and things.",
    False,
)
_SHORT = Advice(
    "contact_too_short",
    "含氯消毒剂应作用 30 分钟,再用清水擦净。",
    "Chlorine needs 30 minutes, then wipe with water.",
    False,
)
_ETHANOL_STRENGTH = Advice(
    "ethanol_strength", "酒精浓度以 75% 为宜。", "Ethanol should have 75 per cent.", False
)


def advice_on(done: Disinfecting) -> list[Advice]:
    """What there is to say of it, what is advised against first. Nothing for what is as it should be."""
    found = [_AGAINST_TARGET[Target(done.target)]] if done.target in set(_AGAINST_TARGET) else []
    if done.agent == Agent.ETHANOL and done.method == Method.SPRAY:
        found.append(_ETHANOL_SPRAY)
    if done.method == Method.FUME and done.people_present:
        found.append(_FUMES)
    if done.agent == Agent.CHLORINE and done.with_acid:
        found.append(_ACID)
    if done.agent == Agent.CHLORINE and done.strength is not None:
        most = 1000 if done.target == Target.CONTACT_OBJECTS else 500
        if done.strength < 250:
            found.append(_WEAK)
        elif done.strength > most:
            found.append(_STRONG)
    if done.agent == Agent.CHLORINE and done.contact_minutes is not None and done.contact_minutes < 30:
        found.append(_SHORT)
    if done.agent == Agent.ETHANOL and done.strength is not None and not 70 <= done.strength <= 80:
        found.append(_ETHANOL_STRENGTH)
    return found
