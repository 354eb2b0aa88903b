"""Bulletins and what hangs in places."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.models import Response
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.models import Body
from lianfang.places.models import Photo, Place, Spot
from lianfang.rounds.models import Bulletin, Condition, PublicityItem


@action("draft_bulletin", says=_("{officer}起草了通报「{subject}」"))
def draft_bulletin(
    act: Act,
    *,
    response: Response,
    body: Body,
    title: str,
    text: str,
    supersedes: Bulletin | None = None,
    id: UUID | None = None,
) -> Bulletin:
    """With an `id` that is in the book, that one is returned. Raises ValidationError."""
    act.require_one_of((Right.KEEP_PUBLICITY, Right.DRAFT_NOTICE), body)
    known: Bulletin | None = Bulletin.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if not text.strip():
        raise field_error("text", _("请填写正文。"), "required")
    return act.add(
        Bulletin(
            id=id or new_id(),
            response=response,
            body=body,
            title=title.strip(),
            text=text.strip(),
            supersedes=supersedes,
        )
    )


@action("publish_bulletin", says=_("{officer}发布了通报「{subject}」"))
def publish_bulletin(act: Act, *, bulletin: Bulletin) -> Bulletin:
    """Fix its words. Where paper of the one that it supersedes hangs becomes work of today."""
    act.require_one_of((Right.KEEP_PUBLICITY, Right.DRAFT_NOTICE), bulletin)
    if bulletin.published_at:
        raise Refused(_("已经发布过。要改,请起草一份代替它。"), "wrong_state")
    return act.change(bulletin, published_at=act.at)


@action("put_up", says=_("{officer}登记了宣传品:{subject}"))
def put_up(
    act: Act,
    *,
    place: Place,
    kind: str,
    words: str = "",
    spot: Spot | None = None,
    bulletin: Bulletin | None = None,
    quantity: int | None = None,
    photo: Photo | None = None,
    put_up_on: date | None = None,
    take_down_by: date | None = None,
    id: UUID | None = None,
) -> PublicityItem:
    """Something hangs in a place. With an `id` that is in the book, that one is returned."""
    act.require(Right.KEEP_PUBLICITY, place)
    known: PublicityItem | None = PublicityItem.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if spot is not None and spot.place_id != place.pk:
        raise field_error("spot", _("请选择本场所的点位。"), "other_place")
    if bulletin is not None and bulletin.published_at is None:
        raise Refused(_("通报要先发布,再张贴。"), "wrong_state")
    if put_up_on and take_down_by and take_down_by < put_up_on:
        raise field_error("take_down_by", _("应撤日期不能早于设置日期。"), "period_reversed")
    return act.add(
        PublicityItem(
            id=id or new_id(),
            place=place,
            kind=kind,
            words=words.strip() or (bulletin.title if bulletin else ""),
            spot=spot,
            bulletin=bulletin,
            quantity=quantity,
            photo=photo,
            put_up_on=put_up_on,
            take_down_by=take_down_by,
        )
    )


@action("check_publicity", says=_("{officer}检查了宣传品:{subject}"))
def check_publicity(
    act: Act, *, item: PublicityItem, condition: str, photo: Photo | None = None
) -> PublicityItem:
    """How something was found; a new photograph takes the place of the one before."""
    act.require(Right.KEEP_PUBLICITY, item)
    if condition not in Condition.values:
        raise field_error("condition", _("状况只能是完好、破损或缺失。"), "invalid_choice")
    return act.change(item, condition=condition, photo=photo or item.photo)


@action("take_down", says=_("{officer}撤除了宣传品:{subject}"))
def take_down(act: Act, *, item: PublicityItem) -> PublicityItem:
    act.require(Right.KEEP_PUBLICITY, item)
    return act.change(item, taken_down_on=timezone.localdate(act.at))
