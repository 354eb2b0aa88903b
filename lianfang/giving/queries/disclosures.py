"""Publications as they are read: by officers as far as they may see, by the public once they are out."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.giving.models import (
    CorrectionEffect,
    CorrectionProposal,
    CorrectionState,
    CorrectionStatement,
    Counting,
    Disclosure,
    DisclosureLine,
    DisclosureState,
    Donation,
    DonorNaming,
)
from lianfang.giving.publication import frozen
from lianfang.giving.publication.lines import Drafted, code_index, drafted, mark_doubles
from lianfang.giving.publication.tallies import Figures, as_data, figures_of, from_data
from lianfang.giving.queries.overlaps import gifts_that_are_one
from lianfang.people.models import Body, BodyKind, Officer

OPEN_STATES = (DisclosureState.DRAFT, DisclosureState.REVIEWED)


@dataclass(frozen=True, slots=True)
class Draft:
    """A publication as it would go out now: its lines, its figures, what it leaves out, its digest."""

    drafted: Drafted
    new: Figures
    carried: Figures
    cumulative: Figures
    figures: Mapping[str, Any]
    head: Mapping[str, Any]
    digest: str
    problems: Sequence[str]

    @property
    def lines(self) -> Sequence[DisclosureLine]:
        return self.drafted.lines


def visible_disclosures(
    officer: Officer, response: Response | None = None, right: Right = Right.READ_BOOK
) -> QuerySet[Disclosure]:
    """The publications of the bodies on which the officer holds `right`."""
    rows = Disclosure.objects.filter(officer.reach(right).rows(areas=["body__area"], bodies=["body"]))
    if response is not None:
        rows = rows.filter(response=response)
    return rows.select_related("body__area", "response", "prepared_by", "reviewed_by", "published_by")


def visible_proposals(officer: Officer, response: Response) -> QuerySet[CorrectionProposal]:
    """The corrections that wait for somebody to publish them."""
    reach = officer.reach(Right.READ_BOOK)
    return CorrectionProposal.objects.filter(
        reach.rows(areas=["disclosure__body__area"], bodies=["disclosure__body"]),
        disclosure__response=response,
        state=CorrectionState.PROPOSED,
    ).select_related("disclosure__body__area", "line", "proposed_by")


def publications() -> QuerySet[Disclosure]:
    """All that is out, the newest first: for everybody."""
    return (
        Disclosure.objects.filter(state=DisclosureState.PUBLISHED)
        .select_related("body", "response")
        .order_by("-published_at")
    )


def draft_of(disclosure: Disclosure) -> Draft:
    """What `disclosure` would hold as the book stands now."""
    found = drafted(disclosure)
    new = figures_of(found.lines)
    carried = cumulative_of(disclosure)
    cumulative = figures_of(_all_counted(disclosure, found.lines)) if carried.count else new
    figures = {"new": as_data(new), "carried": as_data(carried), "cumulative": as_data(cumulative)}
    head = frozen.head_data(disclosure, figures, previous_digest(disclosure))
    return Draft(
        found,
        new,
        carried,
        cumulative,
        figures,
        head,
        frozen.digest_of(head, found.lines),
        problems_of(found, new),
    )


def problems_of(found: Drafted, new: Figures) -> list[str]:
    """What must not go out: gifts lost between the book and the list, figures that the list does not give."""
    problems = []
    listed = len(found.lines) + sum(one.count for one in found.left_out)
    if listed != found.considered:
        problems.append(f"in≠out: {found.considered} ≠ {listed}")
    if new.count != len(found.lines):
        problems.append(f"figures≠lines: {new.count} ≠ {len(found.lines)}")
    return problems


def previous_digest(disclosure: Disclosure) -> str:
    """The digest of the body's publication before this one, "" for the first."""
    before = (
        _published_by(disclosure)
        .filter(number__lt=disclosure.number)
        .order_by("-number")
        .values_list("digest", flat=True)
        .first()
    )
    return before or ""


def last_published(response: Response, body: Body) -> Disclosure | None:
    """The newest publication of a body."""
    return (
        Disclosure.objects.filter(response=response, body=body, state=DisclosureState.PUBLISHED)
        .order_by("-number")
        .first()
    )


def cumulative_of(disclosure: Disclosure) -> Figures:
    """All that the body has published so far, with its corrections, before `disclosure` if it is open."""
    return from_data(cumulative_data(disclosure.response_id, disclosure.body_id))


def cumulative_data(response_id: UUID, body_id: UUID) -> Mapping[str, Any]:
    """The newest cumulative figures: of the last publication or of a correction after it. Two queries."""
    last = (
        Disclosure.objects.filter(response=response_id, body=body_id, state=DisclosureState.PUBLISHED)
        .order_by("-number")
        .only("figures", "published_at", "number")
        .first()
    )
    if last is None or last.published_at is None:
        return {}
    correction = (
        CorrectionStatement.objects.filter(
            disclosure__response=response_id,
            disclosure__body=body_id,
            received_at__gt=last.published_at,
        )
        .exclude(figures={})
        .order_by("-received_at")
        .first()
    )
    newest: Mapping[str, Any] = (
        correction.figures["cumulative"][str(last.number)] if correction else last.figures["cumulative"]
    )
    return newest


def effective_lines(
    disclosures: QuerySet[Disclosure], statement: CorrectionStatement | None = None
) -> list[DisclosureLine]:
    """The lines of publications as they read now: corrected ones corrected, withdrawn ones gone.

    `statement` is a correction that is about to be published.
    """
    lines = list(
        DisclosureLine.objects.filter(disclosure__in=disclosures).order_by("disclosure__number", "position")
    )
    after = standing_corrections(disclosures)
    if statement is not None and statement.line_id is not None:
        after[statement.line_id] = statement
    return [
        corrected(line, after[line.pk]) if line.pk in after else line
        for line in lines
        if line.pk not in after or after[line.pk].effect != CorrectionEffect.WITHDRAW
    ]


def standing_corrections(disclosures: QuerySet[Disclosure]) -> dict[int, CorrectionStatement]:
    """The newest correction of each line that has one which changes it."""
    rows = (
        CorrectionStatement.objects.filter(disclosure__in=disclosures, line__isnull=False)
        .exclude(effect=CorrectionEffect.WORDS)
        .order_by("received_at")
    )
    return {row.line_id: row for row in rows if row.line_id is not None}


def corrected(line: DisclosureLine, correction: CorrectionStatement) -> DisclosureLine:
    """The line as it reads after a correction; what is frozen is not touched."""
    now = copy(line)
    for name, value in frozen.columns_of(correction.after).items():
        setattr(now, name, value)
    return now


def figures_with(disclosure: Disclosure, statement: CorrectionStatement) -> dict[str, Any]:
    """The figures with the corrections that stand and this one: of this publication alone, and of the
    body up to this publication and up to each one after it, by number.
    """
    own = effective_lines(Disclosure.objects.filter(pk=disclosure.pk), statement)
    numbers = _published_by(disclosure).filter(number__gte=disclosure.number).values_list("number", flat=True)
    return {
        "new": figures_data(own),
        "cumulative": {
            str(number): figures_data(_all_counted(disclosure, (), statement, number))
            for number in numbers.order_by("number")
        },
    }


def figures_data(lines: Iterable[DisclosureLine]) -> dict[str, Any]:
    """The figures of lines as they are frozen."""
    return as_data(figures_of(lines))


def _all_counted(
    disclosure: Disclosure,
    new: Sequence[DisclosureLine],
    statement: CorrectionStatement | None = None,
    up_to: int | None = None,
) -> list[DisclosureLine]:
    """Every line of the body (up to a number) with the new ones, marked by what is known of doubles now."""
    published = _published_by(disclosure)
    if up_to is not None:
        published = published.filter(number__lte=up_to)
    lines = [copy(line) for line in [*effective_lines(published, statement), *new]]
    for position, line in enumerate(lines, 1):
        line.position, line.counting, line.counted_with = position, Counting.COUNTED, ""
    mark_doubles(lines, disclosure, gifts_that_are_one(disclosure.response), {})
    return lines


def _published_by(disclosure: Disclosure) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(
        response=disclosure.response_id, body=disclosure.body_id, state=DisclosureState.PUBLISHED
    )


@dataclass(frozen=True)
class PublicPage:
    """A publication as everybody reads it, with its corrections. Figures are those that hold now.

    `earlier` are corrections of publications before it that came out after it: they move its cumulative
    figures too.
    """

    disclosure: Disclosure
    corrections: Sequence[CorrectionStatement]
    earlier: Sequence[CorrectionStatement] = ()

    @cached_property
    def new(self) -> Figures:
        changed = [one.figures["new"] for one in self.corrections if one.figures]
        return from_data(changed[-1] if changed else self.disclosure.figures["new"])

    @cached_property
    def cumulative(self) -> Figures:
        changing = [one for one in (*self.corrections, *self.earlier) if one.figures]
        if not changing:
            return from_data(self.disclosure.figures["cumulative"])
        newest = max(changing, key=lambda one: one.received_at)
        return from_data(newest.figures["cumulative"][str(self.disclosure.number)])

    @cached_property
    def frozen_new(self) -> Figures:
        return from_data(self.disclosure.figures["new"])

    @cached_property
    def carried(self) -> Figures:
        return from_data(self.disclosure.figures["carried"])

    @cached_property
    def line_corrections(self) -> dict[int, CorrectionStatement]:
        """The newest correction of each line that was corrected, by the line's id."""
        return {
            one.line_id: one
            for one in self.corrections
            if one.line_id and one.effect != CorrectionEffect.WORDS
        }

    @cached_property
    def _taken_back(self) -> dict[int, CorrectionStatement]:
        return names_taken_back(self.corrections)

    def as_published(self, line: DisclosureLine) -> DisclosureLine:
        """The line as it was frozen, but for a name that its donor took back since."""
        return _unnamed(line, self._taken_back.get(line.pk))

    @property
    def withdrawn_count(self) -> int:
        """How many of the lines were withdrawn by a correction."""
        return sum(one.effect == CorrectionEffect.WITHDRAW for one in self.line_corrections.values())

    @property
    def version(self) -> str:
        """What changes whenever the page does."""
        all_of_them = (*self.corrections, *self.earlier)
        last = max((one.received_at.timestamp() for one in all_of_them), default=0)
        return f"{self.disclosure.digest[:32]}-{len(all_of_them)}-{last:.0f}"


def public_page(pk: UUID) -> PublicPage:
    """One publication with its corrections. Two queries. Raises Disclosure.DoesNotExist."""
    found = publications().get(pk=pk)
    statements = list(
        CorrectionStatement.objects.filter(
            Q(disclosure=found) | Q(disclosure__number__lt=found.number, received_at__gt=found.published_at),
            disclosure__response=found.response_id,
            disclosure__body=found.body_id,
        )
        .select_related("line", "disclosure")
        .order_by("received_at")
    )
    return PublicPage(
        found,
        _without_taken_names([one for one in statements if one.disclosure_id == found.pk]),
        [one for one in statements if one.disclosure_id != found.pk],
    )


def corrections_of(disclosure: Disclosure) -> QuerySet[CorrectionStatement]:
    """What was corrected, the oldest first."""
    found: QuerySet[CorrectionStatement] = (
        CorrectionStatement.objects.filter(disclosure=disclosure).select_related("line").order_by("number")
    )
    return found


def correction_counts(disclosures: Iterable[Disclosure]) -> dict[UUID, int]:
    """How many corrections each of these has. One query."""
    rows = (
        CorrectionStatement.objects.filter(disclosure__in=list(disclosures))
        .order_by()
        .values_list("disclosure")
        .annotate(number=Count("pk"))
    )
    return dict(rows)


def names_taken_back(corrections: Iterable[CorrectionStatement]) -> dict[int, CorrectionStatement]:
    """By line, the correction by which its donor took the name back, if that still stands.

    The oldest first. Neither a withdrawal of the gift nor words about it bring the name back.
    """
    newest = {
        one.line_id: one
        for one in corrections
        if one.line_id is not None and one.effect == CorrectionEffect.AMEND
    }
    return {line: one for line, one in newest.items() if one.after.get("naming") == DonorNaming.WITHHELD}


def as_published(line: DisclosureLine, corrections: Iterable[CorrectionStatement]) -> DisclosureLine:
    """The line as it was frozen, but for a name that its donor took back by one of `corrections`."""
    return _unnamed(line, names_taken_back(corrections).get(line.pk))


def newest_change(corrections: Iterable[CorrectionStatement]) -> CorrectionStatement | None:
    """The correction by which a line reads now, of all of its own, the oldest first."""
    changing = [one for one in corrections if one.effect != CorrectionEffect.WORDS]
    return changing[-1] if changing else None


# What of a line can tell who gave.
_TELLING = ("donor", "naming", "goods", "purpose", "recipient", "beneficiary", "via")


def _unnamed(line: DisclosureLine, taken_back: CorrectionStatement | None) -> DisclosureLine:
    if taken_back is None or line.naming == DonorNaming.WITHHELD:
        return line
    unnamed = copy(line)
    for name in _TELLING:
        setattr(unnamed, name, taken_back.after[name])
    return unnamed


def _without_taken_names(corrections: Sequence[CorrectionStatement]) -> list[CorrectionStatement]:
    """The corrections of a publication as everybody may read them: a name that a donor took back stands
    in none of their words, nor in what an earlier one of them made of the line.
    """
    back = names_taken_back(corrections)
    names: dict[int, set[str]] = {}
    for one in corrections:
        if one.line is not None and one.line_id in back:
            said = {one.line.donor, one.after.get("donor", "")}
            names.setdefault(one.line_id, set()).update(said - {"", back[one.line_id].after["donor"]})
    return [
        one if one.line_id not in names else _unworded(one, back[one.line_id], names[one.line_id])
        for one in corrections
    ]


def _unworded(
    one: CorrectionStatement, taken_back: CorrectionStatement, names: Iterable[str]
) -> CorrectionStatement:
    unworded = copy(one)
    for name in sorted(names, key=len, reverse=True):
        for words in ("was", "now", "why"):
            text = getattr(unworded, words).replace(name, taken_back.after["donor"])
            setattr(unworded, words, text)
    if one.after:
        unworded.after = {**one.after, **{name: taken_back.after[name] for name in _TELLING}}
    return unworded


def lines_of(disclosure: Disclosure, typed: str = "") -> QuerySet[DisclosureLine]:
    """The published lines, or those in which all of the typed words stand."""
    lines = DisclosureLine.objects.filter(disclosure=disclosure).order_by("position")
    typed = typed.replace("\x00", "")
    for word in typed.split()[:6]:
        lines = lines.filter(
            Q(donor__icontains=word)
            | Q(goods__icontains=word)
            | Q(recipient__icontains=word)
            | Q(via__icontains=word)
            | Q(town__icontains=word)
            | Q(value_text__icontains=word)
        )
    # A name that was taken back by a correction is not found any more.
    hidden = CorrectionStatement.objects.filter(line=OuterRef("pk"), effect=CorrectionEffect.AMEND)
    return lines.exclude(Exists(hidden.filter(after__naming="withheld"))) if typed else lines


def lines_with_code(code: str) -> list[DisclosureLine]:
    """The published lines of the gift with this code, or of the gift that it was found to be one with."""
    code = tidy_code(code)
    if not code:
        return []
    found = _published_lines().filter(code_index=code_index(code))
    lines = list(found)
    if lines:
        return lines
    gift = Donation.objects.current().filter(code=code).select_related("response").first()
    if gift is None:
        return []
    head = gifts_that_are_one(gift.response).get(gift.root_id, gift.root_id)
    same = [root for root, top in gifts_that_are_one(gift.response).items() if top == head]
    return list(_published_lines().filter(donation__in=[gift.root_id, *same]))


def tidy_code(typed: str) -> str:
    """A code as it is kept: capitals, without the blanks and dashes that people put in. "" if it is none."""
    code = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    return code if len(code) == 8 else ""


def _published_lines() -> QuerySet[DisclosureLine]:
    return (
        DisclosureLine.objects.filter(disclosure__state=DisclosureState.PUBLISHED)
        .select_related("disclosure__body", "disclosure__response")
        .prefetch_related(
            Prefetch(
                "corrections_published", CorrectionStatement.objects.order_by("number"), to_attr="corrections"
            )
        )
        .order_by("-disclosure__published_at")
    )


def bodies_that_publish(officer: Officer) -> QuerySet[Body]:
    """The bodies for which the officer may prepare a publication."""
    reach = officer.reach(Right.BOOK_GIFTS)
    return Body.objects.filter(reach.rows(areas=["area"], bodies=["pk"]), merged_into__isnull=True)


def body_that_speaks(bodies: QuerySet[Body]) -> UUID | None:
    """The federation among `bodies`: an officer of the county most often publishes for it."""
    found: UUID | None = (
        bodies.filter(kind=BodyKind.FEDERATION).order_by("created_at").values_list("pk", flat=True).first()
    )
    return found
