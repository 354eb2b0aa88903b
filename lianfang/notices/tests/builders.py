"""Builders for tests of the notices."""

from lianfang.book.actions import Actor
from lianfang.book.rights import Role
from lianfang.notices import actions
from lianfang.notices.models import Appeal, Delivery
from lianfang.people.models import Body, BodyKind
from lianfang.people.tests.builders import a_body, a_response, an_actor


def an_appeal(office: Actor | None = None, *, title: str = "关于支援防控一线的倡议") -> Appeal:
    """A draft of the county's federation."""
    return actions.draft_appeal(
        office or an_actor(),
        response=a_response(),
        body=a_body("云溪县工商联", BodyKind.FEDERATION),
        title=title,
        points=["守好自己的门", "力所能及"],
    )


def an_approved_appeal(office: Actor | None = None, *, title: str = "关于支援防控一线的倡议") -> Appeal:
    office = office or an_actor()
    appeal = an_appeal(office, title=title)
    actions.submit_appeal(office, appeal=appeal)
    return actions.approve_appeal(an_actor(Role.FEDERATION_LEADER), appeal=appeal)


def a_chamber(name: str = "石桥镇商会") -> Body:
    return a_body(name, BodyKind.CHAMBER)


def a_delivery(to: Body | None = None, office: Actor | None = None) -> Delivery:
    office = office or an_actor()
    return actions.send_appeal(office, appeal=an_approved_appeal(office), to=[to or a_chamber()])[0]
