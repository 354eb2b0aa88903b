"""The walk of the volunteers."""

from collections.abc import Iterator

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from lianfang.book.soundness import Finding as Unsound
from lianfang.book.soundness import walk
from lianfang.engines.certificates import CertificateCode, check_certificate
from lianfang.volunteers import signing
from lianfang.volunteers.models import (
    PledgeSignature,
    ServiceCertificate,
    ServiceHours,
    SigningWay,
    TeamMembership,
    VolunteerSignUp,
)


@walk("volunteers")
def volunteers() -> Iterator[Unsound]:
    """Everybody who signed up has agreed; who signed a pledge was in the team, and something shows it; nobody
    served more than a day in a day; certificates say what their signature says."""
    for sign_up in VolunteerSignUp.objects.filter(consent=""):
        yield _unsound(f"volunteers.volunteersignup:{sign_up.pk}", _("报名没有知情同意"))
    members = set(TeamMembership.objects.values_list("team_id", "volunteer_id"))
    for signature in PledgeSignature.objects.current().select_related("pledge"):
        subject = f"volunteers.pledgesignature:{signature.pk}"
        if (signature.pledge.team_id, signature.volunteer_id) not in members:
            yield _unsound(subject, _("签名的人不是这支队伍的队员"))
        if not (signature.drawn if signature.way == SigningWay.DRAWN else signature.proof):
            yield _unsound(subject, _("签名没有依据"))
    days = (
        ServiceHours.objects.current()
        .order_by()
        .values("volunteer", "day")
        .annotate(total=Sum("minutes"))
        .filter(total__gt=24 * 60)
    )
    for row in days:
        yield _unsound(f"volunteers.volunteer:{row['volunteer']}", _("%s 的服务时长超过24小时") % row["day"])
    for hours in ServiceHours.objects.current().filter(day__gt=F("received_at__date")):
        yield _unsound(f"volunteers.servicehours:{hours.pk}", _("服务日期晚于登记的日期"))
    yield from _certificates()


def _certificates() -> Iterator[Unsound]:
    keys = signing.trusted_keys()
    for row in ServiceCertificate.objects.newest().select_related("issuer"):
        found = check_certificate(row.token, keys)
        said = found.certificate
        subject = f"volunteers.servicecertificate:{row.pk}"
        if found.code not in (CertificateCode.GENUINE, CertificateCode.KEY_WITHDRAWN) or said is None:
            yield _unsound(subject, _("服务证明的签名不能核验"))
        elif (said.number, said.name, said.minutes, said.first_day, said.last_day) != (
            row.number,
            row.name,
            row.minutes,
            row.first_day,
            row.last_day,
        ):
            yield _unsound(subject, _("服务证明与签名的内容不一致"))


def _unsound(subject: str, message: str) -> Unsound:
    return Unsound("volunteers", subject, message)
