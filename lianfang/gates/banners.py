"""Open fever cases stand on every page of those who handle them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.banners import Banner, banner
from lianfang.desk.states import State, Tone
from lianfang.gates.queries.incidents import give_standings, open_incidents
from lianfang.people.models import Officer

_MOST_NAMED = 20


@banner
def open_cases(officer: Officer, response: Response) -> Iterator[Banner]:
    """One line: how many cases are open, and how many of them are late."""
    if not officer.may(Right.HANDLE_INCIDENTS):
        return
    cases = list(open_incidents(officer, response)[: _MOST_NAMED + 1])
    if not cases:
        return
    give_standings(cases)
    late = [case for case in cases if case.standing.late]
    number = f"{_MOST_NAMED}+" if len(cases) > _MOST_NAMED else str(len(cases))
    word = ngettext("%(number)s 起发热等异常事件未结案", "%(number)s 起发热等异常事件未结案", len(cases)) % {
        "number": number
    }
    detail = ""
    if late:
        names = "、".join(case.name for case in late[:3])
        detail = _("其中 %(late)d 起已超时:%(names)s") % {"late": len(late), "names": names}
    url = (
        reverse("gates:incident", args=[cases[0].root_id]) if len(cases) == 1 else reverse("gates:incidents")
    )
    yield Banner(State(word, Tone.URGENT), url, detail)
