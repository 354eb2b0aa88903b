"""The review in the navigation and in today's work."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry
from lianfang.desk.today import Item, todays_work
from lianfang.giving.queries.review import visible_sources
from lianfang.people.models import Officer

entry(_("收入材料"), "giving:take_in", Right.BOOK_GIFTS, Section.GIVING, 5, icon="clipboard-plus")
entry(_("识读审核"), "giving:sources", Right.BOOK_GIFTS, Section.GIVING, 10, icon="clipboard-check")


@todays_work
def mentions_to_review(officer: Officer, response: Response) -> Iterator[Item]:
    """How many mentions wait, in how many sources."""
    if not officer.may(Right.BOOK_GIFTS):
        return
    waiting = list(visible_sources(officer, response).filter(open_count__gt=0))
    if waiting:
        only = waiting[0].pk
        yield Item(
            _("线报待审核入账"),
            sum(source.open_count for source in waiting),
            reverse("giving:review", args=[only]) if len(waiting) == 1 else reverse("giving:sources"),
            detail="、".join(source.title for source in waiting[:3]),
        )
