"""Bring the facts of Boxing into the book, by the actions that people call. Twice changes nothing."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from lianfang.book.actions import Actor, Origin
from lianfang.book.models import Response
from lianfang.book.responding import close_response, load_rule_profiles, open_response
from lianfang.book.rights import Role
from lianfang.gates.queries.passages import count_of_passages
from lianfang.giving.actions import mentions as mention_acts
from lianfang.giving.actions import sources as source_acts
from lianfang.giving.models import Mention, Scope, SourceKind
from lianfang.notices import actions as notices
from lianfang.notices.models import Appeal
from lianfang.people import actions as people
from lianfang.people.models import Area, AreaLevel, Body, BodyAlias, MembershipRole, Officer, Person
from lianfang.places.models import Place
from lianfang.scenarios.boxing import facts, grounds, invented

_NAMESPACE = UUID("5f1c6a52-9f0e-5f5e-8f0a-371625000000")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SignIn:
    """A demo officer: what to type to sign in. The password is made for this installation."""

    username: str
    display_name: str
    role: str
    password: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands in the book after loading."""

    bodies: int
    persons: int
    mentions: int
    places: int
    invented: int
    passages: int
    already_there: bool

    def __str__(self) -> str:
        held = (
            f"{self.bodies} 个单位、{self.persons} 名人员、{self.mentions} 条捐赠线报、{self.places} 个场所"
            f"(其中虚构的住户和员工 {self.invented} 人、出入登记 {self.passages} 条)"
        )
        said = f"已在台账中,没有变动:{held}" if self.already_there else f"已载入:{held}"
        ended = "报道之后的事没有载明:场景止于报道当日(2020年2月19日),到期、超期按那天计算"
        return f"{said}\n{ended}\n家具厂小区、三官庙村手机上的值守口令(演示):{grounds.DEMO_PIN}"


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo officer: with a role on a body, on a place, or (neither named) on the county."""

    username: str
    display_name: str
    role: str
    body: str = ""
    place: str = ""


_DEMO = (
    Demo("admin", "系统管理员(演示)", Role.ADMINISTRATOR),
    Demo("office", "工商联办公室(演示)", Role.FEDERATION_OFFICE),
    Demo("leader", "工商联负责人(演示)", Role.FEDERATION_LEADER),
    Demo("secretary", "店子镇商会秘书(演示)", Role.CHAMBER_SECRETARY, body="店子镇商会"),
    Demo("auditor", "审计人员(演示)", Role.AUDITOR),
    Demo("headquarters", "指挥部办公室(演示)", Role.HEADQUARTERS),
    Demo("inspector", "督导组(演示)", Role.INSPECTOR),
    Demo("compound", "家具厂小区负责人(演示)", Role.PLACE_LEAD, place=grounds.COMPOUND),
    Demo("village", "三官庙村负责人(演示)", Role.PLACE_LEAD, place=grounds.VILLAGE),
    Demo("jingbo", "京博集团防控负责人(演示)", Role.SITE_SAFETY, body="京博集团"),
    Demo("wanshida", "万事达集团防控负责人(演示)", Role.SITE_SAFETY, body="万事达集团"),
)


def load(say: Say = lambda _line: None) -> Summary:
    """Load the scenario in one transaction: all of it, or nothing."""
    with transaction.atomic():
        known = Officer.objects.filter(pk=_id("officer", "office")).exists()
        actor = _actors(say)
        areas = _areas(actor)
        bodies = _bodies(actor, areas)
        persons = _persons(actor, bodies, areas)
        places = grounds.register_places(actor, areas, bodies)
        grounds.assign_places(actor, places, bodies, persons)
        _demo_officers(areas, bodies, places)
        for subject in ("giving", "gate"):
            load_rule_profiles(actor, subject=subject)
        response = _response(actor)
        before = Mention.objects.filter(response=response).count()
        _gifts(actor, response, areas[facts.COUNTY])
        _appeal(actor, response, bodies)
        grounds.load_grounds(_hands(actor), response, places, bodies, persons)
        if response.ended_on is None:
            close_response(actor, response=response, ended_on=invented.LAST_DAY)
        after = Mention.objects.filter(response=response).count()
    return Summary(
        bodies=len(bodies),
        persons=len(persons),
        mentions=after,
        places=len(places),
        invented=grounds.count_of_people(places),
        passages=count_of_passages(response),
        already_there=known and before == after,
    )


def sign_ins() -> list[SignIn]:
    """The demo sign-ins of this installation; empty where the scenario is not loaded."""
    path = settings.DATA_DIR / "demo-sign-ins.json"
    if not path.exists() or not Officer.objects.filter(pk=_id("officer", "office")).exists():
        return []
    return [SignIn(**one) for one in json.loads(path.read_text(encoding="utf-8"))]


def _actors(say: Say) -> Actor:
    """The administrator of the demo, who keeps the registers of the county while the facts come in."""
    password = _passwords()["admin"]
    username, name = _DEMO[0].username, _DEMO[0].display_name
    admin = people.appoint_first_administrator(
        username=username,
        display_name=name,
        password=password,
        county_name=facts.COUNTY,
        county_code=facts.COUNTY_CODE,
        id=_id("officer", username),
    )
    county = Area.objects.get(parent__isnull=True, name=facts.COUNTY)
    clerk = people.register_officer(
        Actor(admin, Origin.COMMAND_LINE),
        username=_DEMO[1].username,
        display_name=_DEMO[1].display_name,
        password=_passwords()["office"],
        id=_id("officer", _DEMO[1].username),
    )
    people.grant_role(
        Actor(admin, Origin.COMMAND_LINE),
        officer=clerk,
        role=Role.FEDERATION_OFFICE,
        area=county,
        id=_id("grant", _DEMO[1].username),
    )
    say(f"{facts.COUNTY}: {facts.RESPONSE}")
    return Actor(Officer.objects.get(pk=clerk.pk), Origin.COMMAND_LINE)


def _areas(actor: Actor) -> dict[str, Area]:
    county = Area.objects.get(parent__isnull=True, name=facts.COUNTY)
    areas = {facts.COUNTY: county}
    for name in facts.TOWNSHIPS:
        areas[name] = people.register_area(
            actor, name=name, level=AreaLevel.TOWNSHIP, parent=county, id=_id("area", name)
        )
    village, town = facts.VILLAGE
    areas[village] = people.register_area(
        actor, name=village, level=AreaLevel.COMMUNITY, parent=areas[town], id=_id("area", village)
    )
    return areas


def _bodies(actor: Actor, areas: Mapping[str, Area]) -> dict[str, Body]:
    bodies: dict[str, Body] = {}
    for fact in facts.BODIES:
        body = people.register_body(
            actor,
            name=fact.name,
            kind=fact.kind,
            area=areas[fact.area],
            parent=bodies.get(fact.parent),
            may_issue_receipts=fact.may_issue_receipts,
            remark=fact.remark,
            id=_id("body", fact.name),
        )
        bodies[fact.name] = body
        for alias in fact.aliases:
            if not BodyAlias.objects.filter(body=body, name=alias).exists():
                people.add_alias(actor, body=body, name=alias, id=_id("alias", f"{fact.name}/{alias}"))
    federation = bodies[facts.FEDERATION]
    people.set_up_leading_group(
        actor,
        of=federation,
        name=facts.LEADING_GROUP,
        plan=people.WorkPlan(title=facts.WORK_PLAN, text=facts.IN_THE_PLAN),
        id=_id("body", facts.LEADING_GROUP),
    )
    wording, count = facts.MEMBER_COUNT
    people.state_member_count(
        actor,
        body=federation,
        wording=wording,
        roles=[MembershipRole.VICE_CHAIR, MembershipRole.EXECUTIVE],
        count=count,
        source=facts.ARTICLE_TITLE,
        id=_id("member-count", wording),
    )
    for one, other in facts.LOOK_ALIKES:
        people.propose_resemblance(
            actor,
            body=bodies[one],
            other=bodies[other],
            reason="名称相近,可能是同一商会,须由人判定",
            id=_id("resemblance", f"{one}/{other}"),
        )
    return bodies


def _persons(actor: Actor, bodies: Mapping[str, Body], areas: Mapping[str, Area]) -> dict[str, Person]:
    persons: dict[str, Person] = {}
    for fact in facts.PERSONS:
        person = people.register_person(
            actor, name=fact.name, rank=fact.rank, area=areas[facts.COUNTY], id=_id("person", fact.name)
        )
        persons[fact.name] = person
        for body, title in fact.posts:
            people.give_post(
                actor,
                person=person,
                body=bodies[body],
                title=title,
                id=_id("post", f"{fact.name}/{body}/{title}"),
            )
    return persons


def _hands(office: Actor) -> grounds.Hands:
    """The officers who act at the places, read anew so that their grants are known."""

    def acting(username: str) -> Actor:
        return Actor(Officer.objects.get(pk=_id("officer", username)), Origin.COMMAND_LINE)

    return grounds.Hands(
        office=Actor(Officer.objects.get(pk=office.officer.pk), Origin.COMMAND_LINE),
        leader=acting("leader"),
        compound=acting("compound"),
        safety={grounds.JINGBO: acting("jingbo"), grounds.WANSHIDA: acting("wanshida")},
    )


def _demo_officers(
    areas: Mapping[str, Area], bodies: Mapping[str, Body], places: Mapping[str, Place]
) -> None:
    admin = Actor(Officer.objects.get(pk=_id("officer", "admin")), Origin.COMMAND_LINE)
    passwords = _passwords()
    for demo in _DEMO[1:]:
        officer = people.register_officer(
            admin,
            username=demo.username,
            display_name=demo.display_name,
            password=passwords[demo.username],
            id=_id("officer", demo.username),
        )
        people.grant_role(
            admin,
            officer=officer,
            role=demo.role,
            area=None if demo.body or demo.place else areas[facts.COUNTY],
            body=bodies[demo.body] if demo.body else None,
            place_id=places[demo.place].pk if demo.place else None,
            id=_id("grant", demo.username),
        )
        home = bodies[demo.body or facts.FEDERATION]
        if officer.body_id != home.pk:
            people.change_officer(
                admin, officer=officer, display_name=demo.display_name, body=home, person=None
            )
        if officer.one_time_until:
            # A demo sign-in is used at once, without choosing a password first.
            people.password_chosen(Actor(officer, Origin.COMMAND_LINE))


def _response(actor: Actor) -> Response:
    return open_response(
        actor,
        name=facts.RESPONSE,
        county=facts.COUNTY,
        county_code=facts.COUNTY_CODE,
        started_on=facts.STARTED_ON,
        id=_id("response", facts.COUNTY),
    )


def _gifts(actor: Actor, response: Response, county: Area) -> None:
    """The article as a source without text; each gift a mention, decided as an officer decides it."""
    taken = source_acts.register_source(
        actor,
        response=response,
        title=facts.ARTICLE_TITLE,
        kind=SourceKind.NOTICE,
        publisher=f"{facts.ARTICLE_PUBLISHER} 记者 {facts.ARTICLE_REPORTER}",
        published_on=facts.ARTICLE_PUBLISHED,
        area=county,
    )
    if taken.already_there:
        return
    for fact in facts.GIFTS:
        mention = mention_acts.add_mention(
            actor, from_source=taken.source, source_reference=f"“{fact.section}”一节", **fact.columns()
        )
        if fact.scope == Scope.GIFT:
            mention_acts.book_mention(actor, mention=mention)
        else:
            mention_acts.keep_as_statement(actor, mention=mention)
    mention_acts.add_mention(
        actor,
        from_source=taken.source,
        source_reference="兴福镇的捐献名单(报道提及,未载金额)",
        **facts.SEEN_ON_A_LIST.columns(),
    )


def _appeal(actor: Actor, response: Response, bodies: Mapping[str, Body]) -> None:
    """The appeal, approved by a second officer; sent before this book began, at a time not told."""
    known = Appeal.objects.filter(pk=_id("appeal", facts.APPEAL_TITLE)).exists()
    appeal = notices.draft_appeal(
        actor,
        response=response,
        body=bodies[facts.FEDERATION],
        title=facts.APPEAL_TITLE,
        points=facts.APPEAL_POINTS,
        greeting="广大企业家及商会",
        id=_id("appeal", facts.APPEAL_TITLE),
    )
    if known:
        return
    leader = Actor(Officer.objects.get(pk=_id("officer", "leader")), Origin.COMMAND_LINE)
    notices.submit_appeal(actor, appeal=appeal)
    notices.approve_appeal(leader, appeal=appeal)
    chambers = [bodies[fact.name] for fact in facts.BODIES if fact.name in facts.APPEAL_REACHED]
    notices.note_appeal_sent(actor, appeal=appeal, to=chambers, happened_at=None)


def _passwords() -> dict[str, str]:
    """The demo passwords of this installation, made once and readable by the service only."""
    path = settings.DATA_DIR / "demo-sign-ins.json"
    if not path.exists():
        signs = [
            {
                "username": demo.username,
                "display_name": demo.display_name,
                "role": str(Role(demo.role).label),
                "password": people.one_time_password(),
            }
            for demo in _DEMO
        ]
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(signs, file, ensure_ascii=False, indent=1)
    return {one["username"]: one["password"] for one in json.loads(path.read_text(encoding="utf-8"))}


def _id(kind: str, name: str) -> UUID:
    """The same id for the same fact, in every installation."""
    return uuid5(_NAMESPACE, f"{kind}:{name}")
