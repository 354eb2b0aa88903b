"""Statements of accounts: taken in, their lines matched to gifts, booked as gifts, set aside, undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.models import Response
from lianfang.book.records import Record, Source
from lianfang.book.rights import Right
from lianfang.engines.figures import Amount, Bound
from lianfang.engines.intake.sources import Role
from lianfang.giving.actions.donations import (
    Donor,
    Reached,
    correct_step,
    reach_state,
    receive_donation,
    withdraw_donation,
)
from lianfang.giving.actions.imports import (
    SheetChoice,
    chosen_columns,
    columns_for,
    keep_table,
    remember_columns,
)
from lianfang.giving.matching import sums_agree
from lianfang.giving.models import (
    BankLine,
    BankMatch,
    BankSetAside,
    BankStatement,
    Donation,
    DonationState,
    DonationStep,
    DonorKind,
    DonorNaming,
    Evidence,
    GiftKind,
    LineDirection,
    StatementDraft,
    TablePurpose,
    UploadedTable,
)
from lianfang.giving.tables.bank_rows import ReadLine, account_mark, read_lines
from lianfang.giving.tables.directory import Directory
from lianfang.giving.tables.gift_rows import kind_of_donor
from lianfang.giving.tables.sheets import SheetColumns, Sheets, rows_of, sheets_from
from lianfang.people.models import Body

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

R = TypeVar("R", bound=Record)

_DRAFT_HOLDS = timedelta(days=1)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an upload: a draft whose columns are to be confirmed, or the statement known before."""

    draft: StatementDraft | None
    statement: BankStatement | None


@dataclass(frozen=True, slots=True)
class Pairing:
    """Lines and the gifts that they are, with the reasons for which it was proposed."""

    lines: Sequence[BankLine]
    donations: Sequence[Donation]
    reasons: Sequence[dict[str, Any]] = ()


@action("upload_statement", says=gettext_lazy("{officer}上传了对账单{subject}"))
def upload_statement(
    act: Act,
    *,
    response: Response,
    sheets: Sheets,
    body: Body,
    account_name: str,
    account_kind: str,
) -> Received:
    """Keep an uploaded statement, sealed, until its columns are confirmed.

    The same file of the same body is recognised. Drafts of the day before, anybody's, are struck.
    Raises ValidationError, NotAllowed.
    """
    act.require(Right.BOOK_GIFTS, body)
    if not account_name.strip():
        raise field_error("account_name", _("请写明账户,如「农行 尾号 1234」。"), "required")
    known = BankStatement.objects.current().filter(response=response, body=body, digest=sheets.digest).first()
    if known is not None:
        return Received(None, known)
    stale = StatementDraft.objects.filter(table__created_at__lt=act.at - _DRAFT_HOLDS)
    UploadedTable.objects.filter(statement_draft__in=stale).delete()
    draft = StatementDraft(
        table=keep_table(act, sheets),
        body=body,
        account_name=account_name.strip()[:80],
        account_kind=account_kind,
        columns=[one.as_json() for one in columns_for(sheets, TablePurpose.BANK)],
    )
    draft.save(force_insert=True)
    return Received(draft, None)


@action("take_in_statement", says=gettext_lazy("{officer}导入了对账单「{subject}」"))
def take_in_statement(
    act: Act, *, response: Response, draft: StatementDraft, choices: Sequence[SheetChoice]
) -> BankStatement:
    """Take the lines of an upload into the book, each once: lines that another file brought are passed over.

    The columns are remembered for the next file with this header. The upload itself is struck.
    Raises ValidationError (`sheet-<number>`), Conflict if somebody else took it in, NotAllowed.
    """
    act.require(Right.BOOK_GIFTS, draft.body)
    columns = chosen_columns([SheetColumns.from_json(one) for one in draft.columns], choices, _lacks)
    remember_columns(act, TablePurpose.BANK, columns)
    table = draft.table
    sheets = sheets_from(table.file_name, table.digest, table.open_cells())
    account = (
        f"{response.pk}\x1f{draft.body_id}\x1f{draft.account_kind}\x1f{account_mark(draft.account_name)}"
    )
    read = read_lines(
        rows_of(sheets, columns), columns, account=account, started_on=response.started_on, now=act.at
    )
    if not read.lines:
        raise field_error("sheet-0", _("没有读到一条流水,请核对各列。"), "no_lines")
    new = _not_yet_there(read.lines)
    statement = _add_statement(
        act,
        BankStatement(
            response=response,
            written_by=act.officer,
            source=Source.IMPORT,
            body=draft.body,
            account_name=draft.account_name,
            account_kind=draft.account_kind,
            file_name=table.file_name,
            digest=table.digest,
            left_out=[fault.as_json() for fault in read.faults],
            seen_before=len(read.lines) - len(new),
        ),
    )
    act.add_many([_line_of(one, statement, act) for one in new], validated=True)
    table.delete()
    return statement


@action("confirm_match", says=gettext_lazy("{officer}确认流水与捐赠对应:{subject}"))
def confirm_match(
    act: Act,
    *,
    lines: Sequence[BankLine],
    donations: Sequence[Donation],
    reasons: Sequence[dict[str, Any]] = (),
) -> list[BankMatch]:
    """Say that these lines are the arrival of these gifts; one of both sides is one.

    A pledged gift is received by it, on the day of the line; one that was received as told has the bank line
    as evidence from now on. Raises Refused (`sums_differ`, `many_to_many`, `outgoing`, `not_money`,
    `gift_withdrawn`, `lapsed`), Conflict if a line or a gift is matched already, NotAllowed.
    """
    act.require(Right.BOOK_GIFTS, *lines, *donations)
    roots, gifts = _standing_lines(lines), _standing_gifts(donations)
    if min(len(roots), len(gifts)) != 1:
        raise Refused(_("一次只能是一条流水对几笔捐赠,或几条流水对一笔捐赠。"), "many_to_many")
    _refuse_unfit(roots, gifts)
    if not sums_agree([line.value for line in roots], [gift.amount for gift in gifts]):
        raise Refused(_("流水金额与捐赠金额不相符,不能对应。"), "sums_differ")
    made = [_match(act, line, gift, reasons) for line in roots for gift in gifts]
    arrived_at = max((line.happened_at for line in roots if line.happened_at), default=None)
    for gift in gifts:
        _arrived(act, gift, arrived_at)
    return made


@action("confirm_matches", says=gettext_lazy("{officer}成批确认流水与捐赠对应:{subject}"))
def confirm_matches(act: Act, *, pairs: Sequence[Pairing]) -> int:
    """Confirm several matches in one act, those that a person has seen together: all or none.

    Returns how many were confirmed. Raises as `confirm_match`.
    """
    act.require(Right.BOOK_GIFTS, *(line for pair in pairs for line in pair.lines))
    for pair in pairs:
        confirm_match(act.actor, lines=pair.lines, donations=pair.donations, reasons=pair.reasons)
    return len(pairs)


@action("book_line", says=gettext_lazy("{officer}按流水登记了捐赠:{subject}"))
def book_line(act: Act, *, line: BankLine, donor: Donor | None = None, remark: str = "") -> Donation:
    """Book a line as a new gift of money to the body of the account, and match the two, in one act.

    The giver is the payer, unless `donor` says otherwise. Raises as `confirm_match` and
    `receive_donation`.
    """
    act.require(Right.BOOK_GIFTS, line)
    (root,) = _standing_lines([line])
    _refuse_unfit([root], [])
    statement = root.statement
    gift = receive_donation(
        act.actor,
        response=root.response,
        donor=donor or donor_of(root),
        kind=GiftKind.CASH,
        amount=Amount(root.value, Bound.EXACT),
        recipient=statement.body,
        channel=statement.account_kind,
        happened_at=root.happened_at,
        evidence=Evidence.BANK_LINE,
        source=Source.IMPORT,
        source_reference=f"bank#{root.pk}",
        remark=remark or root.memo[:200],
    )
    _match(act, root, gift, [], booked_new=True)
    return gift


@action("set_line_aside", says=gettext_lazy("{officer}认定流水不是捐赠:{subject}"))
def set_line_aside(act: Act, *, line: BankLine, reason: str = "") -> BankSetAside:
    """Say that a line that came in is no gift. Raises Conflict, NotAllowed."""
    act.require(Right.BOOK_GIFTS, line)
    (root,) = _standing_lines([line])
    before: BankSetAside | None = BankSetAside.objects.newest().filter(line=root).first()
    if before:
        return act.correct(before, _("重新认定"), withdrawn=False, reason=reason.strip())
    return _once(
        act,
        BankSetAside(response=root.response, written_by=act.officer, line=root, reason=reason.strip()),
    )


@action("undo_line", says=gettext_lazy("{officer}撤回了流水的处理:{subject}"))
def undo_line(act: Act, *, line: BankLine, reason: str = "") -> None:
    """Take back what was decided of a line: the match with all that belongs to it, or that it is no gift.

    The gifts are again as they were: a pledge is a pledge, other evidence counts again, a gift that was
    booked from the line is withdrawn. Raises Conflict if nothing is decided, Refused where a gift has gone
    further since, NotAllowed.
    """
    act.require(Right.BOOK_GIFTS, line)
    why = reason.strip() or _("撤回对应")
    aside = BankSetAside.objects.current().filter(line=line.root_id).first()
    if aside:
        act.withdraw(aside, why)
        return
    matches = _belonging_together(line)
    if not matches:
        raise Conflict
    for match in matches:
        act.require(Right.BOOK_GIFTS, match.line, match.donation)
        act.withdraw(match, why)
    for gift_id in {match.donation_id for match in matches}:
        gift = Donation.objects.newest().select_related("recipient", "via", "response").get(root=gift_id)
        if any(match.booked_new for match in matches if match.donation_id == gift_id):
            withdraw_donation(act.actor, donation=gift, reason=why)
        else:
            _not_arrived(act, gift, why)


def donor_of(line: BankLine) -> Donor:
    """Who the payer of a line is: a body of the register, or the name as the bank tells it."""
    name = line.counterparty.strip()
    if not name:
        return Donor("", DonorKind.PERSON, naming=DonorNaming.UNKNOWN)
    body = Directory([name]).body(name)
    kind = kind_of_donor(name)
    if body and kind == DonorKind.PERSON:
        kind = DonorKind.ORGANISATION
    return Donor(name, kind, body=body)


def _lacks(roles: frozenset[Role]) -> "StrPromise | None":
    if Role.DATE not in roles:
        return gettext_lazy("请指出哪一列是日期。")
    if not roles & {Role.AMOUNT, Role.INCOME}:
        return gettext_lazy("请指出哪一列是金额,或哪一列是收入。")
    return None


def _not_yet_there(lines: Sequence[ReadLine]) -> list[ReadLine]:
    marks = [line.fingerprint for line in lines]
    known: set[str] = set()
    for start in range(0, len(marks), _AT_ONCE):
        known |= set(
            BankLine.objects.filter(fingerprint__in=marks[start : start + _AT_ONCE]).values_list(
                "fingerprint", flat=True
            )
        )
    new: dict[str, ReadLine] = {}
    for line in lines:
        if line.fingerprint not in known:
            new.setdefault(line.fingerprint, line)
    return list(new.values())


def _add_statement(act: Act, statement: BankStatement) -> BankStatement:
    try:
        with transaction.atomic():
            return act.add(statement)
    except IntegrityError as error:
        raise Conflict(_("同一份对账单刚刚已由他人导入,请刷新。")) from error


def _line_of(read: ReadLine, statement: BankStatement, act: Act) -> BankLine:
    return BankLine(
        response=statement.response,
        written_by=act.officer,
        written_at=act.at,
        source=Source.IMPORT,
        source_reference=f"{read.sheet[:100]}!{read.row}",
        happened_at=read.at,
        statement=statement,
        row=read.row,
        direction=read.direction,
        value=read.value,
        counterparty=read.counterparty,
        counterparty_account=read.tail,
        memo=read.memo,
        reference=read.reference,
        fingerprint=read.fingerprint,
    )


def _standing_lines(lines: Sequence[BankLine]) -> list[BankLine]:
    """The lines, none of them matched or set aside yet. Raises Conflict, Refused (`outgoing`)."""
    ids = {line.root_id for line in lines}
    found = list(
        BankLine.objects.filter(pk__in=ids).select_related("statement__body", "response").order_by("row")
    )
    for line in found:
        if line.direction != LineDirection.IN:
            raise Refused(_("支出的流水不能对应捐赠。"), "outgoing")
    taken = BankMatch.objects.current().filter(line__in=ids).exists()
    if len(found) != len(ids) or taken or BankSetAside.objects.current().filter(line__in=ids).exists():
        raise Conflict(_("这条流水刚才已有人处理,请刷新后再看。"))
    return found


def _standing_gifts(donations: Sequence[Donation]) -> list[Donation]:
    """The newest versions of the gifts, none of them matched yet. Raises Conflict."""
    ids = {gift.root_id for gift in donations}
    found = list(
        Donation.objects.newest().filter(root__in=ids).select_related("recipient", "via", "response")
    )
    if any(gift.withdrawn for gift in found):
        raise Refused(_("这笔捐赠已撤销。"), "gift_withdrawn")
    if len(found) != len(ids) or BankMatch.objects.current().filter(donation__in=ids).exists():
        raise Conflict(_("这笔捐赠刚才已与别的流水对应,请刷新后再看。"))
    return found


def _refuse_unfit(lines: Sequence[BankLine], gifts: Sequence[Donation]) -> None:
    if len({one.response_id for one in [*lines, *gifts]}) != 1:
        raise Refused(_("流水与捐赠不属于同一次应急响应。"), "two_responses")
    for gift in gifts:
        if gift.kind == GiftKind.GOODS:
            raise Refused(_("捐物没有银行流水。"), "not_money")
    lapsed = DonationStep.objects.current().filter(
        donation__in=[gift.root_id for gift in gifts], state=DonationState.LAPSED
    )
    if lapsed.exists():
        raise Refused(_("这笔认捐已登记为未兑现,请先撤销。"), "lapsed")


def _match(
    act: Act, line: BankLine, gift: Donation, reasons: Sequence[dict[str, Any]], *, booked_new: bool = False
) -> BankMatch:
    before: BankMatch | None = (
        BankMatch.objects.newest().filter(line=line.root_id, donation=gift.root_id).first()
    )
    if before:
        return act.correct(
            before, _("重新对应"), withdrawn=False, reasons=list(reasons), booked_new=booked_new
        )
    return _once(
        act,
        BankMatch(
            response=line.response,
            written_by=act.officer,
            line=line,
            donation_id=gift.root_id,
            happened_at=line.happened_at,
            reasons=list(reasons),
            booked_new=booked_new,
        ),
    )


def _once(act: Act, record: R) -> R:
    try:
        with transaction.atomic():
            return act.add(record)
    except IntegrityError as error:
        raise Conflict from error


def _arrived(act: Act, gift: Donation, at: Any) -> None:
    """The gift has arrived, and the bank line is the evidence."""
    step = _received_step(gift)
    if step is None:
        reach_state(
            act.actor,
            donation=gift,
            reached=[Reached(DonationState.RECEIVED, at, Evidence.BANK_LINE)],
        )
    elif step.evidence != Evidence.BANK_LINE:
        _correct(act, step, Evidence.BANK_LINE, step.happened_at or at, _("与银行流水对应"))


def _not_arrived(act: Act, gift: Donation, why: str) -> None:
    """The bank line is no evidence any more: what stood before stands again."""
    step = _received_step(gift)
    if step is None or step.evidence != Evidence.BANK_LINE:
        return
    before = step.corrects
    if not isinstance(before, DonationStep) or before.withdrawn:
        correct_step(act.actor, step=step, reason=why, reached=None)
    else:
        _correct(act, step, before.evidence, before.happened_at, why)


def _received_step(gift: Donation) -> DonationStep | None:
    found: DonationStep | None = (
        DonationStep.objects.current()
        .select_related("donation", "to_body", "corrects")
        .filter(donation=gift.root_id, state=DonationState.RECEIVED)
        .first()
    )
    return found


def _correct(act: Act, step: DonationStep, evidence: str, at: Any, why: str) -> None:
    reached = Reached(DonationState.RECEIVED, at, evidence, step.person_name, step.to_body, step.remark)
    correct_step(act.actor, step=step, reason=why, reached=reached)


def _belonging_together(line: BankLine) -> list[BankMatch]:
    """The standing matches of a line, and those of the gifts that it shares with other lines."""
    gifts = BankMatch.objects.current().filter(line=line.root_id).values("donation")
    return list(
        BankMatch.objects.current()
        .filter(donation__in=gifts)
        .select_related("line__statement__body", "donation__recipient", "donation__via", "response")
    )
