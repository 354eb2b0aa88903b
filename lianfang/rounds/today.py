"""What waits in the rounds today."""

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.today import Item, Urgency, todays_work
from lianfang.people.models import Officer
from lianfang.rounds.queries import coverage, publicity

MOST_NAMED = 5


@todays_work
def rounds_waiting(officer: Officer, response: Response) -> Iterator[Item]:
    """Stops that are overdue, paper that is out of date, to be taken down or mended."""
    now = response.clock(timezone.now())
    if officer.may(Right.KEEP_ROUNDS):
        places = coverage.visible_round_places(officer)
        clocks = coverage.clocks_of(list(places), response, now)
        late = [clock for clock in clocks if clock.light is coverage.Light.OVERDUE]
        by_place = Counter(clock.round.place.name for clock in late).most_common(MOST_NAMED)
        where = "、".join(f"{name} {number}" for name, number in by_place)
        yield Item(_("到期未做的消毒、巡查点位"), len(late), reverse("rounds:places"), Urgency.LATE, where)
    if officer.may(Right.KEEP_PUBLICITY):
        hanging = reverse("rounds:publicity")
        old = publicity.outdated(officer).count()
        yield Item(_("旧通报还挂着,要换下"), old, f"{hanging}?work=outdated", Urgency.DUE)
        down = publicity.to_take_down(officer, timezone.localdate(now)).count()
        yield Item(_("到期应撤的宣传品"), down, f"{hanging}?work=take_down", Urgency.DUE)
        broken = publicity.to_mend(officer).count()
        yield Item(_("破损、缺失的宣传品"), broken, f"{hanging}?work=mend")
