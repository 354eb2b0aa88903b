"""Persons as they are read: limited, masked, found by name or by number."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.book import sealing
from lianfang.book.models import ReadEntry
from lianfang.book.rights import Right
from lianfang.people.models import Assignment, Body, Membership, NamedKind, Officer, Person, PostHeld
from lianfang.people.placing import placing


def visible_persons(officer: Officer, right: Right = Right.READ_PERSONS) -> QuerySet[Person]:
    """The persons on whom the officer holds `right`: by their area, a post, or where they live or work."""
    reach = officer.reach(right)
    persons = Person.objects.filter(merged_into__isnull=True)
    if reach.everywhere:
        return persons
    posts = PostHeld.objects.filter(reach.rows(areas=["body__area"], bodies=["body"]))
    return persons.filter(
        reach.rows(areas=["area"]) | Q(pk__in=posts.values("person")) | Q(pk__in=placing().persons_in(reach))
    )


def canonical_person(person: Person) -> Person:
    """The one under whom a person is kept, who may have been registered twice."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def visible_posts(officer: Officer, right: Right = Right.READ_BOOK) -> QuerySet[PostHeld]:
    return PostHeld.objects.filter(officer.reach(right).rows(areas=["body__area"], bodies=["body"]))


def persons_by_number(officer: Officer, number: str) -> QuerySet[Person]:
    """Persons whose ID number or phone is this, or whose phone ends in these four digits.

    Found by the keyed index; no number is opened.
    """
    return visible_persons(officer).filter(_by_number(number))


def matching_persons(rows: QuerySet[Person], typed: str) -> QuerySet[Person]:
    """Those of `rows` found by name, pinyin, initials, a whole number, or a phone's last four digits."""
    from lianfang.people.queries.search import keys_matching

    by_name = Q(pk__in=keys_matching(NamedKind.PERSON, typed).order_by().values("subject_id"))
    return rows.filter(by_name | _by_number(typed))


def posts_at(body: Body, day: date) -> QuerySet[PostHeld]:
    """Who holds which post at a body on a day."""
    from lianfang.people.queries.bodies import one_with

    return PostHeld.objects.on(day).filter(body__in=one_with(body)).select_related("person")


def posts_on(person: Person, day: date) -> QuerySet[PostHeld]:
    return PostHeld.objects.on(day).filter(person=person).select_related("body")


def posts_in_words(persons: Collection[Person]) -> dict[UUID, str]:
    """For each person, the posts that hold today: 云溪县工商联秘书长、党支部书记. One query."""
    held: dict[UUID, dict[str, list[str]]] = {}
    posts = PostHeld.objects.on(timezone.localdate()).filter(person__in=[person.pk for person in persons])
    for post in posts.select_related("body").order_by("created_at"):
        held.setdefault(post.person_id, {}).setdefault(post.body.name, []).append(post.title)
    return {
        person: ";".join(f"{body}{'、'.join(titles)}" for body, titles in bodies.items())
        for person, bodies in held.items()
    }


def past_posts(person: Person, day: date) -> QuerySet[PostHeld]:
    """The posts that ended before a day, the last first."""
    return (
        PostHeld.objects.filter(person=person, valid_to__lt=day).select_related("body").order_by("-valid_to")
    )


def read_posts(persons: list[Person]) -> None:
    """Give each person the posts that hold today as `posts_in_words`. One query for a page."""
    words = posts_in_words(persons)
    for person in persons:
        person.posts_in_words = words.get(person.pk, "")  # type: ignore[attr-defined]


def memberships_of_person(person: Person) -> QuerySet[Membership]:
    """The bodies (leading groups and others) to which a person belongs or belonged."""
    return Membership.objects.filter(member_person=person).select_related("body").order_by("-valid_from")


def assignments_of(person: Person) -> QuerySet[Assignment]:
    return Assignment.objects.filter(person=person).select_related("body", "area", "helped_body")


def who_read(person_id: UUID) -> QuerySet[ReadEntry]:
    """Who has looked at a person's data, newest first."""
    return ReadEntry.objects.filter(person_id=person_id).select_related("officer")


def _by_number(typed: str) -> Q:
    number = "".join(typed.split()).replace("-", "").upper()
    if len(number) < 4:
        return Q(pk__in=())
    found = Q(document_index=sealing.blind_index(number, "document")) | Q(
        phone_index=sealing.blind_index(number, "phone")
    )
    if len(number) == 4:
        found |= Q(phone_tail=sealing.blind_index(number, "phone_tail"))
    return found
