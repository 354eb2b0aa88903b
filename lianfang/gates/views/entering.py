"""Registering from the desk: a person, a household together, a vehicle with those on board."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.gates import knowing
from lianfang.gates.actions.crossings import register_passages
from lianfang.gates.forms import (
    HouseholdForm,
    Occupants,
    PersonPassageForm,
    VehicleForm,
)
from lianfang.gates.models import Direction, Passage, PersonCategory
from lianfang.gates.views.passages import gate_of
from lianfang.gates.writing import Circumstances, Crossing, ReadingTaken
from lianfang.people.models import Person
from lianfang.places.models import Household, Resident, Spot

# So far back lie the entries that are shown below the form.
_LATELY = timedelta(days=3)


@signed_in
@needs(Right.KEEP_GATE)
def person(request: Request, pk: UUID) -> HttpResponse:
    """One person: at once, late, or for somebody who cannot write."""
    gate = gate_of(request, pk, Right.KEEP_GATE)
    form = PersonPassageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            passages = register_passages(
                Actor.at_desk(request),
                crossings=[_person_crossing(gate, form)],
                at=_circumstances(request, gate, form.cleaned_data),
            )
            return _done(request, gate, passages, "gates:enter")
    return _page(request, gate, form, "person")


@signed_in
@needs(Right.KEEP_GATE)
def household(request: Request, pk: UUID) -> HttpResponse:
    """First the room, then who of the household comes along."""
    gate = gate_of(request, pk, Right.KEEP_GATE)
    typed = request.GET.get("room", "").strip()
    found = knowing.household_at(gate.place, typed) if typed else None
    if found is None:
        return _page(request, gate, None, "household", room=typed, unknown=bool(typed))
    form = HouseholdForm(found, _members(found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            passages = register_passages(
                Actor.at_desk(request),
                crossings=_household_crossings(found, form),
                at=_circumstances(request, gate, form.cleaned_data),
            )
            return _done(request, gate, passages, "gates:enter_household")
    return _page(request, gate, form, "household", room=typed, household=found)


@signed_in
@needs(Right.KEEP_GATE)
def vehicle(request: Request, pk: UUID) -> HttpResponse:
    """A vehicle and everybody on board, each measured."""
    gate = gate_of(request, pk, Right.KEEP_GATE)
    form = VehicleForm(request.POST or None)
    occupants = Occupants(request.POST or None, prefix="on")
    if request.method == "POST" and form.is_valid() & occupants.is_valid():
        with errors_into(form):
            passages = register_passages(
                Actor.at_desk(request),
                crossings=_vehicle_crossings(gate, form, occupants.cleaned_data),
                at=_circumstances(request, gate, form.cleaned_data),
            )
            return _done(request, gate, passages, "gates:enter_vehicle")
    return _page(request, gate, form, "vehicle", occupants=occupants)


@signed_in
@needs(Right.KEEP_GATE)
def find(request: Request, pk: UUID) -> HttpResponse:
    """People of the gate's place that fit what is typed: {"choices": [{"key", "name", "detail"}]}."""
    gate = gate_of(request, pk, Right.KEEP_GATE)
    found = knowing.people_like(gate.place, request.GET.get("q", "")[:40], 8)
    answer = JsonResponse(
        {"choices": [{"key": str(one.person), "name": one.name, "detail": one.room} for one in found]}
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _person_crossing(gate: Spot, form: PersonPassageForm) -> Crossing:
    data = form.cleaned_data
    place = gate.place
    home = knowing.household_at(place, data["address"])
    known = knowing.person_at(
        place, name=data["name"], household=home, document_number=data["document_number"]
    )
    if known and home is None:
        home = knowing.household_of(place, known)
    category = data["category"]
    if not category:
        stranger = PersonCategory.EMPLOYEE if known else PersonCategory.VISITOR
        category = PersonCategory.RESIDENT if home else stranger
    inbound = data["direction"] == Direction.IN
    address = "" if home else data["address"]
    said = [part for part in (data["from_to"], address) if part]
    return Crossing(
        category=category,
        name=data["name"],
        person=known,
        household=home,
        document_number=data["document_number"],
        phone=data["phone"],
        entry_pass=knowing.pass_with(place, data["pass_number"]),
        coming_from=";".join(said) if inbound else address,
        going_to="" if inbound else data["from_to"],
        purpose=data["purpose"],
        answers={code: data[code] for code in ("exposure", "symptoms") if data[code]},
        written_for=data["written_for"],
        readings=[ReadingTaken(value, data["body_site"], data["thermometer"]) for value in data["readings"]],
        **form.decision(),
    )


def _household_crossings(home: Household, form: HouseholdForm) -> list[Crossing]:
    data = form.cleaned_data
    inbound = data["direction"] == Direction.IN
    kinds = dict(home.residents.values_list("person_id", "kind"))
    return [
        Crossing(
            category=kinds.get(one.pk, PersonCategory.RESIDENT),
            person=one,
            household=home,
            coming_from=data["from_to"] if inbound else "",
            going_to="" if inbound else data["from_to"],
            purpose=data["purpose"],
            readings=readings,
            **form.decision(),
        )
        for one, readings in form.along()
    ]


def _vehicle_crossings(gate: Spot, form: VehicleForm, lines: list[dict[str, Any]]) -> list[Crossing]:
    data = form.cleaned_data
    on_board = [line for line in lines if line.get("name")]
    if not on_board:
        raise ValidationError(_("请登记驾驶人和车上每一个人。"), code="occupants_missing")
    known = knowing.vehicle_with(gate.place, data["plate"])
    home = known.household if known else None
    common = {
        "category": PersonCategory.RESIDENT if home else PersonCategory.VISITOR,
        "coming_from": data["coming_from"],
        "going_to": data["going_to"],
        **form.decision(),
    }
    crossings = [
        Crossing(
            plate=data["plate"],
            household=home,
            vehicle=form.facts(on_board[0]["name"], len(on_board)),
            entry_pass=knowing.pass_with(gate.place, data["pass_number"]),
            **common,
        )
    ]
    for line in on_board:
        person = knowing.person_at(
            gate.place, name=line["name"], household=home, document_number=line["document_number"]
        )
        crossings.append(
            Crossing(
                name=line["name"],
                person=person,
                household=home if person else None,
                document_number=line["document_number"],
                phone=line["phone"],
                readings=[ReadingTaken(value) for value in line["readings"]],
                **common,
            )
        )
    return crossings


def _members(home: Household) -> list[Person]:
    lines = Resident.objects.on(timezone.localdate()).filter(household=home).select_related("person")
    return [line.person for line in lines.order_by("created_at")]


def _circumstances(request: Request, gate: Spot, data: dict[str, Any]) -> Circumstances:
    return Circumstances(
        response=request.response,
        gate=gate,
        direction=data["direction"],
        happened_at=data["happened_at"],
        guard_name=data["guard_name"] or str(request.user),
    )


def _done(request: Request, gate: Spot, passages: list[Passage], again: str) -> HttpResponse:
    """Say what was written, and be ready for the next."""
    names = "、".join(one.plate or one.name for one in passages[:4])
    held = [one for one in passages if one.outcome == "held"]
    messages.success(
        request,
        ngettext("已登记 %(number)d 条:%(names)s。", "已登记 %(number)d 条:%(names)s。", len(passages))
        % {"number": len(passages), "names": names},
    )
    if held:
        messages.warning(request, _("已为暂留人员建立卷宗,请按步骤处置。"))
    return redirect(again, gate.pk)


def _page(request: Request, gate: Spot, form: Any, tab: str, **more: Any) -> HttpResponse:
    latest = (
        Passage.objects.current()
        .filter(
            gate=gate,
            response=request.response,
            written_by=request.user,
            happened_at__gte=timezone.now() - _LATELY,
        )
        .order_by("-received_at")[:5]
    )
    wrong = form is not None and (form.errors or getattr(more.get("occupants"), "total_error_count", int)())
    return render(
        request,
        "gates/enter.html",
        {"gate": gate, "form": form, "tab": tab, "latest": latest, **more},
        status=422 if wrong and request.method == "POST" else 200,
    )
