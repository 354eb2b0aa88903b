"""What the temperatures of an encounter say: normal, to be rechecked, fever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from lianfang.engines.rules.gates.situation import Reading


class Verdict(Enum):
    NONE = "none"
    NORMAL = "normal"
    IMPLAUSIBLE = "implausible"
    RECHECK = "recheck"
    FEVER = "fever"


class Found(NamedTuple):
    """`reading` and `threshold` in tenths; `since` is when the rest before the next recheck began."""

    verdict: Verdict
    cleared: bool = False
    reading: int = 0
    threshold: int = 0
    since: int = 0


class Thermometry:
    """The profile's rules of measuring."""

    __slots__ = (
        "_by_device_and_site",
        "_highest",
        "_limit",
        "_lowest",
        "_other_device",
        "_rechecks",
        "_rest",
        "_site",
        "_word_counts",
        "normal_below",
        "normal_from",
    )

    def __init__(self, rules: Mapping[str, object]) -> None:
        self._limit = _whole(rules["abnormal_from"])
        thresholds = rules["thresholds"]
        assert isinstance(thresholds, list)
        self._by_device_and_site = {
            (one["device"], one["site"]): _whole(one["abnormal_from"]) for one in thresholds
        }
        self._lowest, self._highest = _whole(rules["plausible_from"]), _whole(rules["plausible_to"])
        self.normal_from = self._lowest
        self.normal_below = min([self._limit, *self._by_device_and_site.values()])
        """From the one to below the other a single reading is normal whatever the device."""
        self._word_counts = not rules["number_required"]
        self._rechecks = _whole(rules["rechecks"])
        self._rest = _whole(rules["recheck_after_minutes"]) * 60
        self._other_device = bool(rules["recheck_other_device"])
        self._site = rules["recheck_site"]

    def judge(self, readings: Sequence[Reading]) -> Found:
        """The readings of one encounter, in their order.

        The first abnormal one begins a case; a reading that meets the recheck rule (rest, other device,
        site) clears it if normal, and after the profile's number of abnormal rechecks it is a fever.
        Readings that come too early or from the same device decide nothing.
        """
        found = _NOTHING
        first: Reading | None = None
        pending = _NOTHING
        failed = 0
        cleared = False
        for reading in readings:
            tenths = reading.get("tenths")
            if tenths is None:
                if self._word_counts and reading.get("normal") and first is None:
                    found = _NORMAL
                continue
            if not self._lowest <= tenths <= self._highest:
                if found is _NOTHING:
                    found = _IMPLAUSIBLE
                continue
            limit = self._limit_of(reading)
            if first is None:
                if tenths < limit:
                    found = _NORMAL
                    continue
                first, failed = reading, 0
            elif not self._is_recheck(reading, pending.since, first):
                continue
            elif tenths < limit:
                first, cleared, found = None, True, _NORMAL
                continue
            else:
                failed += 1
            if failed >= self._rechecks:
                return Found(Verdict.FEVER, cleared, tenths, limit)
            pending = Found(Verdict.RECHECK, cleared, tenths, limit, reading.get("at", 0))
        if first is not None:
            return pending
        return found if not cleared else _CLEARED

    def recheck_at(self, since: int) -> int:
        return since + self._rest

    @property
    def rests(self) -> bool:
        return self._rest > 0

    @property
    def other_device(self) -> bool:
        return self._other_device

    @property
    def site(self) -> str:
        return str(self._site)

    def _is_recheck(self, reading: Reading, since: int, first: Reading) -> bool:
        if reading.get("at", 0) < since + self._rest:
            return False
        if self._other_device:
            device = reading.get("device", "")
            if not device or device == first.get("device", ""):
                return False
        return not self._site or reading.get("site", "") == self._site

    def _limit_of(self, reading: Reading) -> int:
        special = self._by_device_and_site
        if not special:
            return self._limit
        kind, site = reading.get("kind", ""), reading.get("site", "")
        for key in ((kind, site), (kind, ""), ("", site)):
            if key in special:
                return special[key]
        return self._limit


_NOTHING = Found(Verdict.NONE)
_NORMAL = Found(Verdict.NORMAL)
_CLEARED = Found(Verdict.NORMAL, cleared=True)
_IMPLAUSIBLE = Found(Verdict.IMPLAUSIBLE)


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
