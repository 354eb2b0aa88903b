"""The log: what was done, which personal data were read, which tables left the house."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lianfang.book.actions import SENTENCES, Origin
from lianfang.book.models import AuditEntry, ExportEntry
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.lists import Choice, Column, DateRange, Empty, Kind, List, Text
from lianfang.desk.masking import masked_name
from lianfang.desk.states import State, Tone
from lianfang.web import queries

_ORIGINS = {
    Origin.DESK.value: _("电脑"),
    Origin.PHONE.value: _("手机"),
    Origin.COMMAND_LINE.value: _("命令行"),
    Origin.API.value: _("接口"),
    Origin.PUBLIC.value: _("公开页面"),
}


def _acts(_officer: object) -> list[tuple[str, str]]:
    return sorted((code, str(says).format(officer="…", subject="…")) for code, says in SENTENCES.items())


def _masked(entry: ExportEntry) -> State:
    return State(_("已脱敏"), Tone.DONE) if entry.masked else State(_("含个人信息"), Tone.WAITING)


ENTRIES = List(
    code="audit",
    title=_("操作记录"),
    columns=[
        Column("sentence", _("做了什么"), queries.sentence),
        Column("at", _("时间"), "at", Kind.MOMENT, sort="sequence"),
        Column("kind", _("对象类别"), lambda row: queries.kind_name(row.subject_kind), sort="subject_kind"),
        Column("officer", _("操作人"), "officer_name", sort="officer_name"),
        Column("origin", _("途径"), lambda row: _ORIGINS.get(row.origin, row.origin), sort="origin"),
    ],
    order="-at",
    filters=[
        DateRange("day", _("日期"), "at"),
        Text("officer", _("操作人"), "officer_name"),
        Choice("action", _("操作"), _acts, "action"),
        Choice("origin", _("途径"), list(_ORIGINS.items()), "origin"),
    ],
    search=["subject_name", "officer_name"],
    search_hint=_("对象、操作人"),
    opens=lambda row: reverse("audit_entry", args=[row.pk]),
    empty=Empty(_("还没有操作记录。每次登记、修改、发布都会记在这里,不能改、不能删。")),
)

READS = List(
    code="reads",
    title=_("查阅记录"),
    columns=[
        Column("at", _("时间"), "at", Kind.MOMENT, sort="at"),
        Column("officer", _("查阅人"), "officer.display_name", sort="officer__display_name"),
        Column("person", _("人员"), "person_name", sort="person_name", mask=masked_name),
        Column("what", _("查阅内容"), "what"),
        Column("purpose", _("用途"), "purpose"),
    ],
    order="-at",
    filters=[DateRange("day", _("日期"), "at"), Text("officer", _("查阅人"), "officer__display_name")],
    search=["person_name", "officer__display_name"],
    search_hint=_("人员、查阅人"),
    empty=Empty(_("还没有人查阅过个人信息。")),
)

EXPORTS = List(
    code="exports",
    title=_("导出记录"),
    columns=[
        Column("at", _("时间"), "at", Kind.MOMENT, sort="at"),
        Column("table", _("表"), "table", sort="table"),
        Column("officer", _("导出人"), "officer.display_name", sort="officer__display_name"),
        Column("purpose", _("用途"), "purpose"),
        Column("rows", _("行数"), "row_count", Kind.COUNT, sort="row_count"),
        Column("masked", _("个人信息"), _masked, Kind.STATE, sort="masked"),
        Column("until", _("保存期限"), "expires_on", Kind.DAY, sort="expires_on"),
    ],
    order="-at",
    filters=[
        DateRange("day", _("日期"), "at"),
        Choice("masked", _("个人信息"), [("1", _("已脱敏")), ("0", _("含个人信息"))], "masked"),
    ],
    search=["table", "purpose", "officer__display_name"],
    search_hint=_("表、用途、导出人"),
    empty=Empty(_("还没有导出过表格。在任意一张列表下面都可以导出,这里会记下是谁、做什么用。")),
)


@signed_in
@needs(Right.READ_AUDIT)
def entries(request: Request) -> HttpResponse:
    """What was done, newest first."""
    return ENTRIES.respond(request, queries.visible_entries(request.user))


@require_safe
@signed_in
@needs(Right.READ_AUDIT)
def entry(request: Request, sequence: int) -> HttpResponse:
    """One entry: who, what, when, from where, and the values before and after."""
    found = get_object_or_404(queries.visible_entries(request.user), pk=sequence)
    return render(request, "web/audit_entry.html", {"entry": found, **_shown(found)})


@signed_in
@needs(Right.READ_AUDIT)
def subject(request: Request, kind: str, key: str) -> HttpResponse:
    """All that happened to one thing."""
    rows = queries.history(request.user, kind, key)
    newest = rows.order_by("-sequence").first()
    return ENTRIES.respond(
        request,
        rows,
        template="web/audit_subject.html",
        context={"newest": newest, "kind": queries.kind_name(kind)},
    )


@signed_in
@needs(Right.READ_AUDIT)
def reads(request: Request) -> HttpResponse:
    """Who read the data of which person."""
    return READS.respond(request, queries.visible_reads(request.user).select_related("officer"))


@signed_in
def exports(request: Request) -> HttpResponse:
    """Which tables left the house."""
    return EXPORTS.respond(request, queries.visible_exports(request.user).select_related("officer"))


def _shown(found: AuditEntry) -> dict[str, object]:
    return {
        "sentence": queries.sentence(found),
        "kind": queries.kind_name(found.subject_kind),
        "origin": _ORIGINS.get(found.origin, found.origin),
        "changes": queries.changes(found),
        "same_act": AuditEntry.objects.filter(act=found.act).exclude(pk=found.pk).count(),
    }
