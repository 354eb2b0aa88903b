"""Places: the list, one place, registering, its states, finding in it, calling who is in charge."""

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
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.book.sealing import SealBroken
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.lists import Choice, Column, Empty, Kind, List
from lianfang.desk.panels import panels_for
from lianfang.desk.states import State, Tone
from lianfang.people.models import Person
from lianfang.people.queries import in_area, version_of
from lianfang.people.views.areas import areas_of
from lianfang.people.views.form_page import FormPage, answer, told, typed
from lianfang.places import actions, queries
from lianfang.places.forms import MomentForm, PlaceForm, PlaceMergeForm, StateForm
from lianfang.places.models import EntryPass, Place, PlaceKind, PlaceState, Regime
from lianfang.places.queries.places import SEEING

_TONES = {
    Regime.OPEN: Tone.DONE,
    Regime.CLOSED: Tone.WAITING,
    Regime.PRECAUTION: Tone.NEW,
    Regime.CONTROLLED: Tone.WAITING,
    Regime.LOCKED_DOWN: Tone.URGENT,
}


def state_shown(state: PlaceState | None) -> State:
    if state is None:
        return State(Regime.OPEN.label, Tone.DONE)
    return State(state.get_regime_display(), _TONES[Regime(state.regime)])


def _kind(place: Place) -> str:
    return str(gettext_lazy("三无小区")) if place.unmanaged else place.get_kind_display()


def _read_states(places: list[Place]) -> None:
    """Give each place its state and who guards it today. Three queries for a page."""
    now = timezone.now()
    states = queries.states_in_force(places, now)
    guards = queries.guards_of(places, timezone.localdate(now))
    for place in places:
        place.shown_state = state_shown(states.get(place.pk))  # type: ignore[attr-defined]
        place.guards = "、".join(guards.get(place.pk, ()))  # type: ignore[attr-defined]


PLACES = List(
    code="places",
    title=gettext_lazy("场所"),
    columns=[
        Column("name", gettext_lazy("名称"), "name", sort="name"),
        Column("kind", gettext_lazy("类别"), _kind, sort="kind"),
        Column("area", gettext_lazy("属地"), "area.name", sort="area__name"),
        Column("guard", gettext_lazy("包保单位"), "guards"),
        Column("state", gettext_lazy("管理状态"), "shown_state", Kind.STATE),
    ],
    filters=[
        Choice("kind", gettext_lazy("类别"), PlaceKind.choices, "kind"),
        Choice(
            "unmanaged",
            gettext_lazy("三无小区"),
            [("True", gettext_lazy("是")), ("False", gettext_lazy("否"))],
            "unmanaged",
        ),
        Choice("area", gettext_lazy("属地"), areas_of, in_area),
    ],
    search=queries.matching_places,
    search_hint=gettext_lazy("名称、拼音、地址"),
    order="name",
    opens=lambda row: reverse("place", args=[row.pk]),
    empty=Empty(
        gettext_lazy("还没有登记场所。先登记小区、村或厂区,再建楼栋、住户和出入口。"),
        gettext_lazy("登记场所"),
        "place_new",
    ),
    prepare=_read_states,
)


@signed_in
@needs(*SEEING)
def places(request: Request) -> HttpResponse:
    return PLACES.respond(
        request,
        queries.visible_anywhere(request.user).select_related("area"),
        template="places/places.html",
        context={"keeps": request.user.may(Right.KEEP_PLACES)},
    )


@signed_in
@needs(*SEEING)
def place(request: Request, pk: UUID) -> HttpResponse:
    """Who guards it, today's figures, open matters, people in charge."""
    if merged := Place.objects.filter(pk=pk, merged_into__isnull=False).first():
        return redirect("place", queries.canonical_place(merged).pk)
    return _page(request, seen(request, pk))


@never_cache
@require_POST
@signed_in
@needs(*SEEING)
def place_call(request: Request, pk: UUID, person: UUID) -> HttpResponse:
    """The number of somebody in charge, on this answer only, to call with one touch."""
    place = seen(request, pk)
    somebody = get_object_or_404(Person, pk=person)
    number = ""
    try:
        number = actions.call_person(Actor.at_desk(request), place=place, person=somebody)
        if not number:
            messages.warning(request, _("没有登记电话。"))
    except Refused as error:
        told(request, error)
    except SealBroken:
        messages.error(request, _("这项加密信息打不开,请告知系统管理员。"))
    return _page(request, place, calling=(somebody.pk, number))


@signed_in
@needs(*SEEING)
def place_find(request: Request, pk: UUID) -> HttpResponse:
    """Find a household, a person, a vehicle or a pass by a fragment."""
    place = seen(request, pk)
    may = request.user.may(Right.READ_PERSONS, place.scope()) or request.user.may(
        Right.KEEP_GATE, place.scope()
    )
    text = request.GET.get("q", "").replace("\x00", "")[:80]
    found = queries.find(place, text, limit=30) if may and text.strip() else []
    return render(
        request,
        "places/found.html",
        {
            "place": place,
            "typed_here": text,
            "found": found,
            "may": may,
            "opens": request.user.may(Right.READ_PERSONS, place.scope()),
        },
    )


@signed_in
@needs(Right.KEEP_PLACES)
def place_new(request: Request) -> HttpResponse:
    page = FormPage(_("登记场所"), reverse("places"), _("场所"), done=_("场所已登记。"))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        return here(actions.register_place(Actor.at_desk(request), **values))

    return answer(request, PlaceForm(request.user, typed(request)), page, act)


@signed_in
@needs(Right.KEEP_PLACES)
def place_edit(request: Request, pk: UUID) -> HttpResponse:
    place = kept(request, pk)
    names = ("name", "kind", "area", "unmanaged", "body", "address", "remark")
    initial = {name: getattr(place, name) for name in names}
    form = PlaceForm(request.user, typed(request), initial={**initial, "seen": version_of(place)})

    def act(values: dict[str, Any]) -> str:
        return here(actions.change_place(Actor.at_desk(request), place=place, **values))

    return answer(request, form, on_page(place, _("修改场所")), act)


@signed_in
@needs(Right.KEEP_PLACES)
def place_state_new(request: Request, pk: UUID) -> HttpResponse:
    place = kept(request, pk)
    form = StateForm(request.user, typed(request), initial={"begins_at": timezone.now()})

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        actions.set_place_state(Actor.at_desk(request), place=place, **values)
        return here(place)

    page = FormPage(
        _("设定管理状态"),
        here(place),
        place.name,
        lead_in=_("新状态开始时,原来的状态随之结束。"),
        done=_("管理状态已设定。"),
    )
    return answer(request, form, page, act)


@signed_in
@needs(Right.KEEP_PLACES)
def place_state_end(request: Request, pk: UUID) -> HttpResponse:
    state = get_object_or_404(
        PlaceState, pk=pk, place__in=queries.visible_places(request.user, Right.KEEP_PLACES)
    )
    form = MomentForm(request.user, typed(request), initial={"at": timezone.now()})

    def act(values: dict[str, Any]) -> str:
        actions.end_place_state(Actor.at_desk(request), state=state, at=values["at"])
        return here(state.place)

    return answer(request, form, on_page(state.place, _("解除管理状态")), act)


@signed_in
@needs(Right.KEEP_PLACES)
def place_merge(request: Request, pk: UUID) -> HttpResponse:
    place = kept(request, pk)
    form = PlaceMergeForm(request.user, typed(request))

    def act(values: dict[str, Any]) -> str:
        actions.merge_places(Actor.at_desk(request), place=place, into=values["into"])
        return here(values["into"])

    page = FormPage(
        _("并入另一场所"),
        here(place),
        place.name,
        button=_("合并"),
        lead_in=_("楼栋、住户、点位、车辆、员工都归到另一场所名下;旧的编号仍找得到。可以撤销。"),
        done=_("已合并。"),
    )
    return answer(request, form, page, act)


def seen(request: Request, pk: UUID) -> Place:
    return get_object_or_404(queries.visible_anywhere(request.user).select_related("area", "body"), pk=pk)


def kept(request: Request, pk: UUID, right: Right = Right.KEEP_PLACES) -> Place:
    return get_object_or_404(
        queries.visible_places(request.user, right).select_related("area", "body"), pk=pk
    )


def here(place: Place) -> str:
    return reverse("place", args=[place.pk])


def on_page(place: Place, title: str) -> FormPage:
    return FormPage(title, here(place), place.name, done=_("已保存。"))


def _page(request: Request, place: Place, calling: tuple[UUID, str] | None = None) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    officer, scope = request.user, place.scope()
    reads = officer.may(Right.READ_BOOK, scope)
    return render(
        request,
        "places/place.html",
        {
            "place": place,
            "kind": _kind(place),
            "state": state_shown(queries.state_of(place, now)),
            "states": place.states.all()[:6] if reads else [],
            "guarding": queries.guarding_on(place, today),
            "in_charge": queries.in_charge_on(place, today),
            "calling": calling,
            "gates": queries.gates_of(place),
            "spots": queries.spots_of(place).exclude(kind="gate"),
            "buildings": queries.buildings_of(place) if reads else [],
            "people": queries.count_of_people(place) if reads else None,
            "panels": panels_for("place", officer, place),
            "keeps": officer.may(Right.KEEP_PLACES, scope),
            "keeps_registers": officer.may(Right.KEEP_REGISTERS, scope),
            "reads": reads,
            "reads_persons": officer.may(Right.READ_PERSONS, scope),
            "finds": officer.may(Right.READ_PERSONS, scope) or officer.may(Right.KEEP_GATE, scope),
            "issues": officer.may(Right.ISSUE_PASSES, scope),
            "passes": queries.passes_in_state(EntryPass.objects.filter(place=place), "live").exists(),
            "now": now,
        },
    )
