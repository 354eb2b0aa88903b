"""Entry passes: the list, issuing for a place, a building or one holder, cards, replacing, revoking, keys."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import COUNTY, Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.lists import Choice, Column, Empty, Kind, List
from lianfang.desk.states import State, Tone
from lianfang.engines.papers import CardLayout, PaperError
from lianfang.engines.papers.passes import MOST_CARDS
from lianfang.people.views.form_page import FormPage, answer, told, typed
from lianfang.places import actions, papers, queries, signing
from lianfang.places.forms import IssueForm, OnePassForm, ReasonForm
from lianfang.places.models import EntryPass, PassKind, Place
from lianfang.places.views.households import places_of
from lianfang.places.views.places import here, kept


def _state(one: EntryPass) -> State:
    if one.revoked_at:
        return State(gettext_lazy("已作废"), Tone.STOPPED)
    now = timezone.now()
    if one.valid_to <= now:
        return State(gettext_lazy("已过期"), Tone.PLAIN)
    return (
        State(gettext_lazy("未生效"), Tone.WAITING)
        if one.valid_from > now
        else State(gettext_lazy("有效"), Tone.DONE)
    )


def _holder(one: EntryPass) -> str:
    return str(one.household or one.vehicle or one.person or "")


PASSES = List(
    code="passes",
    title=gettext_lazy("出入证"),
    columns=[
        Column("number", gettext_lazy("编号"), "number", sort="number"),
        Column("holder", gettext_lazy("持证户、人、车"), _holder),
        Column("kind", gettext_lazy("类别"), "get_kind_display", sort="kind"),
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("spoken", gettext_lazy("口令"), "spoken_code"),
        Column("issued", gettext_lazy("签发"), "issued_at", Kind.MOMENT, sort="issued_at"),
        Column("until", gettext_lazy("有效期止"), "valid_to", Kind.MOMENT, sort="valid_to"),
        Column("state", gettext_lazy("状态"), _state, Kind.STATE),
    ],
    filters=[
        Choice("place", gettext_lazy("场所"), places_of, "place"),
        Choice("kind", gettext_lazy("类别"), PassKind.choices, "kind"),
        Choice(
            "state",
            gettext_lazy("状态"),
            [
                ("live", gettext_lazy("有效")),
                ("ending", gettext_lazy("两天内到期")),
                ("over", gettext_lazy("已过期")),
                ("revoked", gettext_lazy("已作废")),
            ],
            queries.passes_in_state,
        ),
    ],
    search=["number", "spoken_code", "household__label", "person__name", "vehicle__plate"],
    search_hint=gettext_lazy("编号、口令、房号、姓名、车牌"),
    order="-issued",
    opens=lambda row: reverse("pass", args=[row.pk]),
    empty=Empty(
        gettext_lazy("还没有签发出入证。打开一个场所,为一栋楼或整个场所批量签发。"),
        gettext_lazy("打开场所"),
        "places",
    ),
)


@signed_in
@needs(Right.READ_PERSONS, Right.ISSUE_PASSES)
def passes(request: Request) -> HttpResponse:
    return PASSES.respond(
        request,
        _visible(request),
        template="places/passes.html",
        context={"county": request.user.may(Right.ISSUE_PASSES, COUNTY)},
    )


@signed_in
@needs(Right.READ_PERSONS, Right.ISSUE_PASSES)
def entry_pass(request: Request, pk: UUID) -> HttpResponse:
    one = get_object_or_404(_visible(request), pk=pk)
    return render(
        request,
        "places/pass.html",
        {
            "one": one,
            "state": _state(one),
            "holder": _holder(one),
            "issues": request.user.may(Right.ISSUE_PASSES, one.scope()),
            "live": one.revoked_at is None and one.valid_to > timezone.now(),
        },
    )


@signed_in
@needs(Right.ISSUE_PASSES)
def passes_issue(request: Request, pk: UUID) -> HttpResponse:
    """Household passes for a building, or for the whole place."""
    place = kept(request, pk, Right.ISSUE_PASSES)
    form = IssueForm(request.user, place, typed(request), initial={"building": request.GET.get("building")})

    def act(values: dict[str, Any]) -> str:
        made = actions.issue_household_passes(
            Actor.at_desk(request), place=place, building=values["building"], validity=form.validity()
        )
        messages.success(
            request, _("签发了 %(count)d 张家庭出入证;已有有效证的住户没有重发。") % {"count": len(made)}
        )
        return f"{reverse('passes')}?place={place.pk}&state=live"

    page = FormPage(
        _("批量签发家庭出入证"),
        here(place),
        place.name,
        button=_("签发"),
        lead_in=_("每户一张;已有有效出入证的住户跳过。签发后打印、发放。"),
    )
    return answer(request, form, page, act)


@signed_in
@needs(Right.ISSUE_PASSES)
def pass_new(request: Request, kind: str, pk: UUID) -> HttpResponse:
    """One pass for one household, resident, vehicle or employee."""
    holder, place, name = _holder_called(request, kind, pk)
    form = OnePassForm(request.user, typed(request))

    def act(_values: dict[str, Any]) -> str:
        made = actions.issue_passes(
            Actor.at_desk(request), place=place, holders=[holder], validity=form.validity()
        )
        if not made:
            raise Refused(_("已有一张有效的出入证;要另发,请先作废或补发。"), "pass_there")
        return reverse("pass", args=[made[0].pk])

    page = FormPage(
        _("签发出入证:%(name)s") % {"name": name},
        here(place),
        place.name,
        button=_("签发"),
        done=_("已签发。"),
    )
    return answer(request, form, page, act)


@signed_in
@needs(Right.ISSUE_PASSES)
def pass_replace(request: Request, pk: UUID) -> HttpResponse:
    one = _issued(request, pk)

    def act(values: dict[str, Any]) -> str:
        new = actions.replace_pass(Actor.at_desk(request), entry_pass=one, reason=values["reason"])
        return reverse("pass", args=[new.pk])

    page = FormPage(
        _("补发"),
        reverse("pass", args=[one.pk]),
        one.number,
        button=_("作废旧证并补发"),
        lead_in=_("旧证随即作废,各出入口的手机下次联网后不再认它;新证有效期不变。"),
        done=_("已补发,请打印新证。"),
    )
    return answer(request, ReasonForm(request.user, typed(request)), page, act)


@signed_in
@needs(Right.ISSUE_PASSES)
def pass_revoke(request: Request, pk: UUID) -> HttpResponse:
    one = _issued(request, pk)

    def act(values: dict[str, Any]) -> str:
        actions.revoke_passes(Actor.at_desk(request), passes=[one], reason=values["reason"])
        return reverse("pass", args=[one.pk])

    page = FormPage(
        _("作废"),
        reverse("pass", args=[one.pk]),
        one.number,
        button=_("作废"),
        lead_in=_("各出入口的手机下次联网后不再认它。作废不能撤销,可以另发。"),
        done=_("已作废。"),
    )
    return answer(request, ReasonForm(request.user, typed(request)), page, act)


@never_cache
@signed_in
@needs(Right.ISSUE_PASSES)
def pass_cards(request: Request, pk: UUID) -> HttpResponse:
    """The cards of a place to print: those that hold, of a building or of one kind if so asked."""
    place = kept(request, pk, Right.ISSUE_PASSES)
    rows = queries.visible_passes(request.user, Right.ISSUE_PASSES).filter(place=place)
    rows = queries.passes_in_state(rows, "live")
    if building := request.GET.get("building"):
        rows = rows.filter(household__building__number=building)
    if number := request.GET.get("number"):
        rows = rows.filter(number=number)
    layout = request.GET.get("layout", CardLayout.FOUR_ON_A4)
    if layout not in set(CardLayout):
        raise Http404
    cards = rows.order_by("household__building", "household__label", "number")[:MOST_CARDS]
    if not cards:
        return render(request, "places/no_cards.html", {"place": place}, status=404)
    try:
        pdf = papers.pass_cards(place, list(cards), CardLayout(layout))
    except PaperError as error:
        messages.error(request, error.message)
        return redirect(here(place))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="passes.pdf"'
    return response


@signed_in
@needs(Right.ISSUE_PASSES)
def pass_keys(request: Request) -> HttpResponse:
    """The keys under which passes are signed. Whoever issues passes in the whole county changes them."""
    if not request.user.may(Right.ISSUE_PASSES, COUNTY):
        raise Http404
    return render(
        request, "places/pass_keys.html", {"keys": list(reversed(signing.trusted_keys().as_data()))}
    )


@require_POST
@signed_in
@needs(Right.ISSUE_PASSES)
def pass_key_step(request: Request, verb: str) -> HttpResponse:
    actor = Actor.at_desk(request)
    try:
        if verb == "rotate":
            kid = actions.rotate_pass_key(actor)
            messages.success(request, _("已换新密钥 %(kid)s;以前签发的出入证照常有效。") % {"kid": kid})
        else:
            actions.withdraw_pass_key(actor, kid=request.POST.get("kid", ""))
            messages.success(request, _("该密钥已停用,用它签发的出入证全部失效,请重新签发。"))
    except Refused as error:
        told(request, error)
    return redirect("pass_keys")


def _visible(request: Request) -> Any:
    """Passes where the officer may read persons or issue passes."""
    rights = (Right.READ_PERSONS, Right.ISSUE_PASSES)
    first, second = (queries.visible_passes(request.user, right) for right in rights)
    return first | second


def _issued(request: Request, pk: UUID) -> EntryPass:
    return get_object_or_404(queries.visible_passes(request.user, Right.ISSUE_PASSES), pk=pk)


def _holder_called(request: Request, kind: str, pk: UUID) -> tuple[Any, Place, str]:
    officer, right = request.user, Right.ISSUE_PASSES
    match kind:
        case "household":
            household = get_object_or_404(
                queries.visible_households(officer, right).select_related("place"), pk=pk, ended_on=None
            )
            return household, household.place, household.label
        case "resident":
            resident = get_object_or_404(
                queries.visible_residents(officer, right).select_related("household__place", "person"),
                pk=pk,
                valid_to=None,
            )
            return resident, resident.household.place, resident.person.name
        case "vehicle":
            vehicle = get_object_or_404(
                queries.visible_vehicles(officer, right).select_related("place"), pk=pk, valid_to=None
            )
            return vehicle, vehicle.place, vehicle.plate
        case "employee":
            employee = get_object_or_404(queries.visible_employees(officer, right), pk=pk, valid_to=None)
            return employee, employee.place, employee.person.name
    raise Http404
