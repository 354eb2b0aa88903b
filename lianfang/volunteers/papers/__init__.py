"""The certificate of service on paper."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from lianfang.engines.papers import chinese_date, qr_svg, typeset
from lianfang.volunteers.models import ServiceCertificate

_FOLDER = Path(__file__).resolve().parent


def certificate_pdf(found: ServiceCertificate) -> bytes:
    """The certificate, with the code that says the same, signed."""
    data = {
        "number": found.number,
        "name": found.name,
        "body": [
            f"您于{chinese_date(found.first_day)}至{chinese_date(found.last_day)}参加{found.response.name}"
            f"志愿服务，累计服务时长{_chinese_hours(found.minutes)}。"
            if found.first_day != found.last_day
            else f"您于{chinese_date(found.first_day)}参加{found.response.name}志愿服务，"
            f"服务时长{_chinese_hours(found.minutes)}。",
            "特此证明。",
        ],
        "organisation": found.issuer.name,
        "day": chinese_date(timezone.localdate(found.happened_at)),
        "qr": qr_svg(check_address(found), border=2),
        "address": settings.PUBLIC_ADDRESS + reverse("volunteers:check"),
    }
    return typeset(_FOLDER / "certificate.typ", data, made_at=found.happened_at)


def check_address(found: ServiceCertificate) -> str:
    """What the QR code says: the page of the check, and behind # the signed text, which no server sees."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('volunteers:check')}#{found.token}"


def _chinese_hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return (f"{hours}小时" if hours else "") + (f"{rest}分钟" if rest else "")
