"""Households: the list, one household, those who live in it, vehicles, measures, moving."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.lists import Choice, Column, Empty, Kind, List
from lianfang.desk.masking import masked_name
from lianfang.desk.panels import panels_for
from lianfang.desk.states import State, Tone
from lianfang.people.models import Officer
from lianfang.people.queries import version_of
from lianfang.people.views.form_page import FormPage, answer, typed
from lianfang.places import actions, queries
from lianfang.places.forms import (
    EndForm,
    HouseholdChangeForm,
    HouseholdForm,
    HouseholdMergeForm,
    HouseholdMoveForm,
    MeasureForm,
    MomentForm,
    PersonMergeForm,
    ResidentChangeForm,
    ResidentForm,
    ResidentMoveForm,
    SplitForm,
    VehicleForm,
)
from lianfang.places.models import Household, HouseholdMeasure, Merge, Resident
from lianfang.places.views.places import here as place_page
from lianfang.places.views.places import kept as kept_place


def places_of(officer: Officer | None) -> list[tuple[Any, str]]:
    """The places by which an officer may narrow a list."""
    if officer is None:
        return []
    return [(place.pk, place.name) for place in queries.visible_places(officer, Right.READ_PERSONS)]


def _prepare(households: list[Household]) -> None:
    queries.read_people(households)
    under = set(
        queries.measures_in_force(timezone.now())
        .filter(household__in=households)
        .values_list("household_id", flat=True)
    )
    for household in households:
        household.shown_state = _state(household, measured=household.pk in under)  # type: ignore[attr-defined]


def _state(household: Household, *, measured: bool) -> State:
    if household.ended_on:
        return State(gettext_lazy("已注销"), Tone.STOPPED)
    if measured:
        return State(gettext_lazy("有管控措施"), Tone.WAITING)
    return State(gettext_lazy("在住"), Tone.DONE)


def _masked_names(names: str) -> str:
    return "、".join(masked_name(name) for name in names.split("、"))


HOUSEHOLDS = List(
    code="households",
    title=gettext_lazy("住户"),
    columns=[
        Column("label", gettext_lazy("户名"), "label", sort="label"),
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("head", gettext_lazy("户主"), "head.name", sort="head__name", mask=masked_name),
        Column("names", gettext_lazy("居住人员"), "names", mask=_masked_names),
        Column("count", gettext_lazy("人数"), "count", Kind.COUNT),
        Column("plates", gettext_lazy("车辆"), "plates"),
        Column("needs", gettext_lazy("特殊困难"), "needs", mask=lambda text: "*" if text else ""),
        Column("state", gettext_lazy("状态"), "shown_state", Kind.STATE),
    ],
    filters=[
        Choice("place", gettext_lazy("场所"), places_of, "place"),
        Choice(
            "state",
            gettext_lazy("状态"),
            [
                ("now", gettext_lazy("在住")),
                ("measure", gettext_lazy("有管控措施")),
                ("measure_due", gettext_lazy("措施已满 14 天")),
                ("needs", gettext_lazy("有特殊困难")),
                ("ended", gettext_lazy("已注销")),
            ],
            queries.households_in_state,
        ),
    ],
    search=queries.matching_households,
    search_hint=gettext_lazy("3-2-501、姓名、拼音、车牌、末四位"),
    order="label",
    opens=lambda row: reverse("household", args=[row.pk]),
    empty=Empty(
        gettext_lazy("还没有住户。打开一个场所,逐户登记,或从表格导入。"), gettext_lazy("打开场所"), "places"
    ),
    prepare=_prepare,
)


@signed_in
@needs(Right.READ_PERSONS)
def households(request: Request) -> HttpResponse:
    rows = queries.visible_households(request.user).select_related("place", "head")
    if not request.GET.get("state"):
        rows = rows.filter(ended_on=None)
    return HOUSEHOLDS.respond(request, rows)


@never_cache
@signed_in
@needs(Right.READ_PERSONS)
def household(request: Request, pk: UUID) -> HttpResponse:
    if merged := Household.objects.filter(pk=pk, merged_into__isnull=False).first():
        return redirect("household", queries.canonical_household(merged).pk)
    household = _household(request, pk, Right.READ_PERSONS)
    actions.read_household(Actor.at_desk(request), household=household)
    now = timezone.now()
    scope = household.scope()
    residents = queries.residents_now(household)
    return render(
        request,
        "places/household.html",
        {
            "household": household,
            "state": _state(household, measured=queries.is_under_measure(household, now)),
            "residents": residents,
            "past": household.residents.filter(valid_to__lt=timezone.localdate()).select_related("person")[
                :20
            ],
            "vehicles": queries.vehicles_now(household),
            "measures": household.measures.all(),
            "passes": household.passes.order_by("-issued_at")[:10],
            "merges": Merge.objects.filter(into=household.pk, undone_at=None),
            "panels": panels_for("household", request.user, household),
            "keeps": request.user.may(Right.KEEP_PLACES, scope) and household.ended_on is None,
            "issues": request.user.may(Right.ISSUE_PASSES, scope) and household.ended_on is None,
            "now": now,
        },
    )


@signed_in
@needs(Right.KEEP_PLACES)
def household_new(request: Request, pk: UUID) -> HttpResponse:
    place = kept_place(request, pk)
    form = HouseholdForm(request.user, place, typed(request), initial=request.GET.dict())
    page = FormPage(_("登记住户"), place_page(place), place.name, done=_("住户已登记。"))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        return _here(actions.register_household(Actor.at_desk(request), place=place, **values))

    return answer(request, form, page, act)


@signed_in
@needs(Right.KEEP_PLACES)
def household_edit(request: Request, pk: UUID) -> HttpResponse:
    household = _household(request, pk)
    initial = {name: getattr(household, name) for name in ("label", "head", "needs")}
    form = HouseholdChangeForm(
        request.user, household, typed(request), initial={**initial, "seen": version_of(household)}
    )

    def act(values: dict[str, Any]) -> str:
        return _here(actions.change_household(Actor.at_desk(request), household=household, **values))

    return answer(request, form, _on(household, _("修改住户")), act)


@signed_in
@needs(Right.KEEP_PLACES)
def household_end(request: Request, pk: UUID) -> HttpResponse:
    household = _household(request, pk)
    form = EndForm(
        request.user,
        typed(request),
        initial={"on": timezone.localdate(), "seen": version_of(household)},
    )

    def act(values: dict[str, Any]) -> str:
        actions.end_household(Actor.at_desk(request), household=household, **values)
        return place_page(household.place)

    page = FormPage(
        _("注销住户"),
        _here(household),
        household.label,
        button=_("注销"),
        lead_in=_("住在这里的人、车辆、管控措施一并结束;以往的记录都还在。"),
        done=_("住户已注销。"),
    )
    return answer(request, form, page, act)


@signed_in
@needs(Right.KEEP_PLACES)
def household_move(request: Request, pk: UUID) -> HttpResponse:
    household = _household(request, pk)
    form = HouseholdMoveForm(
        request.user, household.place, typed(request), initial={"seen": version_of(household)}
    )

    def act(values: dict[str, Any]) -> str:
        return _here(actions.move_household(Actor.at_desk(request), household=household, **values))

    return answer(request, form, _on(household, _("搬到另一间")), act)


@signed_in
@needs(Right.KEEP_PLACES)
def household_split(request: Request, pk: UUID) -> HttpResponse:
    household = _household(request, pk)
    form = SplitForm(
        request.user, household.place, household, typed(request), initial={"on": timezone.localdate()}
    )

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        values["residents"] = list(values["residents"])
        return _here(actions.split_household(Actor.at_desk(request), household=household, **values))

    return answer(request, form, _on(household, _("分户")), act)


@signed_in
@needs(Right.KEEP_PLACES)
def household_merge(request: Request, pk: UUID) -> HttpResponse:
    household = _household(request, pk)
    form = HouseholdMergeForm(request.user, household.place, typed(request))

    def act(values: dict[str, Any]) -> str:
        actions.merge_households(Actor.at_desk(request), household=household, into=values["into"])
        return _here(values["into"])

    page = FormPage(
        _("与另一户合并"),
        _here(household),
        household.label,
        button=_("合并"),
        lead_in=_("人员、车辆、管控措施归到另一户;两处都登记的人只留一次;本户的家庭出入证作废。可以撤销。"),
        done=_("已合并。"),
    )
    return answer(request, form, page, act)


@require_POST
@signed_in
@needs(Right.KEEP_PLACES)
def merge_undo(request: Request, pk: UUID) -> HttpResponse:
    merge = get_object_or_404(queries.visible_merges(request.user), pk=pk, undone_at=None)
    actions.undo_register_merge(Actor.at_desk(request), merge=merge)
    messages.success(request, _("合并已撤销。"))
    match merge.kind:
        case "household":
            return redirect("household", merge.merged)
        case "place":
            return redirect("place", merge.merged)
        case _:
            return redirect("person", merge.merged)


@signed_in
@needs(Right.KEEP_PLACES)
def resident_new(request: Request, pk: UUID) -> HttpResponse:
    household = _household(request, pk)
    form = ResidentForm(request.user, typed(request), initial=request.GET.dict())

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        actions.register_resident(Actor.at_desk(request), household=household, **values)
        return _here(household)

    return answer(request, form, _on(household, _("登记居住人员"), done=_("居住人员已登记。")), act)


@signed_in
@needs(Right.KEEP_PLACES)
def resident_edit(request: Request, pk: UUID) -> HttpResponse:
    resident = _resident(request, pk)
    initial = {"kind": resident.kind, "relation": resident.relation, "seen": version_of(resident)}
    form = ResidentChangeForm(request.user, typed(request), initial=initial)

    def act(values: dict[str, Any]) -> str:
        actions.change_resident(Actor.at_desk(request), resident=resident, **values)
        return _here(resident.household)

    return answer(request, form, _on(resident.household, resident.person.name), act)


@signed_in
@needs(Right.KEEP_PLACES)
def resident_move(request: Request, pk: UUID) -> HttpResponse:
    resident = _resident(request, pk)
    form = ResidentMoveForm(
        request.user,
        resident.household.place,
        typed(request),
        initial={"on": timezone.localdate(), "seen": version_of(resident)},
    )

    def act(values: dict[str, Any]) -> str:
        actions.move_resident(Actor.at_desk(request), resident=resident, **values)
        return _here(values["to"])

    title = _("%(name)s 搬到另一户") % {"name": resident.person.name}
    return answer(request, form, _on(resident.household, title), act)


@signed_in
@needs(Right.KEEP_PLACES)
def resident_out(request: Request, pk: UUID) -> HttpResponse:
    resident = _resident(request, pk)
    form = EndForm(
        request.user, typed(request), initial={"on": timezone.localdate(), "seen": version_of(resident)}
    )

    def act(values: dict[str, Any]) -> str:
        actions.move_out(Actor.at_desk(request), resident=resident, **values)
        return _here(resident.household)

    return answer(
        request, form, _on(resident.household, _("%(name)s 搬离") % {"name": resident.person.name}), act
    )


@signed_in
@needs(Right.KEEP_PERSONS)
def resident_merge(request: Request, pk: UUID) -> HttpResponse:
    """The same person was registered twice."""
    resident = _resident(request, pk)
    form = PersonMergeForm(request.user, typed(request))

    def act(values: dict[str, Any]) -> str:
        actions.merge_persons(
            Actor.at_desk(request),
            place=resident.household.place,
            person=resident.person,
            into=values["into"],
        )
        return _here(resident.household)

    page = FormPage(
        _("%(name)s 与另一人是同一人") % {"name": resident.person.name},
        _here(resident.household),
        resident.household.label,
        button=_("合并"),
        lead_in=_("住处、用工、出入证归到另一人名下;旧的编号仍找得到。可以撤销。"),
        done=_("已合并。"),
    )
    return answer(request, form, page, act)


@signed_in
@needs(Right.KEEP_PLACES)
def vehicle_new(request: Request, pk: UUID) -> HttpResponse:
    household = _household(request, pk)
    form = VehicleForm(request.user, typed(request))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        actions.register_vehicle(Actor.at_desk(request), place=household.place, household=household, **values)
        return _here(household)

    return answer(request, form, _on(household, _("登记车辆")), act)


@require_POST
@signed_in
@needs(Right.KEEP_PLACES)
def vehicle_end(request: Request, pk: UUID) -> HttpResponse:
    vehicle = get_object_or_404(queries.visible_vehicles(request.user, Right.KEEP_PLACES), pk=pk)
    actions.end_vehicle(Actor.at_desk(request), vehicle=vehicle)
    messages.success(request, _("车辆已注销。"))
    return (
        redirect("household", vehicle.household_id)
        if vehicle.household_id
        else redirect("place", vehicle.place_id)
    )


@signed_in
@needs(Right.KEEP_PLACES)
def measure_new(request: Request, pk: UUID) -> HttpResponse:
    household = _household(request, pk)
    form = MeasureForm(request.user, typed(request), initial={"begins_at": timezone.now()})

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        actions.begin_measure(Actor.at_desk(request), household=household, **values)
        return _here(household)

    page = FormPage(
        _("登记管控措施"),
        _here(household),
        household.label,
        lead_in=_("值守手机只显示“有管控措施”;解除后随即不再显示,从不公开。"),
        done=_("措施已登记。"),
    )
    return answer(request, form, page, act)


@signed_in
@needs(Right.KEEP_PLACES)
def measure_release(request: Request, pk: UUID) -> HttpResponse:
    measure = get_object_or_404(queries.visible_measures(request.user, Right.KEEP_PLACES), pk=pk)
    form = MomentForm(request.user, typed(request), initial={"at": timezone.now()})

    def act(values: dict[str, Any]) -> str:
        actions.release_measure(Actor.at_desk(request), measure=measure, at=values["at"])
        return _here(measure.household)

    return answer(request, form, _on(measure.household, _("解除%(kind)s") % {"kind": _kind(measure)}), act)


def _kind(measure: HouseholdMeasure) -> str:
    return measure.get_kind_display()


def _household(request: Request, pk: UUID, right: Right = Right.KEEP_PLACES) -> Household:
    rows = queries.visible_households(request.user, right)
    return get_object_or_404(rows.select_related("place__area", "head", "room", "building"), pk=pk)


def _resident(request: Request, pk: UUID) -> Resident:
    rows = queries.visible_residents(request.user, Right.KEEP_PLACES)
    return get_object_or_404(rows.select_related("household__place", "person"), pk=pk)


def _here(household: Household) -> str:
    return reverse("household", args=[household.pk])


def _on(household: Household, title: str, done: str = "") -> FormPage:
    return FormPage(title, _here(household), household.label, done=done or _("已保存。"))
