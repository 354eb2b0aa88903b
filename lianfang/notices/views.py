"""Pages of the notices: the federation's side (draft to send) and the receiving body's side."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
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
from lianfang.engines.figures import Amount
from lianfang.engines.papers import notice_docx, notice_pdf
from lianfang.giving.actions.donations import Donor, GoodsLine
from lianfang.giving.kinds import DonorKind, GiftKind
from lianfang.notices import actions, queries
from lianfang.notices.forms import AnswerForm, AppealForm, BodyForm, CommitmentForm, SendForm
from lianfang.notices.models import Appeal, AppealState, Delivery
from lianfang.notices.paper import paper_of
from lianfang.people.models import Body, BodyKind
from lianfang.people.queries.areas import visible_areas
from lianfang.people.queries.bodies import bodies_of_kind_or_area, visible_bodies

_TONES = {
    AppealState.DRAFT: Tone.PLAIN,
    AppealState.SUBMITTED: Tone.WAITING,
    AppealState.APPROVED: Tone.NEW,
    AppealState.SENT: Tone.DONE,
    AppealState.CLOSED: Tone.STOPPED,
}


def state_of(appeal: Appeal) -> State:
    return State(appeal.get_state_display(), _TONES[AppealState(appeal.state)])


APPEALS = List(
    code="appeals",
    title=gettext_lazy("倡议"),
    columns=[
        Column("title", gettext_lazy("标题"), "title", sort="title"),
        Column("body", gettext_lazy("发出单位"), "body.name", sort="body__name"),
        Column("state", gettext_lazy("状态"), state_of, Kind.STATE, sort="state"),
        Column("sent", gettext_lazy("发送单位数"), "sent_count", Kind.COUNT),
        Column("read", gettext_lazy("已签收"), "read_count", Kind.COUNT),
        Column("made", gettext_lazy("起草时间"), "created_at", Kind.MOMENT, sort="created_at"),
    ],
    filters=[Choice("state", gettext_lazy("状态"), AppealState.choices, "state")],
    search=["title", "text"],
    order="-made",
    opens=lambda appeal: reverse("notices:appeal", args=[appeal.pk]),
    empty=Empty(
        gettext_lazy("还没有倡议。起草一份,经审批后发给商会和企业。"),
        gettext_lazy("起草倡议"),
        "notices:draft",
    ),
)


@signed_in
@needs(Right.DRAFT_NOTICE, Right.APPROVE_NOTICE)
def appeals(request: Request) -> HttpResponse:
    return APPEALS.respond(
        request,
        queries.visible_appeals(request.user, request.response),
        template="notices/appeals.html",
        context={"may_draft": request.user.may(Right.DRAFT_NOTICE)},
    )


@signed_in
@needs(Right.DRAFT_NOTICE)
def draft(request: Request) -> HttpResponse:
    """A new appeal."""
    own = visible_bodies(request.user, Right.DRAFT_NOTICE).filter(merged_into__isnull=True)
    form = AppealForm(request.POST or None)
    sender = BodyForm(own, request.POST or None, initial={"body": request.user.body_id})
    if request.method == "POST" and form.is_valid() & sender.is_valid():
        with errors_into(form):
            appeal = actions.draft_appeal(
                Actor.at_desk(request),
                response=request.response,
                body=sender.cleaned_data["body"],
                **form.values(),
            )
            return redirect("notices:appeal", appeal.pk)
    return render(request, "notices/appeal_form.html", {"form": form, "sender": sender})


@signed_in
@needs(Right.DRAFT_NOTICE)
def change(request: Request, pk: UUID) -> HttpResponse:
    """Change the words of a draft."""
    found = _appeal(request, pk)
    initial = {name: getattr(found, name) for name in AppealForm.base_fields}
    form = AppealForm(request.POST or None, initial={**initial, "points": "\n".join(found.points)})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.change_appeal(Actor.at_desk(request), appeal=found, **form.values())
            return redirect("notices:appeal", pk)
    return render(request, "notices/appeal_form.html", {"form": form, "appeal": found})


@signed_in
@needs(Right.DRAFT_NOTICE, Right.APPROVE_NOTICE, Right.READ_BOOK)
def appeal(request: Request, pk: UUID) -> HttpResponse:
    """One appeal: its words, what comes next, and how it stands with each body."""
    found = _appeal(request, pk)
    standings = queries.standings(found)
    scope = found.scope()
    return render(
        request,
        "notices/appeal.html",
        {
            "appeal": found,
            "state_now": state_of(found),
            "standings": standings,
            "overview": queries.overview(standings),
            "may_draft": request.user.may(Right.DRAFT_NOTICE, scope),
            "may_approve": request.user.may(Right.APPROVE_NOTICE, scope)
            and found.drafted_by_id != request.user.pk,
            "own_draft": found.drafted_by_id == request.user.pk,
        },
    )


@require_POST
@signed_in
@needs(Right.DRAFT_NOTICE, Right.APPROVE_NOTICE)
def step(request: Request, pk: UUID, verb: str) -> HttpResponse:
    """Submit, approve, return, remind or close."""
    found = _appeal(request, pk)
    actor = Actor.at_desk(request)
    try:
        if verb == "submit":
            actions.submit_appeal(actor, appeal=found)
        elif verb == "approve":
            actions.approve_appeal(actor, appeal=found)
        elif verb == "return":
            actions.return_appeal(actor, appeal=found, why=request.POST.get("why", "") or _("请修改"))
        elif verb == "remind":
            reminded = actions.remind_of_appeal(actor, appeal=found)
            messages.success(request, _("已提醒 %d 个单位。") % len(reminded))
        elif verb == "close":
            actions.close_appeal(actor, appeal=found)
        else:
            raise Http404(verb)
    except Refused as error:
        messages.error(request, str(error))
    return redirect("notices:appeal", pk)


@signed_in
@needs(Right.DRAFT_NOTICE)
def send(request: Request, pk: UUID) -> HttpResponse:
    """Choose the bodies, see exactly which they are, send."""
    found = _appeal(request, pk)
    chosen = request.GET or None
    posted = request.method == "POST"
    form = SendForm(visible_areas(request.user), request.GET if posted else chosen)
    bodies: list[Body] = []
    if form.is_valid() and chosen is not None:
        known = set(Delivery.objects.filter(appeal=found).values_list("body_id", flat=True))
        bodies = [
            body
            for body in bodies_of_kind_or_area(
                request.user, kinds=form.cleaned_data["kinds"], area=form.cleaned_data["area"]
            ).select_related("area")
            if body.pk not in known and body.pk != found.body_id
        ]
    if posted:
        picked = visible_bodies(request.user).filter(pk__in=_ids(request.POST.getlist("to")))
        with errors_into(form):
            sent = actions.send_appeal(Actor.at_desk(request), appeal=found, to=picked)
            messages.success(request, _("已发送给 %d 个单位。") % len(sent))
            return redirect("notices:appeal", pk)
    return render(
        request, "notices/send.html", {"appeal": found, "form": form, "bodies": bodies, "chosen": chosen}
    )


@signed_in
@needs(Right.DRAFT_NOTICE, Right.APPROVE_NOTICE, Right.READ_BOOK)
def paper(request: Request, pk: UUID, form: str) -> HttpResponse:
    """The appeal as PDF or docx."""
    return _paper(_appeal(request, pk), form)


@signed_in
@needs(Right.ANSWER_NOTICE)
def inbox(request: Request) -> HttpResponse:
    """What came in for the officer's bodies."""
    found = queries.visible_deliveries(request.user, request.response)
    return render(request, "notices/inbox.html", {"deliveries": found[:200]})


@signed_in
@needs(Right.ANSWER_NOTICE)
def delivery(request: Request, pk: UUID) -> HttpResponse:
    """One appeal as the receiving body sees it: read, sign, answer, commit."""
    found = _delivery(request, pk)
    answer = AnswerForm(request.POST if "answer" in request.POST else None)
    commitment = CommitmentForm(
        request.POST if "commit" in request.POST else None,
        prefix="gift",
        initial={"donor_kind": _kind_of(found.body)},
    )
    actor = Actor.at_desk(request)
    if "sign" in request.POST:
        actions.sign_for_appeal(actor, delivery=found)
        messages.success(request, _("已签收。"))
        return redirect("notices:delivery", pk)
    if answer.is_bound and answer.is_valid():
        with errors_into(answer):
            actions.answer_appeal(actor, delivery=found, text=answer.cleaned_data["text"])
            return redirect("notices:delivery", pk)
    if commitment.is_bound and commitment.is_valid():
        with errors_into(commitment):
            actions.commit_to_appeal(actor, delivery=found, **_commitment(found, commitment.cleaned_data))
            return redirect("notices:delivery", pk)
    return render(
        request,
        "notices/delivery.html",
        {
            "delivery": found,
            "appeal": found.appeal,
            "standing": queries.standing_of(found),
            "answer": answer,
            "commitment": commitment,
            "is_open": found.appeal.state == AppealState.SENT,
        },
    )


@signed_in
@needs(Right.ANSWER_NOTICE)
def delivery_paper(request: Request, pk: UUID, form: str) -> HttpResponse:
    """The appeal as PDF or docx, for the body that received it."""
    return _paper(_delivery(request, pk).appeal, form)


def _appeal(request: Request, pk: UUID) -> Appeal:
    found: Appeal = get_object_or_404(queries.visible_appeals(request.user, request.response), pk=pk)
    return found


def _delivery(request: Request, pk: UUID) -> Delivery:
    found: Delivery = get_object_or_404(queries.visible_deliveries(request.user, request.response), pk=pk)
    return found


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError as error:
        raise Http404 from error


def _paper(appeal: Appeal, form: str) -> HttpResponse:
    kinds = {
        "pdf": ("application/pdf", notice_pdf),
        "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", notice_docx),
    }
    if form not in kinds:
        raise Http404(form)
    content_type, write = kinds[form]
    return HttpResponse(
        write(paper_of(appeal)),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="appeal-{appeal.pk}.{form}"'},
    )


def _kind_of(body: Body) -> str:
    return {
        BodyKind.ENTERPRISE: DonorKind.ENTERPRISE,
        BodyKind.CHAMBER: DonorKind.CHAMBER,
        BodyKind.GOVERNMENT: DonorKind.GOVERNMENT,
    }.get(BodyKind(body.kind), DonorKind.ORGANISATION)


def _commitment(found: Delivery, data: dict[str, Any]) -> dict[str, Any]:
    amount = data["amount"] or Amount(None, None)
    own = not data["donor_name"]
    goods = data["kind"] == GiftKind.GOODS
    return {
        "donor": Donor(
            name=found.body.name if own else data["donor_name"],
            kind=_kind_of(found.body) if own else data["donor_kind"] or DonorKind.ENTERPRISE,
            body=found.body if own else None,
        ),
        "kind": data["kind"],
        "amount": amount,
        "lines": [
            GoodsLine(item=data["item"], quantity=data["quantity"], unit=data["unit"], stated_value=amount)
        ]
        if goods
        else [],
        "text": data["text"],
    }
