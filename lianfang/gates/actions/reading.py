"""Reading that leaves a trace: somebody's passages, and who passed at the same time."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Act, action
from lianfang.book.errors import NotAllowed, field_error
from lianfang.book.models import ReadEntry
from lianfang.book.rights import Right
from lianfang.gates.models import HealthIncident
from lianfang.people.models import Person

_PURPOSE_LENGTH = 200


@action("read_passages", says=gettext_lazy("{officer}查阅了{subject}的出入登记"))
def read_passages(act: Act, *, person: Person) -> ReadEntry:
    """Somebody looks at where a person passed: called by each reading, before anything is shown."""
    act.anyone()
    if not act.officer.may(Right.READ_GATES):
        raise NotAllowed(Right.READ_GATES)
    return note_read(act, person, _("出入登记"), "")


@action("trace_contacts", says=gettext_lazy("{officer}查询了与{subject}同时出入的人员"))
def trace_contacts(
    act: Act,
    *,
    person: Person,
    minutes: int,
    days: int,
    purpose: str,
    found: int,
    incident: HealthIncident | None = None,
) -> ReadEntry:
    """Log the contact question with its purpose, on the person and in the chain, before the answer is shown.

    Raises ValidationError without a purpose, NotAllowed without the right anywhere.
    """
    act.anyone()
    if not act.officer.may(Right.TRACE_CONTACTS):
        raise NotAllowed(Right.TRACE_CONTACTS)
    purpose = purpose.strip()
    if len(purpose) < 2:
        raise field_error(
            "purpose", gettext_lazy("请写明查询的用途,例如:县疾控中心流行病学调查。"), "required"
        )
    if len(purpose) > _PURPOSE_LENGTH:
        raise field_error("purpose", gettext_lazy("用途请写在 200 字以内。"), "max_length")
    act.note(
        person,
        contacts_within_minutes=minutes,
        days=days,
        purpose=purpose,
        found=found,
        incident=str(incident.root_id) if incident else "",
    )
    what = _("前后 %(minutes)d 分钟、%(days)d 天内同一出入口的人员") % {"minutes": minutes, "days": days}
    return note_read(act, person, what, purpose)


def note_read(act: Act, person: Person, what: str, purpose: str) -> ReadEntry:
    """Leave on a person that somebody read what the gates hold of that person."""
    return ReadEntry.objects.create(
        at=act.at,
        officer=act.officer,
        person_id=person.pk,
        person_name=person.name,
        what=what,
        purpose=purpose,
        address=act.actor.address,
    )
