"""The facts of the article about places are found in the running book, by the numbers of our list:
23–31 enterprises, 39–68 the compound, 69–84 the village."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db.models import Q

from lianfang.book.models import AuditEntry
from lianfang.book.soundness import findings as unsound
from lianfang.duty.models import Attendance, Handover
from lianfang.duty.queries import Turn, turns_at
from lianfang.enterprises.models import MeasureKind, SiteMeasure, SitePost
from lianfang.gates.models import Outcome, Passage
from lianfang.inspections.models import Inspection, Visit
from lianfang.people.models import Assignment, Body, Document, Person, PostHeld
from lianfang.places.models import Employee, EntryPass, Place, PlaceState, Resident, Spot
from lianfang.rounds.models import Bulletin, Mark, PublicityItem, Round, RoundKind
from lianfang.scenarios.boxing import facts
from lianfang.scenarios.boxing.loading import load
from lianfang.volunteers.models import Pledge, ServiceCertificate, ServiceHours, Volunteer, VolunteerTeam


def measure(site: str, kind: str) -> bool:
    return SiteMeasure.objects.filter(place__name=site, kind=kind).exists()


def assigned(place: str, person: str) -> bool:
    found = Assignment.objects.filter(body__name="博兴县工商联", person__name=person)
    return found.filter(place_id__in=Place.objects.filter(name=place).values("pk")).exists()


def insisted(*words: str) -> bool:
    """The bulletin of the four insistences says these words."""
    text = Bulletin.objects.get(published_at__isnull=False).text
    return all(word in text for word in words)


def hangs(place: str, kind: str) -> bool:
    return PublicityItem.objects.filter(place__name=place, kind=kind).exists()


def posts(person: str, *held: tuple[str, str]) -> bool:
    found = PostHeld.objects.filter(person__name=person).values_list("body__name", "title")
    return sorted(found) == sorted(held)


def turns(place: str, name: str = "") -> list[Turn]:
    """The duties of the published rosters, of everybody or of one."""
    begin, end = (datetime(2020, 2, day, tzinfo=UTC) for day in (1, 28))
    found = turns_at(Place.objects.get(name=place), begin, end)
    return [turn for turn in found if name in ("", turn.name)]


def covered(place: str, post: str) -> bool:
    """Somebody holds the post at each hour of the week that the roster is for."""
    held = sorted((one.starts_at, one.ends_at) for one in turns(place) if one.post == post)
    days = held[-1][1] - held[0][0]
    return days == timedelta(days=7) and all(one[1] == other[0] for one, other in pairwise(held))


def told_of_the_village(*words: str) -> bool:
    text = Bulletin.objects.get(title="三官庙村防控做法").text
    return all(word in text for word in words)


FACTS: dict[int, Callable[[], object]] = {
    21: lambda: Visit.objects.get(visitors="韩克刚", where="防疫一线").times_text == "多次",
    23: lambda: measure("京博集团厂区", MeasureKind.PLAN),
    24: lambda: "500强" in Body.objects.get(name="京博集团").remark,
    25: lambda: measure("京博集团厂区", MeasureKind.SEPARATE_WAYS),
    26: lambda: measure("京博集团厂区", MeasureKind.DISINFECTION_PASSAGE),
    27: lambda: measure("京博集团厂区", MeasureKind.TEMPERATURES),
    28: lambda: all(
        measure("京博集团厂区", kind)
        for kind in (
            MeasureKind.CLEANING,
            MeasureKind.DISINFECTION,
            MeasureKind.CHECKING,
            MeasureKind.PUBLICITY,
        )
    ),
    29: lambda: SitePost.objects.get(place__name="万事达集团厂区").name == "党员先锋模范岗",
    30: lambda: measure("万事达集团厂区", MeasureKind.REGISTERING),
    31: lambda: measure("万事达集团厂区", MeasureKind.DISINFECTION),
    39: lambda: assigned("家具厂小区", "刘刚"),
    40: lambda: Place.objects.get(name="家具厂小区").unmanaged,
    41: lambda: "人员少、经费短缺" in Place.objects.get(name="家具厂小区").remark,
    42: lambda: PlaceState.objects.filter(place__name="家具厂小区", regime="closed").exists(),
    43: lambda: posts("刘刚", ("博兴县工商联", "秘书长"), ("博兴县工商联党支部", "书记")),
    45: lambda: posts("安长东", ("博兴县政协", "副主席"), ("博兴县工商联", "主席")),
    46: lambda: posts("郑永平", ("博兴县委统战部", "副部长"), ("博兴县工商联", "党组书记")),
    44: lambda: assigned("家具厂小区", "刘刚") and any(turn.leads for turn in turns("家具厂小区", "刘刚")),
    47: lambda: (
        Inspection.objects.get(place__name="家具厂小区").inspectors == "安长东、郑永平"
        and Visit.objects.get(place__name="家具厂小区").times_text == "多次"
    ),
    48: lambda: (
        assigned("家具厂小区", "郑永平")
        and any(turn.post == "值班点" and not turn.leads for turn in turns("家具厂小区", "郑永平"))
    ),
    49: lambda: Assignment.objects.filter(duty__contains="执勤后勤供应").exists(),
    50: lambda: insisted("坚持严管", "坚持引导", "坚持排查", "坚持消毒"),
    51: lambda: insisted("小区封闭管理到位"),
    52: lambda: Spot.objects.filter(place__name="家具厂小区", name="值班点").exists(),
    53: lambda: insisted("24小时值班") and covered("家具厂小区", "值班点"),
    54: lambda: insisted("制度严管和温情沟通"),
    55: lambda: insisted("进出登记、测量体温、问清人员情况"),
    56: lambda: Passage.objects.filter(
        gate__place__name="家具厂小区", category="visitor", outcome=Outcome.TURNED_BACK
    ).exists(),
    57: lambda: insisted("佩戴口罩", "少出入", "居家为国做贡献"),
    58: lambda: insisted("宣传警示到位"),
    59: lambda: hangs("家具厂小区", "banner"),
    60: lambda: hangs("家具厂小区", "poster"),
    61: lambda: hangs("家具厂小区", "sign"),
    62: lambda: hangs("家具厂小区", "mask_bin"),
    63: lambda: hangs("家具厂小区", "notice_board"),
    64: lambda: insisted("人员情形了解到位"),
    65: lambda: (
        posts("王艳莉", ("博兴县工商联", "副主席"), ("博兴县政协", "副秘书长"))
        and Person.objects.get(name="王艳莉").rank == "二级主任科员"
    ),
    66: lambda: assigned("家具厂小区", "王艳莉") and insisted("信息准、底数清、情况明"),
    67: lambda: insisted("定时定点清洁到位"),
    68: lambda: Round.objects.get(place__name="家具厂小区").stops.count() == 8 * 3 + 8,
    69: lambda: assigned("三官庙村", "安俐"),
    70: lambda: Place.objects.get(name="三官庙村").area.parent.name == "锦秋街道",
    71: lambda: (
        "三官庙村是第一书记包保村,纳入本方案,统一部署,统一安排"
        in Document.objects.get(title=facts.WORK_PLAN).text
    ),
    72: lambda: Inspection.objects.get(place__name="三官庙村").inspectors == "安长东、郑永平",
    73: lambda: "必备生活物资" in Visit.objects.get(place__name="三官庙村").brought[0],
    74: lambda: posts(
        "安俐",
        ("博兴县工商联", "党组成员"),
        ("博兴县工商联", "副主席"),
        ("三官庙村“两委”", "包村第一书记"),
    ),
    75: lambda: Assignment.objects.get(person__name="安俐").duty.endswith("春节期间下沉到村"),
    76: lambda: (
        Body.objects.filter(name="三官庙村疫情防控党员志愿队").exists()
        and VolunteerTeam.objects.get(name="疫情防控党员志愿队").organiser.name == "安俐"
        and VolunteerTeam.objects.get(name="疫情防控党员志愿队").body.name == "三官庙村“两委”"
    ),
    77: lambda: (
        Pledge.objects.get().text == "誓与此次疫情抗争到底"
        and Pledge.objects.get().before == "面对党旗"
        and Pledge.objects.get().happened_at is None
    ),
    78: lambda: told_of_the_village("安俐", "入户信息摸排"),
    79: lambda: Passage.objects.filter(gate__place__name="三官庙村", gate__name="劝返点").exists(),
    80: lambda: hangs("三官庙村", "leaflet"),
    81: lambda: covered("三官庙村", "劝返点") and told_of_the_village("劝返点24小时值守"),
    82: lambda: Round.objects.filter(place__name="三官庙村", kind=RoundKind.DISINFECTION).exists(),
    83: lambda: Mark.objects.filter(spot__place__name="三官庙村", kind=RoundKind.PATROL).exists(),
    84: lambda: "有钱的出钱,有力的出力" in Place.objects.get(name="三官庙村").remark,
}


_WALKS = {"references", "gates", "rounds", "enterprises", "rosters", "volunteers"}


@pytest.mark.django_db(transaction=False)
def test_the_facts_are_found_and_loading_twice_changes_nothing(settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    load()
    missing = [number for number, holds in FACTS.items() if not holds()]
    assert missing == []
    # Who came and left as the roster says has served, and can show it.
    assert Attendance.objects.filter(place__name="家具厂小区", spot__name="值班点").exists()
    assert Handover.objects.filter(place__name="三官庙村").exists()
    assert ServiceHours.objects.filter(basis="attendance").exists()
    assert ServiceCertificate.objects.count() == 1
    assert EntryPass.objects.filter(place__name="家具厂小区").count() == 8
    assert all("演示" in one.person.name for one in Volunteer.objects.all())
    people = Resident.objects.count() + Employee.objects.count()
    assert people == 1200
    # What the article leaves out is left out.
    assert not Inspection.objects.filter(happened_at__isnull=False).exists()
    assert not Visit.objects.filter(happened_at__isnull=False).exists()
    invented = Place.objects.filter(Q(remark__contains="虚构"))
    assert invented.count() == 4
    before = AuditEntry.objects.count()
    assert load().already_there
    assert AuditEntry.objects.count() == before
    assert [one for one in unsound() if one.code in _WALKS] == []
