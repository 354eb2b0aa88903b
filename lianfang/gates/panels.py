"""What the gates show on the pages of a place, a household and a person."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lianfang.book.rights import Right
from lianfang.desk.panels import Figure, Line, Panel, panel
from lianfang.desk.rendering import moment_text
from lianfang.desk.states import State, Tone
from lianfang.gates import showing
from lianfang.gates.models import Passage
from lianfang.gates.queries.days import day_of
from lianfang.gates.queries.passages import passages_of_household, visible_gates
from lianfang.gates.queries.rules import in_force_at
from lianfang.people.models import Officer, Person
from lianfang.places.models import Household, Place

_LAST = 5


@panel("place", order=10)
def gates_today(officer: Officer, place: Place) -> Panel | None:
    """Today's figures of the gates, and each gate with its last record."""
    gates = list(visible_gates(officer, Right.READ_GATES).filter(place=place).order_by("name"))
    if not gates:
        return None
    now = timezone.now()
    day = day_of(gates, None, timezone.localdate(now), now)
    total, url = day.total, f"{reverse('gates:today')}?place={place.pk}"
    figures = [
        Figure(_("人员进(人次)"), total.persons_in, url),
        Figure(_("人员出(人次)"), total.persons_out, url),
        Figure(_("车次"), total.vehicles, url),
        Figure(_("劝返、拒绝"), total.turned_back + total.refused, url),
        Figure(_("暂留"), total.held, reverse("gates:incidents"), Tone.URGENT if total.held else Tone.PLAIN),
    ]
    lines = [
        Line(
            one.gate.name,
            reverse("gates:register", args=[one.gate.pk]),
            moment_text(one.last_at) if one.last_at else _("今天还没有登记"),
            State(_("久无登记"), Tone.URGENT) if one.silent_for else None,
        )
        for one in day.gates
    ]
    inside = f"{reverse('gates:inside')}?place={place.pk}"
    return Panel(_("今日出入"), figures=figures, lines=lines, more=inside, more_says=_("在内与未归"))


@panel("place", order=15)
def gate_rules_now(officer: Officer, place: Place) -> Panel | None:
    """What each gate of the place is kept by today."""
    rights = (Right.READ_GATES, Right.KEEP_GATE, Right.SET_GATE_RULES)
    if not any(officer.may(right, place.scope()) for right in rights):
        return None
    url = reverse("gates:rules", args=[place.pk])
    language = "en" if (get_language() or "").startswith("en") else "zh"
    lines = [
        Line(
            f"{one.gate.name}:{one.title}",
            url,
            one.exits(language),
            State(_("本口"), Tone.DONE)
            if one.own and one.own.gate
            else State(_("本场所"), Tone.DONE)
            if one.own
            else State(_("县规则"), Tone.PLAIN),
        )
        for one in in_force_at(place, timezone.localdate())
        if one.gate and one.rules
    ]
    return Panel(_("出入规则"), lines=lines, empty=_("还没有规则。"), more=url, more_says=_("查看、制定规则"))


@panel("household", order=30)
def household_passages(officer: Officer, household: Household) -> Panel | None:
    """When somebody of the household last went out and came back."""
    if not officer.may(Right.READ_GATES, household.scope()):
        return None
    rows = passages_of_household(household)[:_LAST]
    return Panel(_("最近出入"), lines=[_line(row) for row in rows], empty=_("还没有出入登记。"))


@panel("person", order=30)
def person_passages(officer: Officer, person: Person) -> Panel | None:
    """The way to somebody's passages: opening them is logged, so they do not stand here."""
    if not officer.may(Right.READ_GATES):
        return None
    gates = visible_gates(officer, Right.READ_GATES)
    if not Passage.objects.filter(person=person, gate__in=gates).exists():
        return None
    return Panel(
        _("出入登记"),
        empty=_("查阅会记入此人的查阅记录。"),
        more=reverse("gates:person", args=[person.pk]),
        more_says=_("查阅此人的出入登记"),
    )


def _line(passage: Passage) -> Line:
    return Line(
        f"{passage.name} {passage.get_direction_display()}",
        reverse("gates:passage", args=[passage.root_id]),
        f"{moment_text(passage.happened_at)} {passage.gate.name}",
        showing.outcome_of(passage),
    )
