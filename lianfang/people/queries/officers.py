"""Officers and grants as they are read by those who manage them."""

from django.db.models import QuerySet

from lianfang.book.rights import Right
from lianfang.people.models import Grant, Officer


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
    ).select_related("officer", "area", "body")
