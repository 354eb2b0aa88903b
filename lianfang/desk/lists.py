"""Lists, declared: columns, filters, search, sort, pages, export. All kept in the address.

    DONATIONS = List(
        code="donations",
        title=_("捐赠台账"),
        columns=[
            Column("donor", _("捐赠人"), "donor.name", sort="donor__name"),
            Column("amount", _("金额"), lambda row: row.amount, Kind.AMOUNT, sort="yuan"),
            Column("at", _("到账时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
            Column("state", _("状态"), lambda row: row.shown_state, Kind.STATE, sort="state"),
        ],
        filters=[Choice("state", _("状态"), DonationState.choices, "state"),
                 DateRange("at", _("到账日期"), "happened_at")],
        search=["donor__name", "item"],
        order="-at",
        opens=lambda row: reverse("donation", args=[row.pk]),
        empty=Empty(_("还没有捐赠。"), _("粘贴一份通报"), "intake"),
    )

    @signed_in
    def donations(request: Request) -> HttpResponse:
        return DONATIONS.respond(request, queries.visible_donations(request.user).select_related("donor"))

`respond` answers the page, its htmx part, and (on POST) the export. The number of queries does not
grow with the rows as long as `rows` selects what the columns read.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lianfang.desk import rendering
from lianfang.desk.filters import Choice, DateRange, Filter, Of, Text
from lianfang.desk.states import State
from lianfang.engines.papers import Cell

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from lianfang.people.models import Officer

__all__ = ["Choice", "Column", "DateRange", "Empty", "Kind", "List", "Of", "Shown", "Text"]

Rows = QuerySet[Any]


class Kind(StrEnum):
    """What a column holds; it decides how a cell looks, on the page and in a table."""

    TEXT = "text"
    COUNT = "count"
    AMOUNT = "amount"
    """An Amount, a Sum or a Decimal of yuan. Exported in words and, beside it, as a number."""
    MOMENT = "moment"
    DAY = "day"
    STATE = "state"
    """A `desk.states.State`."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` is a dotted path (None where a part of it is None) or a function of the row.

    `sort` is the field path by which it sorts ("" = it does not). `link` opens what stands in the
    cell. `mask` hides part of a personal value in exports, unless they are made with the right to
    the whole.
    """

    name: str
    title: "str | StrPromise"
    value: str | Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    sort: str = ""
    link: Callable[[Any], str] | None = None
    mask: Callable[[str], str] | None = None

    def of(self, row: Any) -> Any:
        if callable(self.value):
            return self.value(row)
        found = row
        for part in self.value.split("."):
            found = getattr(found, part, None)
            if found is None:
                return None
        return found() if callable(found) else found


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says, and what to do next: the words of a button and the name of its page."""

    sentence: "str | StrPromise"
    action: "str | StrPromise" = ""
    url_name: str = ""

    @property
    def url(self) -> str:
        return reverse(self.url_name) if self.url_name else ""


@dataclass(frozen=True, slots=True)
class List:
    """A list as it is declared. See the module."""

    code: str
    title: "str | StrPromise"
    columns: Sequence[Column]
    order: str
    """The name of the column by which it is sorted at first, with - for the other way round."""
    filters: Sequence[Filter] = ()
    search: Sequence[str] | Callable[[Rows, str], Rows] = ()
    """Field paths in which typed words are looked for, or a function of the rows and the words."""
    search_hint: "str | StrPromise" = _("名称、关键词")
    opens: Callable[[Any], str] | None = None
    empty: Empty = field(default_factory=lambda: Empty(_("这里还没有内容。")))
    prepare: Callable[[list[Any]], None] | None = None
    """Called with the rows of a page (or a stretch of an export) before their cells are read."""
    rows_a_page: int | None = None

    def respond(
        self,
        request: HttpRequest,
        rows: Rows,
        *,
        template: str = "desk/list_page.html",
        context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page, the part of it that htmx asks for, or on POST the export."""
        from lianfang.desk import exports

        shown = self.show(request, rows)
        if request.method == "POST" and "export" in request.POST:
            answer = exports.respond(request, shown)
            if answer is not None:
                return answer
        if is_partial(request, shown.id):
            response = render(request, "desk/list_rows.html", {"list": shown})
        else:
            response = render(request, template, {"list": shown, **(context or {})})
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    def show(self, request: HttpRequest, rows: Rows) -> "Shown":
        """The list as this request wants it, for a page that holds more than the list."""
        officer = request.user if request.user.is_authenticated else None
        return Shown(self, request, rows, officer)


def is_partial(request: HttpRequest, target: str) -> bool:
    """htmx asks for the element `target` alone (not for a page that it restores from history)."""
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-Target") == target
        and request.headers.get("HX-History-Restore-Request") != "true"
    )


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: where a click on it leads, and how it is sorted now (ascending, descending or "")."""

    column: Column
    query: str
    sorted: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    column: Column
    html: SafeString


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: Any
    cells: list[ShownCell]
    url: str


class Shown:
    """A list as one request wants it: what templates draw and exports write."""

    def __init__(self, listing: List, request: HttpRequest, rows: Rows, officer: "Officer | None") -> None:
        self.listing = listing
        self.request = request
        self.officer = officer
        self.id = f"list-{listing.code}"
        self.export_error = ""
        self._all = rows

    @cached_property
    def form(self) -> forms.Form:
        """The search field and the filters, filled from the address."""
        fields: dict[str, forms.Field] = {}
        if self.listing.search:
            fields["q"] = forms.CharField(
                label=_("搜索"),
                required=False,
                max_length=120,
                widget=forms.TextInput(
                    attrs={"type": "search", "placeholder": self.listing.search_hint, "data-search": ""}
                ),
            )
        for one in self.listing.filters:
            fields.update(one.fields(self.officer))
        made = type("FilterForm", (forms.Form,), fields)(self.request.GET, auto_id=f"{self.id}-%s")
        made.is_valid()
        return made  # type: ignore[no-any-return]

    @cached_property
    def rows(self) -> Rows:
        """All rows that fit, in order."""
        cleaned, rows = self.form.cleaned_data, self._all
        for one in self.listing.filters:
            rows = one.narrow(rows, cleaned)
        typed = (cleaned.get("q") or "").strip()
        if typed:
            rows = self._searched(rows, typed)
        return self._sorted(rows)

    @cached_property
    def page(self) -> Page[Any]:
        from django.conf import settings

        paginator = Paginator(self.rows, self.listing.rows_a_page or settings.ROWS_A_PAGE)
        return paginator.get_page(self.request.GET.get("page"))

    @cached_property
    def count(self) -> int:
        """How many rows fit, on all pages."""
        return self.page.paginator.count

    @cached_property
    def shown_rows(self) -> list[ShownRow]:
        rows = list(self.page.object_list)
        if self.listing.prepare:
            self.listing.prepare(rows)
        opens = self.listing.opens
        return [
            ShownRow(
                row,
                [
                    ShownCell(column, _cell_html(column, row, opens if place == 0 else None))
                    for place, column in enumerate(self.listing.columns)
                ],
                opens(row) if opens else "",
            )
            for row in rows
        ]

    @cached_property
    def heads(self) -> list[Head]:
        name, descending = self._order
        heads = []
        for column in self.listing.columns:
            if not column.sort:
                heads.append(Head(column, "", ""))
                continue
            now = ("descending" if descending else "ascending") if column.name == name else ""
            wanted = f"-{column.name}" if now == "ascending" else column.name
            heads.append(Head(column, self.query_with(sort=wanted), now))
        return heads

    @property
    def sort(self) -> str:
        """The order as the address says it."""
        name, descending = self._order
        return f"-{name}" if descending else name

    @property
    def next_url(self) -> str:
        """Where the button of the empty list leads, when the officer may open that page."""
        url = self.listing.empty.url
        rights = getattr(resolve(url).func, "rights", ()) if url else ()
        user: Any = self.request.user
        return url if not rights or any(user.may(right) for right in rights) else ""

    @property
    def narrowed(self) -> bool:
        """Whether a search or a filter hides some of the list."""
        return any(value not in (None, "") for value in self.form.cleaned_data.values())

    @property
    def filter_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.form if bound.name != "q"]

    @property
    def filters_open(self) -> bool:
        return any(bound.data or bound.errors for bound in self.filter_fields)

    @property
    def page_links(self) -> list[tuple[str, str, bool]]:
        """Number, address and whether it is the open one; the gap between far pages has no address."""
        links: list[tuple[str, str, bool]] = []
        for number in self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1):
            if isinstance(number, int):
                links.append((str(number), self.query_with(page=str(number)), number == self.page.number))
            else:
                links.append((str(number), "", False))
        return links

    @property
    def may_see_whole(self) -> bool:
        """Whether the export may hold personal data unmasked, and there are any."""
        from lianfang.book.rights import Right

        personal = any(column.mask for column in self.listing.columns)
        return bool(personal and self.officer and self.officer.may(Right.EXPORT_PERSONAL))

    def query_with(self, **changes: str) -> str:
        """The address of the list with some of its parameters changed; a new order begins at page one."""
        query = self.request.GET.copy()
        if "page" not in changes:
            query.pop("page", None)
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def table_rows(self, *, whole: bool) -> Iterator[list[Cell]]:
        """The cells of all rows that fit, for an export; personal ones masked unless `whole`."""
        for rows in _stretches(self.rows):
            if self.listing.prepare:
                self.listing.prepare(rows)
            for row in rows:
                cells: list[Cell] = []
                for column in self.listing.columns:
                    cells.extend(_table_cells(column, column.of(row), whole=whole))
                yield cells

    @property
    def table_header(self) -> list[str]:
        header: list[str] = []
        for column in self.listing.columns:
            header.append(str(column.title))
            if column.kind is Kind.AMOUNT:
                header.append(str(_("%(title)s(元)") % {"title": column.title}))
        return header

    @cached_property
    def _order(self) -> tuple[str, bool]:
        sortable = {column.name for column in self.listing.columns if column.sort}
        for wanted in (self.request.GET.get("sort", ""), self.listing.order):
            if wanted.lstrip("-") in sortable:
                return wanted.lstrip("-"), wanted.startswith("-")
        raise ValueError(f"the list {self.listing.code} is ordered by a column that does not sort")

    def _sorted(self, rows: Rows) -> Rows:
        name, descending = self._order
        path = next(column.sort for column in self.listing.columns if column.name == name)
        first = F(path).desc(nulls_last=True) if descending else F(path).asc(nulls_last=True)
        return rows.order_by(first, "-pk" if descending else "pk")

    def _searched(self, rows: Rows, typed: str) -> Rows:
        if callable(self.listing.search):
            return self.listing.search(rows, typed)
        for word in typed.split():
            anywhere = (Q(**{f"{path}__icontains": word}) for path in self.listing.search)
            rows = rows.filter(reduce(or_, anywhere))
        return rows


_ROWS_AT_ONCE = 2000


def _stretches(rows: Rows) -> Iterator[list[Any]]:
    stretch: list[Any] = []
    for row in rows.iterator(chunk_size=_ROWS_AT_ONCE):
        stretch.append(row)
        if len(stretch) == _ROWS_AT_ONCE:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _cell_html(column: Column, row: Any, opens: Callable[[Any], str] | None) -> SafeString:
    value = column.of(row)
    match column.kind:
        case Kind.AMOUNT:
            inner = rendering.amount_html(value)
        case Kind.MOMENT | Kind.DAY:
            inner = rendering.moment_html(value)
        case Kind.STATE:
            inner = rendering.state_html(value if isinstance(value, State) else State(value or ""))
        case Kind.COUNT:
            inner = format_html("{}", "" if value is None else f"{value:,}")
        case _:
            inner = format_html("{}", "" if value is None else value)
    url = (column.link or opens or _nowhere)(row)
    return format_html('<a href="{}">{}</a>', url, inner) if url else inner


def _nowhere(_row: Any) -> str:
    return ""


def _table_cells(column: Column, value: Any, *, whole: bool) -> list[Cell]:
    if column.kind is Kind.AMOUNT:
        return [rendering.amount_text(value), rendering.number_of(value)]
    if value is None:
        return [None]
    if isinstance(value, datetime):
        return [timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value]
    if column.kind in (Kind.COUNT, Kind.DAY):
        return [value]
    text = str(value)
    return [text if whole or column.mask is None else column.mask(text)]
