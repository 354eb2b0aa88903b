from lianfang.people.models.areas import Area, AreaLevel
from lianfang.people.models.assignments import Assignment
from lianfang.people.models.bodies import (
    AliasKind,
    AliasState,
    Body,
    BodyAlias,
    BodyKind,
    Document,
    DocumentKind,
    Membership,
    MembershipRole,
)
from lianfang.people.models.officers import Grant, Officer
from lianfang.people.models.persons import DocumentNumberKind, Person, PostHeld

__all__ = [
    "AliasKind",
    "AliasState",
    "Area",
    "AreaLevel",
    "Assignment",
    "Body",
    "BodyAlias",
    "BodyKind",
    "Document",
    "DocumentKind",
    "DocumentNumberKind",
    "Grant",
    "Membership",
    "MembershipRole",
    "Officer",
    "Person",
    "PostHeld",
]
