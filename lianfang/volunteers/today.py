"""What waits in the room of the volunteers today."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.today import Item, Urgency, todays_work
from lianfang.people.models import Officer
from lianfang.volunteers import queries


@todays_work
def sign_ups_waiting(officer: Officer, response: Response) -> Iterator[Item]:
    """Those who signed up and have no answer yet."""
    if officer.may(Right.KEEP_VOLUNTEERS):
        waiting = queries.waiting_sign_ups(officer, response).count()
        address = f"{reverse('volunteers:sign_ups')}?verdict=waiting"
        yield Item(_("待处理的志愿者报名"), waiting, address, Urgency.WAITING)
