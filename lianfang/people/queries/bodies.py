"""Bodies as they are read: under one name each, found by any of their names."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TypeVar
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.models import AuditEntry
from lianfang.book.rights import Reach, Right
from lianfang.people.models import (
    AliasState,
    Area,
    Body,
    BodyAlias,
    BodyKind,
    Document,
    Grant,
    Membership,
    MembershipStatement,
    NamedKind,
    NameKey,
    Officer,
    Person,
    Resemblance,
    ResemblanceState,
)
from lianfang.people.queries.areas import area_and_below

# A line that stands in an area.
Line = TypeVar("Line", Body, Person)


def visible_bodies(officer: Officer, right: Right = Right.READ_BOOK) -> QuerySet[Body]:
    """The bodies on which the officer holds `right`, merged ones too."""
    return Body.objects.filter(officer.reach(right).rows(areas=["area"], bodies=["pk"]))


def visible_aliases(officer: Officer, right: Right = Right.READ_BOOK) -> QuerySet[BodyAlias]:
    return BodyAlias.objects.filter(_rows(officer.reach(right)))


def visible_memberships(officer: Officer, right: Right = Right.READ_BOOK) -> QuerySet[Membership]:
    return Membership.objects.filter(_rows(officer.reach(right)))


def visible_documents(officer: Officer, right: Right = Right.READ_BOOK) -> QuerySet[Document]:
    return Document.objects.filter(_rows(officer.reach(right)))


def visible_membership_statements(
    officer: Officer, right: Right = Right.READ_BOOK
) -> QuerySet[MembershipStatement]:
    return MembershipStatement.objects.filter(_rows(officer.reach(right)))


def visible_resemblances(officer: Officer, right: Right = Right.READ_BOOK) -> QuerySet[Resemblance]:
    """Pairs of which the officer sees at least one body."""
    reach = officer.reach(right)
    return Resemblance.objects.filter(reach.rows(areas=["one__area", "other__area"], bodies=["one", "other"]))


def open_resemblances(officer: Officer) -> QuerySet[Resemblance]:
    """Pairs that the officer may decide: both bodies in reach, neither merged, nobody has decided."""
    reach = officer.reach(Right.KEEP_REGISTERS)
    return (
        Resemblance.objects.filter(
            state=ResemblanceState.OPEN, one__merged_into__isnull=True, other__merged_into__isnull=True
        )
        .filter(reach.rows(areas=["one__area"], bodies=["one"]))
        .filter(reach.rows(areas=["other__area"], bodies=["other"]))
        .select_related("one__area", "other__area")
    )


def canonical_body(body: Body) -> Body:
    """The body under whose name this one is read: itself, unless it has been merged."""
    seen = {body.pk}
    while body.merged_into is not None and body.merged_into.pk not in seen:
        body = body.merged_into
        seen.add(body.pk)
    return body


def canonical_ids() -> dict[UUID, UUID]:
    """For every merged body, the id of the body under whose name it is read. One query.

    A report that goes by body maps ids through this: `canonical.get(body_id, body_id)`.
    """
    into = dict(Body.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))
    tops: dict[UUID, UUID] = {}
    for start in into:
        seen, step = {start}, start
        while (target := into.get(step)) is not None and target not in seen:
            seen.add(target)
            step = target
        tops[start] = step
    return tops


def canonical_bodies(ids: Iterable[UUID]) -> dict[UUID, Body]:
    """For each of these ids, the body under whose name it is read. Two queries."""
    wanted, into = set(ids), canonical_ids()
    tops = {pk: into.get(pk, pk) for pk in wanted}
    bodies = Body.objects.select_related("area").in_bulk(set(tops.values()))
    return {pk: bodies[top] for pk, top in tops.items() if top in bodies}


def one_with(body: Body) -> frozenset[UUID]:
    """The ids of all that are one body with this: what a page on it gathers its lines by."""
    into = canonical_ids()
    top = into.get(body.pk, body.pk)
    return frozenset({top, *(pk for pk, target in into.items() if target == top)})


def confirmed_names(bodies: Collection[UUID]) -> Iterator[tuple[UUID, str]]:
    """Each body's full name and confirmed other names. Two queries for each 500 bodies."""
    ids = list(bodies)
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        yield from Body.objects.filter(pk__in=some).values_list("pk", "name")
        yield from BodyAlias.objects.filter(body__in=some, state=AliasState.CONFIRMED).values_list(
            "body_id", "name"
        )


class NameMatch(IntEnum):
    """How a name led to a body, the surest first."""

    FULL_NAME = 0
    CONFIRMED_ALIAS = 1
    PROPOSED_ALIAS = 2
    PART = 3
    ALIKE = 4

    @property
    def sentence(self) -> str:
        return {
            NameMatch.FULL_NAME: _("全称相同"),
            NameMatch.CONFIRMED_ALIAS: _("已确认的又名"),
            NameMatch.PROPOSED_ALIAS: _("待判定的又名"),
            NameMatch.PART: _("名称的一部分"),
            NameMatch.ALIKE: _("名称相近"),
        }[self]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body that a name may mean. `body` is the one to use; `by` the name that led to it."""

    body: Body
    by: str
    match: NameMatch
    score: float
    reasons: tuple[str, ...]


def body_candidates(name: str, *, limit: int = 8) -> list[Candidate]:
    """Which bodies a name in a text may mean, the surest first; merged bodies under their one name.

    Names of bodies are public: this is not limited by reach, so that a clerk of one chamber can
    name any giver. A person chooses; see `the_body_called` for what is certain.
    """
    name = " ".join(name.split())
    if not name:
        return []
    found: dict[UUID, Candidate] = {}
    exact = [
        *((body.pk, body.name, NameMatch.FULL_NAME) for body in Body.objects.filter(name=name)),
        *(
            (
                alias.body_id,
                alias.name,
                NameMatch.CONFIRMED_ALIAS
                if alias.state == AliasState.CONFIRMED
                else NameMatch.PROPOSED_ALIAS,
            )
            for alias in BodyAlias.objects.filter(name=name).exclude(state=AliasState.REFUSED)
        ),
    ]
    _collect(found, [(pk, by, match, 1.0, (match.sentence,)) for pk, by, match in exact])
    if not any(candidate.match <= NameMatch.CONFIRMED_ALIAS for candidate in found.values()):
        _collect(found, _alike(name))
    return sorted(found.values(), key=lambda c: (c.match, -c.score, c.body.name))[:limit]


def the_body_called(name: str, *, area: Area | None = None) -> Body | None:
    """The one body that bears this full name or confirmed alias; None if there is none or several."""
    sure = [
        candidate.body
        for candidate in body_candidates(name)
        if candidate.match <= NameMatch.CONFIRMED_ALIAS
        and (area is None or candidate.body.area_id in {None, area.pk})
    ]
    return sure[0] if len(sure) == 1 else None


def bodies_of_kind_or_area(
    officer: Officer,
    *,
    kinds: Collection[str] = (),
    area: Area | None = None,
    members_of: Body | None = None,
    right: Right = Right.READ_BOOK,
) -> QuerySet[Body]:
    """The bodies to which something is sent: of these kinds, in this area with all below, members of a body.

    What is not named does not limit. A body that has been merged gets nothing of its own.
    """
    found = visible_bodies(officer, right).filter(merged_into__isnull=True)
    if kinds:
        found = found.filter(kind__in=list(kinds))
    if area:
        found = found.filter(area__in=area_and_below(area).values("pk"))
    if members_of:
        into = canonical_ids()
        members = {
            into.get(membership.member_body_id, membership.member_body_id)
            for membership in members_on(members_of, timezone.localdate())
            if membership.member_body_id
        }
        found = found.filter(pk__in=members)
    return found


def members_on(body: Body, day: date) -> QuerySet[Membership]:
    """Who belongs to a body on a day, also to what is merged with it."""
    return (
        Membership.objects.on(day)
        .filter(body__in=one_with(body))
        .select_related("member_body", "member_person", "body")
        .order_by("role", "valid_from", "pk")
    )


def past_members(body: Body, day: date) -> QuerySet[Membership]:
    """Who belonged to a body before a day, the last to leave first."""
    return (
        Membership.objects.filter(body__in=one_with(body), valid_to__lt=day)
        .select_related("member_body", "member_person")
        .order_by("-valid_to", "pk")
    )


def memberships_of(body: Body, day: date) -> QuerySet[Membership]:
    """The bodies to which a body belongs on a day."""
    return (
        Membership.objects.on(day)
        .filter(member_body__in=one_with(body))
        .select_related("body")
        .order_by("role", "body__name")
    )


def aliases_of(body: Body) -> QuerySet[BodyAlias]:
    """The other names of a body, the open questions first; refused ones stand last."""
    order = Case(When(state=AliasState.PROPOSED, then=0), When(state=AliasState.CONFIRMED, then=1), default=2)
    return BodyAlias.objects.filter(body__in=one_with(body)).select_related("body").order_by(order, "name")


def papers_of(body: Body) -> QuerySet[Document]:
    """The papers of a body and of the working groups below it."""
    together = one_with(body)
    groups = Body.objects.filter(parent__in=together, kind=BodyKind.WORKING_GROUP).values("pk")
    return Document.objects.filter(Q(body__in=together) | Q(body__in=groups)).select_related("body")


def matching_bodies(rows: QuerySet[Body], typed: str) -> QuerySet[Body]:
    """Those of `rows` one of whose names, its pinyin or initials matches what was typed."""
    from lianfang.people.queries.search import keys_matching

    return rows.filter(pk__in=keys_matching(NamedKind.BODY, typed).order_by().values("subject_id"))


def in_area(rows: QuerySet[Line], area_id: str) -> QuerySet[Line]:
    """Those of `rows` that stand in an area or below it."""
    return rows.filter(area__in=area_and_below(Area(pk=area_id)).values("pk"))


def read_other_names(bodies: list[Body]) -> None:
    """Give each body its other confirmed names as `also`. Four queries for a page."""
    into = canonical_ids()
    tops = {body.pk for body in bodies}
    within = tops | {merged for merged, top in into.items() if top in tops}
    names: dict[UUID, list[str]] = {}
    for pk, name in confirmed_names(within):
        names.setdefault(into.get(pk, pk), []).append(name)
    for body in bodies:
        also = [name for name in dict.fromkeys(names.get(body.pk, ())) if name != body.name]
        body.also = also  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class StatedMembers:
    """What a source says of the number of members, beside how many of them are known by name."""

    statement: MembershipStatement
    known: int


def stated_members(body: Body, day: date) -> list[StatedMembers]:
    """The statements on a body's members, each with the count that the book knows on that day."""
    into = canonical_ids()
    by_role: dict[str, set[UUID]] = {}
    for membership in members_on(body, day):
        member = membership.member_body_id or membership.member_person_id
        if member:
            by_role.setdefault(membership.role, set()).add(into.get(member, member))
    return [
        StatedMembers(statement, len(set().union(*(by_role.get(role, set()) for role in statement.roles))))
        for statement in MembershipStatement.objects.filter(body__in=one_with(body)).order_by("wording")
    ]


def body_counts_by_area(officer: Officer) -> dict[UUID, int]:
    """How many bodies the officer sees in each area. One query."""
    rows = (
        visible_bodies(officer)
        .filter(merged_into__isnull=True, area__isnull=False)
        .order_by()
        .values_list("area")
        .annotate(Count("pk"))
    )
    return dict(rows)


@dataclass(frozen=True, slots=True)
class Side:
    """One body of a pair, with what helps to decide whether it is the other."""

    body: Body
    names: tuple[str, ...]
    lines: tuple[tuple[str, int], ...]


def sides_of(pair: Resemblance) -> tuple[Side, Side]:
    return _side(pair.one), _side(pair.other)


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging `body` into `into` will do, before it is done."""

    body: Body
    into: Body
    names: tuple[str, ...]
    lines: tuple[tuple[str, int], ...]
    officers: tuple[str, ...]
    goes_along: tuple[str, ...]


def merge_preview(body: Body, into: Body) -> MergePreview:
    """Names under which `into` will be found, how many lines will be read as its, who gains reach."""
    both = one_with(body) | one_with(into)
    names = list(dict.fromkeys(name for _pk, name in confirmed_names(sorted(both))))
    grants = Grant.objects.on(timezone.localdate()).filter(body__in=both).select_related("officer")
    return MergePreview(
        body=body,
        into=into,
        names=tuple(name for name in names if name != into.name),
        lines=_lines_on(one_with(body)),
        officers=tuple(f"{grant.officer} · {grant.get_role_display()}" for grant in grants),
        goes_along=tuple(
            Body.objects.filter(pk__in=one_with(body) - {body.pk}).values_list("name", flat=True)
        ),
    )


def history_of(kind: str, ids: Iterable[UUID], *, limit: int = 50) -> list[AuditEntry]:
    """The newest audit entries on these lines (`kind` is "people.body" …)."""
    return list(AuditEntry.objects.filter(subject_kind=kind, subject_id__in=[str(pk) for pk in ids])[:limit])


def _side(body: Body) -> Side:
    together = one_with(body)
    names = dict.fromkeys(name for _pk, name in confirmed_names(sorted(together)))
    return Side(body, tuple(name for name in names if name != body.name), _lines_on(together))


def _lines_on(bodies: Collection[UUID]) -> tuple[tuple[str, int], ...]:
    """How many lines of which kind refer to these bodies, in every app; history and grants left out."""
    lines = Counter[str]()
    for relation in Body._meta.related_objects:
        model = relation.related_model
        if relation.name in {"merged", "aliases"} or model in {Grant, Resemblance}:
            continue
        if model.__name__.startswith("Historical"):
            continue
        if count := model._base_manager.filter(**{f"{relation.field.name}__in": bodies}).count():
            lines[str(model._meta.verbose_name)] += count
    return tuple(sorted(lines.items()))


_Found = tuple[UUID, str, NameMatch, float, tuple[str, ...]]


def _collect(found: dict[UUID, Candidate], rows: Iterable[_Found]) -> None:
    """Put candidates under the body each is read as, the surest way to it kept."""
    rows = list(rows)
    bodies = canonical_bodies(row[0] for row in rows)
    for pk, by, match, score, reasons in rows:
        if (body := bodies.get(pk)) is None:
            continue
        old = found.get(body.pk)
        if old is None or (match, -score) < (old.match, -old.score):
            found[body.pk] = Candidate(body, by, match, score, reasons)


def _alike(name: str) -> Iterator[_Found]:
    """Names that hold this one, or look like it."""
    from lianfang.engines.names import search_query
    from lianfang.people.likeness import alike_names

    key = search_query(name)
    if len(key) >= 2:
        holding = NameKey.objects.filter(kind=NamedKind.BODY, key__begins=key[:24])
        for subject_id, full in holding.values_list("subject_id", "name").distinct()[:20]:
            yield subject_id, full, NameMatch.PART, len(name) / len(full), (NameMatch.PART.sentence,)
    for like in alike_names(name):
        yield like.body, like.name, NameMatch.ALIKE, like.score, like.reasons


def _rows(reach: Reach) -> Q:
    return reach.rows(areas=["body__area"], bodies=["body"])
