"""Builders for tests of the review: a source with its mentions."""

from lianfang.book.actions import Actor
from lianfang.giving.actions.sources import take_in_text
from lianfang.giving.models import GiftSource, Mention
from lianfang.people.tests.builders import a_response, an_actor

NOTICE = """云溪县工商联:商会带头支援防控

石桥镇商会捐款26.8万元,另有4万余元的防护服。柳湾镇商会会长闻长河向柳湾镇政府捐款8万元。
青禾食品厂向县人民医院捐赠方便面300箱。据不完全统计,全县民营企业家捐款达560余万元。
"""


def a_source(actor: Actor | None = None, text: str = NOTICE, **values: object) -> GiftSource:
    actor = actor or an_actor()
    return take_in_text(actor, response=a_response(), text=text, **values).source  # type: ignore[arg-type]


def mentions_of(source: GiftSource) -> list[Mention]:
    return list(Mention.objects.current().filter(from_source=source).order_by("position"))


def the_mention(source: GiftSource, donor: str, kind: str = "cash") -> Mention:
    return next(one for one in mentions_of(source) if one.donor == donor and one.kind == kind)
