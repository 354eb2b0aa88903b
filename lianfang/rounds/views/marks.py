"""Marks: the list, one written down at the desk, and how strong to mix."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, DateRange, Empty, Kind, List
from lianfang.desk.rendering import moment_text
from lianfang.desk.states import State, Tone
from lianfang.engines.disinfection import (
    DilutionError,
    Disinfecting,
    advice_on,
    dilute,
    strength_of_percent,
)
from lianfang.places.models import Spot
from lianfang.rounds import actions
from lianfang.rounds.forms import DilutionForm, MarkForm
from lianfang.rounds.models import Mark, Proof, RoundKind
from lianfang.rounds.queries.coverage import marks_of, visible_round_places
from lianfang.rounds.wording import done_in_words

_TONES = {
    Proof.SCREEN: Tone.DONE,
    Proof.PRINTED: Tone.DONE,
    Proof.STALE: Tone.URGENT,
    Proof.WRONG: Tone.URGENT,
    Proof.NONE: Tone.PLAIN,
}


def _proof(mark: Mark) -> State:
    return State(mark.get_proof_display(), _TONES[Proof(mark.proof)])


def _remarks(mark: Mark) -> str:
    words = [_("%s 补登") % moment_text(mark.written_at)] if mark.late_entry else []
    words += [_("有提醒")] if mark.advice else []
    return "、".join(words)


MARKS = List(
    code="marks",
    title=gettext_lazy("消毒巡查记录"),
    columns=[
        Column("at", gettext_lazy("完成时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("place", gettext_lazy("场所"), "spot.place.name", sort="spot__place__name"),
        Column("spot", gettext_lazy("点位"), "spot.name", sort="spot__name"),
        Column("kind", gettext_lazy("类别"), "get_kind_display", sort="kind"),
        Column("what", gettext_lazy("内容"), lambda mark: done_in_words(mark)),
        Column("people", gettext_lazy("操作人"), "people"),
        Column("proof", gettext_lazy("到场依据"), _proof, Kind.STATE),
        Column("remark", gettext_lazy("备注"), _remarks),
    ],
    filters=[
        Choice("kind", gettext_lazy("类别"), RoundKind.choices, "kind"),
        Choice("proof", gettext_lazy("到场依据"), Proof.choices, "proof"),
        DateRange("at", gettext_lazy("日期"), "happened_at"),
    ],
    search=["spot__name", "spot__place__name", "people", "found"],
    order="-at",
    empty=Empty(
        gettext_lazy("还没有记录。手机上扫点位码就记下了,也可以在这里登记。"),
        gettext_lazy("登记一次"),
        "rounds:mark_new",
    ),
)


@signed_in
@needs(Right.KEEP_ROUNDS, Right.INSPECT)
def marks(request: Request) -> HttpResponse:
    return MARKS.respond(
        request,
        marks_of(request.user, request.response),
        template="rounds/marks.html",
        context={"may_write": request.user.may(Right.KEEP_ROUNDS)},
    )


@signed_in
@needs(Right.KEEP_ROUNDS)
def mark_new(request: Request) -> HttpResponse:
    """A mark written down at the desk or keyed in from paper. What is advised against is said afterwards."""
    places = visible_round_places(request.user)
    form = MarkForm(Spot.objects.filter(place__in=places, ended_on__isnull=True), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.record_mark(Actor.at_desk(request), response=request.response, **form.values())
            messages.success(request, _("已登记。"))
            for sentence in _advice(made):
                messages.warning(request, sentence)
            return redirect("rounds:marks")
    return render(request, "rounds/mark_new.html", {"form": form})


@signed_in
@needs(Right.KEEP_ROUNDS, Right.INSPECT)
def dilution(request: Request) -> HttpResponse:
    """How much stock to how much water."""
    form = DilutionForm(request.GET or None)
    mix = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            mix = dilute(
                total_ml=data["total_ml"],
                target_mg_l=data["target_mg_l"],
                stock_mg_l=strength_of_percent(Decimal(data["percent"])),
            )
        except DilutionError as error:
            field = error.field if error.field in form.fields else "percent"
            form.add_error(field, error.message)
    warnings = []
    if mix:
        done = Disinfecting("chlorine", "wipe", "touched", mix.target_mg_l)
        warnings = [_said(one.text, one.text_en) for one in advice_on(done)]
    return render(request, "rounds/dilution.html", {"form": form, "mix": mix, "warnings": warnings})


def _advice(mark: Mark) -> list[str]:
    if not mark.agent:
        return []
    done = Disinfecting(mark.agent, mark.method, mark.target, mark.strength, mark.contact_minutes)
    return [f"{_said(one.text, one.text_en)}({one.source})" for one in advice_on(done)]


def _said(chinese: str, english: str) -> str:
    return english if (get_language() or "").startswith("en") else chinese
