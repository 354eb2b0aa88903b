"""Officers: who signs in, with which roles; one-time passwords; their sessions."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import RIGHTS_OF_ROLE, Right, Role
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, Empty, Kind, List
from lianfang.desk.states import State, Tone
from lianfang.people import actions, queries
from lianfang.people.forms import GrantForm, OfficerChangeForm, OfficerForm
from lianfang.people.models import Officer
from lianfang.people.views.form_page import FormPage, answer, told, typed


def _state(officer: Officer) -> State:
    if not officer.is_active:
        return State(gettext_lazy("已停用"), Tone.STOPPED)
    if officer.one_time_until:
        return State(gettext_lazy("待改密码"), Tone.WAITING)
    return State(gettext_lazy("正常"), Tone.DONE)


OFFICERS = List(
    code="officers",
    title=gettext_lazy("用户与授权"),
    columns=[
        Column("name", gettext_lazy("姓名"), "display_name", sort="display_name"),
        Column("username", gettext_lazy("用户名"), "username", sort="username"),
        Column("body", gettext_lazy("单位"), "body.name", sort="body__name"),
        Column("roles", gettext_lazy("角色"), "roles_in_words"),
        Column("last", gettext_lazy("最近登录"), "last_login", Kind.MOMENT, sort="last_login"),
        Column("state", gettext_lazy("状态"), _state, Kind.STATE, sort="is_active"),
    ],
    filters=[
        Choice("role", gettext_lazy("角色"), Role.choices, queries.with_role),
        Choice(
            "state",
            gettext_lazy("状态"),
            [("1", gettext_lazy("正常")), ("0", gettext_lazy("已停用"))],
            queries.active_or_not,
        ),
    ],
    search=["display_name", "username", "body__name"],
    order="name",
    opens=lambda row: reverse("officer", args=[row.pk]),
    empty=Empty(gettext_lazy("还没有您管理的用户。"), gettext_lazy("新建用户"), "officer_new"),
    prepare=queries.read_roles,
)


@signed_in
@needs(Right.MANAGE_OFFICERS)
def officers(request: Request) -> HttpResponse:
    return OFFICERS.respond(request, queries.visible_officers(request.user), template="people/officers.html")


@signed_in
@needs(Right.MANAGE_OFFICERS)
def officer(request: Request, pk: UUID) -> HttpResponse:
    return _page(request, _managed(request, pk))


@never_cache
@signed_in
@needs(Right.MANAGE_OFFICERS)
def officer_new(request: Request) -> HttpResponse:
    """Register an officer; the one-time password stands on this answer only."""
    form = OfficerForm(request.user, typed(request))
    if request.method == "POST" and form.is_valid():
        password = actions.one_time_password()
        with errors_into(form):
            values = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
            made = actions.register_officer(Actor.at_desk(request), password=password, **values)
            return _page(request, made, password=password)
    page = FormPage(
        _("新建用户"),
        reverse("officers"),
        _("用户与授权"),
        lead_in=_("保存后给出一次性密码,三天内登录并修改有效。新用户还没有任何角色。"),
    )
    return render(
        request,
        "people/form_page.html",
        {"form": form, "page": page},
        status=422 if form.errors else 200,
    )


@signed_in
@needs(Right.MANAGE_OFFICERS)
def officer_edit(request: Request, pk: UUID) -> HttpResponse:
    officer = _managed(request, pk)
    initial = {name: getattr(officer, name) for name in ("display_name", "body", "person")}

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        actions.change_officer(Actor.at_desk(request), officer=officer, **values)
        return _here(officer)

    form = OfficerChangeForm(request.user, typed(request), initial=initial)
    return answer(
        request, form, FormPage(_("修改用户"), _here(officer), str(officer), done=_("已保存。")), act
    )


@require_POST
@signed_in
@needs(Right.MANAGE_OFFICERS)
def officer_disable(request: Request, pk: UUID) -> HttpResponse:
    officer = _managed(request, pk)
    try:
        actions.disable_officer(Actor.at_desk(request), officer=officer)
        messages.success(request, _("已停用,该用户在各处的登录随即失效。"))
    except Refused as error:
        told(request, error)
    return redirect(_here(officer))


@require_POST
@signed_in
@needs(Right.MANAGE_OFFICERS)
def officer_enable(request: Request, pk: UUID) -> HttpResponse:
    officer = _managed(request, pk)
    actions.enable_officer(Actor.at_desk(request), officer=officer)
    messages.success(request, _("已恢复。"))
    return redirect(_here(officer))


@never_cache
@require_POST
@signed_in
@needs(Right.MANAGE_OFFICERS)
def officer_password(request: Request, pk: UUID) -> HttpResponse:
    """Give a one-time password; it stands on this answer only."""
    officer = _managed(request, pk)
    password = actions.one_time_password()
    changed = actions.reset_password(Actor.at_desk(request), officer=officer, password=password)
    return _page(request, changed, password=password)


@signed_in
@needs(Right.MANAGE_OFFICERS)
def grant_new(request: Request, pk: UUID) -> HttpResponse:
    officer = _managed(request, pk)
    page = FormPage(_("授予角色"), _here(officer), str(officer), button=_("授予"), done=_("角色已授予。"))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        place = values.pop("place")
        actions.grant_role(
            Actor.at_desk(request), officer=officer, place_id=place.pk if place else None, **values
        )
        return _here(officer)

    return answer(request, GrantForm(request.user, typed(request)), page, act)


@require_POST
@signed_in
@needs(Right.MANAGE_OFFICERS)
def grant_end(request: Request, pk: UUID) -> HttpResponse:
    """Take a role away at once."""
    grant = get_object_or_404(queries.visible_grants(request.user), pk=pk)
    yesterday = timezone.localdate() - timedelta(days=1)
    try:
        actions.end_grant(Actor.at_desk(request), grant=grant, on=yesterday)
        messages.success(request, _("角色已收回。"))
    except (Refused, ValidationError) as error:
        told(request, error)
    return redirect(_here(grant.officer))


def _page(request: Request, officer: Officer, password: str = "") -> HttpResponse:
    today = timezone.localdate()
    grants = list(queries.visible_grants(request.user).filter(officer=officer).order_by("role", "valid_from"))
    return render(
        request,
        "people/officer.html",
        {
            "shown": officer,
            "state": _state(officer),
            "password": password,
            "now": [grant for grant in grants if grant.valid_to is None or grant.valid_to >= today],
            "over": [grant for grant in grants if grant.valid_to and grant.valid_to < today],
            "sessions": queries.sessions_of(officer),
            "rights": [
                (role.label, [Right(right).label for right in sorted(RIGHTS_OF_ROLE[role])]) for role in Role
            ],
            "log": queries.history_of("people.officer", [officer.pk]),
        },
    )


def _managed(request: Request, pk: UUID) -> Officer:
    return get_object_or_404(queries.visible_officers(request.user), pk=pk)


def _here(officer: Officer) -> str:
    return reverse("officer", args=[officer.pk])
