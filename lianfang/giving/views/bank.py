"""Bank statements: upload, columns, and the page on which lines are matched to gifts by keyboard."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.engines.intake.sources import Limits, SourceError
from lianfang.giving.actions import bank as acts
from lianfang.giving.forms.bank import BANK_ROLES, StatementForm
from lianfang.giving.forms.imports import ColumnsForm
from lianfang.giving.models import BankLine, BankStatement, Donation, LineDirection
from lianfang.giving.queries import bank as queries
from lianfang.giving.queries.imports import sheets_seen
from lianfang.giving.tables.sheets import SheetColumns, read_sheets, sheets_from

_LINES_A_PAGE = 40
_GIFTS_SHOWN = 100
_FAULTS_SHOWN = 100


@signed_in
@needs(Right.BOOK_GIFTS)
def statements(request: Request) -> HttpResponse:
    """All statements with what is open, and what is unmatched on both sides."""
    officer, response = request.user, request.response
    gifts = queries.unmatched_gifts(officer, response)
    return render(
        request,
        "giving/bank_statements.html",
        {
            "statements": queries.visible_statements(officer, response)[:_GIFTS_SHOWN],
            "drafts": queries.visible_drafts(officer),
            "line_side": queries.line_side(queries.visible_lines(officer, response)),
            "gift_side": queries.gift_side(gifts),
        },
    )


@signed_in
@needs(Right.BOOK_GIFTS)
def upload(request: Request) -> HttpResponse:
    """Choose a statement; its columns are confirmed next, unless they were for this header before."""
    form = StatementForm(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sheets = read_sheets(data["file"].name, data["file"].read(Limits().size + 1))
        except (SourceError, Refused) as error:
            form.add_error("file", ValidationError(str(error), code=error.code))
        else:
            with errors_into(form):
                received = acts.upload_statement(
                    Actor.at_desk(request),
                    response=request.response,
                    sheets=sheets,
                    body=data["body"],
                    account_name=data["account_name"],
                    account_kind=data["account_kind"],
                )
                for remark in sheets.remarks:
                    messages.info(request, remark)
                if received.draft:
                    return redirect("giving:bank_columns", received.draft.pk)
                messages.info(request, _("这份对账单以前已导入,没有变化。"))
                return redirect("giving:bank_statement", received.statement.pk)  # type: ignore[union-attr]
    known = queries.visible_statements(request.user, request.response).order_by("account_name")
    return render(
        request,
        "giving/bank_upload.html",
        {"form": form, "accounts": known.values_list("account_name", flat=True).distinct()[:50]},
        status=422 if form.errors else 200,
    )


@signed_in
@needs(Right.BOOK_GIFTS)
def columns(request: Request, pk: UUID) -> HttpResponse:
    """Which column of a statement is which."""
    draft = get_object_or_404(queries.visible_drafts(request.user), pk=pk)
    table = draft.table
    sheets = sheets_from(table.file_name, table.digest, table.open_cells())
    seen = sheets_seen(sheets, [SheetColumns.from_json(one) for one in draft.columns])
    form = ColumnsForm(seen, BANK_ROLES, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            statement = acts.take_in_statement(
                Actor.at_desk(request), response=request.response, draft=draft, choices=form.choices()
            )
            return redirect("giving:bank_statement", statement.pk)
    return render(
        request,
        "giving/bank_columns.html",
        {"draft": draft, "form": form},
        status=422 if form.errors else 200,
    )


@signed_in
@needs(Right.BOOK_GIFTS)
def statement(request: Request, pk: UUID) -> HttpResponse:
    """The lines of a statement, each with what it may be; worked by keyboard."""
    found: BankStatement = get_object_or_404(
        queries.visible_statements(request.user, request.response), pk=pk
    )
    lines = queries.lines_of(found)
    which = request.GET.get("show", "in")
    page = _page(request, _shown(lines, which))
    seen = queries.seen_lines(request.user, request.response, list(page.object_list))
    sure = [one for one in seen if one.proposed and one.proposed[0].proposal.sure]
    context = {
        "statement": found,
        "show": which,
        "page": page,
        "seen_lines": seen,
        "sure": sure,
        "sure_lines": [one.line.root_id for one in sure],
        "side": queries.line_side(lines),
        "faults": found.left_out[:_FAULTS_SHOWN],
    }
    return render(request, "giving/bank_statement.html", context)


@signed_in
@needs(Right.BOOK_GIFTS)
def unmatched(request: Request) -> HttpResponse:
    """Gifts of money whose arrival no line shows, and open lines, each side with its sum."""
    officer, response = request.user, request.response
    gifts = queries.unmatched_gifts(officer, response)
    lines = queries.visible_lines(officer, response)
    return render(
        request,
        "giving/bank_unmatched.html",
        {
            "gifts": Paginator(gifts.order_by("-received_at", "pk"), _GIFTS_SHOWN).get_page(
                request.GET.get("page")
            ),
            "gift_side": queries.gift_side(gifts),
            "line_side": queries.line_side(lines),
            "lines": queries.open_lines(lines).order_by("-happened_at")[:_GIFTS_SHOWN],
        },
    )


@require_POST
@signed_in
@needs(Right.BOOK_GIFTS)
def decide(request: Request, pk: UUID, verb: str) -> HttpResponse:
    """One decision on one line. With htmx its card comes back."""
    line = get_object_or_404(queries.visible_lines(request.user, request.response), root_id=pk)
    refusal = ""
    try:
        _VERBS[verb](request, line)
    except KeyError as error:
        raise Http404(verb) from error
    except Refused as error:
        refusal = str(error)
    except ValidationError as error:
        refusal = " ".join(error.messages)
    if not request.headers.get("HX-Request"):
        if refusal:
            messages.error(request, refusal)
        return redirect("giving:bank_statement", line.statement_id)
    (seen,) = queries.seen_lines(request.user, request.response, [line])
    context = {
        "seen": seen,
        "refusal": refusal,
        "statement": line.statement,
        "side": queries.line_side(queries.lines_of(line.statement)),
        "sure_lines": [one for one in request.POST.getlist("sure") if one != str(line.root_id)],
        "swap": True,
    }
    return render(request, "giving/bank_line_answer.html", context)


@require_POST
@signed_in
@needs(Right.BOOK_GIFTS)
def confirm_sure(request: Request, pk: UUID) -> HttpResponse:
    """Confirm at once what the page showed as sure; what is not sure any more is left."""
    officer, response = request.user, request.response
    found = get_object_or_404(queries.visible_statements(officer, response), pk=pk)
    wanted = _ids(request, "sure")
    lines = list(queries.open_lines(queries.lines_of(found)).filter(root__in=wanted))
    pairs = queries.sure_pairs(queries.proposed(officer, response, lines))
    try:
        count = acts.confirm_matches(
            Actor.at_desk(request),
            pairs=[acts.Pairing(one.lines, one.gifts, one.proposal.reasons) for one in pairs],
        )
        messages.success(request, _("已确认 %(count)d 条。") % {"count": count})
    except Refused as error:
        messages.error(request, str(error))
    return redirect("giving:bank_statement", pk)


def _confirm(request: Request, line: BankLine) -> None:
    """The proposal that was shown: its lines and gifts are named in the form, not only its place."""
    lines = queries.visible_lines(request.user, request.response).filter(
        root__in=[line.root_id, *_ids(request, "line")]
    )
    gifts = Donation.objects.newest().filter(root__in=_ids(request, "gift"), response=request.response)
    acts.confirm_match(
        Actor.at_desk(request),
        lines=list(lines),
        donations=list(gifts.select_related("recipient", "via")),
        reasons=_reasons(request, line),
    )


def _new(request: Request, line: BankLine) -> None:
    acts.book_line(Actor.at_desk(request), line=line)


def _aside(request: Request, line: BankLine) -> None:
    acts.set_line_aside(Actor.at_desk(request), line=line)


def _undo(request: Request, line: BankLine) -> None:
    acts.undo_line(Actor.at_desk(request), line=line)


_VERBS = {"confirm": _confirm, "new": _new, "aside": _aside, "undo": _undo}


def _reasons(request: Request, line: BankLine) -> list[dict[str, object]]:
    """Why the system had proposed it, if it had."""
    wanted = set(_ids(request, "gift"))
    found = queries.proposed(request.user, request.response, [line]).get(line.root_id, [])
    return next((list(one.proposal.reasons) for one in found if set(one.proposal.gifts) == wanted), [])


def _ids(request: Request, name: str) -> list[UUID]:
    try:
        return [UUID(value) for value in request.POST.getlist(name)]
    except ValueError as error:
        raise Http404(name) from error


def _shown(lines: QuerySet[BankLine], which: str) -> QuerySet[BankLine]:
    match which:
        case "open":
            shown = queries.open_lines(lines)
        case "out":
            shown = lines.filter(direction=LineDirection.OUT)
        case _:
            shown = lines.filter(direction=LineDirection.IN)
    return shown.order_by("row", "pk")


def _page(request: Request, lines: QuerySet[BankLine]) -> Page[BankLine]:
    return Paginator(lines, _LINES_A_PAGE).get_page(request.GET.get("page"))
