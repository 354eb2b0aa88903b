"""Cases written by hand: a sentence, the profile, the situation, and what must come of it.

`tools/gates.py` writes them into `vectors.json` too, so that the JavaScript twin is held to the same words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lianfang.engines.rules.gates import Situation
from lianfang.engines.rules.gates.tests.builders import (
    a_pass,
    a_situation,
    a_visitor,
    at,
    exits,
    home,
    normal,
    out,
)


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    profile: str
    situation: Situation
    outcome: str
    codes: tuple[str, ...] = ()
    """Reasons of a refusal, notes of an admission."""
    missing: tuple[str, ...] = ()
    """Kinds, with ":code" where there is one."""
    facts: dict[str, int] = field(default_factory=dict)
    """Some of the facts."""


CLOSED = "gate-2020-01"
ORDINARY = "gate-2020-04"


def admitted(name: str, profile: str, situation: Situation, *codes: str, **facts: int) -> Case:
    return Case(name, profile, situation, "admitted", codes, (), facts)


def refused(name: str, profile: str, situation: Situation, *codes: str, **facts: int) -> Case:
    return Case(name, profile, situation, "refused", codes, (), facts)


def turned_back(name: str, profile: str, situation: Situation, *codes: str) -> Case:
    return Case(name, profile, situation, "turned_back", codes)


def held(name: str, profile: str, situation: Situation, code: str, *missing: str, **facts: int) -> Case:
    return Case(name, profile, situation, "held", (code,), missing, facts)


def undecided(name: str, profile: str, situation: Situation, *missing: str) -> Case:
    return Case(name, profile, situation, "", (), missing)


def zone(state: str) -> dict[str, Any]:
    return {"state": state}


FEVERISH = normal(378)
RECHECKED = {"tenths": 369, "at": at(12, 10, 12), "kind": "mercury", "site": "axillary", "device": "2"}
STILL_HIGH = {**RECHECKED, "tenths": 380}

HOUSEHOLD_RULES = [
    # Jiangdu: pass; one person every two days for shopping; workers by papers; observed households none
    admitted(
        "Jiangdu: shopping after two days",
        "jiangdu",
        out(shown=a_pass(), purpose="shopping", units=exits(at(10, 9))),
    ),
    refused(
        "Jiangdu: shopping on the day after",
        "jiangdu",
        out(shown=a_pass(), purpose="shopping", units=exits(at(11, 18))),
        "quota_used",
        free_at=at(13, 0),
    ),
    admitted(
        "Jiangdu: worker with ID card and certificate goes daily",
        "jiangdu",
        out(
            shown=a_pass(),
            purpose="work",
            units=exits(at(11, 18)),
            papers={"id_card": True, "employer_certificate": True},
        ),
    ),
    refused(
        "Jiangdu: worker without a certificate",
        "jiangdu",
        out(shown=a_pass(), purpose="work", papers={"id_card": True, "employer_certificate": False}),
        "paper_missing",
    ),
    refused(
        "Jiangdu: home-isolated households are excepted",
        "jiangdu",
        out(shown=a_pass(), purpose="shopping", household_state="observed"),
        "household_observed_stays",
    ),
    refused(
        "Jiangdu: no outing for other purposes",
        "jiangdu",
        out(shown=a_pass(), purpose="other"),
        "purpose_not_listed",
    ),
    undecided("Jiangdu: the purpose is asked", "jiangdu", out(shown=a_pass()), "purpose"),
    # Wujiabao: one pass a household, one person every 48 hours, two hours, one way in and out
    admitted(
        "Wujiabao: 48 hours later to the second",
        "wujiabao",
        out(shown=a_pass(), units=exits(at(10, 10))),
        back_by=at(12, 12),
    ),
    refused(
        "Wujiabao: a second before 48 hours",
        "wujiabao",
        out(shown=a_pass(), units=exits(at(10, 10) + 1)),
        "quota_used",
        free_at=at(12, 10) + 1,
    ),
    admitted(
        "Wujiabao: back after two hours and a half",
        "wujiabao",
        home(units=exits((at(12, 7, 30), None))),
        "overstay",
        out_minutes=150,
        minutes_out=120,
    ),
    admitted("Wujiabao: back within two hours", "wujiabao", home(units=exits((at(12, 8), None)))),
    refused(
        "Wujiabao: out by the way in",
        "wujiabao",
        out(shown=a_pass(), place={"directions": ["in"]}),
        "wrong_way",
    ),
    refused("Wujiabao: no pass", "wujiabao", out(shown=None), "pass_missing"),
    # Yangling: three hours; a returnee voids the pass; colours; white card; pledge of leaving workers
    admitted("Yangling: within the quota, three hours", "yangling", out(shown=a_pass()), back_by=at(12, 13)),
    refused(
        "Yangling: a returnee has joined the household",
        "yangling",
        out(shown=a_pass(), joined_by_returnee=True),
        "pass_void",
    ),
    admitted(
        "Yangling: red card with photo, no further registration",
        "yangling",
        out(shown=a_pass(kind="staff", colour="red"), papers={"photo_match": True}),
    ),
    refused(
        "Yangling: red card, another face",
        "yangling",
        out(shown=a_pass(kind="staff", colour="red"), papers={"photo_match": False}),
        "photo_mismatch",
    ),
    undecided(
        "Yangling: yellow card needs the ID card",
        "yangling",
        out(shown=a_pass(colour="yellow")),
        "paper:id_card",
    ),
    admitted("Yangling: white card, times on the card", "yangling", out(shown=a_pass(colour="white"))),
    undecided(
        "Yangling: a leaving worker signs the pledge",
        "yangling",
        a_situation("out", "worker"),
        "paper:no_return_pledge",
    ),
    # Zhengzhou no. 12
    refused(
        "Zhengzhou: a second person on the same day, no ID card",
        "zhengzhou",
        out(units=exits(at(12, 8)), papers={"id_card": False}),
        "quota_used",
        free_at=at(13, 0),
    ),
    admitted(
        "Zhengzhou: ID card and normal temperature suffice",
        "zhengzhou",
        out(units=exits(at(12, 8)), papers={"id_card": True}),
        "quota_used",
    ),
    Case(
        "Zhengzhou: the ID card is asked for before anybody is refused",
        "zhengzhou",
        out(units=exits(at(12, 8))),
        "",
        ("quota_used",),
        ("paper:id_card",),
    ),
    admitted(
        "Zhengzhou: households with an outside worker are not counted",
        "zhengzhou",
        out(units=exits(at(12, 8)), outside_worker=True),
    ),
    admitted(
        "Zhengzhou: nobody with ID and normal temperature is kept out",
        "zhengzhou",
        a_visitor(papers={"id_card": True}, answers={"symptoms": "no", "exposure": "no"}),
        "outsider",
    ),
    refused(
        "Zhengzhou: the observed stay in nevertheless",
        "zhengzhou",
        out(person_state="observed", papers={"id_card": True}),
        "observed_stays",
    ),
    # Ruyang
    admitted("Ruyang: 11:29 is within the hours", "ruyang", out(now=at(12, 11, 29))),
    refused(
        "Ruyang: 11:30 is not", "ruyang", out(now=at(12, 11, 30)), "outside_hours", opens_at=at(13, 7, 30)
    ),
    refused(
        "Ruyang: before the hours", "ruyang", out(now=at(12, 7)), "outside_hours", opens_at=at(12, 7, 30)
    ),
    admitted("Ruyang: residents come home at any hour", "ruyang", home(now=at(12, 23))),
    # Wuhan
    refused(
        "Wuhan: the third day is too early",
        "wuhan",
        out(shown=a_pass(), units=exits(at(10, 20))),
        "quota_used",
        free_at=at(13, 0),
    ),
    admitted("Wuhan: the fourth day", "wuhan", out(shown=a_pass(), units=exits(at(9, 20)))),
    refused("Wuhan: passes collected back, the community buys", "wuhan-collected", out(), "group_buying"),
    # Dorbod; Yuechi
    admitted(
        "Dorbod: shop staff with the trade office's certificate",
        "dorbod",
        out(purpose="work", units=exits(at(12, 8)), papers={"trade_office_certificate": True}),
    ),
    refused(
        "Dorbod: without the certificate",
        "dorbod",
        out(purpose="work", papers={"trade_office_certificate": False}),
        "paper_missing",
    ),
    refused("Dorbod: others once in two days", "dorbod", out(units=exits(at(11, 8))), "quota_used"),
    refused("Yuechi: once a day", "yuechi", out(units=exits(at(12, 8))), "quota_used", free_at=at(13, 0)),
    admitted(
        "Yuechi: the next day at midnight",
        "yuechi",
        out(now=at(13, 0), units=exits(at(12, 23, 30))),
        back_by=at(13, 1),
    ),
    refused(
        "Yuechi: someone is still out", "yuechi", out(units=exits((at(12, 9), None))), "someone_still_out"
    ),
    admitted(
        "Yuechi: back after an hour and a minute",
        "yuechi",
        home(units=exits((at(12, 8, 59), None))),
        "overstay",
        out_minutes=61,
    ),
    # a city's unified pass
    undecided(
        "Unified pass: only with the ID card",
        "unified-pass",
        out(shown=a_pass(kind="staff", colour="red"), papers={"unit_seal": True}),
        "paper:id_card",
    ),
    admitted(
        "Unified pass: no more papers, no more questions",
        "unified-pass",
        a_visitor(shown=a_pass(kind="staff", colour="blue"), papers={"unit_seal": True, "id_card": True}),
    ),
    refused(
        "Unified pass: without the unit's seal",
        "unified-pass",
        a_situation(
            "in",
            "employee",
            shown=a_pass(kind="staff", colour="blue"),
            papers={"unit_seal": False, "id_card": True},
        ),
        "paper_missing",
    ),
    # a village in Jinan
    refused(
        "Jinan: used within its three days",
        "jinan-village",
        out(shown=a_pass(valid_from=at(10, 0)), units=exits(at(10, 9))),
        "quota_used",
        free_at=at(13, 0),
    ),
    admitted(
        "Jinan: the next block of three days",
        "jinan-village",
        out(now=at(13, 0), shown=a_pass(valid_from=at(10, 0)), units=exits(at(12, 9))),
    ),
    admitted(
        "Jinan: unused for six days",
        "jinan-village",
        out(shown=a_pass(valid_from=at(1, 0)), units=exits(at(6, 10))),
        "reward_due",
    ),
    # Gucun
    admitted("Gucun: green card goes", "gucun", out(shown=a_pass(colour="green"))),
    undecided("Gucun: yellow card shows ID", "gucun", out(shown=a_pass(colour="yellow")), "paper:id_card"),
    refused("Gucun: pink card stays in", "gucun", out(shown=a_pass(colour="pink")), "colour_stays"),
    # Hangzhou
    admitted(
        "Hangzhou: the seal of this phase",
        "hangzhou",
        out(shown=a_pass(phase="1", colour="round"), place={"phases": ["1"]}),
    ),
    refused(
        "Hangzhou: the seal of another phase",
        "hangzhou",
        out(shown=a_pass(phase="2", colour="square"), place={"phases": ["1"]}),
        "pass_other_phase",
    ),
    admitted(
        "Hangzhou: the card's first temperature of today counts",
        "hangzhou",
        home(shown=a_pass(phase="1", colour="round"), readings=[normal(at=at(12, 7))]),
    ),
    undecided(
        "Hangzhou: yesterday's does not",
        "hangzhou",
        home(shown=a_pass(phase="1", colour="round"), readings=[normal(at=at(11, 22))]),
        "reading",
    ),
]

OTHER_QUOTAS = [
    admitted("Odd door number on an odd day", "odd-even", out(now=at(13), units=exits(number=501))),
    refused(
        "Odd door number on an even day",
        "odd-even",
        out(units=exits(number=501)),
        "not_your_day",
        free_at=at(13, 0),
    ),
    refused(
        "Odd after the 29th of a leap February: the next odd day is 1 March",
        "odd-even",
        out(now=at(28), units=exits(number=3)),
        "not_your_day",
        free_at=at(29, 0),
    ),
    refused(
        "Even on 31 January waits for 2 February",
        "odd-even",
        out(now=at(0), units=exits(number=2)),
        "not_your_day",
        free_at=at(2, 0),
    ),
    refused(
        "Twice on one's own day",
        "odd-even",
        out(units=exits(at(12, 8), number=2)),
        "quota_used",
        free_at=at(14, 0),
    ),
    admitted(
        "Fixed block: last evening of one, first morning of the next",
        "shop-passes",
        out(units=exits(at(11, 23))),
    ),
    refused(
        "Fixed block: both days of one block",
        "shop-passes",
        out(now=at(13), units=exits(at(12, 1))),
        "quota_used",
        free_at=at(14, 0),
    ),
    refused(
        "Two of a shop are out already",
        "shop-passes",
        a_situation("out", "employee", units={"shop": {"exits": [[at(12, 8), None], [at(12, 9), None]]}}),
        "someone_still_out",
    ),
    admitted(
        "One of a shop is out",
        "shop-passes",
        a_situation("out", "employee", units={"shop": {"exits": [[at(12, 8), None]]}}),
    ),
    refused(
        "The employer's exits of the day are used",
        "shop-passes",
        a_situation("out", "employee", units={"employer": {"exits": [[at(12, 7), at(12, 8)]] * 20}}),
        "quota_used",
    ),
    refused("Two of a household together where one may go", "yuechi", out(party=2), "too_many_together"),
    refused("Curfew", "night-curfew", out(now=at(12, 22)), "curfew", opens_at=at(13, 6)),
    refused("Curfew after midnight", "night-curfew", out(now=at(12, 5, 59)), "curfew", opens_at=at(12, 6)),
    admitted("Curfew is over at six", "night-curfew", out(now=at(12, 6))),
    admitted("To a doctor during curfew", "night-curfew", out(now=at(12, 23), purpose="medical")),
    admitted("Home after curfew: let in, written down", "night-curfew", home(now=at(12, 23)), "curfew"),
    admitted(
        "A guest who stayed too long is let out",
        "night-curfew",
        a_situation("out", "visitor", now=at(12, 23), answers={"symptoms": "no"}),
    ),
]

HEALTH = [
    admitted("Known resident, normal", CLOSED, home()),
    held(
        "Resident with a high temperature is held, not refused",
        CLOSED,
        home(readings=[FEVERISH]),
        "fever_recheck",
        "recheck",
        rest_until=at(12, 10, 10),
        reading=378,
        threshold=373,
    ),
    held(
        "37.3 is a fever where the text says 37.3 and over",
        CLOSED,
        home(readings=[normal(373)]),
        "fever_recheck",
        "recheck",
    ),
    admitted("37.2 is none", CLOSED, home(readings=[normal(372)])),
    admitted(
        "38.0, rest, other device, normal", CLOSED, home(readings=[FEVERISH, RECHECKED]), "fever_cleared"
    ),
    held(
        "38.0, rest, other device, still high",
        CLOSED,
        home(readings=[FEVERISH, STILL_HIGH]),
        "fever",
        reading=380,
    ),
    held(
        "A recheck with the same device decides nothing",
        CLOSED,
        home(readings=[FEVERISH, {**RECHECKED, "device": "1"}]),
        "fever_recheck",
        "recheck",
    ),
    held(
        "A recheck after nine minutes decides nothing",
        CLOSED,
        home(readings=[FEVERISH, {**RECHECKED, "at": at(12, 10, 9)}]),
        "fever_recheck",
        "recheck",
    ),
    held(
        "A fever is not talked away by a third reading",
        CLOSED,
        home(readings=[FEVERISH, STILL_HIGH, {**RECHECKED, "at": at(12, 10, 30)}]),
        "fever",
    ),
    held(
        "An outsider with a fever is held, not turned back",
        CLOSED,
        a_visitor(readings=[FEVERISH]),
        "fever_recheck",
        "recheck",
    ),
    held("Leaving with a fever", CLOSED, out(readings=[FEVERISH]), "fever_recheck", "recheck"),
    undecided("Not yet measured", CLOSED, home(readings=[]), "reading"),
    undecided(
        "33.1 from a cold forehead is measured again",
        CLOSED,
        home(readings=[normal(331)]),
        "reading:implausible",
    ),
    admitted("Implausible, then normal", CLOSED, home(readings=[normal(331), normal(362)])),
    admitted("Paper says 正常 without a number", CLOSED, home(readings=[{"normal": True, "at": at(12)}])),
    refused(
        "A visitor declines to be measured",
        ORDINARY,
        a_visitor(readings=[], reading_declined=True),
        "not_measured",
    ),
    admitted(
        "A resident who declines is let in, written down",
        CLOSED,
        home(readings=[], reading_declined=True),
        "not_measured",
    ),
    held(
        "A stranger says that they cough",
        CLOSED,
        a_visitor(category="worker", host="confirmed", papers={"id_card": True}, answers={"symptoms": "yes"}),
        "symptoms_held",
    ),
    turned_back(
        "A worker from a severe area",
        CLOSED,
        a_visitor(
            category="worker",
            host="confirmed",
            papers={"id_card": True},
            answers={"symptoms": "no", "exposure": "yes"},
        ),
        "exposure_refused",
    ),
    undecided(
        "Not asked is not no",
        CLOSED,
        a_visitor(category="worker", host="confirmed", papers={"id_card": True}),
        "question:symptoms",
        "question:exposure",
    ),
    refused(
        "A worker who will not answer",
        CLOSED,
        a_visitor(
            category="worker",
            host="confirmed",
            papers={"id_card": True},
            answers={"symptoms": "declined", "exposure": "no"},
        ),
        "not_answered",
    ),
    admitted(
        "A resident back from a severe area is let in and told to the community",
        CLOSED,
        home(identity="confirmed", answers={"residents_exposure": "yes"}),
        "exposure_noted",
    ),
    refused("Under observation, going out", CLOSED, out(person_state="observed"), "observed_stays"),
    refused(
        "Someone of the household is under observation",
        CLOSED,
        out(household_state="observed"),
        "household_observed_stays",
    ),
    admitted(
        "Under observation, by ambulance",
        CLOSED,
        out(person_state="observed", escort="ambulance"),
        "escorted",
    ),
    admitted("With a fever, by ambulance", CLOSED, out(readings=[FEVERISH], escort="ambulance"), "escorted"),
    admitted("Under observation, coming home", CLOSED, home(person_state="observed"), "observed_return"),
    held(
        "A contact under follow-up comes as a visitor",
        ORDINARY,
        a_visitor(person_state="contact"),
        "key_person",
    ),
    turned_back(
        "A visit to an observed household", ORDINARY, a_visitor(host_state="observed"), "visit_to_observed"
    ),
]

WHO = [
    turned_back("Outsiders are refused", CLOSED, a_visitor(readings=None), "outsider"),
    turned_back(
        "Couriers leave it on the shelf",
        CLOSED,
        a_visitor(category="courier", readings=None),
        "goods_on_shelf",
    ),
    undecided(
        "A worker's host is called",
        CLOSED,
        a_visitor(category="worker", papers={"id_card": True}, answers={"symptoms": "no", "exposure": "no"}),
        "host",
    ),
    turned_back(
        "The host does not want them",
        CLOSED,
        a_visitor(category="worker", host="declined", papers={"id_card": True}),
        "host_declined",
    ),
    turned_back("Says they live here, and does not", CLOSED, home(identity="denied"), "not_of_place"),
    undecided(
        "Who is it?",
        CLOSED,
        home(identity=None, answers={"symptoms": "no", "residents_exposure": "no"}),
        "identity",
    ),
    admitted(
        "A child without papers, confirmed by the household",
        CLOSED,
        home(identity="confirmed", answers={"symptoms": "no", "residents_exposure": "no"}),
    ),
    undecided(
        "An employee who is not on the roster",
        CLOSED,
        a_situation("in", "employee", identity=None, answers={"symptoms": "no", "exposure": "no"}),
        "identity",
    ),
    admitted("Doctors and guards have no quota", "wuhan-collected", a_situation("out", "duty_staff")),
    admitted(
        "Emergency staff first, writing later",
        CLOSED,
        a_situation("in", "emergency", readings=None, identity=None),
        "emergency_first",
    ),
    admitted(
        "An ambulance never waits",
        CLOSED,
        a_visitor(readings=None, vehicle={"kind": "ambulance", "occupants": 3}),
        "emergency_first",
    ),
    admitted(
        "Life at stake: out of a locked-down zone at once",
        CLOSED,
        out(emergency=True, person_state="observed", place=zone("locked_down")),
        "emergency_first",
    ),
    refused(
        "Locked-down zone: nobody leaves",
        CLOSED,
        out(place=zone("locked_down"), purpose="shopping"),
        "zone_no_exit",
    ),
    admitted("Locked-down zone: to a doctor", CLOSED, out(place=zone("locked_down"), purpose="medical")),
    undecided("Locked-down zone: what for?", CLOSED, out(place=zone("locked_down")), "purpose"),
    admitted("Locked-down zone: residents come home", CLOSED, home(place=zone("locked_down"))),
    turned_back(
        "Locked-down zone: an employee may not enter",
        CLOSED,
        a_situation("in", "employee", place=zone("locked_down")),
        "zone_no_entry",
    ),
    refused(
        "Controlled zone: nobody leaves",
        CLOSED,
        out(place=zone("controlled"), purpose="other"),
        "zone_no_exit",
    ),
    admitted("Precaution zone: residents go out", CLOSED, out(place=zone("precaution"))),
    turned_back(
        "Precaution zone: a visitor", CLOSED, a_visitor(place=zone("precaution")), "zone_no_entry", "outsider"
    ),
    admitted("Open place: nobody is asked", CLOSED, a_visitor(place=zone("open"), readings=None)),
    refused(
        "Open place: the observed stay in",
        CLOSED,
        out(place=zone("open"), person_state="observed"),
        "observed_stays",
    ),
    turned_back(
        "A stranger's car",
        CLOSED,
        a_visitor(
            category="worker",
            host="confirmed",
            papers={"id_card": True},
            answers={"symptoms": "no", "exposure": "no"},
            vehicle={"kind": "private", "occupants": 1},
        ),
        "vehicle_not_admitted",
    ),
    admitted(
        "A resident's car, all measured",
        CLOSED,
        home(vehicle={"kind": "private", "occupants": 3, "measured": 3}),
    ),
    undecided(
        "A resident's car, two not measured",
        CLOSED,
        home(vehicle={"kind": "private", "occupants": 3, "measured": 1}),
        "occupants",
    ),
    undecided(
        "Freight needs its pass",
        CLOSED,
        a_visitor(
            category="worker",
            host="confirmed",
            papers={"id_card": True},
            answers={"symptoms": "no", "exposure": "no"},
            vehicle={"kind": "freight"},
        ),
        "paper:vehicle_pass",
    ),
    admitted(
        "Freight with a vehicle's pass",
        CLOSED,
        a_visitor(
            category="worker",
            host="confirmed",
            papers={"id_card": True},
            answers={"symptoms": "no", "exposure": "no"},
            vehicle={"kind": "freight"},
            shown=a_pass(kind="vehicle"),
        ),
    ),
    refused(
        "A car in the people's lane",
        CLOSED,
        out(vehicle={"kind": "private"}, place={"lane": "people"}),
        "wrong_lane",
    ),
    refused("On foot in the vehicles' lane", CLOSED, out(place={"lane": "vehicles"}), "wrong_lane"),
    admitted("Ordinary times: visitors enter", ORDINARY, a_visitor()),
    admitted(
        "Ordinary times: an employee once measured today",
        ORDINARY,
        a_situation("in", "employee", readings=[normal(at=at(12, 7))]),
    ),
]

PASSES = [
    *(
        refused(f"A pass that is {state}", "wuhan", out(shown=a_pass(state=state)), f"pass_{state}")
        for state in (
            "expired", "not_yet_valid", "revoked", "tampered", "unreadable", "unknown_key", "key_retired",
            "clock_set_back", "wrong_place", "other_household",
        )
    ),
    refused("The photo of another household's pass", "wuhan", out(shown=a_pass(same_household=False)),
            "pass_other_household"),
    admitted("Home with an expired pass", "wuhan", home(shown=a_pass(state="expired")), "pass_expired"),
    admitted("Home without a pass", "wuhan", home(shown=None)),
    undecided("Where is the pass?", "wuhan", out(), "pass"),
    admitted("An expired pass where none is needed is only noted", CLOSED, out(shown=a_pass(state="expired")),
             "pass_expired"),
    refused("A forged pass matters also where none is needed", CLOSED, out(shown=a_pass(state="tampered")),
            "pass_tampered"),
]  # fmt: skip

STRICT = "strict"
ANSWERED = {"symptoms": "no", "exposure": "no"}

STRICTER = [
    refused(
        "Used by somebody else 12 minutes ago",
        STRICT,
        out(answers=ANSWERED, shown=a_pass(used_minutes_ago=12)),
        "pass_handed_on",
        used_minutes_ago=12,
    ),
    admitted(
        "Used by somebody else 31 minutes ago",
        STRICT,
        out(answers=ANSWERED, shown=a_pass(used_minutes_ago=31)),
    ),
    refused(
        "Tenants do not go out at all", STRICT, a_situation("out", "tenant", answers=ANSWERED), "quota_none"
    ),
    refused(
        "A closed site: employees stay inside",
        STRICT,
        a_situation("out", "employee", answers=ANSWERED),
        "stays_inside",
    ),
    refused(
        "Two persons in two days, a third",
        STRICT,
        out(answers=ANSWERED, units=exits(at(11, 9), at(12, 8))),
        "quota_used",
        free_at=at(13, 0),
    ),
    admitted(
        "In another state of the place the quota is not meant",
        STRICT,
        out(answers=ANSWERED, place=zone("precaution"), units=exits(at(11, 9), at(12, 8)), purpose="other"),
    ),
    refused(
        "Odd plate on an even day, to work",
        STRICT,
        out(
            answers=ANSWERED,
            purpose="work",
            vehicle={"kind": "private"},
            units={"vehicle": {"exits": [], "number": 7}},
        ),
        "not_your_day",
    ),
    refused(
        "Visitors at noon",
        STRICT,
        a_visitor(now=at(12, 12), host="confirmed", answers=ANSWERED),
        "outside_hours",
        opens_at=at(12, 14),
    ),
    refused("A worker without a pass", STRICT, a_visitor("worker", shown=None), "pass_missing"),
    refused("Without a mask", STRICT, out(answers={**ANSWERED, "mask": "no"}), "no_mask_refused"),
    admitted(
        "A resident without a mask is let in",
        STRICT,
        home(answers={**ANSWERED, "mask": "no"}),
        "no_mask_refused",
    ),
    held("A red health code", STRICT, home(answers={**ANSWERED, "health_code": "red"}), "health_code_held"),
    refused(
        "A yellow health code",
        STRICT,
        a_visitor(host="confirmed", answers={**ANSWERED, "health_code": "yellow"}),
        "health_code_refused",
    ),
    admitted(
        "No phone, no health code: noted, not refused",
        STRICT,
        a_visitor(host="confirmed", answers={**ANSWERED, "health_code": "none"}),
        "health_code_noted",
    ),
    held("From a severe area", STRICT, home(answers={"symptoms": "no", "exposure": "yes"}), "exposure_held"),
    refused("Coughing, going out", STRICT, out(answers={"symptoms": "yes"}), "symptoms_refused"),
    admitted("Does not know", STRICT, out(answers={"symptoms": "unknown"}), "symptoms_noted"),
    refused("By coach today", STRICT, out(answers={**ANSWERED, "trip": "yes"}), "answer_refused"),
    held("By coach? Perhaps", STRICT, out(answers={**ANSWERED, "trip": "unknown"}), "answer_held"),
    held("No mask at all", STRICT, out(answers={**ANSWERED, "mask_worn": "none"}), "no_mask_held"),
    admitted(
        "A mask below the nose, and guests",
        STRICT,
        out(answers={**ANSWERED, "mask_worn": "no", "visitors_at_home": "yes"}),
        "no_mask_noted",
        "answer_noted",
    ),
    admitted(
        "37.5 in the ear is not over 37.5",
        STRICT,
        out(answers=ANSWERED, readings=[normal(375, kind="ear", site="ear")]),
    ),
    held(
        "37.6 in the ear is",
        STRICT,
        out(answers=ANSWERED, readings=[normal(376, kind="ear", site="ear")]),
        "fever_recheck",
        "recheck",
        threshold=376,
    ),
    held(
        "37.0 under the arm",
        STRICT,
        out(answers=ANSWERED, readings=[normal(370, kind="electronic", site="axillary")]),
        "fever_recheck",
        "recheck",
        threshold=370,
    ),
    admitted(
        "37.0 under the arm with mercury is not over 37.0",
        STRICT,
        out(answers=ANSWERED, readings=[normal(370, kind="mercury", site="axillary")]),
    ),
    held(
        "Two rechecks: after the first there is a second",
        STRICT,
        out(readings=[FEVERISH, STILL_HIGH]),
        "fever_recheck",
        "recheck",
        rest_until=at(12, 10, 17),
    ),
    held(
        "Two rechecks: after the second it is a fever",
        STRICT,
        out(readings=[FEVERISH, STILL_HIGH, {**STILL_HIGH, "at": at(12, 10, 20)}]),
        "fever",
    ),
    undecided(
        "正常 without a number is not enough",
        STRICT,
        out(answers=ANSWERED, readings=[{"normal": True, "at": at(12)}]),
        "reading",
    ),
    refused(
        "Freight in its hours, not disinfected",
        STRICT,
        a_visitor(
            now=at(12, 8),
            host="confirmed",
            answers=ANSWERED,
            vehicle={"kind": "freight", "occupants": 1},
            papers={"route_sheet": True, "disinfected": False},
        ),
        "not_disinfected",
    ),
    refused(
        "Freight outside its hours",
        STRICT,
        a_visitor(host="confirmed", answers=ANSWERED, vehicle={"kind": "freight", "occupants": 1}),
        "outside_hours",
        opens_at=at(13, 6),
    ),
]

CASES: tuple[Case, ...] = (*HOUSEHOLD_RULES, *OTHER_QUOTAS, *HEALTH, *WHO, *PASSES, *STRICTER)
