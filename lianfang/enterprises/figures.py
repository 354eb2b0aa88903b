"""The figures of a site's staff on a day: 应到 = 实到 + 缺勤; 未返 and 隔离 stand beside."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class StaffFigures:
    expected: int
    present: int
    absent: int
    not_back: int
    isolated: int
    abnormal: int

    def values(self) -> dict[str, int]:
        return asdict(self)

    def __add__(self, other: "StaffFigures") -> "StaffFigures":
        mine, others = self.values(), other.values()
        return StaffFigures(**{name: mine[name] + others[name] for name in mine})


NONE = StaffFigures(0, 0, 0, 0, 0, 0)
