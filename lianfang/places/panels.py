"""What this room shows on the pages of others: where a person lives and works."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.panels import Figure, Line, Panel, panel
from lianfang.desk.states import State, Tone
from lianfang.people.models import Officer, Person
from lianfang.places import queries
from lianfang.places.models import Place


@panel("place", order=50)
def households(officer: Officer, place: Place) -> Panel | None:
    """Figures of the register, for those who read persons here."""
    if not officer.may(Right.READ_PERSONS, place.scope()):
        return None
    address = f"{reverse('households')}?place={place.pk}"
    standing = queries.standing_households(place)
    measured = queries.measures_in_force(timezone.now()).filter(household__in=standing)
    live = queries.passes_in_state(place.passes.all(), "live")
    staff = queries.employees_now(place).count()
    figures = [
        Figure(_("住户"), standing.count(), address),
        Figure(_("居住人员"), queries.count_of_people(place), address),
        Figure(_("有管控措施"), measured.values("household").distinct().count(), f"{address}&state=measure"),
        Figure(_("有特殊困难"), standing.exclude(needs="").count(), f"{address}&state=needs"),
        Figure(_("有效出入证"), live.count(), f"{reverse('passes')}?place={place.pk}&state=live"),
    ]
    if staff:
        figures.append(Figure(_("员工"), staff, f"{reverse('employees')}?place={place.pk}"))
    return Panel(_("住户底数"), figures=figures)


@panel("person", order=20)
def homes(officer: Officer, person: Person) -> Panel | None:
    """Where somebody lives, lived and works, as far as the officer may read it."""
    visible = set(queries.visible_residents(officer).filter(person=person).values_list("pk", flat=True))
    today = timezone.localdate()
    lines = []
    for resident in queries.homes_of(person):
        if resident.pk not in visible:
            continue
        now = resident.holds_on(today)
        lines.append(
            Line(
                f"{resident.household.place} {resident.household.label}",
                reverse("household", args=[resident.household_id]),
                resident.relation or resident.get_kind_display(),
                State(_("现住"), Tone.DONE) if now else State(_("已搬离"), Tone.STOPPED),
            )
        )
    lines.extend(
        Line(str(employee.place), reverse("employees"), f"{employee.department} {employee.job}".strip())
        for employee in queries.visible_employees(officer).filter(person=person, valid_to=None)
    )
    return Panel(_("住处和用工"), lines=lines) if lines else None
