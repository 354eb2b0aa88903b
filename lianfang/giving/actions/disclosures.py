"""Publishing gifts (公示): drafted by one, reviewed by another, published and frozen; corrected in public.

What is published never changes. A mistake is put right by a correction statement, worded by one officer
and published by another; the book is corrected in the same transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Act, Actor, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.giving.actions.donations import write_correction, write_withdrawal
from lianfang.giving.models import (
    CorrectionEffect,
    CorrectionProposal,
    CorrectionState,
    CorrectionStatement,
    Coverage,
    Disclosure,
    DisclosureLine,
    DisclosureState,
    Donation,
    DonationLine,
)
from lianfang.giving.publication import frozen
from lianfang.giving.publication.amending import amended
from lianfang.giving.publication.lines import default_coverage, line_columns_of
from lianfang.giving.queries import disclosures as queries
from lianfang.people.models import Body

_INSERT_AT_ONCE = 500
# A cut-off is an hour of today or of the next days, not of another year.
_LONGEST_AHEAD = timedelta(days=7)


@action("prepare_disclosure", says=gettext_lazy("{officer}起草了公示:{subject}"))
def prepare_disclosure(
    act: Act,
    *,
    response: Response,
    body: Body,
    window_to: datetime,
    window_from: datetime | None = None,
    coverage: str = "",
    title: str = "",
    remark: str = "",
) -> Disclosure:
    """Begin the next publication of a body, up to the cut-off `window_to`.

    It begins where the one before ended, unless said otherwise. A publication over a whole area needs
    the right on that area. Raises Refused (`draft_open`: one at a time), ValidationError, NotAllowed.
    """
    coverage = coverage or default_coverage(body)
    _require_coverage(act, body, coverage)
    standing = Disclosure.objects.filter(response=response, body=body).exclude(
        state=DisclosureState.DISCARDED
    )
    if standing.filter(state__in=queries.OPEN_STATES).exists():
        raise Refused(_("这个单位还有一期公示没有发布,请先发布或作废它。"), "draft_open")
    number = (standing.aggregate(last=Max("number"))["last"] or 0) + 1
    before = queries.last_published(response, body)
    begins = window_from or (before.window_to if before else _first_moment(response))
    _check_window(begins, window_to, act.at)
    return act.add(
        Disclosure(
            response=response,
            body=body,
            number=number,
            title=title.strip() or default_title(body, number),
            window_from=begins,
            window_to=window_to,
            coverage=coverage,
            prepared_by=act.officer,
            remark=remark.strip(),
        )
    )


@action("change_disclosure", says=gettext_lazy("{officer}修改了公示草稿:{subject}"))
def change_disclosure(
    act: Act, *, disclosure: Disclosure, title: str, window_to: datetime, remark: str
) -> Disclosure:
    """Change the words and the cut-off of a draft; what was reviewed has to be reviewed again.

    Raises Refused (`not_a_draft`), ValidationError, NotAllowed.
    """
    standing = _open(act, disclosure, Right.BOOK_GIFTS)
    _check_window(standing.window_from, window_to, act.at)
    return act.change(
        standing,
        title=title.strip(),
        window_to=window_to,
        remark=remark.strip(),
        prepared_by=act.officer,
        **_UNREVIEWED,
    )


@action("review_disclosure", says=gettext_lazy("{officer}复核了公示:{subject}"))
def review_disclosure(act: Act, *, disclosure: Disclosure, seen: str) -> Disclosure:
    """A second person has looked through the draft and finds it right. `seen` is its digest as shown.

    Raises Refused (`same_person`, `before_cutoff`, `does_not_add_up`, `not_a_draft`), Conflict when the
    book has changed since the page was shown, NotAllowed.
    """
    standing = _open(act, disclosure, Right.REVIEW_DISCLOSURE)
    if standing.prepared_by_id == act.officer.pk:
        raise Refused(_("填报人不能复核自己填报的公示,请另一人复核。"), "same_person")
    if act.at < standing.window_to:
        raise Refused(_("还没有到截止时间,到时再复核。"), "before_cutoff")
    draft = _sound_draft(standing)
    if draft.digest != seen:
        raise Conflict(_("您查看之后台账有变动,请核对最新的内容后再复核。"))
    return act.change(
        standing,
        state=DisclosureState.REVIEWED,
        reviewed_by=act.officer,
        reviewed_at=act.at,
        digest=draft.digest,
    )


@action("publish_disclosure", says=gettext_lazy("{officer}发布了公示:{subject}"))
def publish_disclosure(act: Act, *, disclosure: Disclosure) -> Disclosure:
    """Put a reviewed publication out: its lines, figures and digest are frozen.

    It goes out exactly as reviewed. Raises Refused (`not_reviewed`, `changed_since_review`,
    `does_not_add_up`), Conflict when it is out already or was discarded, NotAllowed.
    """
    act.require(Right.PUBLISH, disclosure.body)
    standing = Disclosure.objects.select_for_update().select_related("body", "response").get(pk=disclosure.pk)
    if standing.state in {DisclosureState.PUBLISHED, DisclosureState.DISCARDED}:
        raise Conflict
    if standing.state != DisclosureState.REVIEWED or standing.reviewed_by_id == standing.prepared_by_id:
        raise Refused(_("公示须经填报人以外的另一人复核后才能发布。"), "not_reviewed")
    draft = _sound_draft(standing)
    if draft.digest != standing.digest:
        raise Refused(_("复核之后台账有变动,请重新复核后再发布。"), "changed_since_review")
    # The audit entry of the review holds the digest, which covers every line: no entry a line.
    DisclosureLine.objects.bulk_create(draft.lines, batch_size=_INSERT_AT_ONCE)
    _check_frozen(standing, draft)
    return act.change(
        standing,
        state=DisclosureState.PUBLISHED,
        published_by=act.officer,
        published_at=act.at,
        figures=draft.figures,
        digest=draft.digest,
    )


@action("discard_disclosure", says=gettext_lazy("{officer}作废了公示草稿:{subject}"))
def discard_disclosure(act: Act, *, disclosure: Disclosure) -> Disclosure:
    """Give up a draft; its number is free again. Raises Refused (`not_a_draft`), NotAllowed."""
    standing = _open(act, disclosure, Right.BOOK_GIFTS)
    return act.change(standing, state=DisclosureState.DISCARDED)


@action("propose_correction", says=gettext_lazy("{officer}提出更正:{subject}"))
def propose_correction(
    act: Act,
    *,
    disclosure: Disclosure,
    was: str,
    now: str,
    why: str,
    line: DisclosureLine | None = None,
    effect: str = CorrectionEffect.WORDS,
    changes: Mapping[str, Any] | None = None,
) -> CorrectionProposal:
    """Word a correction of what is published, for another officer to publish.

    `changes` (from `amending.changes_between`) are written into the book when it is published.
    Raises Refused (`not_published`, `line_withdrawn`, `correction_open`), ValidationError, NotAllowed.
    """
    act.require(Right.BOOK_GIFTS, disclosure.body)
    if disclosure.state != DisclosureState.PUBLISHED:
        raise Refused(_("还没有发布的公示,直接修改台账或草稿即可。"), "not_published")
    if effect == CorrectionEffect.AMEND and not changes:
        raise field_error("now", _("更正的内容与现在一样,没有要改的。"), "nothing_changes")
    if effect != CorrectionEffect.WORDS and line is None:
        raise field_error("line", _("请选择要更正的那一笔。"), "required")
    if line is not None:
        _refuse_if_gone(line)
    return act.add(
        CorrectionProposal(
            disclosure=disclosure,
            line=line,
            effect=effect,
            changes={"version": _version(line), **(changes or {})} if line else {},
            was=was.strip(),
            now=now.strip(),
            why=why.strip(),
            proposed_by=act.officer,
        )
    )


@action("refuse_correction", says=gettext_lazy("{officer}不同意更正:{subject}"))
def refuse_correction(act: Act, *, proposal: CorrectionProposal, why: str) -> CorrectionProposal:
    """Do not correct, and say why. Raises Conflict, ValidationError, NotAllowed."""
    standing = _waiting(act, proposal)
    if not why.strip():
        raise field_error("refusal", _("请写明不予更正的理由。"), "required")
    return act.change(
        standing,
        state=CorrectionState.REFUSED,
        decided_by=act.officer,
        decided_at=act.at,
        refusal=why.strip(),
    )


@action("publish_correction", says=gettext_lazy("{officer}发布了更正说明:{subject}"))
def publish_correction(act: Act, *, proposal: CorrectionProposal) -> CorrectionStatement:
    """Publish a correction statement, and correct the book with it: the one way to change what is out.

    The book is corrected in the name of the officer who proposed it, who must hold the right to. Raises
    Refused (`same_person`, and what the correction of a gift refuses), Conflict when it was decided
    or the gift was corrected meanwhile, ValidationError, NotAllowed.
    """
    standing = _waiting(act, proposal)
    if standing.proposed_by_id == act.officer.pk:
        raise Refused(_("提出更正的人不能自己发布,请另一人审核发布。"), "same_person")
    disclosure = standing.disclosure
    after: dict[str, Any] = {}
    if standing.effect != CorrectionEffect.WORDS:
        after = correct_published_gift(
            Actor(standing.proposed_by, act.actor.origin, act.actor.address), proposal=standing
        )
    last = CorrectionStatement.objects.filter(disclosure=disclosure).aggregate(last=Max("number"))["last"]
    statement = CorrectionStatement(
        response=disclosure.response,
        disclosure=disclosure,
        number=(last or 0) + 1,
        line=standing.line,
        was=standing.was,
        now=standing.now,
        why=standing.why,
        effect=standing.effect,
        after=after,
        written_by=standing.proposed_by,
        written_at=act.at,
        approved_by=act.officer,
        happened_at=act.at,
    )
    if standing.effect != CorrectionEffect.WORDS:
        statement.figures = queries.figures_with(disclosure, statement)
    act.add(statement)
    act.change(standing, state=CorrectionState.PUBLISHED, decided_by=act.officer, decided_at=act.at)
    return statement


@action("correct_published_gift", says=gettext_lazy("{officer}随更正说明更正了台账:{subject}"))
def correct_published_gift(act: Act, *, proposal: CorrectionProposal) -> dict[str, Any]:
    """The book's side of a correction statement, within its act; returns the line's columns after it.

    Raises as `write_correction` and `write_withdrawal`.
    """
    line = proposal.line
    if line is None:
        raise field_error("line", _("请选择要更正的那一笔。"), "required")
    act.require(Right.BOOK_GIFTS, proposal.disclosure.body)
    changes = dict(proposal.changes)
    version = changes.pop("version", "")
    gift = _newest(line)
    if str(gift.pk) != version:
        raise Conflict(_("提出更正之后,这笔捐赠又有更正,请重新提出。"))
    if proposal.effect == CorrectionEffect.WITHDRAW:
        write_withdrawal(act, donation=gift, reason=proposal.why[:300])
        return {}
    new = write_correction(
        act, donation=gift, gift=amended(gift, _goods_lines(gift), changes), reason=proposal.why[:300]
    )
    return frozen.columns_data(line_columns_of(new, _goods_lines(new)))


def default_title(body: Body, number: int) -> str:
    return _("%(body)s捐赠公示（第%(number)d期）") % {"body": body.name, "number": number}


_UNREVIEWED: dict[str, Any] = {
    "state": DisclosureState.DRAFT,
    "reviewed_by": None,
    "reviewed_at": None,
    "digest": "",
}


def _require_coverage(act: Act, body: Body, coverage: str) -> None:
    act.require(Right.BOOK_GIFTS, body)
    if coverage == Coverage.AREA:
        if body.area is None:
            raise field_error("coverage", _("这个单位没有登记所在属地,只能公示本单位的捐赠。"), "no_area")
        act.require(Right.BOOK_GIFTS, body.area)


def _first_moment(response: Response) -> datetime:
    day = response.started_on
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())


def _check_window(begins: datetime, ends: datetime, now: datetime) -> None:
    if ends <= begins:
        raise field_error("window_to", _("截止时间应晚于起始时间(上一期的截止时间)。"), "window_reversed")
    if ends > now + _LONGEST_AHEAD:
        raise field_error("window_to", _("截止时间最多可以定在 7 天之内。"), "window_far_ahead")


def _open(act: Act, disclosure: Disclosure, right: Right) -> Disclosure:
    """The draft as it stands, locked. Raises Refused (`not_a_draft`)."""
    act.require(right, disclosure.body)
    standing = Disclosure.objects.select_for_update().select_related("body", "response").get(pk=disclosure.pk)
    if standing.state not in queries.OPEN_STATES:
        raise Refused(_("这一期公示已经发布或作废,不能再改。"), "not_a_draft")
    return standing


def _sound_draft(disclosure: Disclosure) -> queries.Draft:
    draft = queries.draft_of(disclosure)
    if draft.problems:
        raise Refused(_("公示内容前后不符,不能继续:%s") % ";".join(draft.problems), "does_not_add_up")
    return draft


def _check_frozen(disclosure: Disclosure, draft: queries.Draft) -> None:
    """What was written, read back, is what was reviewed, and adds up to the figures beside it."""
    lines = DisclosureLine.objects.filter(disclosure=disclosure).order_by("position")
    if frozen.digest_of(draft.head, lines.iterator(chunk_size=2000)) != draft.digest:
        raise Refused(_("写入的明细与复核的内容不一致,没有发布。"), "does_not_add_up")
    if queries.figures_data(lines.iterator(chunk_size=2000)) != draft.figures["new"]:
        raise Refused(_("明细之和与汇总数不符,没有发布。"), "does_not_add_up")


def _waiting(act: Act, proposal: CorrectionProposal) -> CorrectionProposal:
    act.require(Right.PUBLISH, proposal.disclosure.body)
    standing = (
        CorrectionProposal.objects.select_for_update(of=("self",))
        .select_related("disclosure__body__area", "disclosure__response", "line", "proposed_by")
        .get(pk=proposal.pk)
    )
    if standing.state != CorrectionState.PROPOSED:
        raise Conflict
    return standing


def _refuse_if_gone(line: DisclosureLine) -> None:
    if CorrectionStatement.objects.filter(line=line, effect=CorrectionEffect.WITHDRAW).exists():
        raise Refused(_("这一笔已经更正为撤销。"), "line_withdrawn")
    if CorrectionProposal.objects.filter(line=line, state=CorrectionState.PROPOSED).exists():
        raise Refused(_("这一笔已有一份更正等待发布。"), "correction_open")


def _newest(line: DisclosureLine) -> Donation:
    found: Donation = (
        Donation.objects.newest()
        .select_related("recipient", "via", "beneficiary", "donor_body", "donor_person", "response")
        .get(root=line.donation_id)
    )
    return found


def _version(line: DisclosureLine) -> str:
    return str(_newest(line).pk)


def _goods_lines(gift: Donation) -> Sequence[DonationLine]:
    return list(DonationLine.objects.current().filter(donation=gift.root_id).order_by("position"))
