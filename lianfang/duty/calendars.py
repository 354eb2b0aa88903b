"""A person's duties as a calendar feed (.ics): an address that is signed, for whoever holds it, without
sign-in. It names the person's own duties and nobody else's. Renewing the serial ends the old address.
"""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from lianfang.duty.models import DutyMember
from lianfang.duty.queries import turns_of_member

_SIGNER = Signer(salt="lianfang.duty.calendar")
BEFORE, AHEAD = timedelta(days=31), timedelta(days=120)


def address_of(member: DutyMember) -> str:
    return settings.PUBLIC_ADDRESS + reverse("duty:calendar", args=[token_of(member)])


def token_of(member: DutyMember) -> str:
    return _SIGNER.sign(f"{member.pk.hex}.{member.calendar_serial}")


def member_of(token: str) -> DutyMember | None:
    """The member whose address this is, None where it was never ours or has been renewed."""
    try:
        key, _dot, serial = _SIGNER.unsign(token).partition(".")
    except BadSignature:
        return None
    member = DutyMember.objects.select_related("place").filter(pk=key).first()
    return member if member and str(member.calendar_serial) == serial else None


def calendar_of(member: DutyMember) -> bytes:
    """The duties of the last month and those ahead, with a reminder an hour before each."""
    now = timezone.now()
    calendar = Calendar()
    calendar.add("prodid", "-//lianfang//duty//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("%s 值班") % member.name)
    for turn in turns_of_member(member, now - BEFORE, now + AHEAD):
        event = Event()
        event.add("uid", f"{turn.version.roster_id}.{turn.duty}.{member.pk}@lianfang")
        event.add("dtstamp", turn.version.received_at)
        event.add("sequence", turn.version.number)
        event.add("dtstart", turn.starts_at)
        event.add("dtend", turn.ends_at)
        event.add("summary", f"{turn.shift} {turn.post}".strip())
        event.add("location", turn.place)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{turn.shift} {turn.post}".strip())
        alarm.add("trigger", -timedelta(hours=1))
        event.add_component(alarm)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
