"""The contact question: who passed the same gate at about the same time, for a case, with its purpose."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.actions import export_table
from lianfang.desk.exports import XLSX
from lianfang.desk.forms import errors_into
from lianfang.desk.masking import masked_name, masked_phone
from lianfang.engines.papers import Cell, Sheet, xlsx
from lianfang.gates.actions.reading import trace_contacts
from lianfang.gates.forms import ContactForm
from lianfang.gates.models import Direction, HealthIncident, PersonCategory
from lianfang.gates.queries.contacts import Contact, contacts_of, meetings_of
from lianfang.gates.queries.incidents import visible_incidents
from lianfang.gates.queries.passages import day_span, visible_gates
from lianfang.people.models import Person
from lianfang.people.queries.persons import visible_persons
from lianfang.places.models import Spot

_MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked and what was found."""

    person: Person
    minutes: int
    days: int
    purpose: str
    since: datetime
    until: datetime
    contacts: list[Contact]
    gates: dict[UUID, str]

    @property
    def meetings(self) -> int:
        return sum(len(one.meetings) for one in self.contacts)


@never_cache
@signed_in
@needs(Right.TRACE_CONTACTS)
def contacts(request: Request) -> HttpResponse:
    """Ask (by POST, so that no address gives it away), log, show; export masked or whole."""
    case = _case(request)
    initial = {"person": case.person_id} if case else {}
    form = ContactForm(_askable(request, case), request.POST or None, initial=initial)
    context: dict[str, Any] = {"form": form, "case": case, "may_see_whole": False}
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            answer = _ask(request, form.cleaned_data, case)
            context["may_see_whole"] = request.user.may(Right.EXPORT_PERSONAL)
            if "export" in request.POST:
                return _export(request, answer, whole=request.POST.get("whole") == "on")
            context |= {
                "answer": answer,
                "shown": [_line(one, answer) for one in answer.contacts[:_MOST_SHOWN]],
                "more": max(0, len(answer.contacts) - _MOST_SHOWN),
            }
    return render(request, "gates/contacts.html", context, status=422 if form.errors else 200)


def _ask(request: Request, data: dict[str, Any], case: HealthIncident | None) -> Answer:
    day = data["until"] or timezone.localdate()
    until = min(day_span(day)[1], timezone.now())
    since = until - timedelta(days=data["days"])
    everywhere = request.user.reach(Right.TRACE_CONTACTS).everywhere
    gates = None if everywhere else list(visible_gates(request.user, Right.TRACE_CONTACTS))
    found = contacts_of(
        meetings_of(
            data["person"],
            request.response,
            minutes=data["minutes"],
            since=since,
            until=until,
            gates=gates,
        )
    )
    trace_contacts(
        Actor.at_desk(request),
        person=data["person"],
        minutes=data["minutes"],
        days=data["days"],
        purpose=data["purpose"],
        found=len(found),
        incident=case,
    )
    ids = {meeting.gate_id for one in found for meeting in one.meetings}
    names = {gate.pk: str(gate) for gate in Spot.objects.filter(pk__in=ids).select_related("place")}
    return Answer(data["person"], data["minutes"], data["days"], data["purpose"], since, until, found, names)


def _line(contact: Contact, answer: Answer) -> dict[str, Any]:
    closest = contact.closest
    return {
        "contact": contact,
        "name": contact.name,
        "category": PersonCategory(contact.category).label if contact.category else "",
        "times": len(contact.meetings),
        "apart": _minutes(closest.apart),
        "at": closest.happened_at,
        "gate": answer.gates.get(closest.gate_id, ""),
        "way": Direction(closest.direction).label,
        "first": contact.first_at,
        "last": contact.last_at,
    }


def _export(request: Request, answer: Answer, *, whole: bool) -> HttpResponse:
    """The contacts as a table for the centre for disease control. Raises NotAllowed, ValidationError."""
    if not answer.contacts:
        raise ValidationError(_("没有可以导出的人员。"), code="nothing_found")
    rows = list(_rows(answer, whole=whole))
    entry = export_table(
        Actor.at_desk(request),
        table=_("与%(name)s同时出入的人员") % {"name": answer.person.name},
        purpose=answer.purpose,
        row_count=len(rows),
        masked=not whole,
    )
    caption = _(
        "%(officer)s 导出,用途:%(purpose)s;%(minutes)d 分钟、%(days)d 天之内;%(masked)s;请于 %(until)s 前销毁"
    ) % {
        "officer": entry.officer,
        "purpose": entry.purpose,
        "minutes": answer.minutes,
        "days": answer.days,
        "masked": _("个人信息已脱敏") if entry.masked else _("含完整个人信息,请妥善保管"),
        "until": entry.expires_on.isoformat(),
    }
    header = [
        _("姓名/车牌"),
        _("电话"),
        _("住户"),
        _("类别"),
        _("相遇次数"),
        _("最近相隔(分钟)"),
        _("最近相遇时间"),
        _("出入口"),
        _("首次"),
        _("末次"),
    ]
    content = xlsx([Sheet(_("同时出入人员"), header, rows, caption=caption)])
    name = quote(f"contacts_{timezone.localtime(entry.at):%Y%m%d_%H%M}.xlsx")
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Cache-Control": "no-store",
        },
    )


def _rows(answer: Answer, *, whole: bool) -> list[list[Cell]]:
    phones = _phones(answer)
    rows: list[list[Cell]] = []
    for one in answer.contacts:
        line = _line(one, answer)
        phone = phones.get(one.person_id, "") if one.person_id else ""
        rows.append(
            [
                one.name if whole or one.meetings[0].plate else masked_name(one.name),
                phone if whole else masked_phone(phone),
                one.household,
                str(line["category"]),
                line["times"],
                line["apart"],
                timezone.localtime(line["at"]).replace(tzinfo=None),
                line["gate"],
                timezone.localtime(line["first"]).replace(tzinfo=None),
                timezone.localtime(line["last"]).replace(tzinfo=None),
            ]
        )
    return rows


def _phones(answer: Answer) -> dict[UUID, str]:
    ids = [one.person_id for one in answer.contacts if one.person_id]
    found: dict[UUID, str] = {}
    for start in range(0, len(ids), 500):
        for person in Person.objects.filter(pk__in=ids[start : start + 500]):
            found[person.pk] = person.open_phone()
    return found


def _minutes(apart: timedelta) -> int:
    return round(apart.total_seconds() / 60)


def _case(request: Request) -> HealthIncident | None:
    """The case for which is asked, if the address names one within reach."""
    typed = request.GET.get("case", "")
    try:
        pk = UUID(typed)
    except ValueError:
        return None
    found: HealthIncident | None = visible_incidents(request.user, request.response).filter(root=pk).first()
    return found


def _askable(request: Request, case: HealthIncident | None) -> Any:
    persons = visible_persons(request.user)
    if case and case.person_id:
        return persons | Person.objects.filter(pk=case.person_id)
    return persons
