"""Builders for tests of publications: a body that publishes, its officers, a publication that is out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from lianfang.book.actions import Actor
from lianfang.book.rights import Role
from lianfang.giving.actions.disclosures import (
    prepare_disclosure,
    propose_correction,
    publish_correction,
    publish_disclosure,
    review_disclosure,
)
from lianfang.giving.gifts import Gift
from lianfang.giving.models import CorrectionEffect, CorrectionStatement, Disclosure, DisclosureLine
from lianfang.giving.publication.amending import changes_between
from lianfang.giving.queries.disclosures import draft_of
from lianfang.people.models import Body, BodyKind
from lianfang.people.tests.builders import a_body, a_response, an_actor


@dataclass(frozen=True)
class Desk:
    """A body that publishes, one who prepares, one who reviews, one who publishes."""

    body: Body
    clerk: Actor
    reviewer: Actor
    leader: Actor


def a_desk(name: str = "云溪县工商业联合会", kind: str = BodyKind.FEDERATION) -> Desk:
    return Desk(
        Body.objects.filter(name=name).first() or a_body(name, kind),
        an_actor(Role.FEDERATION_OFFICE, name="填报人"),
        an_actor(Role.FEDERATION_OFFICE, name="复核人"),
        an_actor(Role.FEDERATION_LEADER, name="发布人"),
    )


def just_now() -> datetime:
    """A cut-off after all that was written so far."""
    return timezone.now() + timedelta(microseconds=500)


def a_draft(desk: Desk, *, until: datetime | None = None, **values: object) -> Disclosure:
    return prepare_disclosure(
        desk.clerk,
        response=a_response(),
        body=desk.body,
        window_to=until or just_now(),
        **values,  # type: ignore[arg-type]
    )


def a_publication(desk: Desk, *, until: datetime | None = None, **values: object) -> Disclosure:
    """The next publication of the desk's body, reviewed and out."""
    draft = a_draft(desk, until=until, **values)
    review_disclosure(desk.reviewer, disclosure=draft, seen=draft_of(draft).digest)
    return publish_disclosure(desk.leader, disclosure=draft)


def a_correction(
    desk: Desk, line: DisclosureLine, new: Gift | None, old: Gift | None = None
) -> CorrectionStatement:
    """The line corrected to `new` (withdrawn, if None), worded, proposed and published."""
    proposal = propose_correction(
        desk.clerk,
        disclosure=line.disclosure,
        line=line,
        effect=CorrectionEffect.AMEND if new else CorrectionEffect.WITHDRAW,
        changes=changes_between(old, new) if new and old else None,
        was="原内容",
        now="更正后的内容",
        why="录入有误",
    )
    return publish_correction(desk.leader, proposal=proposal)
