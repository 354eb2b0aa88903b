"""What waits at the gates today."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.today import Item, Urgency, todays_work
from lianfang.gates.models import PaperSheet
from lianfang.gates.queries.days import day_of
from lianfang.gates.queries.differences import differing_since
from lianfang.gates.queries.incidents import give_standings, held_without_case, open_incidents
from lianfang.gates.queries.passages import visible_gate_places, visible_gates
from lianfang.people.models import Officer

# A county's leader is not asked gate by gate: the gates' own page shows them.
_GATES_WATCHED = 60


@todays_work
def cases_waiting(officer: Officer, response: Response) -> Iterator[Item]:
    """Open cases (those late first), and people held without a case file."""
    if not officer.may(Right.HANDLE_INCIDENTS):
        return
    cases = list(open_incidents(officer, response))
    give_standings(cases)
    late = [case for case in cases if case.standing.late]
    url = reverse("gates:incidents") + "?state=open"
    names = "、".join(f"{case.name}({case.standing.awaited.label})" for case in late[:3])
    yield Item(_("异常事件有步骤超时"), len(late), url, Urgency.LATE, names)
    yield Item(_("异常事件未结案"), len(cases) - len(late), url, Urgency.DUE)
    yield Item(
        _("暂留人员还没有建立卷宗"),
        held_without_case(officer, response).count(),
        reverse("gates:incidents"),
        Urgency.LATE,
    )


@todays_work
def gates_to_look_at(officer: Officer, response: Response) -> Iterator[Item]:
    """Decisions that differ from the rules, gates that are silent."""
    if not officer.may(Right.READ_GATES):
        return
    now = timezone.now()
    yield Item(
        _("近一日与规则不同的处置"),
        differing_since(officer, response, now - timedelta(days=1)),
        reverse("gates:differences"),
    )
    gates = list(visible_gates(officer, Right.READ_GATES).filter(ended_on=None)[: _GATES_WATCHED + 1])
    if len(gates) <= _GATES_WATCHED:
        silent = day_of(gates, response, timezone.localdate(now), now).silent
        names = "、".join(str(one.gate) for one in silent[:3])
        yield Item(_("出入口一小时以上没有记录"), len(silent), reverse("gates:today"), Urgency.DUE, names)


@todays_work
def sheets_to_finish(officer: Officer, _response: Response) -> Iterator[Item]:
    """Sheets that somebody began to key in and did not finish."""
    if not officer.may(Right.KEEP_GATE):
        return
    begun = PaperSheet.objects.filter(
        keyed_at__isnull=False,
        finished_at=None,
        place__in=visible_gate_places(officer, Right.KEEP_GATE),
    )
    yield Item(_("登记表补录到一半"), begun.count(), reverse("gates:sheets") + "?state=begun")
