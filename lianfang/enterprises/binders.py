"""What enterprises put into the binder of a site (企业防控工作台账), in the order that inspectors ask for."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from lianfang.book.models import Response
from lianfang.desk.binders import Section, binder_section
from lianfang.desk.masking import masked_name
from lianfang.desk.rendering import moment_text
from lianfang.enterprises.models import EntryKind, LedgerEntry, StaffState
from lianfang.enterprises.queries import sites, staff
from lianfang.gates.queries.passages import day_span
from lianfang.gates.queries.rounds import ROUNDS, others_than_employees
from lianfang.inspections.queries import visible_findings
from lianfang.inspections.standing import STAGE_WORDS, standings_of
from lianfang.people.models import Officer
from lianfang.places.models import Place, PlaceKind

if TYPE_CHECKING:
    from lianfang.gates.models import Temperature

MOST_ROWS = 2000
Source = Callable[[Officer, Place, Response, date, date], Section | None]


def _at_sites(source: Source) -> Source:
    """The section is for enterprise sites only."""

    def section(
        officer: Officer, place: Place, response: Response, since: date, until: date
    ) -> Section | None:
        if place.kind != PlaceKind.ENTERPRISE_SITE:
            return None
        return source(officer, place, response, since, until)

    return section


def _entries(kind: EntryKind) -> Source:
    def section(
        _officer: Officer, place: Place, response: Response, since: date, until: date
    ) -> Section | None:
        rows = _between(sites.entries_of(place, response).filter(kind=kind), since, until)
        return Section(
            ["时间", "事项", "区域、部位", "内容", "人数", "经办人"],
            [_entry_row(entry) for entry in rows],
            (1.6, 2, 1.6, 3, 0.7, 1.1),
        )

    return _at_sites(section)


binder_section("方案与预案", 10)(_entries(EntryKind.PLAN))
binder_section("领导小组名单", 20)(_entries(EntryKind.LEADING_GROUP))


@binder_section("防控措施与岗位", 25)
@_at_sites
def measures(_officer: Officer, place: Place, _response: Response, _since: date, until: date) -> Section:
    rows = [
        [one.get_kind_display(), one.text, _day(one.valid_from)] for one in sites.measures_of(place, until)
    ]
    rows += [
        [
            post.name,
            f"{post.duty} {'、'.join(masked_name(one.person.name) for one in post.holders.all())}".strip(),
            _day(post.valid_from),
        ]
        for post in sites.posts_of(place, until)
    ]
    return Section(["措施、岗位", "内容", "起始"], rows, (1.5, 4, 1.2))


@binder_section("员工花名册(一人一档)", 30)
@_at_sites
def roster(_officer: Officer, place: Place, response: Response, _since: date, until: date) -> Section:
    rows = [
        [
            line.employee.number,
            masked_name(line.employee.person.name),
            line.employee.department,
            line.employee.job,
            str(line.employee.dormitory_room or ""),
            str(line.state.get_condition_display() if line.state else "在岗"),
        ]
        for line in staff.staff_of_day(place, response, until)[:MOST_ROWS]
    ]
    return Section(["工号", "姓名", "部门", "岗位", "宿舍", "在岗情况"], rows)


@binder_section("返岗、隔离台账", 40)
@_at_sites
def returns(_officer: Officer, place: Place, _response: Response, since: date, until: date) -> Section:
    states = (
        StaffState.objects.filter(employee__place=place, valid_from__lte=until)
        .exclude(valid_to__lt=since)
        .select_related("employee__person")
        .order_by("valid_from")
    )
    rows = [
        [
            masked_name(state.employee.person.name),
            str(state.get_condition_display()),
            _day(state.valid_from),
            _day(state.valid_to),
            state.where,
        ]
        for state in states[:MOST_ROWS]
    ]
    return Section(["姓名", "情况", "起", "止", "所在地"], rows)


@binder_section("每日体温台账", 50)
@_at_sites
def temperatures(_officer: Officer, place: Place, response: Response, since: date, until: date) -> Section:
    rows = []
    for offset in range((until - since).days + 1):
        day = since + timedelta(days=offset)
        for line in staff.staff_of_day(place, response, day):
            if line.readings.all:
                name = masked_name(line.employee.person.name)
                taken = [_reading(line.readings.last(part)) for part in ROUNDS]
                rows += [[_day(day), name, line.employee.department, *taken, "异常" if line.abnormal else ""]]
    return Section(
        ["日期", "姓名", "部门", "晨检", "午检", "晚检", "备注"],
        rows[:MOST_ROWS],
        note=_left_out(len(rows)),
    )


@binder_section("来访及车辆登记", 60)
@_at_sites
def visitors(officer: Officer, place: Place, response: Response, since: date, until: date) -> Section:
    begin, end = day_span(since)[0], day_span(until)[1]
    passages = others_than_employees(officer, response, place, begin, end)
    rows = [
        [
            _moment(row.happened_at),
            row.get_direction_display(),
            row.plate or masked_name(row.name),
            row.get_category_display(),
            row.coming_from or row.going_to,
            row.purpose,
            row.get_outcome_display(),
        ]
        for row in passages[:MOST_ROWS]
    ]
    return Section(
        ["时间", "进出", "姓名(车牌)", "类别", "来自、去向", "事由", "处置"],
        rows,
        note=_left_out(passages.count()),
    )


binder_section("消毒台账", 70)(_entries(EntryKind.DISINFECTION))
binder_section("通风记录", 80)(_entries(EntryKind.VENTILATION))
binder_section("食堂(错峰)", 90)(_entries(EntryKind.CANTEEN))


@binder_section("宿舍", 95)
@_at_sites
def dormitory(officer: Officer, place: Place, response: Response, since: date, until: date) -> Section:
    crowded = staff.crowded_rooms(place, until)
    base = _entries(EntryKind.DORMITORY)(officer, place, response, since, until)
    assert base is not None
    words = ";".join(f"{one.room} 住 {one.persons} 人(不超过 {one.most} 人)" for one in crowded)
    return Section(base.titles, base.rows, base.widths, f"超员:{words}" if words else "没有超员的宿舍。")


@binder_section("防疫物资台账", 100)
@_at_sites
def supplies(_officer: Officer, place: Place, response: Response, _since: date, _until: date) -> Section:
    rows = [
        [
            one.entry.title,
            f"{one.stock:f}".rstrip("0").rstrip("."),
            one.entry.unit,
            "" if one.lasts_days is None else f"{one.lasts_days} 天",
            _moment(one.entry.happened_at),
        ]
        for one in sites.supplies_of(place, response)
    ]
    return Section(["品名", "结存", "单位", "够用", "盘点时间"], rows)


binder_section("培训宣传", 110)(_entries(EntryKind.TRAINING))
binder_section("应急演练", 130)(_entries(EntryKind.DRILL))


@binder_section("检查整改", 140)
@_at_sites
def inspections(officer: Officer, place: Place, response: Response, since: date, until: date) -> Section:
    begin, end = day_span(since)[0], day_span(until)[1]
    roots = visible_findings(officer, response).filter(
        inspection__place=place, received_at__gte=begin, received_at__lt=end
    )
    known = standings_of(roots.values_list("root", flat=True))
    rows = [
        [
            _moment(one.finding.inspection.happened_at),
            one.finding.text,
            one.rectification.measures if one.rectification else "",
            str(STAGE_WORDS[one.stage]),
        ]
        for one in known.values()
    ]
    return Section(["检查时间", "发现问题", "整改措施", "状态"], rows, (1.5, 3, 3, 1))


@binder_section("每日上报", 150)
@_at_sites
def reports(_officer: Officer, place: Place, response: Response, since: date, until: date) -> Section:
    days = (until - since).days + 1
    rows = [
        [
            _day(one.day),
            *(
                str(number)
                for number in (
                    one.expected,
                    one.present,
                    one.absent,
                    one.not_back,
                    one.isolated,
                    one.abnormal,
                )
            ),
            _moment(one.received_at),
        ]
        for one in sites.summaries_of(place, response, until=until, days=days)
    ]
    return Section(["日期", "应到", "实到", "缺勤", "未返", "隔离", "异常", "上报时间"], rows)


def _between(rows: "QuerySet[Any]", since: date, until: date) -> "QuerySet[Any]":
    begin, end = day_span(since)[0], day_span(until)[1]
    return rows.filter(happened_at__gte=begin, happened_at__lt=end).order_by("happened_at")[:MOST_ROWS]


def _entry_row(entry: LedgerEntry) -> list[str]:
    count = "" if entry.person_count is None else str(entry.person_count)
    return [_moment(entry.happened_at), entry.title, entry.where, entry.text, count, entry.done_by]


def _reading(reading: "Temperature | None") -> str:
    if reading is None:
        return ""
    return "正常" if reading.celsius is None else f"{reading.celsius}"


def _left_out(count: int) -> str:
    return f"共 {count} 行,这里印前 {MOST_ROWS} 行,其余在系统里查看。" if count > MOST_ROWS else ""


def _moment(moment: datetime | None) -> str:
    return moment_text(moment) if moment else ""


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.month}月{day.day}日"
