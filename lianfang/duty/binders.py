"""The sections of duty in the binder of a place: rosters as they were published, hours, handovers."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.desk.binders import Section, binder_section
from lianfang.desk.masking import masked_name
from lianfang.desk.rendering import moment_text
from lianfang.duty.models import Handover
from lianfang.duty.queries import turns_at
from lianfang.people.models import Officer
from lianfang.places.models import Place

MOST_ROWS = 2000


def _span(since: date, until: date) -> tuple[datetime, datetime]:
    begin = timezone.make_aware(datetime.combine(since, time.min))
    return begin, timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))


@binder_section(_("值班表"), 120)
def duty(_officer: Officer, place: Place, _response: Response, since: date, until: date) -> Section:
    turns = turns_at(place, *_span(since, until))[:MOST_ROWS]
    return Section(
        ["日期", "班次", "时间", "岗位", "值班员", "派出单位"],
        [
            [
                f"{timezone.localtime(one.starts_at):%Y-%m-%d}",
                one.shift,
                f"{timezone.localtime(one.starts_at):%H:%M}–{timezone.localtime(one.ends_at):%H:%M}",
                one.post,
                masked_name(one.name),
                one.unit,
            ]
            for one in turns
        ],
        (1.4, 1, 1.6, 1.4, 1.2, 2),
    )


@binder_section(_("交接班记录"), 125)
def handing_over(_officer: Officer, place: Place, response: Response, since: date, until: date) -> Section:
    begin, end = _span(since, until)
    rows = Handover.objects.current().filter(
        place=place, response=response, happened_at__gte=begin, happened_at__lt=end
    )
    return Section(
        ["时间", "交班人", "接班人", "异常情况", "未尽事项", "物资清点"],
        [
            [
                moment_text(one.happened_at),
                masked_name(one.handed_by),
                masked_name(one.taken_by),
                one.incidents,
                one.open_matters,
                "、".join(f"{name}{count}" for name, count in one.counted.items()),
            ]
            for one in rows.order_by("happened_at")[:MOST_ROWS]
        ],
        (1.6, 1, 1, 2, 2, 2),
    )
