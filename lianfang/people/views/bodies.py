"""Bodies: the list, one body, registering and changing it, its papers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.lists import Choice, Column, Empty, List
from lianfang.engines.papers import Notice, notice_docx, notice_pdf
from lianfang.people import actions, queries
from lianfang.people.forms import AliasForm, BodyForm, DocumentForm, LeadingGroupForm
from lianfang.people.models import AliasState, Body, BodyKind, MembershipRole
from lianfang.people.papers import paper_of
from lianfang.people.views.areas import areas_of
from lianfang.people.views.form_page import FormPage, answer, told, typed

_WRITERS: dict[str, tuple[str, Callable[[Notice], bytes]]] = {
    "pdf": ("application/pdf", notice_pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", notice_docx),
}

BODIES = List(
    code="bodies",
    title=_("单位"),
    columns=[
        Column("name", _("名称"), "name", sort="name"),
        Column("kind", _("类别"), "get_kind_display", sort="kind"),
        Column("area", _("属地"), "area.name", sort="area__name"),
        Column("parent", _("上级单位"), "parent.name", sort="parent__name"),
        Column("also", _("又名、简称"), lambda row: "、".join(row.also)),
    ],
    filters=[
        Choice("kind", _("类别"), BodyKind.choices, "kind"),
        Choice("area", _("属地"), areas_of, queries.in_area),
    ],
    search=queries.matching_bodies,
    search_hint=_("名称、简称、拼音、首字母"),
    order="name",
    opens=lambda row: reverse("body", args=[row.pk]),
    empty=Empty(_("名册里还没有单位。可以逐个登记,也可以从表格导入。"), _("登记单位"), "body_new"),
    prepare=queries.read_other_names,
)


@signed_in
@needs(Right.READ_BOOK)
def bodies(request: Request) -> HttpResponse:
    rows = queries.visible_bodies(request.user).filter(merged_into=None).select_related("area", "parent")
    return BODIES.respond(
        request,
        rows,
        template="people/bodies.html",
        context={"keeps": request.user.may(Right.KEEP_REGISTERS)},
    )


@signed_in
@needs(Right.READ_BOOK)
def body(request: Request, pk: UUID) -> HttpResponse:
    body = get_object_or_404(queries.visible_bodies(request.user).select_related("area", "parent"), pk=pk)
    today = timezone.localdate()
    together = queries.one_with(body)
    return render(
        request,
        "people/body.html",
        {
            "body": body,
            "canonical": queries.canonical_body(body),
            "aliases": queries.aliases_of(body),
            "merged": body.merged.order_by("name"),
            "members": queries.members_on(body, today),
            "past_members": queries.past_members(body, today),
            "stated": queries.stated_members(body, today),
            "member_of": queries.memberships_of(body, today),
            "posts": queries.posts_at(body, today),
            "duties": queries.duties_of(body),
            "helpers": queries.history_of_answerable(helped_body=body),
            "papers": queries.papers_of(body),
            "parts": queries.visible_bodies(request.user).filter(parent__in=together, merged_into=None),
            "log": queries.history_of("people.body", together),
            "today": today,
            "keeps": request.user.may(Right.KEEP_REGISTERS, body.scope()),
            "keeps_persons": request.user.may(Right.KEEP_PERSONS, body.scope()),
            "reads_persons": request.user.may(Right.READ_PERSONS),
            "states": AliasState,
        },
    )


@signed_in
@needs(Right.KEEP_REGISTERS)
def body_new(request: Request) -> HttpResponse:
    form = BodyForm(request.user, typed(request), initial=request.GET.dict())
    page = FormPage(
        _("登记单位"),
        reverse("bodies"),
        _("单位"),
        lead_in=_("先搜索一下:同一单位可能已用另一个名称登记。"),
        done=_("单位已登记。"),
    )

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        made = actions.register_body(Actor.at_desk(request), **values)
        return reverse("body", args=[made.pk])

    return answer(request, form, page, act)


@signed_in
@needs(Right.KEEP_REGISTERS)
def body_edit(request: Request, pk: UUID) -> HttpResponse:
    body = _kept(request, pk)
    fields = ("name", "kind", "area", "parent", "credit_code", "may_issue_receipts", "remark")
    form = BodyForm(
        request.user,
        typed(request),
        initial={**{name: getattr(body, name) for name in fields}, "seen": queries.version_of(body)},
    )
    here = _here(body)

    def act(values: dict[str, Any]) -> str:
        actions.change_body(Actor.at_desk(request), body=body, **values)
        return here

    return answer(request, form, FormPage(_("修改单位"), here, body.name, done=_("已保存。")), act)


@signed_in
@needs(Right.KEEP_REGISTERS)
def alias_new(request: Request, pk: UUID) -> HttpResponse:
    body = _kept(request, pk)
    page = FormPage(_("添加又名、简称"), _here(body), body.name, done=_("名称已添加。"))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        actions.add_alias(Actor.at_desk(request), body=body, **values)
        return _here(body)

    return answer(request, AliasForm(request.user, typed(request)), page, act)


@require_POST
@signed_in
@needs(Right.KEEP_REGISTERS)
def alias_decide(request: Request, pk: UUID) -> HttpResponse:
    """Confirm, refuse or strike a name, by the button that was pressed."""
    alias = get_object_or_404(queries.visible_aliases(request.user), pk=pk)
    try:
        if request.POST.get("state") == "strike":
            actions.strike_alias(Actor.at_desk(request), alias=alias)
        elif request.POST.get("state") in AliasState.values:
            actions.decide_alias(Actor.at_desk(request), alias=alias, state=request.POST["state"])
    except (Refused, ValidationError) as error:
        told(request, error)
    return redirect(_here(alias.body))


@signed_in
@needs(Right.KEEP_REGISTERS)
def document_new(request: Request, pk: UUID) -> HttpResponse:
    body = _kept(request, pk)
    page = FormPage(_("存入文件"), _here(body), body.name, done=_("文件已存入。"))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        made = actions.file_document(Actor.at_desk(request), body=body, **values)
        return reverse("document", args=[made.pk])

    return answer(request, DocumentForm(request.user, typed(request)), page, act)


@signed_in
@needs(Right.READ_BOOK)
def document(request: Request, pk: UUID) -> HttpResponse:
    document = get_object_or_404(queries.visible_documents(request.user).select_related("body"), pk=pk)
    keeps = request.user.may(Right.KEEP_REGISTERS, document.scope())
    return render(request, "people/document.html", {"document": document, "keeps": keeps})


@signed_in
@needs(Right.READ_BOOK)
def document_paper(request: Request, pk: UUID, form: str) -> HttpResponse:
    """A document with its text, as PDF or docx."""
    document = get_object_or_404(
        queries.visible_documents(request.user).select_related("body").exclude(text=""), pk=pk
    )
    if form not in _WRITERS:
        raise Http404(form)
    content_type, write = _WRITERS[form]
    return HttpResponse(
        write(paper_of(document)),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="document-{document.pk}.{form}"'},
    )


@signed_in
@needs(Right.KEEP_REGISTERS)
def document_edit(request: Request, pk: UUID) -> HttpResponse:
    document = get_object_or_404(
        queries.visible_documents(request.user, Right.KEEP_REGISTERS).select_related("body"), pk=pk
    )
    here = reverse("document", args=[document.pk])
    fields = ("kind", "title", "number", "dated_on", "text")
    initial = {**{name: getattr(document, name) for name in fields}, "seen": queries.version_of(document)}
    form = DocumentForm(request.user, typed(request), initial=initial)

    def act(values: dict[str, Any]) -> str:
        actions.change_document(Actor.at_desk(request), document=document, **values)
        return here

    return answer(request, form, FormPage(_("修改文件"), here, document.title, done=_("已保存。")), act)


@signed_in
@needs(Right.KEEP_REGISTERS)
def leading_group_new(request: Request, pk: UUID) -> HttpResponse:
    body = _kept(request, pk)
    form = LeadingGroupForm(request.user, typed(request), initial={"plan_title": _("工作方案")})
    page = FormPage(
        _("成立领导小组"),
        _here(body),
        body.name,
        lead_in=_("小组作为本单位的下级登记,工作方案随小组存入。"),
        done=_("领导小组已登记。请继续添加副组长和成员。"),
    )

    def act(values: dict[str, Any]) -> str:
        leader = values["leader"]
        plan = actions.WorkPlan(
            values["plan_title"], values["plan_number"], values["plan_dated_on"], values["plan_text"]
        )
        group = actions.set_up_leading_group(
            Actor.at_desk(request),
            of=body,
            name=values["name"],
            set_up_on=values["set_up_on"],
            members=[actions.GroupMember(leader, MembershipRole.GROUP_LEADER)] if leader else [],
            plan=plan if plan.title else None,
        )
        return _here(group)

    return answer(request, form, page, act)


def _kept(request: Request, pk: UUID) -> Body:
    return get_object_or_404(queries.visible_bodies(request.user, Right.KEEP_REGISTERS), pk=pk)


def _here(body: Body) -> str:
    return reverse("body", args=[body.pk])
