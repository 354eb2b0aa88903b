"""Measures, posts and the ledger of a site."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.models import Response
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.enterprises.models import EntryKind, LedgerEntry, PostHolder, SiteMeasure, SitePost
from lianfang.people.models import Person
from lianfang.places.models import Place, Spot


@action("take_site_measure", says=_("{officer}登记了企业防控措施:{subject}"))
def take_site_measure(
    act: Act,
    *,
    place: Place,
    kind: str,
    text: str = "",
    valid_from: date | None = None,
    id: UUID | None = None,
) -> SiteMeasure:
    """A measure of a site. With an `id` that is in the book, that one is returned. Raises ValidationError."""
    act.require(Right.KEEP_ENTERPRISE, place)
    known: SiteMeasure | None = SiteMeasure.objects.filter(pk=id).first() if id else None
    if known:
        return known
    return act.add(
        SiteMeasure(id=id or new_id(), place=place, kind=kind, text=text.strip(), valid_from=valid_from)
    )


@action("end_site_measure", says=_("{officer}结束了企业防控措施:{subject}"))
def end_site_measure(act: Act, *, measure: SiteMeasure, on: date) -> SiteMeasure:
    act.require(Right.KEEP_ENTERPRISE, measure)
    return act.change(measure, valid_to=on)


@action("set_up_site_post", says=_("{officer}设立了企业岗位:{subject}"))
def set_up_site_post(
    act: Act,
    *,
    place: Place,
    name: str,
    of_party_members: bool = False,
    duty: str = "",
    spot: Spot | None = None,
    valid_from: date | None = None,
    id: UUID | None = None,
) -> SitePost:
    """A post such as 党员先锋模范岗. With an `id` that is in the book, that one is returned."""
    act.require(Right.KEEP_ENTERPRISE, place)
    known: SitePost | None = SitePost.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if spot is not None and spot.place_id != place.pk:
        raise field_error("spot", _("请选择本厂区的点位。"), "other_place")
    return act.add(
        SitePost(
            id=id or new_id(),
            place=place,
            name=name.strip(),
            of_party_members=of_party_members,
            duty=duty.strip(),
            spot=spot,
            valid_from=valid_from,
        )
    )


@action("take_site_post", says=_("{officer}安排上岗:{subject}"))
def take_site_post(act: Act, *, post: SitePost, person: Person, valid_from: date | None = None) -> PostHolder:
    """Somebody stands for a post. A second time returns the first."""
    act.require(Right.KEEP_ENTERPRISE, post)
    known: PostHolder | None = PostHolder.objects.filter(post=post, person=person, valid_to=None).first()
    if known:
        return known
    return act.add(PostHolder(post=post, person=person, valid_from=valid_from))


@action("leave_site_post", says=_("{officer}结束上岗:{subject}"))
def leave_site_post(act: Act, *, holder: PostHolder, on: date) -> PostHolder:
    act.require(Right.KEEP_ENTERPRISE, holder)
    return act.change(holder, valid_to=on)


@action("write_ledger_entry", says=_("{officer}写了企业台账:{subject}"))
def write_ledger_entry(
    act: Act,
    *,
    response: Response,
    place: Place,
    kind: str,
    title: str,
    happened_at: datetime | None,
    where: str = "",
    text: str = "",
    person_count: int | None = None,
    done_by: str = "",
    stock: Decimal | None = None,
    daily_use: Decimal | None = None,
    unit: str = "",
    id: UUID | None = None,
) -> LedgerEntry:
    """A line of the ledger. With an `id` that is known, that one is returned. Raises ValidationError."""
    act.require(Right.KEEP_ENTERPRISE, place)
    known: LedgerEntry | None = LedgerEntry.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if happened_at and happened_at > act.at:
        raise field_error("happened_at", _("时间不能晚于现在。"), "date_in_future")
    if kind == EntryKind.SUPPLIES and stock is None:
        raise field_error("stock", _("物资请填写结存;没有就填 0。"), "required")
    for name, value in (("stock", stock), ("daily_use", daily_use)):
        if value is not None and value < 0:
            raise field_error(name, _("数量不能小于零。"), "negative")
    return act.add(
        LedgerEntry(
            id=id or new_id(),
            response=response,
            place=place,
            kind=kind,
            title=title.strip(),
            where=where.strip(),
            text=text.strip(),
            person_count=person_count,
            done_by=done_by.strip(),
            stock=stock,
            daily_use=daily_use,
            unit=unit.strip(),
            happened_at=happened_at,
            written_at=act.at,
            written_by=act.officer,
        )
    )


@action("withdraw_ledger_entry", says=_("{officer}撤销了企业台账:{subject}"))
def withdraw_ledger_entry(act: Act, *, entry: LedgerEntry, reason: str) -> LedgerEntry:
    act.require(Right.KEEP_ENTERPRISE, entry)
    return act.withdraw(entry, reason)
