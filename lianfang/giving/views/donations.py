"""One gift: its page, and the forms by which it is booked, moved on, corrected and withdrawn."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.giving.actions.donations import (
    correct_donation,
    correct_step,
    gift_of,
    pledge_donation,
    reach_state,
    receive_donation,
    withdraw_donation,
)
from lianfang.giving.actions.receipts import issue_receipt
from lianfang.giving.forms.donations import (
    CorrectedGiftForm,
    LineForms,
    NewGiftForm,
    ReasonForm,
    ReceiptForm,
    StepForm,
    initial_of,
    initial_of_line,
    lines_of,
    put_errors,
)
from lianfang.giving.models import Donation, DonationLine, DonationState, DonationStep
from lianfang.giving.queries.donation import next_states, sheet
from lianfang.giving.queries.ledger import bookable_donations, visible_versions
from lianfang.giving.queries.receipts import issuers_for, next_number, visible_receipts
from lianfang.giving.views.ledger import money_of, state_of


@signed_in
@needs(Right.READ_BOOK)
def donation(request: Request, pk: UUID) -> HttpResponse:
    """The page of a gift; `pk` is any of its versions' root."""
    gift = get_object_or_404(visible_versions(request.user, request.response), root=pk)
    found = sheet(request.user, gift)
    context = {
        "sheet": found,
        "gift": gift,
        "money": money_of(gift),
        "state": state_of(step.state for step in found.steps),
        "may_book": not gift.withdrawn and request.user.may(Right.BOOK_GIFTS, gift.scope()),
        "may_decide": request.user.may(Right.DECIDE_GIFTS),
        "may_issue": issuers_for(request.user).exists(),
    }
    return render(request, "giving/donation.html", context)


@signed_in
@needs(Right.BOOK_GIFTS)
def new_donation(request: Request) -> HttpResponse:
    """Book a gift by hand."""
    form = NewGiftForm(request.user, request.POST or None)
    line_forms = LineForms(request.POST or None, prefix="lines")
    if request.method == "POST" and "more_lines" not in request.POST and _both_hold(form, line_forms):
        lines, rows = lines_of(line_forms)
        book = pledge_donation if form.cleaned_data["state"] == DonationState.PLEDGED else receive_donation
        gift = form.gift(lines)
        try:
            made = book(
                Actor.at_desk(request),
                response=request.response,
                evidence=form.cleaned_data["evidence"],
                **{name: getattr(gift, name) for name in gift.__dataclass_fields__},
            )
        except (ValidationError, Refused) as error:
            put_errors(form, line_forms, rows, error)
        else:
            messages.success(request, _("已登记:%(gift)s。") % {"gift": made})
            if "another" in request.POST:
                return redirect("giving:new_donation")
            return redirect("giving:donation", made.root_id)
    return _gift_form(request, form, line_forms, _("登记捐赠"), reverse("giving:ledger"), None)


@signed_in
@needs(Right.BOOK_GIFTS)
def correct(request: Request, pk: UUID) -> HttpResponse:
    """Correct a gift: the same form, filled with what stands."""
    old = get_object_or_404(bookable_donations(request.user, request.response), root=pk)
    lines = list(DonationLine.objects.current().filter(donation=old.root_id).order_by("position"))
    told = gift_of(old, lines)
    form = CorrectedGiftForm(
        request.user, request.POST or None, initial={**initial_of(told), "seen": str(old.pk)}
    )
    line_forms = LineForms(
        request.POST or None, prefix="lines", initial=[initial_of_line(line) for line in told.lines]
    )
    if request.method == "POST" and "more_lines" not in request.POST and _both_hold(form, line_forms):
        told_now, rows = lines_of(line_forms)
        try:
            correct_donation(
                Actor.at_desk(request),
                donation=_as_seen(old, form.cleaned_data["seen"]),
                gift=form.gift(told_now, old.happened_at),
                reason=form.cleaned_data["reason"],
            )
        except (ValidationError, Refused) as error:
            put_errors(form, line_forms, rows, error)
        else:
            messages.success(request, _("已更正。原来的写法仍可在「更正经过」里看到。"))
            return redirect("giving:donation", old.root_id)
    back = reverse("giving:donation", args=[old.root_id])
    return _gift_form(request, form, line_forms, _("更正捐赠"), back, old)


@signed_in
@needs(Right.BOOK_GIFTS)
def step(request: Request, pk: UUID) -> HttpResponse:
    """Say that a gift reached a state."""
    gift = get_object_or_404(bookable_donations(request.user, request.response), root=pk)
    reached = DonationStep.objects.current().filter(donation=gift.root_id).values_list("state", flat=True)
    states = next_states(gift, list(reached))
    form = StepForm(request.user, states, request.POST or None)
    back = reverse("giving:donation", args=[gift.root_id])
    if not states:
        messages.info(request, _("这笔捐赠没有下一步。"))
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            reach_state(Actor.at_desk(request), donation=gift, reached=form.reached())
            messages.success(request, _("已登记。"))
            return redirect(back)
    return _small_form(request, form, _("登记去向:%(gift)s") % {"gift": gift}, back, _("登记"))


@signed_in
@needs(Right.BOOK_GIFTS)
def take_back_step(request: Request, pk: UUID) -> HttpResponse:
    """Take the last state of a gift back."""
    found = get_object_or_404(DonationStep.objects.current().select_related("donation"), pk=pk)
    gift = get_object_or_404(bookable_donations(request.user, request.response), root=found.donation_id)
    form = ReasonForm(request.POST or None)
    back = reverse("giving:donation", args=[gift.root_id])
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            correct_step(Actor.at_desk(request), step=found, reason=form.cleaned_data["reason"], reached=None)
            messages.success(request, _("已撤销「%(state)s」。") % {"state": found.get_state_display()})
            return redirect(back)
    title = _("撤销「%(state)s」:%(gift)s") % {"state": found.get_state_display(), "gift": gift}
    return _small_form(request, form, title, back, _("撤销"))


@signed_in
@needs(Right.BOOK_GIFTS)
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Withdraw a gift that did not happen."""
    gift = get_object_or_404(bookable_donations(request.user, request.response), root=pk)
    form = ReasonForm(request.POST or None)
    back = reverse("giving:donation", args=[gift.root_id])
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            withdraw_donation(Actor.at_desk(request), donation=gift, reason=form.cleaned_data["reason"])
            messages.success(request, _("已撤销。它不再计入合计,记录仍可查看。"))
            return redirect(back)
    return _small_form(request, form, _("撤销捐赠:%(gift)s") % {"gift": gift}, back, _("撤销这笔捐赠"))


@signed_in
@needs(Right.BOOK_GIFTS)
def receipt(request: Request, pk: UUID) -> HttpResponse:
    """Issue a receipt for a gift; the next number of the book is offered."""
    gift = get_object_or_404(visible_versions(request.user, request.response), root=pk)
    issuers = issuers_for(request.user)
    own = issuers.filter(pk=gift.recipient_id).first() if gift.recipient_id else None
    issuer = own or issuers.first()
    used = visible_receipts(request.user, request.response).filter(issuer=issuer)
    last = used.order_by("-received_at").first()
    form = ReceiptForm(
        request.user,
        request.POST or None,
        initial={
            "issuer": issuer,
            "form_code": last.form_code if last else "",
            "number": next_number([one for one in used if last and one.form_code == last.form_code]),
            "issued_on": timezone.localdate(),
            "payer": gift.donor_name,
        },
    )
    form.fields["issuer"].queryset = issuers  # type: ignore[attr-defined]
    back = reverse("giving:donation", args=[gift.root_id])
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            data = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
            made = issue_receipt(Actor.at_desk(request), donation=gift, **data)
            messages.success(request, _("已开具票据 %(receipt)s。") % {"receipt": made})
            return redirect(back)
    lead_in = ""
    if not issuers:
        lead_in = _("您所管的单位都不能开具公益事业捐赠票据。")
    return _small_form(request, form, _("开具票据:%(gift)s") % {"gift": gift}, back, _("开具"), lead_in)


def _both_hold(form: Any, line_forms: Any) -> bool:
    return all([form.is_valid(), line_forms.is_valid()])


def _as_seen(old: Donation, seen: str) -> Donation:
    """The version that was on the screen: if it is not the newest any more, the action says so."""
    if seen == str(old.pk):
        return old
    found: Donation = get_object_or_404(Donation.objects.filter(root=old.root_id), pk=seen)
    return found


def _gift_form(
    request: Request, form: Any, line_forms: Any, title: str, back: str, old: Donation | None
) -> HttpResponse:
    if "more_lines" in request.POST:
        data = request.POST.copy()
        data["lines-TOTAL_FORMS"] = str(min(200, len(line_forms) + 5))
        form = type(form)(request.user, initial=_typed(form, data))
        line_forms = LineForms(data, prefix="lines")
    context = {"form": form, "lines": line_forms, "title": title, "back": back, "old": old}
    wrong = form.errors or any(line_forms.errors) or line_forms.non_form_errors()
    return render(request, "giving/donation_form.html", context, status=400 if wrong else 200)


def _typed(form: Any, data: Any) -> dict[str, Any]:
    """What was typed so far, to be shown again without a word about what is missing."""
    return {name: data.get(name, "") for name in form.fields}


def _small_form(
    request: Request, form: Any, title: str, back: str, button: str, lead_in: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "button": button, "lead_in": lead_in}
    return render(request, "giving/small_form.html", context, status=400 if form.errors else 200)
