"""What waits about phones today."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.today import Item, Urgency, todays_work
from lianfang.field.queries.devices import visible_devices, visible_refused
from lianfang.people.models import Officer

SILENT_AFTER = timedelta(hours=12)


@todays_work
def phones_waiting(officer: Officer, response: Response) -> Iterator[Item]:
    """Records that were not taken, and phones that have not been heard of for half a day."""
    if officer.may(Right.KEEP_GATE):
        yield Item(
            _("手机上传的记录未收,待处理"),
            visible_refused(officer).filter(response=response).count(),
            reverse("field:refused"),
            Urgency.DUE,
        )
    if officer.may(Right.MANAGE_DEVICES):
        long_ago = timezone.now() - SILENT_AFTER
        silent = visible_devices(officer).filter(
            Q(chain__last_seen_at__lt=long_ago) | Q(chain__last_seen_at=None, enrolled_at__lt=long_ago),
            response=response,
            revoked_at=None,
        )
        yield Item(_("值守手机超过半天没有联系"), silent.count(), reverse("field:devices") + "?state=silent")
