"""Publicity items and bulletins: one text for sheet, loudspeaker, short message and page."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.everybody import for_everybody
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, Empty, Kind, List
from lianfang.desk.rendering import moment_text
from lianfang.desk.states import State, Tone
from lianfang.engines.papers import TEMPLATES, chinese_date, typeset
from lianfang.places.actions.photos import keep_photo
from lianfang.places.models import Photo, Place
from lianfang.places.pictures import picture_content
from lianfang.rounds import actions
from lianfang.rounds.forms import BulletinForm, ConditionForm, PublicityForm
from lianfang.rounds.models import Bulletin, Condition, PublicityItem, PublicityKind
from lianfang.rounds.queries import publicity as queries
from lianfang.rounds.speaking import loudspeaker_script, short_messages

_TONES = {Condition.GOOD: Tone.DONE, Condition.DAMAGED: Tone.WAITING, Condition.MISSING: Tone.URGENT}


def _condition(item: PublicityItem) -> State:
    if item.taken_down_on:
        return State(_("已撤除"), Tone.STOPPED)
    return State(item.get_condition_display(), _TONES[Condition(item.condition)])


def _stage(row: Bulletin) -> State:
    if row.published_at is None:
        return State(_("草稿"), Tone.WAITING)
    newer = getattr(row, "superseded_by", None)
    if newer is not None and newer.published_at is not None:
        return State(_("已被代替"), Tone.STOPPED)
    return State(_("已发布"), Tone.DONE)


def _waiting(rows: "QuerySet[PublicityItem]", work: str) -> "QuerySet[PublicityItem]":
    standing = rows.filter(taken_down_on__isnull=True)
    if work == "outdated":
        return standing.filter(bulletin__superseded_by__published_at__isnull=False)
    if work == "take_down":
        return standing.filter(take_down_by__lt=timezone.localdate())
    return standing.exclude(condition=Condition.GOOD)


PUBLICITY = List(
    code="publicity",
    title=gettext_lazy("宣传品"),
    columns=[
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("kind", gettext_lazy("类别"), "get_kind_display", sort="kind"),
        Column("words", gettext_lazy("内容"), "words"),
        Column("quantity", gettext_lazy("数量"), "quantity", Kind.COUNT),
        Column("up", gettext_lazy("设置日期"), "put_up_on", Kind.DAY, sort="put_up_on"),
        Column(
            "down",
            gettext_lazy("应撤日期"),
            lambda item: moment_text(item.take_down_by) if item.take_down_by else "",
            sort="take_down_by",
        ),
        Column("condition", gettext_lazy("状况"), _condition, Kind.STATE),
    ],
    filters=[
        Choice("kind", gettext_lazy("类别"), PublicityKind.choices, "kind"),
        Choice(
            "work",
            gettext_lazy("要做的事"),
            [
                ("outdated", gettext_lazy("换下旧通报")),
                ("take_down", gettext_lazy("到期应撤")),
                ("mend", gettext_lazy("破损、缺失")),
            ],
            _waiting,
        ),
    ],
    search=["place__name", "words"],
    order="place",
    opens=lambda row: reverse("rounds:publicity_item", args=[row.pk]),
    empty=Empty(gettext_lazy("还没有登记宣传品。"), gettext_lazy("登记宣传品"), "rounds:put_up"),
)

BULLETINS = List(
    code="bulletins",
    title=gettext_lazy("通报"),
    columns=[
        Column("title", gettext_lazy("标题"), "title", sort="title"),
        Column("body", gettext_lazy("发布单位"), "body.name", sort="body__name"),
        Column("at", gettext_lazy("发布时间"), "published_at", Kind.MOMENT, sort="published_at"),
        Column("instead", gettext_lazy("代替"), "supersedes.title"),
        Column("state", gettext_lazy("状态"), lambda row: _stage(row), Kind.STATE),
    ],
    search=["title", "text"],
    order="-at",
    opens=lambda row: reverse("rounds:bulletin", args=[row.pk]),
    empty=Empty(gettext_lazy("还没有通报。"), gettext_lazy("起草通报"), "rounds:bulletin_new"),
)


@signed_in
@needs(Right.KEEP_PUBLICITY, Right.INSPECT)
def publicity(request: Request) -> HttpResponse:
    return PUBLICITY.respond(
        request,
        queries.visible_publicity(request.user),
        template="rounds/publicity.html",
        context={"may_add": request.user.may(Right.KEEP_PUBLICITY)},
    )


@signed_in
@needs(Right.KEEP_PUBLICITY)
def put_up(request: Request) -> HttpResponse:
    published = queries.visible_bulletins(request.user, request.response).filter(published_at__isnull=False)
    form = PublicityForm(
        queries.places_for_publicity(request.user),
        published,
        request.POST or None,
        request.FILES or None,
        initial=_beginning(request.GET.get("bulletin", "")),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with errors_into(form):
            taken = _kept(request, data["place"], data.pop("photo"))
            actions.put_up(Actor.at_desk(request), photo=taken, **data)
            messages.success(request, _("已登记。"))
            return redirect("rounds:publicity")
    return render(request, "rounds/put_up.html", {"form": form})


@signed_in
@needs(Right.KEEP_PUBLICITY, Right.INSPECT)
def item(request: Request, pk: UUID) -> HttpResponse:
    """One item; on POST its condition as it was seen, or that it was taken down."""
    found = get_object_or_404(queries.visible_publicity(request.user), pk=pk)
    actor = Actor.at_desk(request)
    if request.method == "POST" and request.POST.get("down"):
        actions.take_down(actor, item=found)
        messages.success(request, _("已登记。"))
        return redirect("rounds:publicity")
    form = ConditionForm(request.POST or None, request.FILES or None, initial={"condition": found.condition})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with errors_into(form):
            taken = _kept(request, found.place, data["photo"])
            actions.check_publicity(actor, item=found, condition=data["condition"], photo=taken)
            messages.success(request, _("已登记。"))
            return redirect("rounds:publicity")
    return render(
        request,
        "rounds/publicity_item.html",
        {
            "item": found,
            "shown": _condition(found),
            "form": form,
            "may_change": request.user.may(Right.KEEP_PUBLICITY, found.scope()),
        },
    )


@signed_in
@needs(Right.KEEP_PUBLICITY, Right.INSPECT)
def photo(request: Request, pk: UUID) -> HttpResponse:
    """The photograph of an item."""
    found = get_object_or_404(queries.visible_publicity(request.user), pk=pk, photo__isnull=False)
    try:
        content = picture_content(found.photo.digest)
    except FileNotFoundError as error:
        raise Http404(str(pk)) from error
    return HttpResponse(content, content_type="image/jpeg")


@require_safe
@for_everybody
def public_page(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A published bulletin, for everybody; one that was superseded says so."""
    found = queries.public_bulletin(pk)
    if found is None:
        raise Http404(str(pk))
    newer = getattr(found, "superseded_by", None)
    context = {"bulletin": found, "newer": newer if newer is not None and newer.published_at else None}
    return render(request, "rounds/public_bulletin.html", context)


@signed_in
@needs(Right.KEEP_PUBLICITY, Right.DRAFT_NOTICE)
def bulletins(request: Request) -> HttpResponse:
    return BULLETINS.respond(
        request, queries.visible_bulletins(request.user, request.response), template="rounds/bulletins.html"
    )


@signed_in
@needs(Right.KEEP_PUBLICITY, Right.DRAFT_NOTICE)
def bulletin_new(request: Request) -> HttpResponse:
    known = queries.visible_bulletins(request.user, request.response).filter(
        published_at__isnull=False, superseded_by__isnull=True
    )
    form = BulletinForm(known, request.POST or None, initial={"body": request.user.body_id})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.draft_bulletin(
                Actor.at_desk(request), response=request.response, **form.cleaned_data
            )
            return redirect("rounds:bulletin", made.pk)
    return render(request, "rounds/bulletin_new.html", {"form": form})


@signed_in
@needs(Right.KEEP_PUBLICITY, Right.DRAFT_NOTICE)
def bulletin(request: Request, pk: UUID) -> HttpResponse:
    """One bulletin in all its forms; on POST it is published."""
    found = _bulletin(request, pk)
    if request.method == "POST":
        try:
            actions.publish_bulletin(Actor.at_desk(request), bulletin=found)
            messages.success(request, _("已发布。张贴后请登记在宣传品里。"))
        except Refused as error:
            messages.error(request, str(error))
        return redirect("rounds:bulletin", pk)
    return render(
        request,
        "rounds/bulletin.html",
        {
            "bulletin": found,
            "script": loudspeaker_script(found.title, found.text),
            "short": short_messages(found.title, found.text),
            "address": settings.PUBLIC_ADDRESS + reverse("rounds:public_bulletin", args=[pk]),
            "may_put_up": request.user.may(Right.KEEP_PUBLICITY),
            "papers": found.papers.filter(taken_down_on__isnull=True).select_related("place"),
        },
    )


@signed_in
@needs(Right.KEEP_PUBLICITY, Right.DRAFT_NOTICE)
def sheet(request: Request, pk: UUID, size: str) -> HttpResponse:
    """The bulletin as a sheet to hang: A4 or A3, in large type."""
    found = _bulletin(request, pk)
    if size not in {"a4", "a3"}:
        raise Http404(size)
    data = {
        "size": size,
        "title": found.title,
        "paragraphs": [line.strip() for line in found.text.splitlines() if line.strip()],
        "signed_by": found.body.name,
        "signed_on": chinese_date(timezone.localdate(found.published_at or timezone.now())),
    }
    return HttpResponse(
        typeset(TEMPLATES / "sheet.typ", data),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="bulletin-{found.pk}-{size}.pdf"'},
    )


def _beginning(bulletin: str) -> dict[str, object]:
    """What the page of a new item is filled in with, for the paper of a bulletin."""
    if not bulletin:
        return {}
    return {"kind": PublicityKind.NOTICE, "bulletin": bulletin, "put_up_on": timezone.localdate()}


def _kept(request: Request, place: Place, content: bytes | None) -> Photo | None:
    if not content:
        return None
    return keep_photo(Actor.at_desk(request), response=request.response, place=place, content=content)


def _bulletin(request: Request, pk: UUID) -> Bulletin:
    found: Bulletin = get_object_or_404(queries.visible_bulletins(request.user, request.response), pk=pk)
    return found
