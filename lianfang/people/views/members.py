"""Members of a body: admitting, changing a role or dates; and what a source says of their number."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.people import actions, queries
from lianfang.people.forms import MemberCountForm, MemberForm, MembershipForm
from lianfang.people.views.form_page import FormPage, answer, typed


@signed_in
@needs(Right.KEEP_REGISTERS)
def member_new(request: Request, pk: UUID) -> HttpResponse:
    body = get_object_or_404(queries.visible_bodies(request.user, Right.KEEP_REGISTERS), pk=pk)
    here = reverse("body", args=[body.pk])
    page = FormPage(_("添加成员"), here, body.name, done=_("成员已添加。"))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        actions.admit_member(Actor.at_desk(request), body=body, **values)
        return here

    return answer(request, MemberForm(request.user, typed(request)), page, act)


@signed_in
@needs(Right.KEEP_REGISTERS)
def membership_edit(request: Request, pk: UUID) -> HttpResponse:
    membership = get_object_or_404(
        queries.visible_memberships(request.user, Right.KEEP_REGISTERS).select_related("body"), pk=pk
    )
    here = reverse("body", args=[membership.body_id])
    initial = {
        "role": membership.role,
        "valid_from": membership.valid_from,
        "valid_to": membership.valid_to,
        "seen": queries.version_of(membership),
    }
    page = FormPage(
        _("修改成员关系"),
        here,
        membership.body.name,
        lead_in=str(membership.member_body or membership.member_person),
        done=_("已保存。"),
    )

    def act(values: dict[str, Any]) -> str:
        changes_role = values["role"] != membership.role
        changes_dates = (values["valid_from"], values["valid_to"]) != (
            membership.valid_from,
            membership.valid_to,
        )
        if values["on"] and (changes_dates or not changes_role):
            raise ValidationError(
                {"on": ValidationError(_("改任日期与职务一起填写;起止日期另行更正。"), code="one_change")}
            )
        if changes_dates:
            actions.date_membership(
                Actor.at_desk(request),
                membership=membership,
                valid_from=values["valid_from"],
                valid_to=values["valid_to"],
                seen=values["seen"],
            )
        if changes_role:
            actions.change_role(
                Actor.at_desk(request), membership=membership, role=values["role"], on=values["on"]
            )
        return here

    return answer(request, MembershipForm(request.user, typed(request), initial=initial), page, act)


@signed_in
@needs(Right.KEEP_REGISTERS)
def member_count_new(request: Request, pk: UUID) -> HttpResponse:
    body = get_object_or_404(queries.visible_bodies(request.user, Right.KEEP_REGISTERS), pk=pk)
    here = reverse("body", args=[body.pk])
    page = FormPage(
        _("记下成员口径数"),
        here,
        body.name,
        lead_in=_("来源只说有多少家、没有列出名称时记在这里,与名册中的成员对照,不补造成员。"),
        done=_("口径数已记下。"),
    )

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        actions.state_member_count(Actor.at_desk(request), body=body, **values)
        return here

    return answer(request, MemberCountForm(request.user, typed(request)), page, act)
