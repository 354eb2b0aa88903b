"""The closed sets that a gate's rules, situations and decisions are written in.

The values are what stands in JSON, on the phone and in the book; the words for people are in `codes.toml`.
"""

from __future__ import annotations

from enum import StrEnum


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class Category(StrEnum):
    """人员类别. `resident` and `tenant` live in the place; nobody of them is ever shut out of home."""

    RESIDENT = "resident"
    TENANT = "tenant"
    VISITOR = "visitor"
    COURIER = "courier"
    WORKER = "worker"
    EMPLOYEE = "employee"
    DUTY_STAFF = "duty_staff"
    EMERGENCY = "emergency"


class Outcome(StrEnum):
    """放行、拒绝、劝返、暂留. A decision without an outcome still misses something."""

    ADMITTED = "admitted"
    REFUSED = "refused"
    TURNED_BACK = "turned_back"
    HELD = "held"


class PlaceState(StrEnum):
    """`open`: people are counted, nobody is asked; `closed`: 封闭管理, the rules of the profile as they
    stand; then the three levels of zone: 防范区, 管控区, 封控区."""

    OPEN = "open"
    CLOSED = "closed"
    PRECAUTION = "precaution"
    CONTROLLED = "controlled"
    LOCKED_DOWN = "locked_down"


class Identity(StrEnum):
    """How the guard knows who this is. `denied`: looked for, and does not live or work here."""

    UNKNOWN = ""
    REGISTER = "register"
    PASS = "pass"  # noqa: S105 a word of the gate, no secret
    CONFIRMED = "confirmed"
    DENIED = "denied"


class PersonState(StrEnum):
    ORDINARY = "ordinary"
    OBSERVED = "observed"
    CONTACT = "contact"


class Escort(StrEnum):
    AMBULANCE = "ambulance"
    MEDIC = "medic"
    OFFICER = "officer"


class Purpose(StrEnum):
    SHOPPING = "shopping"
    WORK = "work"
    MEDICAL = "medical"
    CARE = "care"
    OFFICIAL = "official"
    OTHER = "other"


class Paper(StrEnum):
    """What a person or a driver may be asked to show, or (photo, seal, disinfected) the guard looks at."""

    ID_CARD = "id_card"
    PHOTO_MATCH = "photo_match"
    EMPLOYER_CERTIFICATE = "employer_certificate"
    TRADE_OFFICE_CERTIFICATE = "trade_office_certificate"
    VILLAGE_CERTIFICATE = "village_certificate"
    UNIT_SEAL = "unit_seal"
    NO_RETURN_PLEDGE = "no_return_pledge"
    MEDICAL_SLIP = "medical_slip"
    HEALTH_CARD = "health_card"
    VEHICLE_PASS = "vehicle_pass"  # noqa: S105
    ROUTE_SHEET = "route_sheet"
    DISINFECTED = "disinfected"


class VehicleKind(StrEnum):
    PRIVATE = "private"
    FREIGHT = "freight"
    SUPPLY = "supply"
    OFFICIAL = "official"
    TAXI = "taxi"
    SHUTTLE = "shuttle"
    AMBULANCE = "ambulance"
    FIRE = "fire"
    POLICE = "police"
    RESCUE = "rescue"


class Lane(StrEnum):
    """人车分流: what a gate is for."""

    BOTH = "both"
    PEOPLE = "people"
    VEHICLES = "vehicles"


class QuotaKind(StrEnum):
    """What "one person every two days" means here.

    `rolling`: so many within the last n × 24 hours; `calendar`: within today and the n-1 days before;
    `block`: within a fixed block of n days, counted from an anchor (a date, or the first day of the
    pass); `odd_even`: on days whose number is odd or even like the household's (or plate's) number, and
    so many on such a day; `none`: nobody.
    """

    ROLLING = "rolling"
    CALENDAR = "calendar"
    BLOCK = "block"
    ODD_EVEN = "odd_even"
    NONE = "none"


class QuotaUnit(StrEnum):
    """Whose exits a quota counts."""

    HOUSEHOLD = "household"
    PERSON = "person"
    EMPLOYER = "employer"
    SHOP = "shop"
    VEHICLE = "vehicle"


class MissingKind(StrEnum):
    """What must still be done before the gate can decide."""

    IDENTITY = "identity"
    HOST = "host"
    PASS = "pass"  # noqa: S105
    PAPER = "paper"
    PURPOSE = "purpose"
    READING = "reading"
    RECHECK = "recheck"
    QUESTION = "question"
    OCCUPANTS = "occupants"


class Registering(StrEnum):
    """How much is to be written down: every column, a mark with the time, times on the card, or nothing."""

    FULL = "full"
    MARK = "mark"
    ON_CARD = "on_card"
    NONE = "none"


HOME = frozenset({Category.RESIDENT, Category.TENANT})
"""Who lives in the place."""
