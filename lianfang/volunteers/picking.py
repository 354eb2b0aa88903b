"""What fields pick from: volunteers, by name, pinyin, initials or the last four digits of the phone."""

from collections.abc import Iterable

from lianfang.desk.picking import Choice, known
from lianfang.people.models import Officer
from lianfang.volunteers import queries


@known("volunteer")
def volunteers(officer: Officer, typed: str, limit: int) -> Iterable[Choice]:
    found = queries.find_volunteers(officer, typed) if typed else queries.visible_volunteers(officer)
    for one in found.filter(ended_on__isnull=True)[:limit]:
        yield Choice(str(one.pk), one.person.name, " · ".join(filter(None, (one.unit, one.skills_in_words))))
