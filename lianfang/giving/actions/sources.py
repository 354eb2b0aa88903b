"""Taking in what tells of gifts: a pasted text or a file becomes a source with its mentions."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.models import Response
from lianfang.book.records import Source
from lianfang.book.rights import Right
from lianfang.book.rights import Scope as RightsScope
from lianfang.engines.intake import Claim, Extractor, Reading, RuleExtractor
from lianfang.engines.intake.language_model import LanguageModelError, LanguageModelExtractor
from lianfang.giving.models import GiftSource, Mention, SourceKind
from lianfang.people.models import Area, Body

_TITLE = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """A source, and whether it had been taken in before."""

    source: GiftSource
    already_there: bool


@action("take_in_text", says=_("{officer}收入线报材料《{subject}》"))
def take_in_text(
    act: Act,
    *,
    response: Response,
    text: str,
    title: str = "",
    kind: str = SourceKind.NOTICE,
    publisher: str = "",
    published_on: date | None = None,
    body: Body | None = None,
    area: Area | None = None,
    file_name: str = "",
    way: str = Source.TEXT,
) -> Taken:
    """Read `text` and keep it with its mentions, for review.

    A text that was taken in before (but for blanks) is recognised: the source that is there is
    returned and nothing is written. Raises ValidationError for an empty or too long text, or a
    publication date in the future.
    """
    act.require(Right.BOOK_GIFTS, _scope(area, body))
    check_text(text)
    digest = digest_of_text(text)
    known = GiftSource.objects.newest().filter(response=response, digest=digest).first()
    if known is not None:
        return Taken(known, already_there=True)
    try:
        reading = extractor().read(text, title=title or None)
    except LanguageModelError as error:
        raise Refused(str(error), error.code) from error
    source = _add_once(
        act,
        GiftSource(
            response=response,
            written_by=act.officer,
            source=way,
            kind=kind,
            title=(title or first_line(text))[:_TITLE],
            publisher=publisher,
            published_on=_not_in_future(published_on, act),
            body=body,
            area=area,
            file_name=file_name[-_TITLE:],
            digest=digest,
            text=text,
            unread=[{"start": u.start, "end": u.end, "reason": u.reason.value} for u in reading.unread],
        ),
    )
    act.add_many(mentions_of(reading, source, act))
    return Taken(source, already_there=False)


@action("register_source", says=_("{officer}登记了线报来源《{subject}》"))
def register_source(
    act: Act,
    *,
    response: Response,
    title: str,
    kind: str = SourceKind.DESK,
    publisher: str = "",
    published_on: date | None = None,
    body: Body | None = None,
    area: Area | None = None,
) -> Taken:
    """A source whose text is not at hand: a telephone call, a letter, a paper that somebody has read.

    Its mentions are added one by one. A source of the same title, publisher and day is recognised.
    """
    act.require(Right.BOOK_GIFTS, _scope(area, body))
    digest = hashlib.sha256(f"{kind}\n{title}\n{publisher}\n{published_on}".encode()).hexdigest()
    known = GiftSource.objects.newest().filter(response=response, digest=digest).first()
    if known is not None:
        return Taken(known, already_there=True)
    source = _add_once(
        act,
        GiftSource(
            response=response,
            written_by=act.officer,
            kind=kind,
            title=title,
            publisher=publisher,
            published_on=_not_in_future(published_on, act),
            body=body,
            area=area,
            digest=digest,
        ),
    )
    return Taken(source, already_there=False)


@action("withdraw_source", says=_("{officer}撤销了线报材料《{subject}》"))
def withdraw_source(act: Act, *, source: GiftSource, reason: str) -> GiftSource:
    """Say that a source should not have been taken in. Refused while a mention of it is decided."""
    act.require(Right.BOOK_GIFTS, source)
    if source.mentions.filter(decisions__correction__isnull=True, decisions__withdrawn=False).exists():
        raise ValidationError(_("材料中已有处理过的条目,请先撤回这些处理。"), code="source_in_use")
    return act.withdraw(source, reason)


def extractor() -> Extractor:
    """What reads: our own grammar, unless the installation has named a model behind an address."""
    if settings.INTAKE_MODEL_ADDRESS and settings.INTAKE_MODEL_NAME:
        return LanguageModelExtractor(
            settings.INTAKE_MODEL_ADDRESS, settings.INTAKE_MODEL_NAME, settings.INTAKE_MODEL_KEY or None
        )
    return RuleExtractor()


def check_text(text: str) -> None:
    """Raises ValidationError at `text` if nothing, or too much, was handed in."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > settings.INTAKE_MAX_BYTES:
        raise field_error(
            "text",
            _("文字共 %(size)d MB,超过上限 %(limit)d MB,请分成几份再提交。")
            % {"size": size // 1048576, "limit": settings.INTAKE_MAX_BYTES // 1048576},
            "text_too_long",
        )
    if not text.strip():
        raise field_error("text", _("请粘贴捐赠信息的文字,或选择文件。"), "required")
    if "\x00" in text:
        raise field_error("text", _("文字中有不可显示的字符(空字符),请从原文重新复制。"), "not_text")


def digest_of_text(text: str) -> str:
    """The same for texts that differ only in blanks at line ends and around the whole."""
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return hashlib.sha256("\n".join(lines).strip().encode("utf-8", "surrogatepass")).hexdigest()


def first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def mentions_of(reading: Reading, source: GiftSource, act: Act) -> list[Mention]:
    return [
        Mention(
            response=source.response,
            written_by=act.officer,
            source=source.source,
            from_source=source,
            position=position,
            **columns_of(claim),
        )
        for position, claim in enumerate(reading.claims, start=1)
    ]


def columns_of(claim: Claim) -> dict[str, Any]:
    """The column values of a mention that hold `claim`; texts that are too long are cut, and doubted."""
    doubts = [{"field": doubt.field, "reason": doubt.reason.value} for doubt in claim.doubts]
    return {
        "source_reference": f"{claim.start}-{claim.end}",
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "spans": {name: list(place) for name, place in claim.spans.items()},
        "doubts": doubts,
        "donor": (claim.donor or "")[:200],
        "donor_kind": claim.donor_kind.value,
        "kind": claim.kind.value,
        "scope_of_figure": claim.scope.value,
        "value": claim.yuan,
        "bound": claim.bound.value if claim.bound and claim.yuan is not None else "",
        "currency": claim.currency or "",
        "currency_value": claim.amount,
        "item": (claim.item or "")[:200],
        "quantity": claim.quantity,
        "quantity_bound": claim.quantity_bound.value if claim.quantity_bound else "",
        "unit": (claim.unit or "")[:20],
        "recipient": (claim.recipient or "")[:200],
        "via": (claim.via or "")[:200],
        "count": claim.count,
        "pledged": claim.pledged,
    }


def _scope(area: Area | None, body: Body | None) -> RightsScope:
    return RightsScope.of(areas=[area.pk if area else None], bodies=[body.pk if body else None])


def _add_once(act: Act, source: GiftSource) -> GiftSource:
    """Of two that hand in the same text at once, the second is told so. Raises Conflict."""
    try:
        with transaction.atomic():
            return act.add(source)
    except IntegrityError as error:
        raise Conflict(_("同一份材料刚刚已由他人收入,请刷新列表。")) from error


def _not_in_future(day: date | None, act: Act) -> date | None:
    if day is not None and day > timezone.localdate(act.at):
        raise field_error("published_on", _("发布日期不能晚于今天。"), "date_in_future")
    return day
