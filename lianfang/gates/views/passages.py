"""The register of a gate, one passage with its versions, the passages of one person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.filters import Filter
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, DateRange, Empty, Kind, List
from lianfang.desk.masking import masked_name
from lianfang.gates import showing
from lianfang.gates.actions import crossings
from lianfang.gates.actions.reading import read_passages
from lianfang.gates.filled import answer_text
from lianfang.gates.forms import PassageCorrectionForm, ReadingForm, ReasonForm
from lianfang.gates.models import Direction, HealthIncident, Outcome, Passage, PersonCategory
from lianfang.gates.queries import passages as queries
from lianfang.gates.queries.differences import give_judgements, judgement_of
from lianfang.people.models import Person
from lianfang.places.models import Spot

_COLUMNS = [
    Column("at", gettext_lazy("时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
    Column("way", gettext_lazy("方向"), "get_direction_display", sort="direction"),
    Column("who", gettext_lazy("姓名/车牌"), showing.who_of, sort="name", mask=masked_name),
    Column("household", gettext_lazy("住户"), "household.label"),
    Column("category", gettext_lazy("类别"), "get_category_display", sort="category"),
    Column("celsius", gettext_lazy("体温"), showing.readings_of),
    Column("from_to", gettext_lazy("来去与事由"), showing.from_to_of),
    Column("outcome", gettext_lazy("处置"), showing.outcome_of, Kind.STATE, sort="outcome"),
    Column("marks", gettext_lazy("说明"), showing.marks_of),
]
_FILTERS: list[Filter] = [
    DateRange("at", gettext_lazy("日期"), "happened_at"),
    Choice("way", gettext_lazy("方向"), Direction.choices, "direction"),
    Choice("category", gettext_lazy("类别"), PersonCategory.choices, "category"),
    Choice("outcome", gettext_lazy("处置"), Outcome.choices, "outcome"),
    Choice(
        "kind",
        gettext_lazy("人/车"),
        [("person", gettext_lazy("人员")), ("vehicle", gettext_lazy("车辆"))],
        lambda rows, value: rows.filter(plate="") if value == "person" else rows.exclude(plate=""),
    ),
]


def _prepare(rows: list[Passage]) -> None:
    queries.give_readings(rows)
    give_judgements(rows)


REGISTER = List(
    code="gate-register",
    title=gettext_lazy("出入登记"),
    columns=_COLUMNS,
    filters=_FILTERS,
    search=["name", "plate", "household__label"],
    search_hint=gettext_lazy("姓名、车牌、房号"),
    order="-at",
    opens=lambda row: reverse("gates:passage", args=[row.root_id]),
    empty=Empty(gettext_lazy("这个出入口还没有登记。")),
    prepare=_prepare,
)

PERSON = List(
    code="person-passages",
    title=gettext_lazy("个人出入登记"),
    columns=[_COLUMNS[0], Column("gate", gettext_lazy("出入口"), lambda row: str(row.gate)), *_COLUMNS[1:]],
    filters=_FILTERS[:4],
    order="-at",
    opens=lambda row: reverse("gates:passage", args=[row.root_id]),
    empty=Empty(gettext_lazy("没有此人的出入登记。")),
    prepare=_prepare,
)


@signed_in
@needs(Right.READ_GATES)
def register(request: Request, pk: UUID) -> HttpResponse:
    """The register of one gate; a gate is opened on today, so that a long one opens at once."""
    gate = get_object_or_404(queries.visible_gates(request.user, Right.READ_GATES), pk=pk)
    if not request.GET and request.method == "GET":
        today = timezone.localdate().isoformat()
        return redirect(f"{request.path}?at_from={today}&at_to={today}")
    return REGISTER.respond(
        request,
        queries.passages_of_gate(gate, request.response),
        template="gates/register.html",
        context={"gate": gate, "may_keep": request.user.may(Right.KEEP_GATE, gate.scope())},
    )


@never_cache
@signed_in
@needs(Right.READ_GATES)
def person(request: Request, pk: UUID) -> HttpResponse:
    """Where one person passed. Reading it is logged on the person."""
    found = get_object_or_404(Person, pk=pk)
    rows = queries.passages_of_person(request.user, request.response, found)
    # Whoever reads no gate at which this person passed is not told that the person is there.
    if not rows.exists() and not request.user.may(Right.READ_PERSONS, found.scope()):
        return redirect("gates:today")
    read_passages(Actor.at_desk(request), person=found)
    return PERSON.respond(
        request,
        rows,
        template="gates/person.html",
        context={
            "person": found,
            "may_trace": request.user.may(Right.TRACE_CONTACTS),
            "sees_person": request.user.may(Right.READ_PERSONS, found.scope()),
        },
    )


@never_cache
@signed_in
@needs(Right.READ_GATES, Right.KEEP_GATE)
def passage(request: Request, pk: UUID) -> HttpResponse:
    """One passage: what was decided, by whom, its readings, those who came along, its versions."""
    found = _passage(request, pk)
    form = ReadingForm(request.POST or None)
    may_keep = request.user.may(Right.KEEP_GATE, found.scope())
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            crossings.add_reading(Actor.at_desk(request), passage=found, taken=form.taken(timezone.now()))
            messages.success(request, _("体温已登记,原来的读数仍保留。"))
            return redirect("gates:passage", found.root_id)
    _prepare([found])
    return render(
        request,
        "gates/passage.html",
        {
            "passage": found,
            "gate": found.gate,
            "outcome": showing.outcome_of(found),
            "judged": showing.judged_outcome_of(found),
            "marks": showing.marks_of(found),
            "reasons": showing.reasons_in_words(found.reasons),
            "rule_reasons": showing.reasons_in_words(judgement_of(found).reasons),
            "readings": found.readings,  # type: ignore[attr-defined]
            "answers": [
                (_QUESTIONS.get(code, code), answer_text(said)) for code, said in found.answers.items()
            ],
            "facts": _facts(found),
            "party": queries.party_of(found),
            "versions": queries.versions_of(found),
            "case": HealthIncident.objects.current().filter(encounter=found.root_id).first(),
            "form": form,
            "may_keep": may_keep and not found.withdrawn,
            "may_handle": request.user.may(Right.HANDLE_INCIDENTS, found.scope()),
            "may_read": request.user.may(Right.READ_GATES, found.scope()),
        },
        status=422 if form.errors else 200,
    )


@signed_in
@needs(Right.KEEP_GATE)
def correct(request: Request, pk: UUID) -> HttpResponse:
    """Put other values in place of those written wrongly; the old version stays."""
    found = _passage(request, pk)
    names = [name for name in PassageCorrectionForm.base_fields if name != "reason"]
    form = PassageCorrectionForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            values = dict(form.cleaned_data)
            new = crossings.correct_passage(
                Actor.at_desk(request), passage=found, reason=values.pop("reason"), **values
            )
            messages.success(request, _("已更正,原来的登记仍可查阅。"))
            return redirect("gates:passage", new.root_id)
    return render(
        request,
        "gates/passage_form.html",
        {"form": form, "passage": found, "title": _("更正出入登记"), "button": _("保存更正")},
        status=422 if form.errors else 200,
    )


@signed_in
@needs(Right.KEEP_GATE)
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Say that this did not happen."""
    found = _passage(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            crossings.withdraw_passage(
                Actor.at_desk(request), passage=found, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("这条登记已撤销。"))
            return redirect("gates:passage", found.root_id)
    return render(
        request,
        "gates/passage_form.html",
        {"form": form, "passage": found, "title": _("撤销出入登记"), "button": _("撤销")},
        status=422 if form.errors else 200,
    )


def _passage(request: Request, pk: UUID) -> Passage:
    """The newest version of the passage whose first version is `pk`, at a gate within reach."""
    gates = queries.visible_gates(request.user)
    rows = Passage.versions_of(pk).filter(correction__isnull=True, response=request.response, gate__in=gates)
    found: Passage = get_object_or_404(
        rows.select_related("gate__place", "household", "person", "written_by", "entry_pass")
    )
    return found


_QUESTIONS = {
    "exposure": gettext_lazy("14天内重点地区旅居史、接触史"),
    "symptoms": gettext_lazy("发热、咳嗽等症状"),
    "mask": gettext_lazy("戴口罩"),
}


def _facts(passage: Passage) -> list[tuple[str, str]]:
    titles = {
        "kind": _("车型/车辆性质"),
        "driver": _("驾驶人"),
        "occupants": _("乘员数"),
        "via": _("途经"),
        "load": _("装载货物"),
        "disinfected": _("是否消毒"),
    }
    said = {True: _("是"), False: _("否")}
    return [
        (titles.get(key, key), said[value] if isinstance(value, bool) else str(value))
        for key, value in passage.vehicle.items()
    ]


def gate_of(request: Request, pk: UUID, *rights: Right) -> Spot:
    """A gate on which the officer holds one of `rights`."""
    found: Spot = get_object_or_404(queries.visible_gates(request.user, *rights), pk=pk)
    return found
