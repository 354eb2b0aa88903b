"""The work ledger of a site, and the binder that an inspector asks for."""

from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.actions import export_table
from lianfang.desk.binders import binder_of
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, DateRange, Empty, Kind, List
from lianfang.engines.papers import Block, Heading, Notice, Paragraph, Table, notice_pdf
from lianfang.engines.papers import Column as PaperColumn
from lianfang.enterprises import actions
from lianfang.enterprises.forms import BinderForm, EntryForm
from lianfang.enterprises.models import EntryKind
from lianfang.enterprises.queries import sites
from lianfang.enterprises.views.sites import own_site

_NUMERALS = "一二三四五六七八九十"

ENTRIES = List(
    code="ledger_entries",
    title=gettext_lazy("企业台账"),
    columns=[
        Column("at", gettext_lazy("时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("kind", gettext_lazy("台账类别"), "get_kind_display", sort="kind"),
        Column("title", gettext_lazy("事项"), "title", sort="title"),
        Column("where", gettext_lazy("区域、部位"), "where"),
        Column("text", gettext_lazy("内容"), "text"),
        Column("stock", gettext_lazy("结存"), "stock_in_words"),
        Column("by", gettext_lazy("经办人"), "done_by"),
        Column("written", gettext_lazy("填写时间"), "written_at", Kind.MOMENT, sort="written_at"),
    ],
    filters=[
        Choice("kind", gettext_lazy("台账类别"), EntryKind.choices, "kind"),
        DateRange("at", gettext_lazy("日期"), "happened_at"),
    ],
    search=["title", "text", "where", "done_by"],
    order="-at",
    empty=Empty(gettext_lazy("还没有台账。出入、体温、检查整改会自动进入台账册,其余的写在这里。")),
)


@signed_in
@needs(Right.KEEP_ENTERPRISE)
def entries(request: Request, place: UUID) -> HttpResponse:
    found = own_site(request, place)
    return ENTRIES.respond(
        request,
        sites.entries_of(found, request.response),
        template="enterprises/entries.html",
        context={"place": found},
    )


@signed_in
@needs(Right.KEEP_ENTERPRISE)
def entry_new(request: Request, place: UUID) -> HttpResponse:
    found = own_site(request, place)
    form = EntryForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.write_ledger_entry(
                Actor.at_desk(request), response=request.response, place=found, **form.cleaned_data
            )
            messages.success(request, _("已写入台账。"))
            return redirect(f"{reverse('enterprises:entry_new', args=[place])}?kind={made.kind}")
    return render(request, "enterprises/entry_new.html", {"place": found, "form": form})


@signed_in
@needs(Right.KEEP_ENTERPRISE)
def binder(request: Request, place: UUID) -> HttpResponse:
    """The binder as PDF, in the order that inspectors ask for. Names are masked; making it is logged."""
    found = own_site(request, place)
    today = timezone.localdate()
    form = BinderForm(request.POST or None, initial={"since": today - timedelta(days=6), "until": today})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            since, until = form.cleaned_data["since"], form.cleaned_data["until"]
            sections = binder_of(request.user, found, request.response, since, until)
            export_table(
                Actor.at_desk(request),
                table=f"{found.name} {_('防控工作台账')}",
                purpose=form.cleaned_data["purpose"],
                row_count=sum(len(section.rows) for _title, section in sections),
                masked=True,
            )
            blocks: list[Block] = [Paragraph(f"统计时段:{since:%Y年%m月%d日}至{until:%Y年%m月%d日}。")]
            for number, (title, section) in enumerate(sections, start=1):
                blocks.append(Heading(f"{_numeral(number)}、{title}"))
                if section.note:
                    blocks.append(Paragraph(section.note))
                if section.rows:
                    widths = section.widths or [1.0] * len(section.titles)
                    columns = [
                        PaperColumn(word, width) for word, width in zip(section.titles, widths, strict=True)
                    ]
                    blocks.append(Table(columns, section.rows, numbered=True))
                elif not section.note:
                    blocks.append(Paragraph("本时段无记录。"))
            paper = Notice(
                title=f"{found.name}疫情防控工作台账",
                blocks=blocks,
                signed_by=found.body.name if found.body else found.name,
                signed_on=today,
            )
            return HttpResponse(
                notice_pdf(paper),
                content_type="application/pdf",
                headers={
                    "Content-Disposition": f"inline; filename*=UTF-8''{quote(found.name)}.pdf",
                    "Cache-Control": "no-store",
                },
            )
    return render(request, "enterprises/binder.html", {"place": found, "form": form})


def _numeral(number: int) -> str:
    """1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _NUMERALS[ones - 1]
    return ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" + (_NUMERALS[ones - 1] if ones else "")
