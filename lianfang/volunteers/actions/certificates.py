"""Certificates of service: issued over the hours that stand, signed, taken back; their keys."""

from django.db.models import Max, Min, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused
from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.engines import certificates as engine
from lianfang.people.models import Body
from lianfang.volunteers import signing
from lianfang.volunteers.models import ServiceCertificate, ServiceHours, Volunteer


@action("issue_service_certificate", says=_("{officer}出具了{subject}"))
def issue_certificate(
    act: Act, *, response: Response, volunteer: Volunteer, issuer: Body
) -> ServiceCertificate:
    """Certify all hours that stand in the book. Raises Refused: `no_hours`."""
    act.require(Right.KEEP_VOLUNTEERS, volunteer)
    act.require(Right.KEEP_VOLUNTEERS, issuer)
    served = (
        ServiceHours.objects.current()
        .filter(volunteer=volunteer, response=response)
        .aggregate(minutes=Sum("minutes"), first=Min("day"), last=Max("day"))
    )
    if not served["minutes"]:
        raise Refused(_("还没有服务时长,不能出具证明。"), "no_hours")
    key = signing.signing_key()
    number = next_number(issuer, timezone.localdate(act.at).year)
    certificate = engine.Certificate(
        issuer=issuer.name,
        number=number,
        name=volunteer.person.name,
        minutes=served["minutes"],
        first_day=served["first"],
        last_day=served["last"],
        issued_at=max(int(act.at.timestamp()), key.active_from),
    )
    return act.add(
        ServiceCertificate(
            response=response,
            volunteer=volunteer,
            issuer=issuer,
            number=number,
            name=certificate.name,
            minutes=certificate.minutes,
            first_day=certificate.first_day,
            last_day=certificate.last_day,
            key_id=key.trusted.kid.hex(),
            token=engine.issue_certificate(certificate, key),
            happened_at=act.at,
            written_at=act.at,
            written_by=act.officer,
        )
    )


@action("withdraw_service_certificate", says=_("{officer}收回了{subject}"))
def withdraw_certificate(act: Act, *, certificate: ServiceCertificate, reason: str) -> ServiceCertificate:
    """Whoever checks it on our page is told so. Raises Conflict, ValidationError."""
    act.require(Right.KEEP_VOLUNTEERS, certificate.issuer)
    return act.withdraw(certificate, reason)


def next_number(issuer: Body, year: int) -> str:
    """The issuer's next number of the year: 志愿〔2020〕0001号."""
    begins = f"志愿〔{year}〕"
    numbers = ServiceCertificate.objects.filter(
        issuer=issuer, corrects__isnull=True, number__startswith=begins
    ).values_list("number", flat=True)
    used = [int(one[len(begins) :].removesuffix("号")) for one in numbers]
    return f"{begins}{max(used, default=0) + 1:04d}号"
