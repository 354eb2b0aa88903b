"""Registers on paper: numbered blank sheets, and what is in the book of a gate and a day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.actions import export_table
from lianfang.desk.forms import errors_into
from lianfang.engines.papers import chinese_date
from lianfang.gates import paper
from lianfang.gates.actions.sheets import number_sheets
from lianfang.gates.forms import BlankForm, GateDayForm
from lianfang.gates.queries.passages import visible_gates
from lianfang.gates.registers import REGISTERS


@never_cache
@signed_in
@needs(Right.READ_GATES, Right.KEEP_GATE)
def papers(request: Request) -> HttpResponse:
    """Two forms: blank sheets for the gate's desk, a day of a gate filled in. Each gives a PDF."""
    kept = visible_gates(request.user, Right.KEEP_GATE).order_by("place__name", "name")
    read = visible_gates(request.user, Right.READ_GATES).order_by("place__name", "name")
    chosen = {"gate": request.GET.get("gate"), "day": timezone.localdate()}
    blank = BlankForm(
        kept,
        request.POST if "blank" in request.POST else None,
        prefix="blank",
        initial={"gate": chosen["gate"]},
    )
    day = GateDayForm(read, request.POST if "filled" in request.POST else None, prefix="day", initial=chosen)
    if blank.is_bound and blank.is_valid():
        with errors_into(blank):
            return _blank(request, blank)
    if day.is_bound and day.is_valid():
        with errors_into(day):
            return _filled(request, day)
    return render(
        request,
        "gates/papers.html",
        {
            "blank": blank if request.user.may(Right.KEEP_GATE) else None,
            "day": day if request.user.may(Right.READ_GATES) else None,
            "may_see_whole": request.user.may(Right.EXPORT_PERSONAL),
        },
        status=422 if blank.errors or day.errors else 200,
    )


def _blank(request: Request, form: BlankForm) -> HttpResponse:
    data = form.cleaned_data
    sheets = number_sheets(
        Actor.at_desk(request),
        place=data["gate"].place,
        gate=data["gate"],
        kind=data["kind"],
        count=data["count"],
        day=data["day"],
    )
    return _pdf(paper.blank_sheets(sheets), f"{sheets[0].number}.pdf")


def _filled(request: Request, form: GateDayForm) -> HttpResponse:
    data = form.cleaned_data
    gate, day = data["gate"], data["day"]
    whole = bool(data["whole"])
    title = REGISTERS[data["kind"]].title
    rows = paper.day_rows(gate, request.response, data["kind"], day, whole=whole)
    entry = export_table(
        Actor.at_desk(request),
        table=f"{title} {gate} {chinese_date(day)}",
        purpose=data["purpose"],
        row_count=len(rows),
        masked=not whole,
    )
    caption = _("%(officer)s 于 %(at)s 打印,用途:%(purpose)s;%(masked)s;请于 %(until)s 前销毁") % {
        "officer": entry.officer,
        "at": timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M"),
        "purpose": entry.purpose,
        "masked": _("个人信息已脱敏") if entry.masked else _("含完整个人信息,请妥善保管"),
        "until": entry.expires_on.isoformat(),
    }
    return _pdf(
        paper.filled_sheets(gate, data["kind"], day, rows, caption=caption),
        f"register-{day.isoformat()}.pdf",
    )


def _pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"},
    )
