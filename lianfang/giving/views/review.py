"""The review: hand a text in, decide its mentions one by one, by keyboard."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import NotAllowed, Refused, field_error
from lianfang.book.records import Source as Way
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.engines.intake.sources import Limits, SourceError, read_source
from lianfang.giving.actions import mentions as acts
from lianfang.giving.actions.sources import Taken, take_in_text
from lianfang.giving.forms.review import MentionForm, NewMentionForm, TakeInForm
from lianfang.giving.models import Donation, GiftSource, Mention, Scope
from lianfang.giving.queries import review as queries


@signed_in
@needs(Right.BOOK_GIFTS)
def sources(request: Request) -> HttpResponse:
    """All that was handed in, with how much of it waits."""
    found = queries.visible_sources(request.user, request.response)
    return render(request, "giving/review_sources.html", {"sources": found[:200]})


@signed_in
@needs(Right.BOOK_GIFTS)
def take_in(request: Request) -> HttpResponse:
    """Paste a text or choose a file."""
    form = TakeInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            taken = _take(request, form)
            if taken.already_there:
                messages.info(request, _("这份材料已经收过,没有重复入账。"))
            return redirect("giving:review", taken.source.pk)
    return render(request, "giving/review_take_in.html", {"form": form})


@signed_in
@needs(Right.BOOK_GIFTS)
def source(request: Request, pk: UUID) -> HttpResponse:
    """The review page of one source."""
    found = get_object_or_404(queries.visible_sources(request.user, request.response), pk=pk)
    return render(request, "giving/review.html", _page(found))


@require_POST
@signed_in
@needs(Right.BOOK_GIFTS)
def decide(request: Request, pk: UUID, verb: str) -> HttpResponse:
    """One decision on one mention. With htmx only its card and the progress come back.

    Without it the page comes back: with the card's form as it was filled in, or decided.
    """
    mention: Mention = get_object_or_404(queries.visible_mentions(request.user).filter(root_id=pk))
    context: dict[str, object] = {}
    try:
        _VERBS[verb](request, mention, context)
    except KeyError as error:
        raise Http404(verb) from error
    except Refused as error:
        context["refusal"] = error.message
    except NotAllowed:
        context["refusal"] = _(
            "这一条不在您的记账范围内,没有保存。如果是经您单位转交的,请按“修改”,把经手单位写成您的单位。"
        )
    except ValidationError as error:
        context["refusal"] = " ".join(error.messages)
    if not request.headers.get("HX-Request"):
        if "form" in context or "candidates" in context:
            page = _page(mention.from_source)
            return render(request, "giving/review.html", {**page, "open_at": mention.position, **context})
        if refusal := context.get("refusal"):
            messages.error(request, str(refusal))
        return redirect(f"{reverse('giving:review', args=[mention.from_source_id])}#m{mention.position}")
    newest = queries.visible_mentions(request.user).get(root_id=pk)
    page = _page(newest.from_source)
    card = {
        "reviewed": queries.reviewed_mention(newest),
        "source": newest.from_source,
        "progress": page["progress"],
        **context,
    }
    html = render_to_string("giving/review_card.html", card, request) + render_to_string(
        "giving/review_progress.html", {**card, "summary": page["summary"], "swap": True}, request
    )
    return HttpResponse(html)


@signed_in
@needs(Right.BOOK_GIFTS)
def add(request: Request, pk: UUID) -> HttpResponse:
    """Add by hand a gift that was not read out of a source."""
    found = get_object_or_404(queries.visible_sources(request.user, request.response), pk=pk)
    quoted = request.GET.get("quote", "")[:1000]
    form = NewMentionForm(request.POST or None, initial={"quote": quoted})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            mention = acts.add_mention(Actor.at_desk(request), from_source=found, **form.values())
            return redirect(f"{reverse('giving:review', args=[pk])}#m{mention.position}")
    return render(request, "giving/review_add.html", {"source": found, "form": form})


def _take(request: Request, form: TakeInForm) -> Taken:
    data = form.cleaned_data
    text, file_name, way, title = data["text"], "", Way.TEXT, data["title"]
    if data["file"]:
        file_name, way = data["file"].name, Way.IMPORT
        try:
            read = read_source(file_name, data["file"].read(Limits().size + 1))
        except SourceError as error:
            raise field_error("file", error.message, error.code) from error
        text = read.text
        for remark in read.warnings:
            messages.warning(request, remark.text)
        title = title or file_name.rsplit(".", 1)[0]
    return take_in_text(
        Actor.at_desk(request),
        response=request.response,
        text=text,
        title=title,
        kind=data["kind"],
        publisher=data["publisher"],
        published_on=data["published_on"],
        body=request.user.body,
        area=request.user.body.area if request.user.body else None,
        file_name=file_name,
        way=way,
    )


def _page(found: GiftSource) -> dict[str, object]:
    reviewed = queries.reviewed_mentions(found)
    progress = queries.progress_of(found, reviewed)
    return {
        "source": found,
        "reviewed_mentions": reviewed,
        "progress": progress,
        "summary": summary(progress),
        "stretches": list(queries.stretches(found.text, [one.mention for one in reviewed], found.unread)),
        "unread_count": len(found.unread),
    }


def summary(progress: queries.Progress) -> str:
    """One sentence that says what the review has come to: 20 笔入账,3 项总数留作对照,1 对可能重复待定."""
    parts = [ngettext("%d 笔入账", "%d 笔入账", progress.booked) % progress.booked]
    if progress.joined:
        parts.append(ngettext("%d 条并入已有捐赠", "%d 条并入已有捐赠", progress.joined) % progress.joined)
    if progress.stated:
        parts.append(ngettext("%d 项总数留作对照", "%d 项总数留作对照", progress.stated) % progress.stated)
    if progress.rejected:
        parts.append(ngettext("%d 条不是捐赠", "%d 条不是捐赠", progress.rejected) % progress.rejected)
    if progress.overlaps:
        parts.append(
            ngettext("%d 对可能重复待定", "%d 对可能重复待定", progress.overlaps) % progress.overlaps
        )
    if progress.open:
        parts.append(ngettext("还有 %d 条待审", "还有 %d 条待审", progress.open) % progress.open)
    return _(",").join(parts) + _("。")


def _confirm(request: Request, mention: Mention, _context: dict[str, object]) -> None:
    """Enter: a gift is booked, a total is kept."""
    actor = Actor.at_desk(request)
    if mention.scope_of_figure == Scope.GIFT:
        acts.book_mention(actor, mention=mention)
    else:
        acts.keep_as_statement(actor, mention=mention)


def _reject(request: Request, mention: Mention, _context: dict[str, object]) -> None:
    acts.reject_mention(Actor.at_desk(request), mention=mention)


def _undo(request: Request, mention: Mention, _context: dict[str, object]) -> None:
    acts.undo_mention(Actor.at_desk(request), mention=mention)


def _show_same(_request: Request, mention: Mention, context: dict[str, object]) -> None:
    context["candidates"] = queries.may_be_the_same(mention)
    context["asked_for_candidates"] = True


def _join(request: Request, mention: Mention, _context: dict[str, object]) -> None:
    gift = get_object_or_404(
        Donation.objects.current().filter(response=mention.response), root_id=request.POST.get("donation")
    )
    acts.join_mention(Actor.at_desk(request), mention=mention, donation=gift)


def _edit(_request: Request, mention: Mention, context: dict[str, object]) -> None:
    context["form"] = MentionForm.of(mention)


def _save(request: Request, mention: Mention, context: dict[str, object]) -> None:
    form = MentionForm.of(mention, request.POST)
    if form.is_valid():
        with errors_into(form):
            acts.edit_mention(Actor.at_desk(request), mention=mention, **form.values())
            return
    context["form"] = form


def _show(_request: Request, _mention: Mention, _context: dict[str, object]) -> None:
    """The card as it is: an edit is given up."""


_VERBS = {
    "confirm": _confirm,
    "reject": _reject,
    "undo": _undo,
    "same": _show_same,
    "join": _join,
    "edit": _edit,
    "save": _save,
    "show": _show,
}
