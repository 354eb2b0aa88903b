"""The places of Boxing with what the article says was done there, and invented people and days.

What the article says (in its sections 发动企业, 包保小区, 寄情包村) is encoded by us; what it leaves out and
a place needs in order to be looked at comes from `invented` and is marked as such. All by the actions
that people call; twice changes nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from lianfang.book.actions import Actor
from lianfang.book.models import Response
from lianfang.enterprises import actions as enterprises
from lianfang.enterprises.models import MeasureKind
from lianfang.field.actions import enrol_at_once, give_pin, receive_upload
from lianfang.field.envelopes import beginning_of, letter_of
from lianfang.field.models import Device
from lianfang.inspections import actions as inspections
from lianfang.inspections.actions import Line
from lianfang.inspections.models import ProblemKind, Severity
from lianfang.people import actions as people
from lianfang.people.models import Area, Assignment, Body, Person
from lianfang.places import actions as places
from lianfang.places.models import (
    Employee,
    Household,
    Place,
    PlaceKind,
    Regime,
    Resident,
    Spot,
    SpotKind,
)
from lianfang.rounds import actions as rounds
from lianfang.rounds.models import PublicityKind, RoundKind
from lianfang.scenarios.boxing import facts, invented, serving

_NAMESPACE = UUID("5f1c6a52-9f0e-5f5e-8f0a-371625000001")
_AT_ONCE = 500
DEMO_PIN = "2468"
COMPOUND, VILLAGE, JINGBO, WANSHIDA = "家具厂小区", "三官庙村", "京博集团厂区", "万事达集团厂区"


@dataclass(frozen=True, slots=True)
class Hands:
    """Who acts while the grounds come in: the office, the leader, and the safety officers of the sites."""

    office: Actor
    leader: Actor
    compound: Actor
    safety: Mapping[str, Actor]


def register_places(actor: Actor, areas: Mapping[str, Area], bodies: Mapping[str, Body]) -> dict[str, Place]:
    """The four places, so that assignments and grants can name them."""
    county, village = areas[facts.COUNTY], areas[facts.VILLAGE[0]]
    lines = (
        (COMPOUND, PlaceKind.COMPOUND, county, None, True, "报道:人员少、经费短缺;" + invented.MARK),
        (
            VILLAGE,
            PlaceKind.VILLAGE,
            village,
            bodies["三官庙村“两委”"],
            False,
            "报道:村民有钱的出钱,有力的出力(未载数字);" + invented.MARK,
        ),
        (JINGBO, PlaceKind.ENTERPRISE_SITE, county, bodies["京博集团"], False, invented.MARK),
        (WANSHIDA, PlaceKind.ENTERPRISE_SITE, county, bodies["万事达集团"], False, invented.MARK),
    )
    return {
        name: places.register_place(
            actor,
            name=name,
            kind=kind,
            area=area,
            body=body,
            unmanaged=unmanaged,
            remark=remark,
            id=_id("place", name),
        )
        for name, kind, area, body, unmanaged, remark in lines
    }


def assign_places(
    actor: Actor, found: Mapping[str, Place], bodies: Mapping[str, Body], persons: Mapping[str, Person]
) -> None:
    """包保: the federation for the compound and, by its first secretary, for the village."""
    federation = bodies[facts.FEDERATION]
    lines = (
        ("刘刚", COMPOUND, "包保三无小区,值班值守(主动请缨)"),
        ("郑永平", COMPOUND, "多次在岗值班"),
        ("王艳莉", COMPOUND, "带领机关人员挨家挨户上门排查"),
        ("", COMPOUND, "全体人员保机关运行、保小区执勤后勤供应"),
        ("安俐", VILLAGE, "第一书记包保村,春节期间下沉到村"),
    )
    for name, place, duty in lines:
        key = _id("assignment", f"{name}/{place}")
        if not Assignment.objects.filter(pk=key).exists():
            people.assign(
                actor,
                body=federation,
                person=persons[name] if name else None,
                place_id=found[place].pk,
                duty=duty,
                id=key,
            )


def load_grounds(
    hands: Hands,
    response: Response,
    found: Mapping[str, Place],
    bodies: Mapping[str, Body],
    persons: Mapping[str, Person],
) -> None:
    """Everything that happens at the places."""
    gates = _build(hands.office, found)
    _people(hands.office, found)
    _regime(hands.office, response, found)
    _enterprises(hands.safety, found)
    _publicity(hands.office, response, found, bodies)
    spots = _rounds(hands.office, found)
    _inspections(hands.leader, response, found, bodies)
    committee = bodies["三官庙村“两委”"]
    serving.found_team(hands.office, response, found[VILLAGE], committee, persons["安俐"])
    serving.compound_roster(hands.office, response, found[COMPOUND], bodies[facts.FEDERATION], persons)
    serving.village_roster(hands.office, response, found[VILLAGE], persons)
    _days(hands.office, response, found, gates, spots)
    serving.count_hours(hands.office, response, found[VILLAGE], committee)
    serving.issue_passes(hands.compound, found[COMPOUND])


def count_of_people(found: Mapping[str, Place]) -> int:
    """The invented people at the places."""
    here = list(found.values())
    living = Resident.objects.filter(household__place__in=here).count()
    return living + Employee.objects.filter(place__in=here).count()


def _build(actor: Actor, found: Mapping[str, Place]) -> dict[str, Spot]:
    """Buildings and spots. The gates are invented but for the duty post and the turn-back post."""
    compound, village = found[COMPOUND], found[VILLAGE]
    places.build_compound(
        actor, place=compound, plan=places.Plan(first=1, last=8, stairwells=3, floors=5, rooms_a_floor=2)
    )
    places.register_stairwell_spots(actor, place=compound)
    gates = {
        COMPOUND: _spot(actor, compound, SpotKind.GATE, "大门", lane="both", way="both"),
        VILLAGE: _spot(actor, village, SpotKind.GATE, "劝返点", lane="both", way="both"),
        JINGBO: _spot(actor, found[JINGBO], SpotKind.GATE, "东门(人行)", lane="people", way="both"),
        WANSHIDA: _spot(actor, found[WANSHIDA], SpotKind.GATE, "南门(人行)", lane="people", way="both"),
    }
    _spot(actor, found[JINGBO], SpotKind.GATE, "北门(车行)", lane="vehicles", way="both")
    _spot(actor, found[WANSHIDA], SpotKind.GATE, "西门(车行)", lane="vehicles", way="both")
    _spot(actor, compound, SpotKind.DUTY_POST, "值班点")
    _spot(actor, compound, SpotKind.NOTICE_BOARD, "通报栏")
    _spot(actor, compound, SpotKind.MASK_BIN, "废弃口罩收集容器")
    for number in range(1, 9):
        _spot(actor, compound, SpotKind.BIN, f"{number}号楼垃圾桶")
    for number in range(1, 6):
        _spot(actor, village, SpotKind.PUBLIC_AREA, f"{number}组主街")
    for name in ("办公楼", "职工宿舍", "餐厅"):
        _spot(actor, found[WANSHIDA], SpotKind.PUBLIC_AREA, name)
    return gates


def _people(actor: Actor, found: Mapping[str, Place]) -> None:
    """1,200 invented people: 560 and 340 residents, 180 and 120 employees."""
    if not Resident.objects.filter(household__place=found[COMPOUND]).exists():
        living = invented.residents_of_compound(8, 3, 5, 560)
        places.import_place_rows(actor, place=found[COMPOUND], table="residents", rows=living.table)
    if not Resident.objects.filter(household__place=found[VILLAGE]).exists():
        living = invented.residents_of_village(5, 340)
        places.import_place_rows(actor, place=found[VILLAGE], table="residents", rows=living.table)
    for site, count in ((JINGBO, 180), (WANSHIDA, 120)):
        if not Employee.objects.filter(place=found[site]).exists():
            living = invented.employees_of(site, count, ("一车间", "二车间", "仓储", "办公室"))
            places.import_place_rows(actor, place=found[site], table="employees", rows=living.table)


def _regime(actor: Actor, response: Response, found: Mapping[str, Place]) -> None:
    begins = timezone.make_aware(datetime.combine(response.started_on, time.min)) + timedelta(days=1)
    for name in (COMPOUND, VILLAGE):
        places.set_place_state(
            actor,
            place=found[name],
            regime=Regime.CLOSED,
            begins_at=begins,
            authority="封闭管理见报道;起始时间为演示而设",
            id=_id("state", name),
        )
    for name in (COMPOUND, VILLAGE):
        if not found[name].duty_pins.exists():
            give_pin(actor, place=found[name], name="演示值守员", pin=DEMO_PIN)


def _enterprises(safety: Mapping[str, Actor], found: Mapping[str, Place]) -> None:
    """What the article says that 京博集团 and 万事达集团 do at their sites."""
    strict = (MeasureKind.PLAN, "严格布控企业内部防控,制定严密的防疫措施")
    lines = (
        (JINGBO, *strict),
        (JINGBO, MeasureKind.SEPARATE_WAYS, "人车分流规定"),
        (JINGBO, MeasureKind.DISINFECTION_PASSAGE, "消毒通道"),
        (JINGBO, MeasureKind.TEMPERATURES, "员工必须自觉接受体温监测"),
        (JINGBO, MeasureKind.CLEANING, "园区清洁"),
        (JINGBO, MeasureKind.DISINFECTION, "园区消毒"),
        (JINGBO, MeasureKind.CHECKING, "园区检查"),
        (JINGBO, MeasureKind.PUBLICITY, "园区宣传"),
        (WANSHIDA, *strict),
        (WANSHIDA, MeasureKind.REGISTERING, "进出厂区人员登记、测体温,建立工作台账"),
        (WANSHIDA, MeasureKind.DISINFECTION, "党员为办公楼、职工宿舍、餐厅等公共区域消毒"),
    )
    for site, kind, text in lines:
        enterprises.take_site_measure(
            safety[site], place=found[site], kind=kind, text=text, id=_id("measure", f"{site}/{kind}")
        )
    enterprises.set_up_site_post(
        safety[WANSHIDA],
        place=found[WANSHIDA],
        name="党员先锋模范岗",
        of_party_members=True,
        id=_id("site-post", WANSHIDA),
    )


def _publicity(
    actor: Actor, response: Response, found: Mapping[str, Place], bodies: Mapping[str, Body]
) -> None:
    """The four insistences (四个坚持) as a bulletin in our words, and what hangs in the places."""
    bulletin = rounds.draft_bulletin(
        actor,
        response=response,
        body=bodies[facts.FEDERATION],
        title="家具厂小区防控做法:四个坚持",
        text=(
            "坚持严管,确保小区封闭管理到位:设值班点,24小时值班;制度严管和温情沟通双重机制;进出登记、测量体温、"
            "问清人员情况,外来人员禁止进入;劝导居民佩戴口罩、少出入、居家为国做贡献。\n"
            "坚持引导,确保宣传警示到位:挂条幅,贴宣传图画,设劝导牌和废弃口罩收集容器,疫情通报及时上栏。\n"
            "坚持排查,确保人员情形了解到位:挨家挨户上门,信息准、底数清、情况明。\n"
            "坚持消毒,确保定时定点清洁到位:值班人员背喷雾器,逐个楼道、逐个垃圾桶、逐个角落消毒。"
        ),
        id=_id("bulletin", "四个坚持"),
    )
    if bulletin.published_at is None:
        bulletin = rounds.publish_bulletin(actor, bulletin=bulletin)
    # A draft: the article tells of the village without a summary of its own.
    rounds.draft_bulletin(
        actor,
        response=response,
        body=bodies[facts.FEDERATION],
        title="三官庙村防控做法",
        text=(
            "第一书记安俐放弃春节假期,下沉到村:入户信息摸排,在值守点登记过往人员和车辆,张贴宣传材料。\n"
            "村“两委”成立疫情防控党员志愿队,党员面对党旗承诺;有的参加劝返点24小时值守,有的参加村内环境消杀,"
            "有的参加村内防疫巡逻。\n"
            "群众跟着干:有钱的出钱,有力的出力。"
        ),
        id=_id("bulletin", "三官庙村"),
    )
    items = (
        (COMPOUND, PublicityKind.BANNER, "防控疫情警示条幅"),
        (COMPOUND, PublicityKind.POSTER, "疫情防控宣传图画"),
        (COMPOUND, PublicityKind.SIGN, "小区进出劝导牌"),
        (COMPOUND, PublicityKind.MASK_BIN, "废弃口罩专用收集容器"),
        (COMPOUND, PublicityKind.NOTICE_BOARD, "通报栏:疫情警情通报"),
        (VILLAGE, PublicityKind.LEAFLET, "疫情防控宣传材料"),
    )
    for place, kind, words in items:
        rounds.put_up(
            actor, place=found[place], kind=kind, words=words, id=_id("publicity", f"{place}/{kind}")
        )


def _rounds(actor: Actor, found: Mapping[str, Place]) -> dict[str, list[Spot]]:
    """Disinfection of compound and village, patrol of the village. How often is invented."""
    compound = list(
        Spot.objects.filter(place=found[COMPOUND], kind__in=(SpotKind.STAIRWELL, SpotKind.BIN)).order_by(
            "name"
        )
    )
    village = list(Spot.objects.filter(place=found[VILLAGE], kind=SpotKind.PUBLIC_AREA).order_by("name"))
    since = timezone.make_aware(datetime.combine(invented.DAYS[0], time(6)))
    lines = (
        (COMPOUND, RoundKind.DISINFECTION, "楼道、垃圾桶消毒", 720, compound),
        (VILLAGE, RoundKind.DISINFECTION, "村内环境消杀", 1440, village),
        (VILLAGE, RoundKind.PATROL, "村内防疫巡逻", 720, village),
    )
    for place, kind, name, minutes, spots in lines:
        rounds.plan_round(
            actor,
            place=found[place],
            kind=kind,
            name=name,
            interval_minutes=minutes,
            spots=spots,
            since=since,
            basis="做法见报道,次数为演示而设",
            id=_id("round", f"{place}/{name}"),
        )
    return {COMPOUND: compound, VILLAGE: village}


def _inspections(
    actor: Actor, response: Response, found: Mapping[str, Place], bodies: Mapping[str, Body]
) -> None:
    """Leaders inspect and console; the article gives no day, so none is written."""
    inspections.publish_checklist(
        actor,
        theme="小区(村)防控",
        basis="演示用检查表",
        lines=[
            Line("值班点24小时有人", ProblemKind.DUTY, Severity.SERIOUS),
            Line("进出逐人登记、测温、询问", ProblemKind.GATE, Severity.SERIOUS),
            Line("外来人员没有进入", ProblemKind.GATE, Severity.GRAVE),
            Line("条幅、劝导牌、通报栏完好,通报是最新的", ProblemKind.PUBLICITY),
            Line("楼道、垃圾桶按时消毒,有记录", ProblemKind.DISINFECTION),
        ],
        id=_id("checklist", "小区(村)防控"),
    )
    for place, summary in (
        (COMPOUND, "多次到小区督导检查疫情防控工作"),
        (VILLAGE, "查看村内疫情防控措施落实情况"),
    ):
        inspections.record_inspection(
            actor,
            response=response,
            place=found[place],
            inspectors="安长东、郑永平",
            happened_at=None,
            team=bodies[facts.FEDERATION],
            unannounced=False,
            summary=summary,
            id=_id("inspection", place),
        )
    visits = (
        ("安长东、郑永平", found[COMPOUND], "", "多次", (), "看望慰问值班人员"),
        ("安长东、郑永平", found[VILLAGE], "", "", ("必备生活物资(未载数量)",), "看望值守人员"),
        ("韩克刚", None, "防疫一线", "多次", (), "看望慰问工作人员"),
    )
    for visitors, at, where, times, brought, text in visits:
        inspections.record_visit(
            actor,
            response=response,
            visitors=visitors,
            place=at,
            where=where,
            times_text=times,
            brought=brought,
            text=text,
            id=_id("visit", f"{visitors}/{at or where}"),
        )


def _days(
    actor: Actor,
    response: Response,
    found: Mapping[str, Place],
    gates: Mapping[str, Spot],
    spots: Mapping[str, Sequence[Spot]],
) -> None:
    """Three invented days at each gate, sent by a phone as phones send them."""
    for name in (COMPOUND, VILLAGE):
        entries = invented.days_at_a_home_gate(name, _NAMESPACE, _households(found[name]))
        post = Spot.objects.get(place=found[name], name="值班点") if name == COMPOUND else gates[name]
        entries += serving.duty_of_the_days(found[name], post)
        stops = [spot.pk for spot in spots[name]]
        entries += invented.rounds_of(stops, RoundKind.DISINFECTION, "演示值守员", (8 * 60, 17 * 60))
        if name == VILLAGE:
            entries += invented.rounds_of(
                stops, RoundKind.PATROL, "演示党员甲、演示党员乙", (9 * 60, 20 * 60)
            )
        _send(actor, response, gates[name], f"{name}值守手机", entries)
    for name in (JINGBO, WANSHIDA):
        staff = Employee.objects.filter(place=found[name]).select_related("person").order_by("number")
        entries = invented.days_at_a_site(
            name, _NAMESPACE, [(one.person_id, one.person.name) for one in staff]
        )
        _send(actor, response, gates[name], f"{name}值守手机", entries)


def _households(place: Place) -> list[invented.Household]:
    members: dict[UUID, list[tuple[UUID, str, str]]] = {}
    lines = Resident.objects.filter(household__place=place).select_related("person")
    for line in lines.order_by("household__label", "person__name"):
        members.setdefault(line.household_id, []).append((line.person_id, line.person.name, line.kind))
    order = Household.objects.filter(place=place).order_by("label").values_list("pk", flat=True)
    return [invented.Household(pk, members[pk]) for pk in order if pk in members]


def _send(actor: Actor, response: Response, gate: Spot, name: str, entries: Iterable[invented.Entry]) -> None:
    """Enrol a phone at the gate and send its records, chained. Nothing if it was enrolled before."""
    if Device.objects.filter(spot=gate, name=name).exists():
        return
    device = enrol_at_once(actor, response=response, spot=gate, name=name).device
    texts, head = [], "0" * 64
    for sequence, entry in enumerate(sorted(entries, key=lambda one: one.at), start=1):
        moment = entry.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        envelope = {
            "id": str(uuid5(_NAMESPACE, f"record:{name}:{sequence}")),
            "type": entry.type,
            "seq": sequence,
            "prev": head,
            "happened_at": moment,
            "written_at": moment,
            "guard": "演示值守员",
            "data": entry.data,
        }
        text = json.dumps(envelope, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        head = hashlib.sha256(text.encode()).hexdigest()
        texts.append(text)
    for begin in range(0, len(texts), _AT_ONCE):
        now = timezone.now()
        batch = texts[begin : begin + _AT_ONCE]
        letters = [letter_of(text.encode(), now, beginning_of(response)) for text in batch]
        receive_upload(actor, device=device, sent_at=now, received_at=now, letters=letters)


def _spot(actor: Actor, place: Place, kind: str, name: str, *, lane: str = "", way: str = "") -> Spot:
    return places.register_spot(
        actor, place=place, kind=kind, name=name, lane=lane, way=way, id=_id("spot", f"{place.name}/{name}")
    )


def _id(kind: str, name: str) -> UUID:
    return uuid5(_NAMESPACE, f"{kind}:{name}")
