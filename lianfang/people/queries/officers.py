"""Officers and grants as they are read by those who manage them."""

from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.book.rights import Right
from lianfang.people.models import Grant, Officer
from lianfang.people.placing import placing


def visible_officers(officer: Officer, right: Right = Right.MANAGE_OFFICERS) -> QuerySet[Officer]:
    """The officers whom this one manages: by the body where they work."""
    reach = officer.reach(right)
    return Officer.objects.filter(reach.rows(areas=["body__area"], bodies=["body"])).select_related(
        "body", "person"
    )


def visible_grants(officer: Officer, right: Right = Right.MANAGE_OFFICERS) -> QuerySet[Grant]:
    """The grants that lie where this officer manages officers."""
    reach = officer.reach(right)
    return Grant.objects.filter(
        reach.rows(areas=["area", "body__area"], bodies=["body"], places=["place_id"])
        | Q(place_id__in=placing().visible(officer, right).values("pk"))
    ).select_related("officer", "area", "body")


def read_roles(officers: list[Officer]) -> None:
    """Give each officer the roles that hold today as `roles_in_words`. One query for a page."""
    words: dict[UUID, list[str]] = {}
    grants = Grant.objects.on(timezone.localdate()).filter(officer__in=officers)
    for grant in grants.select_related("area", "body").order_by("role"):
        words.setdefault(grant.officer_id, []).append(f"{grant.get_role_display()}({grant.object_name})")
    for officer in officers:
        officer.roles_in_words = "、".join(words.get(officer.pk, ()))  # type: ignore[attr-defined]


def with_role(rows: QuerySet[Officer], role: str) -> QuerySet[Officer]:
    """Those of `rows` who hold a role today."""
    grants = Grant.objects.on(timezone.localdate()).filter(role=role)
    return rows.filter(pk__in=grants.values("officer"))


def active_or_not(rows: QuerySet[Officer], state: str) -> QuerySet[Officer]:
    return rows.filter(is_active=state == "1")


def sessions_of(officer: Officer) -> list[UserSession]:
    """Where an officer is signed in, the last used first. Sessions that have ended are left out."""
    return [
        session
        for session in UserSession.objects.filter(user=officer).order_by("-last_seen_at")
        if session.exists()
    ]
