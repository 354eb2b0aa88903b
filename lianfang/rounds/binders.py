"""What the rounds put into the binder of a place (消毒台账、巡查记录、通风记录)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lianfang.book.models import Response
from lianfang.desk.binders import Section, binder_section
from lianfang.desk.rendering import moment_text
from lianfang.people.models import Officer
from lianfang.places.models import Place
from lianfang.rounds.models import Mark, RoundKind
from lianfang.rounds.queries.coverage import marks_of
from lianfang.rounds.wording import disinfected_in_words

_MOST_ROWS = 2000


def _marks(*kinds: RoundKind) -> Callable[[Officer, Place, Response, date, date], Section | None]:
    def section(
        officer: Officer, place: Place, response: Response, since: date, until: date
    ) -> Section | None:
        begin = timezone.make_aware(datetime.combine(since, time.min))
        end = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
        marks = (
            marks_of(officer, response)
            .filter(spot__place=place, kind__in=kinds, happened_at__gte=begin, happened_at__lt=end)
            .order_by("happened_at")
        )
        return Section(
            ["时间", "点位", "内容", "操作人", "到场依据", "备注"],
            [_row(mark) for mark in marks[:_MOST_ROWS]],
            (1.5, 1.5, 2.6, 1.2, 1.1, 1.3),
        )

    return section


binder_section("消毒记录(点位)", 72)(_marks(RoundKind.DISINFECTION))
binder_section("通风、保洁记录(点位)", 82)(_marks(RoundKind.VENTILATION, RoundKind.CLEANING))
binder_section("巡查记录", 125)(_marks(RoundKind.PATROL, RoundKind.PUBLICITY_CHECK))


def _row(mark: Mark) -> list[str]:
    remark = "补登" if mark.late_entry else ""
    return [
        moment_text(mark.happened_at) if mark.happened_at else "",
        mark.spot.name,
        disinfected_in_words(mark) or mark.found or str(mark.get_kind_display()),
        mark.people,
        str(mark.get_proof_display()),
        remark,
    ]
