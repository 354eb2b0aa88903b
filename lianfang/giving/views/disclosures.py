"""The desk's side of publications: draft, review, publish, correct."""

from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, Empty, Kind, List
from lianfang.desk.states import State, Tone
from lianfang.engines.figures import UNKNOWN
from lianfang.giving.actions import disclosures as acts
from lianfang.giving.forms.disclosures import (
    CorrectionForm,
    DisclosureForm,
    DraftForm,
    GoodsFormSet,
    LineCorrectionForm,
)
from lianfang.giving.gifts import Gift, GoodsLine, gift_of
from lianfang.giving.models import (
    CorrectionEffect,
    CorrectionProposal,
    CorrectionState,
    CorrectionStatement,
    Disclosure,
    DisclosureLine,
    DisclosureState,
    Donation,
    DonationLine,
    GiftKind,
)
from lianfang.giving.publication.amending import changes_between
from lianfang.giving.publication.breakdown import breakdowns, money_rows
from lianfang.giving.queries import disclosures as queries
from lianfang.giving.queries.deadlines import deadlines_of

_TONES = {
    DisclosureState.DRAFT: Tone.NEW,
    DisclosureState.REVIEWED: Tone.WAITING,
    DisclosureState.PUBLISHED: Tone.DONE,
    DisclosureState.DISCARDED: Tone.STOPPED,
}
# How many lines of a draft a page shows.
_SHOWN = 300


def state_of(disclosure: Disclosure) -> State:
    return State(disclosure.get_state_display(), _TONES[DisclosureState(disclosure.state)])


def _count_of(disclosure: Disclosure) -> int | None:
    return disclosure.figures["new"]["count"] if disclosure.figures else None


DISCLOSURES = List(
    code="disclosures",
    title=gettext_lazy("公示"),
    columns=[
        Column("title", gettext_lazy("标题"), "title", sort="title"),
        Column("body", gettext_lazy("公示单位"), "body.name", sort="body__name"),
        Column("number", gettext_lazy("期号"), "number", Kind.COUNT, sort="number"),
        Column("until", gettext_lazy("截止"), "window_to", Kind.MOMENT, sort="window_to"),
        Column("state", gettext_lazy("状态"), state_of, Kind.STATE, sort="state"),
        Column("gifts", gettext_lazy("新收到笔数"), _count_of, Kind.COUNT),
        Column("corrections", gettext_lazy("更正"), "correction_count", Kind.COUNT),
    ],
    filters=[Choice("state", gettext_lazy("状态"), DisclosureState.choices, "state")],
    search=["title", "body__name"],
    order="-until",
    opens=lambda one: reverse("giving:disclosure", args=[one.pk]),
    empty=Empty(
        gettext_lazy("还没有公示。起草第一期,另一人复核后发布。"),
        gettext_lazy("起草公示"),
        "giving:prepare_disclosure",
    ),
)

LINES = List(
    code="disclosure-lines",
    title=gettext_lazy("公示明细"),
    columns=[
        Column("position", gettext_lazy("序号"), "position", Kind.COUNT, sort="position"),
        Column("donor", gettext_lazy("捐赠人"), "donor", sort="donor"),
        Column("value", gettext_lazy("金额"), "value_text", sort="value"),
        Column("goods", gettext_lazy("物资"), "goods"),
        Column("day", gettext_lazy("时间"), "given_on", Kind.DAY, sort="given_on"),
        Column("recipient", gettext_lazy("接收单位"), "recipient", sort="recipient"),
        Column(
            "correct",
            "",
            lambda _line: _("更正"),
            link=lambda line: reverse(
                "giving:propose_line_correction", args=[line.disclosure_id, line.position]
            ),
        ),
    ],
    search=["donor", "goods", "recipient", "via", "value_text"],
    order="position",
    opens=lambda line: reverse("giving:donation", args=[line.donation_id]),
)


@signed_in
@needs(Right.READ_BOOK)
def disclosures(request: Request) -> HttpResponse:
    """All publications that the officer may see, with what is due and what waits."""
    counts = (
        CorrectionStatement.objects.filter(disclosure=OuterRef("pk"))
        .order_by()
        .values("disclosure")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = queries.visible_disclosures(request.user, request.response).annotate(
        correction_count=Coalesce(Subquery(counts), 0)
    )
    return DISCLOSURES.respond(
        request,
        rows,
        template="giving/disclosures.html",
        context={
            "may_prepare": request.user.may(Right.BOOK_GIFTS),
            "deadlines": deadlines_of(request.user, request.response),
            "proposals": list(queries.visible_proposals(request.user, request.response)[:50]),
        },
    )


@signed_in
@needs(Right.BOOK_GIFTS)
def prepare(request: Request) -> HttpResponse:
    """Begin the next publication."""
    bodies = queries.bodies_that_publish(request.user)
    own = request.user.body_id or queries.body_that_speaks(bodies)
    form = DisclosureForm(bodies, request.POST or None, initial={"body": own})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            until = form.cleaned_data.pop("window_to") or timezone.now()
            made = acts.prepare_disclosure(
                Actor.at_desk(request), response=request.response, window_to=until, **form.cleaned_data
            )
            return redirect("giving:disclosure", made.pk)
    return render(request, "giving/disclosure_form.html", {"form": form}, status=400 if form.errors else 200)


@signed_in
@needs(Right.READ_BOOK)
def disclosure(request: Request, pk: UUID) -> HttpResponse:
    """One publication: a draft as the book stands now, or what went out."""
    found = _disclosure(request, pk)
    scope = found.body.scope()
    context: dict[str, Any] = {
        "disclosure": found,
        "state_now": state_of(found),
        "may_prepare": request.user.may(Right.BOOK_GIFTS, scope),
        "may_review": request.user.may(Right.REVIEW_DISCLOSURE, scope)
        and found.prepared_by_id != request.user.pk,
        "may_publish": request.user.may(Right.PUBLISH, scope),
        "own": found.prepared_by_id == request.user.pk,
    }
    if found.state == DisclosureState.DISCARDED:
        return render(request, "giving/disclosure.html", context)
    if found.state == DisclosureState.PUBLISHED:
        page = queries.public_page(pk)
        waiting = CorrectionProposal.objects.filter(disclosure=found, state=CorrectionState.PROPOSED)
        context |= {
            "page": page,
            "money": money_rows(page),
            "proposals": list(waiting.select_related("line", "proposed_by")),
        }
        return render(request, "giving/disclosure_published.html", context)
    draft = queries.draft_of(found)
    context |= _draft_context(found, draft)
    return render(request, "giving/disclosure_draft.html", context)


@signed_in
@needs(Right.BOOK_GIFTS)
def change(request: Request, pk: UUID) -> HttpResponse:
    """Change the words and the cut-off of a draft."""
    found = _disclosure(request, pk)
    initial = {name: getattr(found, name) for name in DraftForm.base_fields}
    form = DraftForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            acts.change_disclosure(Actor.at_desk(request), disclosure=found, **form.cleaned_data)
            return redirect("giving:disclosure", pk)
    return render(
        request,
        "giving/disclosure_form.html",
        {"form": form, "disclosure": found},
        status=400 if form.errors else 200,
    )


@require_POST
@signed_in
@needs(Right.REVIEW_DISCLOSURE)
def review(request: Request, pk: UUID) -> HttpResponse:
    """The second person finds it right."""
    found = _disclosure(request, pk)
    try:
        acts.review_disclosure(Actor.at_desk(request), disclosure=found, seen=request.POST.get("seen", ""))
        messages.success(request, _("已复核。现在可以由负责人发布。"))
    except Refused as error:
        messages.error(request, str(error))
    return redirect("giving:disclosure", pk)


@signed_in
@needs(Right.PUBLISH)
def publish(request: Request, pk: UUID) -> HttpResponse:
    """Say exactly what will happen and to how many; then publish."""
    found = _disclosure(request, pk)
    if request.method == "POST":
        try:
            acts.publish_disclosure(Actor.at_desk(request), disclosure=found)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("已发布,所有人都可以看到。"))
        return redirect("giving:disclosure", pk)
    if found.state != DisclosureState.REVIEWED:
        return redirect("giving:disclosure", pk)
    draft = queries.draft_of(found)
    context = {"disclosure": found, "changed": draft.digest != found.digest, **_draft_context(found, draft)}
    return render(request, "giving/disclosure_publish.html", context)


@require_POST
@signed_in
@needs(Right.BOOK_GIFTS)
def discard(request: Request, pk: UUID) -> HttpResponse:
    try:
        acts.discard_disclosure(Actor.at_desk(request), disclosure=_disclosure(request, pk))
        messages.success(request, _("草稿已作废,期号留给下一次。"))
    except Refused as error:
        messages.error(request, str(error))
    return redirect("giving:disclosures")


@signed_in
@needs(Right.READ_BOOK)
def lines(request: Request, pk: UUID) -> HttpResponse:
    """The lines that went out; each leads to its gift in the book, and to a correction."""
    found = _disclosure(request, pk)
    return LINES.respond(
        request,
        DisclosureLine.objects.filter(disclosure=found, disclosure__state=DisclosureState.PUBLISHED),
        template="giving/disclosure_lines.html",
        context={"disclosure": found},
    )


@signed_in
@needs(Right.BOOK_GIFTS)
def propose(request: Request, pk: UUID, position: int | None = None) -> HttpResponse:
    """Word a correction: of one line, or of the words of the publication."""
    found = _disclosure(request, pk)
    line = (
        None if position is None else get_object_or_404(DisclosureLine, disclosure=found, position=position)
    )
    if line is None:
        form = CorrectionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            with errors_into(form):
                acts.propose_correction(Actor.at_desk(request), disclosure=found, **form.cleaned_data)
                messages.success(request, _("更正已提出,等负责人审核发布。"))
                return redirect("giving:disclosure", pk)
        return _correction_page(request, {"form": form, "disclosure": found})
    line = get_object_or_404(DisclosureLine, disclosure=found, position=position)
    gift = _gift_now(line)
    form = LineCorrectionForm(request.POST or None, initial=_initial(gift, line))
    goods_forms = GoodsFormSet(
        request.POST or None, initial=[_goods_initial(one) for one in gift.lines], prefix="goods"
    )
    if request.method == "POST" and form.is_valid() & goods_forms.is_valid():
        with errors_into(form):
            effect = form.cleaned_data["effect"]
            wanted = _wanted(gift, form.cleaned_data, goods_forms.cleaned_data)
            acts.propose_correction(
                Actor.at_desk(request),
                disclosure=found,
                line=line,
                effect=effect,
                changes=changes_between(gift, wanted) if effect == CorrectionEffect.AMEND else None,
                **{name: form.cleaned_data[name] for name in ("was", "now", "why")},
            )
            messages.success(request, _("更正已提出,等负责人审核发布。"))
            return redirect("giving:disclosure", pk)
    return _correction_page(
        request,
        {"form": form, "goods": goods_forms if gift.kind != GiftKind.CASH else None, "line": line,
         "disclosure": found},
    )  # fmt: skip


@signed_in
@needs(Right.READ_BOOK)
def correction(request: Request, pk: UUID) -> HttpResponse:
    """A proposed correction: exactly what will be read afterwards; publish it, or say why not."""
    found = get_object_or_404(
        CorrectionProposal.objects.select_related(
            "disclosure__body__area", "disclosure__response", "line", "proposed_by", "decided_by"
        ).filter(disclosure__in=queries.visible_disclosures(request.user)),
        pk=pk,
    )
    if request.method == "POST":
        actor = Actor.at_desk(request)
        try:
            if "publish" in request.POST:
                acts.publish_correction(actor, proposal=found)
                messages.success(request, _("更正说明已发布,台账一并更正。"))
            else:
                why = request.POST.get("why", "")
                acts.refuse_correction(actor, proposal=found, why=why or _("不属于差错"))
                messages.success(request, _("已退回。"))
            return redirect("giving:disclosure", found.disclosure_id)
        except Refused as error:
            messages.error(request, str(error))
            return redirect("giving:correction", pk)
    return render(
        request,
        "giving/correction.html",
        {
            "proposal": found,
            "disclosure": found.disclosure,
            "may_publish": request.user.may(Right.PUBLISH, found.scope())
            and found.proposed_by_id != request.user.pk,
            "is_open": found.state == CorrectionState.PROPOSED,
        },
    )


def _disclosure(request: Request, pk: UUID) -> Disclosure:
    found: Disclosure = get_object_or_404(queries.visible_disclosures(request.user, request.response), pk=pk)
    return found


def _draft_context(disclosure: Disclosure, draft: queries.Draft) -> dict[str, Any]:
    return {
        "draft": draft,
        "money": money_rows(draft),
        "breakdowns": breakdowns(draft),
        "named": draft.new.count - draft.new.withheld - draft.new.unnamed,
        "rows": [{"line": line} for line in draft.lines[:_SHOWN]],
        "more": max(0, len(draft.lines) - _SHOWN),
        "before_cutoff": disclosure.window_to > timezone.now(),
        "changed": disclosure.state == DisclosureState.REVIEWED and draft.digest != disclosure.digest,
    }


def _correction_page(request: Request, context: dict[str, Any]) -> HttpResponse:
    wrong = any(form is not None and form.errors for form in (context["form"],))
    return render(request, "giving/correction_form.html", context, status=400 if wrong else 200)


def _gift_now(line: DisclosureLine) -> Gift:
    newest = (
        Donation.objects.newest()
        .select_related("recipient", "via", "beneficiary", "donor_body", "donor_person", "area")
        .get(root=line.donation_id)
    )
    goods = list(DonationLine.objects.current().filter(donation=line.donation_id).order_by("position"))
    return gift_of(newest, goods)


def _initial(gift: Gift, line: DisclosureLine) -> dict[str, Any]:
    text = " ".join(part for part in (line.donor, line.goods, line.value_text) if part)
    return {
        "donor_name": gift.donor.name,
        "naming": gift.donor.naming,
        "amount": gift.amount if gift.amount.value is not None else None,
        "given_on": timezone.localdate(gift.happened_at) if gift.happened_at else None,
        "recipient_name": gift.recipient_name,
        "via_name": gift.via_name,
        "purpose": gift.purpose,
        "was": text,
        "now": text,
    }


def _goods_initial(line: GoodsLine) -> dict[str, Any]:
    return {
        "item": line.item,
        "specification": line.specification,
        "quantity": None if line.quantity is None else Decimal(line.quantity).normalize(),
        "unit": line.unit,
        "stated_value": line.stated_value if line.stated_value.value is not None else None,
    }


def _wanted(gift: Gift, data: dict[str, Any], goods: list[dict[str, Any]]) -> Gift:
    """The gift as the form has it; what the form does not show stays."""
    same_day = gift.happened_at and data["given_on"] == timezone.localdate(gift.happened_at)
    day = data["given_on"]
    noon = timezone.make_aware(datetime.combine(day, time(12))) if day else None
    lines = []
    for place, one in enumerate(goods):
        if not one.get("item"):
            continue
        old = gift.lines[place] if place < len(gift.lines) else GoodsLine(one["item"])
        changed = one["quantity"] != old.quantity
        lines.append(
            replace(
                old,
                item=one["item"],
                specification=one["specification"],
                quantity=one["quantity"] if changed else old.quantity,
                quantity_bound=old.quantity_bound if not changed else None,
                unit=one["unit"],
                stated_value=one["stated_value"] or UNKNOWN,
            )
        )
    recipient_same = data["recipient_name"].strip() == gift.recipient_name
    via_same = data["via_name"].strip() == gift.via_name
    return replace(
        gift,
        donor=replace(gift.donor, name=data["donor_name"].strip(), naming=data["naming"]),
        amount=data["amount"] or UNKNOWN,
        happened_at=gift.happened_at if same_day else noon,
        recipient=gift.recipient if recipient_same else None,
        recipient_name=data["recipient_name"].strip(),
        via=gift.via if via_same else None,
        via_name=data["via_name"].strip(),
        purpose=data["purpose"].strip(),
        lines=tuple(lines) if gift.kind != GiftKind.CASH else (),
    )
