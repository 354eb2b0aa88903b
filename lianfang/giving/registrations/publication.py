"""Publications in the navigation, in today's work, and what must hold of them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry
from lianfang.desk.today import Item, Urgency, todays_work
from lianfang.giving.models import DisclosureState
from lianfang.giving.queries.deadlines import deadlines_of
from lianfang.giving.queries.disclosures import visible_disclosures, visible_proposals
from lianfang.people.models import Officer

entry(_("公示"), "giving:disclosures", Right.READ_BOOK, Section.GIVING, 50, icon="megaphone")
entry(_("感谢信、证书"), "giving:acknowledgements", Right.READ_BOOK, Section.GIVING, 60, icon="award")


@todays_work
def publications_due(officer: Officer, response: Response) -> Iterator[Item]:
    """The next publication of each body, with its countdown and the rule that wants it."""
    if not (officer.may(Right.BOOK_GIFTS) or officer.may(Right.PUBLISH)):
        return
    for due in deadlines_of(officer, response):
        yield Item(
            _("待公示的捐赠(%(body)s)") % {"body": due.body.name},
            due.count,
            due.url if officer.may(Right.BOOK_GIFTS) else reverse("giving:disclosures"),
            Urgency.LATE if due.overdue else Urgency.DUE,
            detail=f"{due.countdown} · {due.source}",
            due_at=due.due_at,
        )


@todays_work
def publications_waiting(officer: Officer, response: Response) -> Iterator[Item]:
    """Drafts that wait for a second person, reviewed ones that wait to be published, corrections."""
    if officer.may(Right.REVIEW_DISCLOSURE):
        rows = visible_disclosures(officer, response, Right.REVIEW_DISCLOSURE)
        drafts = rows.filter(state=DisclosureState.DRAFT).exclude(prepared_by=officer)
        yield Item(_("公示待复核"), drafts.count(), _where(drafts.values_list("pk", flat=True)), Urgency.DUE)
    if officer.may(Right.PUBLISH):
        ready = visible_disclosures(officer, response, Right.PUBLISH).filter(state=DisclosureState.REVIEWED)
        yield Item(
            _("公示已复核,待发布"), ready.count(), _where(ready.values_list("pk", flat=True)), Urgency.DUE
        )
        proposals = visible_proposals(officer, response).exclude(proposed_by=officer)
        yield Item(_("更正说明待发布"), proposals.count(), reverse("giving:disclosures"), Urgency.DUE)


def _where(found: QuerySet[Any]) -> str:
    """The page of the only one, else the list."""
    keys = list(found[:2])
    if len(keys) == 1:
        return reverse("giving:disclosure", args=[keys[0]])
    return reverse("giving:disclosures")
