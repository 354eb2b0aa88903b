"""Letters and certificates at the desk, and their check by everybody."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.everybody import for_everybody
from lianfang.desk.forms import errors_into
from lianfang.desk.limits import TooOften, count_try
from lianfang.desk.lists import Choice, Column, Empty, Kind, List
from lianfang.desk.states import State, Tone
from lianfang.giving.actions import acknowledgements as acts
from lianfang.giving.forms.acknowledgements import AcknowledgementForm
from lianfang.giving.models import Acknowledgement, AcknowledgementKind, Donation
from lianfang.giving.queries import acknowledgements as queries
from lianfang.giving.queries.disclosures import bodies_that_publish


def state_of(found: Acknowledgement) -> State:
    return State(_("已收回"), Tone.STOPPED) if found.withdrawn else State(_("已出具"), Tone.DONE)


ACKNOWLEDGEMENTS = List(
    code="acknowledgements",
    title=gettext_lazy("感谢信、证书"),
    columns=[
        Column("number", gettext_lazy("编号"), "number", sort="number"),
        Column("kind", gettext_lazy("类别"), "get_kind_display", sort="kind"),
        Column("addressee", gettext_lazy("致"), "addressee", sort="addressee"),
        Column("amount", gettext_lazy("捐赠内容"), "amount_text"),
        Column("issuer", gettext_lazy("致谢单位"), "issuer.name", sort="issuer__name"),
        Column("at", gettext_lazy("出具时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("state", gettext_lazy("状态"), state_of, Kind.STATE),
    ],
    filters=[Choice("kind", gettext_lazy("类别"), AcknowledgementKind.choices, "kind")],
    search=["number", "addressee", "issuer__name"],
    order="-at",
    opens=lambda one: reverse("giving:acknowledgement", args=[one.root_id]),
    empty=Empty(gettext_lazy("还没有出具过感谢信、证书。打开一笔已收到的捐赠,就可以出具。")),
)


@signed_in
@needs(Right.READ_BOOK)
def acknowledgements(request: Request) -> HttpResponse:
    return ACKNOWLEDGEMENTS.respond(request, queries.visible_acknowledgements(request.user, request.response))


@signed_in
@needs(Right.BOOK_GIFTS)
def issue(request: Request, donation: UUID, kind: str) -> HttpResponse:
    """Word a letter or certificate for one gift."""
    if kind not in AcknowledgementKind.values:
        raise Http404(kind)
    gift = _gift(request, donation)
    initial = {
        "issuer": request.user.body_id,
        "addressee": gift.donor_name,
        "text": queries.default_text(gift, kind, request.response),
    }
    form = AcknowledgementForm(bodies_that_publish(request.user), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = acts.issue_acknowledgement(
                Actor.at_desk(request), donation=gift, kind=kind, **form.cleaned_data
            )
            return redirect("giving:acknowledgement", made.pk)
    return render(
        request,
        "giving/acknowledgement_form.html",
        {"form": form, "gift": gift, "kind": AcknowledgementKind(kind).label},
        status=400 if form.errors else 200,
    )


@signed_in
@needs(Right.READ_BOOK)
def acknowledgement(request: Request, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    return render(
        request,
        "giving/acknowledgement.html",
        {
            "found": found,
            "state_now": state_of(found),
            "address": queries.check_address(found),
            "may_withdraw": not found.withdrawn and request.user.may(Right.BOOK_GIFTS, found.scope()),
        },
    )


@signed_in
@needs(Right.READ_BOOK)
def paper(request: Request, pk: UUID) -> HttpResponse:
    """The PDF, to be printed and stamped. One that was taken back is not printed again."""
    found = _found(request, pk)
    if found.withdrawn:
        raise Http404
    response = HttpResponse(queries.paper_of(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.kind}-{found.check_code}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@signed_in
@needs(Right.BOOK_GIFTS)
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    try:
        acts.withdraw_acknowledgement(
            Actor.at_desk(request), acknowledgement=_found(request, pk), reason=request.POST.get("reason", "")
        )
        messages.success(request, _("已收回。扫码核验的人会看到已收回。"))
    except Refused as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("giving:acknowledgement", pk)


@require_safe
@for_everybody
def check(request: HttpRequest, code: str = "") -> HttpResponseBase:
    """Whether a paper is real; a few tries a minute from one address."""
    typed = (code or request.GET.get("code", "")).strip()[:40]
    if not code and typed:
        letters = "".join(sign for sign in typed if sign.isascii() and sign.isalnum())
        return redirect("giving:public_check_code", letters or "0")
    context: dict[str, object] = {"typed": typed}
    status = 200
    if typed:
        try:
            count_try(request, "check")
        except TooOften:
            context["too_often"] = True
            status = 429
        else:
            context["found"] = queries.check(typed)
            status = 200 if context["found"] else 404
    response = render(request, "giving/check.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _found(request: Request, pk: UUID) -> Acknowledgement:
    found: Acknowledgement = get_object_or_404(
        queries.visible_acknowledgements(request.user, request.response), root=pk
    )
    return found


def _gift(request: Request, root: UUID) -> Donation:
    reach = request.user.reach(Right.BOOK_GIFTS)
    rows = reach.rows(areas=Donation.SCOPE_AREAS, bodies=Donation.SCOPE_BODIES)
    found: Donation = get_object_or_404(
        Donation.objects.current().filter(rows, response=request.response).distinct(), root=root
    )
    return found
