"""The walks of the gates."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, Q
from django.utils.translation import gettext as _

from lianfang.book.soundness import Finding, walk
from lianfang.gates.handwriting import HIGHEST, LOWEST
from lianfang.gates.models import (
    HealthIncident,
    IncidentStep,
    Outcome,
    PaperSheet,
    Passage,
    SheetRow,
    StepKind,
    Temperature,
)
from lianfang.places.models import SpotKind

_AT_ONCE = 2000


@walk("passages")
def passages() -> Iterator[Finding]:
    """A passage is at a gate of the place of its household and pass, and says whom or which plate."""
    rows = Passage.objects.newest()
    elsewhere = rows.filter(
        Q(household__isnull=False) & ~Q(household__place=F("gate__place"))
        | Q(entry_pass__isnull=False) & ~Q(entry_pass__place=F("gate__place"))
    )
    for row in elsewhere.iterator(chunk_size=_AT_ONCE):
        yield _finding("passages", row, _("出入登记的住户或出入证属于另一个场所"))
    for row in rows.exclude(gate__kind__in=[SpotKind.GATE, SpotKind.DUTY_POST]).iterator(chunk_size=_AT_ONCE):
        yield _finding("passages", row, _("出入登记不在出入口"))
    for row in rows.filter(name="", plate="", person=None).iterator(chunk_size=_AT_ONCE):
        yield _finding("passages", row, _("出入登记既没有姓名也没有车牌"))
    for row in rows.filter(Q(overridden_by="") ^ Q(override_reason="")).iterator(chunk_size=_AT_ONCE):
        yield _finding("passages", row, _("特批没有同时写明批准人和原因"))


@walk("temperatures")
def temperatures() -> Iterator[Finding]:
    """A reading belongs to an encounter that is in the book, or to a person; its value can be one."""
    passage = Passage.objects.filter(pk=OuterRef("encounter"))
    case = HealthIncident.objects.filter(pk=OuterRef("encounter"))
    rows = Temperature.objects.newest()
    lost = rows.filter(encounter__isnull=False).filter(~Exists(passage), ~Exists(case))
    for row in lost.iterator(chunk_size=_AT_ONCE):
        yield _finding("temperatures", row, _("体温所属的出入登记不在台账中"))
    for row in rows.filter(encounter=None, person=None).iterator(chunk_size=_AT_ONCE):
        yield _finding("temperatures", row, _("体温既不属于出入登记,也不属于某人"))
    wrong = rows.filter(
        Q(celsius__lt=LOWEST) | Q(celsius__gt=HIGHEST) | Q(celsius=None, normal_by_word=False)
    )
    for row in wrong.iterator(chunk_size=_AT_ONCE):
        yield _finding("temperatures", row, _("体温不在 34.0 至 43.0 ℃ 之间"))


@walk("incidents")
def incidents() -> Iterator[Finding]:
    """Whoever is held has a case; a closed case has its outcome; a case and its steps fit together."""
    case = HealthIncident.objects.current().filter(encounter=OuterRef("root"))
    held = Passage.objects.current().filter(outcome=Outcome.HELD, plate="").filter(~Exists(case))
    for row in held.iterator(chunk_size=_AT_ONCE):
        yield _finding("incidents", row, _("暂留的人没有异常事件卷宗"))
    begun = Passage.objects.filter(pk=OuterRef("encounter"))
    cases = HealthIncident.objects.current()
    for row in cases.filter(encounter__isnull=False).filter(~Exists(begun)).iterator(chunk_size=_AT_ONCE):
        yield _finding("incidents", row, _("卷宗所属的出入登记不在台账中"))
    steps = IncidentStep.objects.current()
    outcome = steps.filter(incident=OuterRef("incident"), kind=StepKind.OUTCOME)
    for step in steps.filter(kind=StepKind.CLOSED).filter(~Exists(outcome)).iterator(chunk_size=_AT_ONCE):
        yield _finding("incidents", step, _("卷宗已结案,却没有结果"))
    reading = Temperature.objects.filter(pk=OuterRef("temperature"))
    unread = steps.filter(kind=StepKind.RECHECK).filter(Q(temperature=None) | ~Exists(reading))
    for step in unread.iterator(chunk_size=_AT_ONCE):
        yield _finding("incidents", step, _("复测没有对应的体温记录"))
    misplaced = steps.exclude(incident__root=F("incident"))
    for step in misplaced.iterator(chunk_size=_AT_ONCE):
        yield _finding("incidents", step, _("步骤没有挂在卷宗的最初记录上"))


@walk("paper_sheets")
def paper_sheets() -> Iterator[Finding]:
    """What was keyed in from a row of a sheet is in the book."""
    for sheet in PaperSheet.objects.filter(finished_at__isnull=False, keyed_at=None):
        yield _finding("paper_sheets", sheet, _("登记表已补录完,却没有补录人"))
    lines = list(SheetRow.objects.values_list("pk", "records"))
    for start in range(0, len(lines), 500):
        some = lines[start : start + 500]
        ids = {UUID(one) for _pk, records in some for one in records}
        known = set(Passage.objects.filter(pk__in=ids).values_list("pk", flat=True))
        known |= set(Temperature.objects.filter(pk__in=ids).values_list("pk", flat=True))
        for pk, records in some:
            if not records or any(UUID(one) not in known for one in records):
                yield Finding("paper_sheets", f"gates.sheetrow:{pk}", _("登记表这一行的记录不在台账中"))


def _finding(code: str, row: Model, message: str) -> Finding:
    return Finding(code, f"{row._meta.label_lower}:{row.pk}", message)
