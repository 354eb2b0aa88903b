"""包保: the list of who is answerable, one duty with its history, handing over, ending."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.lists import Choice, Column, Empty, Kind, List
from lianfang.desk.states import State, Tone
from lianfang.people import actions, queries
from lianfang.people.forms import AssignmentForm, EndForm, HandoverForm
from lianfang.people.models import Assignment
from lianfang.people.views.form_page import FormPage, answer, typed


def _state(assignment: Assignment) -> State:
    today = timezone.localdate()
    if assignment.holds_on(today):
        return State(gettext_lazy("在任"), Tone.DONE)
    if assignment.valid_from and assignment.valid_from > today:
        return State(gettext_lazy("未开始"), Tone.WAITING)
    return State(gettext_lazy("已结束"), Tone.STOPPED)


ASSIGNMENTS = List(
    code="assignments",
    title=gettext_lazy("包保"),
    columns=[
        Column("object", gettext_lazy("包保对象"), "object_name", sort="place_name"),
        Column("body", gettext_lazy("包保单位"), "body.name", sort="body__name"),
        Column("person", gettext_lazy("责任人"), "person.name", sort="person__name"),
        Column("duty", gettext_lazy("职责"), "duty"),
        Column("from", gettext_lazy("自"), "valid_from", Kind.DAY, sort="valid_from"),
        Column("state", gettext_lazy("状态"), _state, Kind.STATE),
    ],
    filters=[
        Choice(
            "state",
            gettext_lazy("状态"),
            [("now", gettext_lazy("在任")), ("over", gettext_lazy("已结束"))],
            queries.assignments_in_state,
        )
    ],
    search=["body__name", "person__name", "area__name", "helped_body__name", "place_name", "duty"],
    search_hint=gettext_lazy("小区、村、单位、责任人"),
    order="body",
    opens=lambda row: reverse("assignment", args=[row.pk]),
    empty=Empty(
        gettext_lazy("还没有登记包保。先登记由哪个单位、谁,对哪个小区或村负责。"),
        gettext_lazy("登记包保"),
        "assignment_new",
    ),
)


@signed_in
@needs(Right.READ_BOOK)
def assignments(request: Request) -> HttpResponse:
    return ASSIGNMENTS.respond(
        request,
        queries.visible_assignments(request.user),
        template="people/assignments.html",
        context={"keeps": request.user.may(Right.KEEP_REGISTERS)},
    )


@signed_in
@needs(Right.READ_BOOK)
def assignment(request: Request, pk: UUID) -> HttpResponse:
    assignment = get_object_or_404(queries.visible_assignments(request.user), pk=pk)
    today = timezone.localdate()
    return render(
        request,
        "people/assignment.html",
        {
            "assignment": assignment,
            "state": _state(assignment),
            "holds": assignment.holds_on(today),
            "handed_over": queries.handed_over_to(assignment),
            "history": queries.history_of_answerable(
                area=assignment.area,
                helped_body=assignment.helped_body,
                place_name=assignment.place_name,
                place_id=assignment.place_id,
            ),
            "keeps": request.user.may(Right.KEEP_REGISTERS, assignment.body.scope()),
        },
    )


@signed_in
@needs(Right.KEEP_REGISTERS)
def assignment_new(request: Request) -> HttpResponse:
    form = AssignmentForm(request.user, typed(request), initial=request.GET.dict())
    page = FormPage(_("登记包保"), reverse("assignments"), _("包保"), done=_("包保已登记。"))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        place = values.pop("place")
        made = actions.assign(Actor.at_desk(request), place_id=place.pk if place else None, **values)
        return _here(made)

    return answer(request, form, page, act)


@signed_in
@needs(Right.KEEP_REGISTERS)
def assignment_hand_over(request: Request, pk: UUID) -> HttpResponse:
    old = _kept(request, pk)
    form = HandoverForm(
        request.user,
        typed(request),
        initial={"to_body": old.body_id, "on": timezone.localdate(), "seen": queries.version_of(old)},
    )
    page = FormPage(
        _("包保交接"),
        _here(old),
        str(old),
        button=_("交接"),
        done=_("交接已登记:原来的包保到前一天为止。"),
    )

    def act(values: dict[str, Any]) -> str:
        return _here(actions.hand_over(Actor.at_desk(request), assignment=old, **values))

    return answer(request, form, page, act)


@signed_in
@needs(Right.KEEP_REGISTERS)
def assignment_end(request: Request, pk: UUID) -> HttpResponse:
    assignment = _kept(request, pk)
    form = EndForm(
        request.user,
        typed(request),
        initial={"on": timezone.localdate(), "seen": queries.version_of(assignment)},
    )
    page = FormPage(
        _("结束包保"),
        _here(assignment),
        str(assignment),
        lead_in=_("结束后没有人接手。有人接手时请用「交接」。"),
        done=_("包保已结束。"),
    )

    def act(values: dict[str, Any]) -> str:
        return _here(actions.end_assignment(Actor.at_desk(request), assignment=assignment, **values))

    return answer(request, form, page, act)


def _kept(request: Request, pk: UUID) -> Assignment:
    return get_object_or_404(queries.visible_assignments(request.user, Right.KEEP_REGISTERS), pk=pk)


def _here(assignment: Assignment) -> str:
    return reverse("assignment", args=[assignment.pk])
