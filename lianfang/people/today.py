"""What waits here for an officer."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.today import Item, todays_work
from lianfang.people import queries
from lianfang.people.models import Officer


@todays_work
def names_to_decide(officer: Officer, _response: Response) -> Iterable[Item]:
    if officer.may(Right.KEEP_REGISTERS):
        yield Item(
            _("疑似同一单位待判定"), queries.open_resemblances(officer).count(), reverse("resemblances")
        )
