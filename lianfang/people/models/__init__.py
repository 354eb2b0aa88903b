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
    MembershipStatement,
    Resemblance,
    ResemblanceState,
)
from lianfang.people.models.drafts import ImportDraft
from lianfang.people.models.namekeys import NamedKind, NameKey
from lianfang.people.models.officers import Grant, Officer
from lianfang.people.models.persons import DocumentNumberKind, Person, PostHeld, SealedField

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
    "ImportDraft",
    "Membership",
    "MembershipRole",
    "MembershipStatement",
    "NameKey",
    "NamedKind",
    "Officer",
    "Person",
    "PostHeld",
    "Resemblance",
    "ResemblanceState",
    "SealedField",
]
