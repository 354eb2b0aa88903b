"""Buildings with their plan, spots with their codes, employees."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.lists import Choice, Column, Empty, Kind, List
from lianfang.desk.masking import masked_name
from lianfang.desk.states import State, Tone
from lianfang.people.queries import version_of
from lianfang.people.views.form_page import FormPage, answer, typed
from lianfang.places import actions, queries
from lianfang.places.forms import (
    BuildingForm,
    EmployeeChangeForm,
    EmployeeForm,
    EndForm,
    PlanForm,
    RoomForm,
    SpotChangeForm,
    SpotForm,
)
from lianfang.places.models import Building, BuildingKind, Employee, PlaceKind, Spot, SpotKind
from lianfang.places.papers import spot_codes_pdf
from lianfang.places.views.households import places_of
from lianfang.places.views.places import here, kept, on_page, seen


@signed_in
@needs(Right.KEEP_PLACES)
def compound_build(request: Request, pk: UUID) -> HttpResponse:
    """So many buildings alike at once."""
    place = kept(request, pk)
    form = PlanForm(request.user, typed(request))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        built = actions.build_compound(Actor.at_desk(request), place=place, plan=actions.Plan(**values))
        messages.success(
            request,
            _("建了 %(buildings)d 栋楼、%(stairwells)d 个单元、%(rooms)d 间房;%(there)d 栋已有,没有动。")
            % {
                "buildings": built.buildings,
                "stairwells": built.stairwells,
                "rooms": built.rooms,
                "there": built.there,
            },
        )
        return here(place)

    page = FormPage(
        _("批量建楼"),
        here(place),
        place.name,
        button=_("建立"),
        lead_in=_("例如:1 至 12 号楼,每栋 3 个单元、6 层、每层 2 户。已有的楼号不动。"),
    )
    return answer(request, form, page, act)


@signed_in
@needs(Right.KEEP_PLACES)
def building_new(request: Request, pk: UUID) -> HttpResponse:
    place = kept(request, pk)
    usual = BuildingKind.VILLAGE_GROUP if place.kind == PlaceKind.VILLAGE else BuildingKind.RESIDENTIAL
    form = BuildingForm(request.user, typed(request), initial={"kind": usual})

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        return _at(actions.add_building(Actor.at_desk(request), place=place, **values))

    return answer(request, form, on_page(place, _("登记楼栋(组)")), act)


@signed_in
@needs(Right.READ_BOOK)
def building(request: Request, pk: UUID) -> HttpResponse:
    """The building drawn as it stands: floors, stairwells, rooms, and who lives in each."""
    building = _building(request, pk, Right.READ_BOOK)
    scope = building.scope()
    return render(
        request,
        "places/building.html",
        {
            "building": building,
            "plan": queries.plan_of(building),
            "keeps": request.user.may(Right.KEEP_PLACES, scope),
            "opens": request.user.may(Right.READ_PERSONS, scope),
            "issues": request.user.may(Right.ISSUE_PASSES, scope),
        },
    )


@signed_in
@needs(Right.KEEP_PLACES)
def building_edit(request: Request, pk: UUID) -> HttpResponse:
    building = _building(request, pk)
    initial = {name: getattr(building, name) for name in ("number", "kind", "floors")}
    form = BuildingForm(request.user, typed(request), initial={**initial, "seen": version_of(building)})

    def act(values: dict[str, Any]) -> str:
        return _at(actions.change_building(Actor.at_desk(request), building=building, **values))

    page = FormPage(_("修改楼栋(组)"), _at(building), str(building), done=_("已保存。"))
    return answer(request, form, page, act)


@signed_in
@needs(Right.KEEP_PLACES)
def room_new(request: Request, pk: UUID) -> HttpResponse:
    building = _building(request, pk)
    form = RoomForm(request.user, typed(request))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        actions.add_room(Actor.at_desk(request), building=building, **values)
        return _at(building)

    page = FormPage(_("登记房屋"), _at(building), str(building), done=_("房屋已登记。"))
    return answer(request, form, page, act)


def _spot_state(spot: Spot) -> State:
    if spot.ended_on and spot.ended_on < timezone.localdate():
        return State(gettext_lazy("已停用"), Tone.STOPPED)
    return State(gettext_lazy("在用"), Tone.DONE)


SPOTS = List(
    code="spots",
    title=gettext_lazy("点位"),
    columns=[
        Column("name", gettext_lazy("名称"), "name", sort="name"),
        Column("kind", gettext_lazy("类别"), "get_kind_display", sort="kind"),
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("building", gettext_lazy("楼栋"), lambda row: str(row.building or "")),
        Column("code", gettext_lazy("点位码"), "code"),
        Column("lane", gettext_lazy("通行"), lambda row: _lane(row)),
        Column("state", gettext_lazy("状态"), _spot_state, Kind.STATE),
    ],
    filters=[
        Choice("place", gettext_lazy("场所"), places_of, "place"),
        Choice("kind", gettext_lazy("类别"), SpotKind.choices, "kind"),
    ],
    search=["name", "code", "place__name"],
    search_hint=gettext_lazy("名称、点位码"),
    order="name",
    opens=lambda row: reverse("spot_edit", args=[row.pk]),
    empty=Empty(
        gettext_lazy("还没有点位。打开一个场所,登记出入口、楼道、垃圾桶、通报栏等。"),
        gettext_lazy("打开场所"),
        "places",
    ),
)


def _lane(spot: Spot) -> str:
    return " · ".join(part for part in (spot.get_lane_display(), spot.get_way_display()) if part)


@signed_in
@needs(Right.READ_BOOK)
def spots(request: Request) -> HttpResponse:
    return SPOTS.respond(request, queries.visible_spots(request.user))


@signed_in
@needs(Right.KEEP_PLACES)
def spot_new(request: Request, pk: UUID) -> HttpResponse:
    place = kept(request, pk)
    form = SpotForm(request.user, place, typed(request), initial=request.GET.dict())

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        actions.register_spot(Actor.at_desk(request), place=place, **values)
        return here(place)

    return answer(request, form, on_page(place, _("登记点位")), act)


@signed_in
@needs(Right.READ_BOOK)
def spot_edit(request: Request, pk: UUID) -> HttpResponse:
    spot = get_object_or_404(queries.visible_spots(request.user), pk=pk)
    keeps = request.user.may(Right.KEEP_PLACES, spot.scope())
    initial = {name: getattr(spot, name) for name in ("name", "floor", "lane", "way")}
    form = SpotChangeForm(
        request.user,
        typed(request) if keeps else None,
        initial={**initial, "seen": version_of(spot)},
    )

    def act(values: dict[str, Any]) -> str:
        actions.change_spot(Actor.at_desk(request), spot=spot, **values)
        return here(spot.place)

    return answer(
        request,
        form,
        FormPage(
            spot.name,
            here(spot.place),
            spot.place.name,
            lead_in=_("%(kind)s · 点位码 %(code)s") % {"kind": spot.get_kind_display(), "code": spot.code},
            done=_("已保存。"),
        ),
        act,
        template="places/spot.html",
        context={"spot": spot, "keeps": keeps, "state_now": _spot_state(spot)},
    )


@require_POST
@signed_in
@needs(Right.KEEP_PLACES)
def spot_step(request: Request, pk: UUID, verb: str) -> HttpResponse:
    """Close a spot, open it again, or give it another code."""
    spot = get_object_or_404(queries.visible_spots(request.user, Right.KEEP_PLACES), pk=pk)
    actor = Actor.at_desk(request)
    match verb:
        case "close":
            actions.close_spot(actor, spot=spot, on=timezone.localdate())
            messages.success(request, _("点位已停用。"))
        case "reopen":
            actions.close_spot(actor, spot=spot, on=None)
            messages.success(request, _("点位已恢复。"))
        case _:
            actions.renew_spot_code(actor, spot=spot)
            messages.success(request, _("已换新码,请重新打印张贴;旧码不再有效。"))
    return redirect("spot_edit", spot.pk)


@require_POST
@signed_in
@needs(Right.KEEP_PLACES)
def spots_of_stairwells(request: Request, pk: UUID) -> HttpResponse:
    place = kept(request, pk)
    made = actions.register_stairwell_spots(Actor.at_desk(request), place=place)
    messages.success(
        request,
        ngettext("建了 %(count)d 个楼道点位。", "建了 %(count)d 个楼道点位。", len(made))
        % {"count": len(made)},
    )
    return redirect("place", place.pk)


@signed_in
@needs(Right.KEEP_PLACES, Right.KEEP_ROUNDS, Right.READ_BOOK)
def spot_codes(request: Request, pk: UUID) -> HttpResponse:
    """The codes of a place to print and post: A4 with labels."""
    place = seen(request, pk)
    chosen = queries.visible_spots(request.user).filter(pk__in=queries.spots_of(place))
    if kind := request.GET.get("kind"):
        chosen = chosen.filter(kind=kind)
    pdf = spot_codes_pdf(place, list(chosen.order_by("kind", "name")))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="codes.pdf"'
    return response


EMPLOYEES = List(
    code="employees",
    title=gettext_lazy("员工花名册"),
    columns=[
        Column("name", gettext_lazy("姓名"), "person.name", sort="person__name", mask=masked_name),
        Column("number", gettext_lazy("工号"), "number", sort="number"),
        Column("department", gettext_lazy("部门(车间)"), "department", sort="department"),
        Column("job", gettext_lazy("岗位"), "job"),
        Column("place", gettext_lazy("厂区"), "place.name", sort="place__name"),
        Column("employer", gettext_lazy("用工单位"), "employer.name", sort="employer__name"),
        Column("dormitory", gettext_lazy("宿舍"), lambda row: str(row.dormitory_room or "")),
    ],
    filters=[Choice("place", gettext_lazy("厂区"), places_of, "place")],
    search=["person__name", "number", "department", "job"],
    search_hint=gettext_lazy("姓名、工号、部门、岗位"),
    order="department",
    opens=lambda row: reverse("employee_edit", args=[row.pk]),
    empty=Empty(
        gettext_lazy("花名册还是空的。打开一个厂区,逐人登记,或从表格导入。"),
        gettext_lazy("打开场所"),
        "places",
    ),
)


@never_cache
@signed_in
@needs(Right.READ_PERSONS)
def employees(request: Request) -> HttpResponse:
    rows = queries.visible_employees(request.user).select_related(
        "dormitory_room__building", "dormitory_room__stairwell"
    )
    return EMPLOYEES.respond(request, rows.filter(valid_to=None))


@signed_in
@needs(Right.KEEP_PLACES)
def employee_new(request: Request, pk: UUID) -> HttpResponse:
    place = kept(request, pk)
    form = EmployeeForm(request.user, place, typed(request))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        actions.register_employee(Actor.at_desk(request), place=place, **values)
        return f"{reverse('employees')}?place={place.pk}"

    return answer(request, form, on_page(place, _("登记员工")), act)


@never_cache
@signed_in
@needs(Right.KEEP_PLACES)
def employee_edit(request: Request, pk: UUID) -> HttpResponse:
    employee = _employee(request, pk)
    names = ("employer", "number", "department", "job", "dormitory_room")
    initial = {name: getattr(employee, name) for name in names}
    form = EmployeeChangeForm(
        request.user, employee.place, typed(request), initial={**initial, "seen": version_of(employee)}
    )

    def act(values: dict[str, Any]) -> str:
        values["employer"] = values["employer"] or employee.employer
        actions.change_employee(Actor.at_desk(request), employee=employee, **values)
        return f"{reverse('employees')}?place={employee.place_id}"

    return answer(
        request,
        form,
        FormPage(
            employee.person.name,
            f"{reverse('employees')}?place={employee.place_id}",
            _("员工花名册"),
            done=_("已保存。"),
        ),
        act,
        template="places/employee.html",
        context={"employee": employee, "issues": request.user.may(Right.ISSUE_PASSES, employee.scope())},
    )


@signed_in
@needs(Right.KEEP_PLACES)
def employee_end(request: Request, pk: UUID) -> HttpResponse:
    employee = _employee(request, pk)
    form = EndForm(
        request.user, typed(request), initial={"on": timezone.localdate(), "seen": version_of(employee)}
    )

    def act(values: dict[str, Any]) -> str:
        actions.end_employment(Actor.at_desk(request), employee=employee, **values)
        return f"{reverse('employees')}?place={employee.place_id}"

    page = FormPage(
        _("登记离岗"),
        reverse("employee_edit", args=[employee.pk]),
        employee.person.name,
        lead_in=_("其单位职工证随之作废。"),
        done=_("已登记离岗。"),
    )
    return answer(request, form, page, act)


def _building(request: Request, pk: UUID, right: Right = Right.KEEP_PLACES) -> Building:
    return get_object_or_404(queries.visible_buildings(request.user, right), pk=pk)


def _employee(request: Request, pk: UUID) -> Employee:
    return get_object_or_404(queries.visible_employees(request.user, Right.KEEP_PLACES), pk=pk)


def _at(building: Building) -> str:
    return reverse("building", args=[building.pk])
