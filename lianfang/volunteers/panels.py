"""Volunteers on the pages of a place and of a person."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.panels import Line, Panel, panel
from lianfang.people.models import Officer, Person
from lianfang.places.models import Place
from lianfang.volunteers import queries


@panel("place", order=15)
def extra_hands(officer: Officer, place: Place) -> Panel | None:
    """The teams of a place, and who helps there now."""
    if not officer.reach(Right.KEEP_VOLUNTEERS).covers(place.scope()):
        return None
    lines = [
        Line(team.name, reverse("volunteers:team", args=[team.pk]), _("%d 人") % team.members)
        for team in queries.visible_teams(officer).filter(place=place, ended_on__isnull=True)
    ]
    lines += [
        Line(
            one.volunteer.person.name,
            reverse("volunteers:volunteer", args=[one.volunteer_id]),
            f"{one.what} –{timezone.localtime(one.ends_at):%H:%M}" if one.ends_at else one.what,
        )
        for one in queries.posted_at(place, timezone.now())
    ]
    return Panel(
        _("志愿者"),
        lines=lines,
        empty=_("现在没有派到这里的志愿者。"),
        more=f"{reverse('volunteers:volunteers')}?place={place.pk}",
        more_says=_("志愿者名单"),
    )


@panel("person", order=40)
def as_volunteer(officer: Officer, person: Person) -> Panel | None:
    """The way to somebody's page as a volunteer: opening it is logged."""
    found = queries.volunteer_of_person(person.pk)
    if found is None or not queries.may_keep(officer, found):
        return None
    return Panel(
        _("志愿者"),
        empty=found.skills_in_words or _("未登记技能"),
        more=reverse("volunteers:volunteer", args=[found.pk]),
        more_says=_("志愿者页面"),
    )
