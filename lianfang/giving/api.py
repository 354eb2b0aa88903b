"""The public JSON API: publications, their lines page by page, one gift by its code. Read only.

Mounted at /public/api/; its description is at /public/api/openapi.json, to be read at /public/api/.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, NinjaAPI, Schema
from ninja.errors import HttpError

from lianfang.desk.limits import TooOften, count_try
from lianfang.giving.models import CorrectionEffect, CorrectionStatement, Disclosure, DisclosureLine
from lianfang.giving.publication import frozen
from lianfang.giving.queries import disclosures as queries

MOST_LINES = 500

api = NinjaAPI(
    title="捐赠公示开放接口",
    version="1",
    description=(
        "已发布的捐赠公示:期号、汇总数、明细、更正。不用登录,只读。"
        "数据按 CC BY 4.0 授权,须注明公示单位和期号。各字段的含义见 /public/data/。"
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="public_api",
)


class PublicationOut(Schema):
    """一期公示。figures 为发布时的汇总数,digest 为 data.json 的 SHA-256。"""

    id: UUID
    title: str
    county: str
    body: str
    number: int
    window_from: datetime = Field(alias="from")
    cut_off: datetime
    published_at: datetime
    gifts: int
    corrections: int
    digest: str
    figures: dict[str, Any]


class PublicationsOut(Schema):
    count: int
    publications: list[PublicationOut]


class LineOut(Schema):
    """一笔捐赠现在的样子:已更正的按更正,correction 为更正编号。"""

    position: int
    given_on: date | None
    late: bool
    donor: str
    naming: str
    donor_kind: str
    donor_count: int | None
    kind: str
    value: Decimal | None
    bound: str
    currency: str
    currency_value: Decimal | None
    value_text: str
    goods: str
    intent: str
    purpose: str
    recipient: str
    beneficiary: str
    via: str
    town: str
    channel: str
    route: str
    reached: str
    receipt_number: str
    counting: str
    counted_with: str
    correction: int | None
    withdrawn: bool


class LinesOut(Schema):
    count: int
    lines: list[LineOut]


class GiftOut(Schema):
    """按查询码查到的一笔。"""

    publication: UUID
    title: str
    line: LineOut


class ErrorOut(Schema):
    detail: str


@api.get("/publications", response=PublicationsOut, by_alias=True, summary="已发布的公示,新的在前")
def publications(request: HttpRequest, response: HttpResponse, offset: int = 0, limit: int = 50) -> Any:
    _may_be_kept(request, response)
    rows = queries.publications()
    offset, limit = max(offset, 0), min(max(limit, 1), 100)
    shown = list(rows[offset : offset + limit])
    counts = queries.correction_counts(shown)
    return {
        "count": rows.count(),
        "publications": [_publication(one, counts.get(one.pk, 0)) for one in shown],
    }


@api.get(
    "/publications/{uuid:publication}", response=PublicationOut, by_alias=True, summary="一期公示的汇总数"
)
def publication(request: HttpRequest, response: HttpResponse, publication: UUID) -> Any:
    _may_be_kept(request, response)
    page = _page(publication)
    return _publication(page.disclosure, len(page.corrections))


@api.get(
    "/publications/{uuid:publication}/lines",
    response=LinesOut,
    summary="明细,逐页,每次最多 500 笔;q 为查找的词",
)
def lines(
    request: HttpRequest,
    response: HttpResponse,
    publication: UUID,
    offset: int = 0,
    limit: int = 100,
    q: str = "",
) -> Any:
    _may_be_kept(request, response)
    page = _page(publication)
    offset, limit = max(offset, 0), min(max(limit, 1), MOST_LINES)
    rows = queries.lines_of(page.disclosure, q[:60])
    if q:
        count, found = rows.count(), rows[offset : offset + limit]
    else:
        count = page.disclosure.figures["new"]["count"]
        found = rows.filter(position__gt=offset, position__lte=offset + limit)
    return {
        "count": count,
        "lines": [_line(page.as_published(line), page.line_corrections.get(line.pk)) for line in found],
    }


@api.get(
    "/gifts/{code}",
    response={200: list[GiftOut], 404: ErrorOut, 429: ErrorOut},
    summary="凭查询码查自己的捐赠;每个地址每分钟最多 10 次",
)
def gift(request: HttpRequest, response: HttpResponse, code: str) -> Any:
    response["Cache-Control"] = "no-store"
    try:
        count_try(request, "find")
    except TooOften as error:
        raise HttpError(429, "查得太快了,请过一分钟再试。") from error
    found = queries.lines_with_code(code[:40])
    if not found:
        raise HttpError(404, "没有找到已公示的捐赠。")
    return [
        {
            "publication": line.disclosure_id,
            "title": line.disclosure.title,
            "line": _line(queries.as_published(line, corrections), queries.newest_change(corrections)),
        }
        for line in found
        for corrections in [getattr(line, "corrections", ())]
    ]


def openapi_document() -> dict[str, Any]:
    """The description of the API."""
    return dict(api.get_openapi_schema(path_prefix="/public/api/"))


def _page(pk: UUID) -> queries.PublicPage:
    try:
        return queries.public_page(pk)
    except Disclosure.DoesNotExist as error:
        raise Http404 from error


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> None:
    if request.method != "GET":
        return
    response["Cache-Control"] = "public, max-age=60"
    response["Access-Control-Allow-Origin"] = "*"


def _publication(found: Disclosure, corrections: int) -> dict[str, Any]:
    return {
        "id": found.pk,
        "title": found.title,
        "county": found.response.county,
        "body": found.body.name,
        "number": found.number,
        "from": timezone.localtime(found.window_from),
        "cut_off": timezone.localtime(found.window_to),
        "published_at": timezone.localtime(found.published_at),
        "gifts": found.figures["new"]["count"],
        "corrections": corrections,
        "digest": found.digest,
        "figures": found.figures,
    }


def _line(line: DisclosureLine, correction: CorrectionStatement | None) -> dict[str, Any]:
    withdrawn = correction is not None and correction.effect == CorrectionEffect.WITHDRAW
    now = line if correction is None or withdrawn else queries.corrected(line, correction)
    return {
        **frozen.line_data(now),
        "correction": correction.number if correction else None,
        "withdrawn": withdrawn,
    }
