"""Duty on the guards' phone: coming and leaving, and handing a post over."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.desk.phone_tasks import phone_task
from lianfang.duty.models import DutyMember, DutyPost
from lianfang.duty.queries import turns_at


def duty_of(place: UUID) -> dict[str, Any]:
    """Who is on the list of a place, its posts, and the duties of two days; names only."""
    now = timezone.now()
    members = DutyMember.objects.filter(place=place, ended_on__isnull=True)
    posts = DutyPost.objects.filter(place=place, ended_on__isnull=True, for_leaders=False)
    return {
        "members": [{"id": str(one.pk), "name": one.name} for one in members],
        "posts": [{"id": str(one.pk), "name": one.name} for one in posts],
        "turns": [
            {
                "name": turn.name,
                "post": turn.post,
                "shift": turn.shift,
                "from": int(turn.starts_at.timestamp()),
                "to": int(turn.ends_at.timestamp()),
            }
            for turn in turns_at(place, now - timedelta(days=1), now + timedelta(days=2))
        ],
    }


phone_task(
    "duty",
    title=_("到岗与交接班"),
    module="duty/field/duty.js",
    icon="arrow-left-right",
    order=20,
    record_types=["attendance", "handover"],
    data=duty_of,
)
