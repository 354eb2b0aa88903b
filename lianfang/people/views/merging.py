"""Two bodies that may be one: the queue of pairs, the preview of a merge, merging, undoing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.people import actions, queries
from lianfang.people.forms import MergeForm
from lianfang.people.models import Body, Resemblance, ResemblanceState
from lianfang.people.views.form_page import told


@signed_in
@needs(Right.KEEP_REGISTERS)
def resemblances(request: Request) -> HttpResponse:
    """One pair at a time: j and k go through them, Enter opens the merge, x keeps the two apart."""
    waiting = list(queries.open_resemblances(request.user)[:200])
    wanted = request.GET.get("pair", "")
    place = next((place for place, pair in enumerate(waiting) if str(pair.pk) == wanted), 0)
    pair = waiting[place] if waiting else None
    context: dict[str, Any] = {"waiting": waiting, "pair": pair, "number": place + 1}
    if pair:
        context |= {
            "sides": queries.sides_of(pair),
            # The longer name is more often the full one.
            "short": min(pair.one, pair.other, key=lambda body: len(body.name)),
            "full": max(pair.other, pair.one, key=lambda body: len(body.name)),
            "previous": waiting[place - 1] if place else None,
            "next": waiting[place + 1] if place + 1 < len(waiting) else None,
        }
    apart = queries.visible_resemblances(request.user, Right.KEEP_REGISTERS).filter(
        state=ResemblanceState.DIFFERENT
    )
    context["apart"] = apart.select_related("one", "other").order_by("-pk")[:20]
    return render(request, "people/resemblances.html", context)


@require_POST
@signed_in
@needs(Right.KEEP_REGISTERS)
def look_for_resemblances(request: Request) -> HttpResponse:
    found = len(actions.propose_aliases(Actor.at_desk(request)))
    if found:
        text = ngettext("找到 %(count)d 对新的疑似同一单位。", "找到 %(count)d 对新的疑似同一单位。", found)
        messages.success(request, text % {"count": found})
    else:
        messages.info(request, _("没有新的疑似同一单位。"))
    return redirect("resemblances")


@require_POST
@signed_in
@needs(Right.KEEP_REGISTERS)
def keep_apart(request: Request, pk: UUID) -> HttpResponse:
    pair = _pair(request, pk)
    following = request.POST.get("next", "")
    try:
        actions.keep_apart(Actor.at_desk(request), resemblance=pair)
        messages.success(
            request,
            _("已判定「%(one)s」与「%(other)s」不是同一单位。可在下方撤销。")
            % {"one": pair.one.name, "other": pair.other.name},
        )
    except Refused as error:
        told(request, error)
    return redirect(f"{reverse('resemblances')}?pair={following}" if following else "resemblances")


@require_POST
@signed_in
@needs(Right.KEEP_REGISTERS)
def reopen(request: Request, pk: UUID) -> HttpResponse:
    pair = _pair(request, pk)
    actions.reopen_resemblance(Actor.at_desk(request), resemblance=pair)
    messages.success(request, _("已撤销,重新待判定。"))
    return redirect(f"{reverse('resemblances')}?pair={pair.pk}")


@signed_in
@needs(Right.KEEP_REGISTERS)
def merge(request: Request, pk: UUID) -> HttpResponse:
    """Choose into which body this one goes, see what that does, do it."""
    body = _kept(request, pk)
    form = MergeForm(request.user, request.GET if "into" in request.GET else None)
    context: dict[str, Any] = {"body": body, "form": form, "canonical": queries.canonical_body(body)}
    if form.is_bound and form.is_valid():
        into = form.cleaned_data["into"]
        if into.pk == body.pk:
            form.add_error("into", _("请选择另一个单位。"))
        else:
            context |= {"into": into, "preview": queries.merge_preview(body, into)}
    return render(request, "people/merge.html", context)


@require_POST
@signed_in
@needs(Right.KEEP_REGISTERS)
def merge_now(request: Request, pk: UUID) -> HttpResponse:
    body, into = _kept(request, pk), _kept(request, request.POST.get("into", ""))
    try:
        actions.merge_bodies(Actor.at_desk(request), body=body, into=into)
    except Refused as error:
        told(request, error)
        return redirect("body", body.pk)
    messages.success(
        request,
        _("「%(body)s」已并入「%(into)s」,随时可以在这一页撤销。") % {"body": body.name, "into": into.name},
    )
    return redirect("body", into.pk)


@require_POST
@signed_in
@needs(Right.KEEP_REGISTERS)
def undo_merge(request: Request, pk: UUID) -> HttpResponse:
    body = _kept(request, pk)
    try:
        actions.undo_merge(Actor.at_desk(request), body=body)
        messages.success(request, _("「%(body)s」恢复为单独的单位。") % {"body": body.name})
    except Refused as error:
        told(request, error)
    return redirect("body", body.pk)


def _pair(request: Request, pk: UUID) -> Resemblance:
    rows = queries.visible_resemblances(request.user, Right.KEEP_REGISTERS)
    return get_object_or_404(rows.select_related("one", "other"), pk=pk)


def _kept(request: Request, pk: UUID | str) -> Body:
    try:
        return get_object_or_404(queries.visible_bodies(request.user, Right.KEEP_REGISTERS), pk=pk)
    except ValidationError as error:
        raise Http404 from error
