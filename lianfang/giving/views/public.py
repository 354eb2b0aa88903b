"""What everybody may read. No sign-in, no cookie, no session: pages that any cache may keep a minute."""

import csv
import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from threading import Lock
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from lianfang.desk.everybody import for_everybody
from lianfang.desk.limits import TooOften, count_try
from lianfang.engines.papers import guarded
from lianfang.giving.api import openapi_document
from lianfang.giving.models import CorrectionEffect, CorrectionStatement, Disclosure, DisclosureLine
from lianfang.giving.publication import frozen
from lianfang.giving.publication import paper as papers
from lianfang.giving.publication.breakdown import breakdowns, money_rows
from lianfang.giving.publication.schema import FIELDS
from lianfang.giving.queries import disclosures as queries

ROWS_A_PAGE = 50


@require_safe
@for_everybody
def publications(request: HttpRequest) -> HttpResponseBase:
    """All publications, the newest first, below what each body has received so far."""
    shown = Paginator(queries.publications(), 30).get_page(request.GET.get("page"))
    first = next(iter(shown.object_list), None)
    return render(
        request,
        "giving/public_list.html",
        {"page": shown, "county": first.response.county if first else "", "retry": ""},
    )


@require_safe
@for_everybody
def publication(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """One publication. A constant number of queries, however many gifts stand in it."""
    page = _page(pk)
    typed = request.GET.get("q", "").strip()[:60]
    tag = _tag(request, page.version)
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    content = _kept_pages.get(tag)
    if content is None:
        content = _draw(request, page, typed)
        if not typed:
            _kept_pages.put(tag, content)
    response = HttpResponse(content)
    response["ETag"] = tag
    return response


def _draw(request: HttpRequest, page: queries.PublicPage, typed: str) -> bytes:
    context = {
        "page": page,
        "disclosure": page.disclosure,
        "county": page.disclosure.response.county,
        "money": money_rows(page),
        "breakdowns": breakdowns(page),
        "typed": typed,
        "stretch": _stretch(page, typed, request.GET.get("page", "1")),
    }
    return render(request, "giving/public_publication.html", context).content


class _KeptPages:
    """The pages that were drawn last in this process, by their ETag: a crowd reads the same few."""

    most = 100

    def __init__(self) -> None:
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, tag: str) -> bytes | None:
        with self._lock:
            if tag in self._pages:
                self._pages.move_to_end(tag)
            return self._pages.get(tag)

    def put(self, tag: str, content: bytes) -> None:
        with self._lock:
            self._pages[tag] = content
            while len(self._pages) > self.most:
                self._pages.popitem(last=False)


_kept_pages = _KeptPages()


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_everybody
def find(request: HttpRequest) -> HttpResponseBase:
    """A donor finds the own gift by its code: at most a few tries a minute from one address.

    Nothing is written, so the form needs no token (and the page no cookie).
    """
    typed = request.POST.get("code", "")[:40].strip()
    context: dict[str, Any] = {"typed": typed, "tried": bool(typed), "lines": []}
    status = 200
    if typed:
        try:
            count_try(request, "find")
        except TooOften:
            context["too_often"] = True
            status = 429
        else:
            lines = queries.lines_with_code(typed)
            context["lines"] = [
                _Row.of(queries.as_published(line, corrections), queries.newest_change(corrections))
                for line in lines
                for corrections in [getattr(line, "corrections", ())]
            ]
    response = render(request, "giving/public_find.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@for_everybody
def about_data(request: HttpRequest) -> HttpResponseBase:
    """What the open data hold, field by field."""
    return render(request, "giving/public_data.html", {"fields": FIELDS})


@require_safe
@for_everybody
def data_json(_request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The publication as it was frozen: its SHA-256 is the digest on the page, as long as no name in it
    was taken back at the donor's wish.
    """
    page = _page(pk)
    found = page.disclosure
    head = frozen.head_data(found, found.figures, queries.previous_digest(found))
    lines = map(page.as_published, queries.lines_of(found).iterator(chunk_size=2000))
    return _file(frozen.chunks(head, lines), "application/json", page, "json")


@require_safe
@for_everybody
def data_csv(_request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The lines as a table, as they read now: corrected ones corrected, with a column that says so."""
    page = _page(pk)
    return _file(_csv(page), "text/csv; charset=utf-8", page, "csv")


@require_safe
@for_everybody
def corrections_json(_request: HttpRequest, pk: UUID) -> HttpResponseBase:
    page = _page(pk)
    rows = [
        {
            "number": one.number,
            "at": timezone.localtime(one.received_at).isoformat(timespec="minutes"),
            "position": one.line.position if one.line else None,
            "effect": one.effect,
            "was": one.was,
            "now": one.now,
            "why": one.why,
            "after": one.after,
        }
        for one in page.corrections
    ]
    return HttpResponse(
        json.dumps({"publication": str(page.disclosure.pk), "corrections": rows}, ensure_ascii=False),
        content_type="application/json",
    )


@require_safe
@for_everybody
def paper(request: HttpRequest, pk: UUID, form: str) -> HttpResponseBase:
    """The publication on paper with the county's head. Made once for each state of its corrections."""
    if form not in papers.KINDS:
        raise Http404(form)
    page = _page(pk)
    response = HttpResponse(papers.paper_file(page, form), content_type=papers.KINDS[form])
    response["Content-Disposition"] = f'attachment; filename="{_file_name(page.disclosure)}.{form}"'
    response["ETag"] = _tag(request, page.version)
    return response


@require_safe
@for_everybody
def api_docs(request: HttpRequest) -> HttpResponseBase:
    """The API, described to be read and tried; its scripts are served from here."""
    return render(
        request,
        "giving/public_api.html",
        {"settings": {"layout": "BaseLayout", "url": reverse("giving:public_openapi")}},
    )


@require_safe
@for_everybody
def openapi(_request: HttpRequest) -> HttpResponseBase:
    return HttpResponse(json.dumps(openapi_document(), ensure_ascii=False), content_type="application/json")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as the page draws it: as it reads now, and what it was before a correction."""

    line: DisclosureLine
    was: DisclosureLine | None = None
    withdrawn: bool = False
    correction: CorrectionStatement | None = None

    @classmethod
    def of(cls, line: DisclosureLine, correction: CorrectionStatement | None) -> "_Row":
        if correction is None:
            return cls(line)
        if correction.effect == CorrectionEffect.WITHDRAW:
            return cls(line, None, True, correction)
        now = queries.corrected(line, correction)
        told = ("donor", "goods", "value_text")
        differs = any(getattr(now, name) != getattr(line, name) for name in told)
        return cls(now, line if differs else None, False, correction)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One page of the list."""

    rows: list[_Row]
    number: int
    pages: int
    count: int
    first: int

    @property
    def links(self) -> list[int | str]:
        elided = Paginator(range(self.pages), 1).get_elided_page_range(self.number, on_each_side=2, on_ends=1)
        return [one if isinstance(one, int) else "…" for one in elided]


def _page(pk: UUID) -> queries.PublicPage:
    try:
        return queries.public_page(pk)
    except Disclosure.DoesNotExist as error:
        raise Http404 from error


def _stretch(page: queries.PublicPage, typed: str, wanted: str) -> _Stretch:
    """A page of the list; by place where nothing is searched: the last page costs what the first does."""
    lines = queries.lines_of(page.disclosure, typed)
    # A search goes through all lines once: for their number and their place together.
    hits = list(lines.values_list("position", flat=True)) if typed else []
    count = len(hits) if typed else page.disclosure.figures["new"]["count"]
    pages = max(1, -(-count // ROWS_A_PAGE))
    number = (
        min(max(int(wanted), 1), pages) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 1
    )
    first = (number - 1) * ROWS_A_PAGE
    all_lines = queries.lines_of(page.disclosure)
    if typed:
        found = all_lines.filter(position__in=hits[first : first + ROWS_A_PAGE])
    else:
        found = all_lines.filter(position__gt=first, position__lte=first + ROWS_A_PAGE)
    rows = [_Row.of(page.as_published(line), page.line_corrections.get(line.pk)) for line in found]
    return _Stretch(rows, number, pages, count, first + 1)


def _csv(page: queries.PublicPage) -> Iterator[bytes]:
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    writer.writerow([*(field.title for field in FIELDS), "更正"])
    for line in queries.lines_of(page.disclosure).iterator(chunk_size=2000):
        row = _Row.of(page.as_published(line), page.line_corrections.get(line.pk))
        data = frozen.line_data(row.line)
        mark = (
            ""
            if row.correction is None
            else f"更正{row.correction.number}{'(已撤销)' if row.withdrawn else ''}"
        )
        writer.writerow([*(_cell(field.shown(data[field.name])) for field in FIELDS), mark])
        if buffer.tell() > 60_000:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _cell(value: Any) -> Any:
    return guarded(value) if isinstance(value, str) else value


def _file(chunks: Iterable[bytes], kind: str, page: queries.PublicPage, form: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_large(chunks), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{_file_name(page.disclosure)}.{form}"'
    response["ETag"] = f'"{page.version}-{form}"'
    return response


def _large(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Small pieces put together: one write for some hundred lines."""
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size > 60_000:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _file_name(disclosure: Disclosure) -> str:
    return f"publication-{disclosure.number}-{disclosure.digest[:8]}"


def _tag(request: HttpRequest, version: str) -> str:
    """The ETag of a page: what it shows, in which language and look, in which release of the pages."""
    facts = [
        version,
        translation.get_language() or "",
        request.COOKIES.get("theme", ""),
        request.get_full_path(),
        static("giving/public.css"),
        reverse("giving:public"),
        timezone.localdate().isoformat(),
    ]
    return f'"{sha256("|".join(facts).encode()).hexdigest()[:32]}"'
