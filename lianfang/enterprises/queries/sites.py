"""Sites as they are read: by the enterprise its own book, by the county the summaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.enterprises.figures import NONE, StaffFigures
from lianfang.enterprises.models import (
    EntryKind,
    FilingState,
    LedgerEntry,
    ResumptionFiling,
    SiteMeasure,
    SitePost,
    StaffSummary,
)
from lianfang.people.models import Officer
from lianfang.places.models import Place, PlaceKind


@dataclass(frozen=True, slots=True)
class SiteOfDay:
    """A site as the county sees it: its report of the day (None: silent), and how its filing stands."""

    place: Place
    summary: StaffSummary | None
    filing: ResumptionFiling | None


@dataclass(frozen=True, slots=True)
class CountyDay:
    day: date
    sites: Sequence[SiteOfDay]
    total: StaffFigures

    @property
    def silent(self) -> int:
        return sum(one.summary is None for one in self.sites)

    @property
    def reported(self) -> int:
        return len(self.sites) - self.silent


@dataclass(frozen=True, slots=True)
class Supply:
    """What is in store of one thing, by the last line that says so, and for how many days it lasts."""

    entry: LedgerEntry

    @property
    def lasts_days(self) -> int | None:
        use = self.entry.daily_use
        return int(self.entry.stock / use) if self.entry.stock is not None and use else None

    @property
    def stock(self) -> Decimal:
        return self.entry.stock or Decimal(0)


def visible_sites(officer: Officer, *rights: Right) -> QuerySet[Place]:
    """The enterprise sites on which the officer holds one of `rights`."""
    rows = Q(pk__in=())
    for right in rights or (Right.KEEP_ENTERPRISE, Right.READ_ENTERPRISES):
        rows |= officer.reach(right).rows(areas=["area"], bodies=["body"], places=["pk"])
    return Place.objects.filter(
        rows, kind=PlaceKind.ENTERPRISE_SITE, merged_into__isnull=True
    ).select_related("body", "area")


def own_sites(officer: Officer) -> QuerySet[Place]:
    """The sites whose own book the officer keeps."""
    return visible_sites(officer, Right.KEEP_ENTERPRISE)


def county_day(officer: Officer, response: Response, day: date) -> CountyDay:
    """The summaries of a day of all sites in reach, and which are silent. Three queries."""
    sites = list(visible_sites(officer).order_by("name"))
    summaries = {
        row.place_id: row
        for row in StaffSummary.objects.current().filter(response=response, day=day, place__in=sites)
    }
    filings: dict[Any, ResumptionFiling] = {}
    for filing in ResumptionFiling.objects.filter(response=response, place__in=sites).order_by("created_at"):
        filings[filing.place_id] = filing
    rows = [SiteOfDay(site, summaries.get(site.pk), filings.get(site.pk)) for site in sites]
    total = NONE
    for row in rows:
        if row.summary is not None:
            total += StaffFigures(**{name: getattr(row.summary, name) for name in NONE.values()})
    return CountyDay(day, rows, total)


def silent_sites(officer: Officer, response: Response, day: date) -> QuerySet[Place]:
    """The sites of others in reach that have not reported on a day: nothing said is not zero."""
    reported = StaffSummary.objects.current().filter(response=response, day=day).values("place")
    others = visible_sites(officer, Right.READ_ENTERPRISES).exclude(pk__in=own_sites(officer).values("pk"))
    return others.exclude(pk__in=reported).order_by("name")


def summaries_of(place: Place, response: Response, *, until: date, days: int = 14) -> list[StaffSummary]:
    rows = StaffSummary.objects.current().filter(
        response=response, place=place, day__gt=until - timedelta(days=days), day__lte=until
    )
    return list(rows.select_related("written_by").order_by("-day"))


def measures_of(place: Place, day: date) -> list[SiteMeasure]:
    return list(SiteMeasure.objects.on(day).filter(place=place).order_by("created_at"))


def posts_of(place: Place, day: date) -> QuerySet[Any]:
    found: QuerySet[Any] = SitePost.objects.on(day).filter(place=place)
    return found.prefetch_related("holders__person")


def entries_of(place: Place, response: Response) -> QuerySet[Any]:
    found: QuerySet[Any] = LedgerEntry.objects.current().filter(place=place, response=response)
    return found.select_related("written_by")


def supplies_of(place: Place, response: Response) -> list[Supply]:
    """What is in store: of each thing the newest line."""
    newest: dict[str, LedgerEntry] = {}
    for entry in (
        entries_of(place, response).filter(kind=EntryKind.SUPPLIES).order_by("happened_at", "received_at")
    ):
        newest[entry.title] = entry
    return [Supply(entry) for _title, entry in sorted(newest.items())]


def filings_to_decide(officer: Officer, response: Response) -> QuerySet[Any]:
    rows = officer.reach(Right.DECIDE_RESUMPTION).rows(
        areas=["place__area"], bodies=["place__body"], places=["place"]
    )
    found: QuerySet[Any] = ResumptionFiling.objects.filter(
        rows, response=response, state=FilingState.SUBMITTED
    )
    return found.select_related("place").exclude(submitted_by=officer)


def visible_filings(officer: Officer, response: Response) -> QuerySet[Any]:
    rows = Q(pk__in=())
    for right in (Right.KEEP_ENTERPRISE, Right.DECIDE_RESUMPTION, Right.READ_ENTERPRISES):
        rows |= officer.reach(right).rows(areas=["place__area"], bodies=["place__body"], places=["place"])
    found: QuerySet[Any] = ResumptionFiling.objects.filter(rows, response=response)
    return found.select_related("place__body", "submitted_by")
