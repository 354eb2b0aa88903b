"""The facts of the article about places are found in the running book, by the numbers of our list:
23–31 enterprises, 39–68 the compound, 69–84 the village."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models import Q

from lianfang.book.models import AuditEntry
from lianfang.book.soundness import findings as unsound
from lianfang.enterprises.models import MeasureKind, SiteMeasure, SitePost
from lianfang.gates.models import Outcome, Passage
from lianfang.inspections.models import Inspection, Visit
from lianfang.people.models import Assignment, Body
from lianfang.places.models import Employee, Place, PlaceState, Resident, Spot
from lianfang.rounds.models import Bulletin, Mark, PublicityItem, Round, RoundKind
from lianfang.scenarios.boxing.loading import load


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
    44: lambda: assigned("家具厂小区", "刘刚"),
    47: lambda: (
        Inspection.objects.get(place__name="家具厂小区").inspectors == "安长东、郑永平"
        and Visit.objects.get(place__name="家具厂小区").times_text == "多次"
    ),
    48: lambda: assigned("家具厂小区", "郑永平"),
    49: lambda: Assignment.objects.filter(duty__contains="执勤后勤供应").exists(),
    50: lambda: insisted("坚持严管", "坚持引导", "坚持排查", "坚持消毒"),
    51: lambda: insisted("小区封闭管理到位"),
    52: lambda: Spot.objects.filter(place__name="家具厂小区", name="值班点").exists(),
    53: lambda: insisted("24小时值班"),
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
    66: lambda: assigned("家具厂小区", "王艳莉") and insisted("信息准、底数清、情况明"),
    67: lambda: insisted("定时定点清洁到位"),
    68: lambda: Round.objects.get(place__name="家具厂小区").stops.count() == 8 * 3 + 8,
    69: lambda: assigned("三官庙村", "安俐"),
    70: lambda: Place.objects.get(name="三官庙村").area.parent.name == "锦秋街道",
    72: lambda: Inspection.objects.get(place__name="三官庙村").inspectors == "安长东、郑永平",
    73: lambda: "必备生活物资" in Visit.objects.get(place__name="三官庙村").brought[0],
    75: lambda: Assignment.objects.get(person__name="安俐").duty.endswith("春节期间下沉到村"),
    76: lambda: Body.objects.filter(name="三官庙村疫情防控党员志愿队").exists(),
    79: lambda: Passage.objects.filter(gate__place__name="三官庙村", gate__name="劝返点").exists(),
    80: lambda: hangs("三官庙村", "leaflet"),
    82: lambda: Round.objects.filter(place__name="三官庙村", kind=RoundKind.DISINFECTION).exists(),
    83: lambda: Mark.objects.filter(spot__place__name="三官庙村", kind=RoundKind.PATROL).exists(),
    84: lambda: "有钱的出钱,有力的出力" in Place.objects.get(name="三官庙村").remark,
}


@pytest.mark.django_db(transaction=False)
def test_the_facts_are_found_and_loading_twice_changes_nothing(settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    load()
    missing = [number for number, holds in FACTS.items() if not holds()]
    assert missing == []
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
    assert [one for one in unsound() if one.code in {"references", "gates", "rounds", "enterprises"}] == []
