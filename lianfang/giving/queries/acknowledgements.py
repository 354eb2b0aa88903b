"""Letters and certificates as they are read: by officers, and by whoever checks a paper."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.masking import masked_name
from lianfang.engines.figures import Bound, to_capitals, to_chinese
from lianfang.engines.papers import chinese_date, qr_svg, typeset
from lianfang.giving.models import (
    Acknowledgement,
    AcknowledgementKind,
    Donation,
    DonationLine,
    DonorKind,
    DonorNaming,
    GiftKind,
)
from lianfang.giving.publication.lines import goods_text
from lianfang.giving.queries.disclosures import tidy_code
from lianfang.people.models import Body, Officer

_PAPERS = Path(__file__).resolve().parent.parent / "papers"
_PREFIX = {AcknowledgementKind.LETTER: "谢", AcknowledgementKind.CERTIFICATE: "证"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a stranger who checks a paper is told, and no more. `stands` is False once it was taken back."""

    kind: str
    number: str
    name: str
    amount_text: str
    day: date
    issuer: str
    stands: bool


def visible_acknowledgements(officer: Officer, response: Response) -> QuerySet[Acknowledgement]:
    """The newest versions, those taken back too, of the bodies that the officer may read."""
    reach = officer.reach(Right.READ_BOOK)
    found: QuerySet[Acknowledgement] = (
        Acknowledgement.objects.newest()
        .filter(reach.rows(areas=["issuer__area"], bodies=["issuer"]), response=response)
        .select_related("issuer__area", "donation", "written_by")
    )
    return found


def next_number(issuer: Body, kind: str, at: datetime) -> str:
    """The issuer's next number of the year: 证〔2020〕0001号."""
    year = timezone.localtime(at).year
    begins = f"{_PREFIX[AcknowledgementKind(kind)]}〔{year}〕"
    numbers = Acknowledgement.objects.filter(
        issuer=issuer, corrects__isnull=True, number__startswith=begins
    ).values_list("number", flat=True)
    used = [int(digits) for one in numbers if (digits := one[len(begins) :].removesuffix("号")).isdigit()]
    return f"{begins}{max(used, default=0) + 1:04d}号"


def amount_in_words(gift: Donation) -> str:
    """What was given: an exact sum in capitals and figures, any other as it was said; goods by article."""
    parts = []
    if gift.kind != GiftKind.CASH:
        lines = DonationLine.objects.current().filter(donation=gift.root_id).order_by("position")
        parts += [goods_text(line) for line in lines[:12]]
    amount = gift.amount
    if amount.value is not None:
        said = to_chinese(amount)
        if amount.bound is Bound.EXACT:
            said = f"{to_capitals(amount.value)}(¥{amount.value:,.2f})"
        parts.append(f"折价{said}" if gift.kind == GiftKind.GOODS else said)
    if gift.currency and gift.currency_value is not None:
        parts.append(f"{gift.currency} {gift.currency_value:,.2f}")
    return "、".join(parts) or _("款物一批")


def default_text(gift: Donation, kind: str, response: Response) -> str:
    """A wording to begin with; the officer changes it as the occasion asks."""
    given = amount_in_words(gift)
    verb = "捐赠款项" if gift.kind == GiftKind.CASH else "捐赠"
    if kind == AcknowledgementKind.CERTIFICATE:
        return (
            f"在{response.name}工作中，您{verb}{given}，为守护全县人民群众的生命安全和身体健康作出了贡献。\n"
            "特发此证，谨致谢忱。"
        )
    return (
        f"您为{response.name}{verb}{given}，我们已经收到，并登记入账，将按规定使用，接受社会监督。\n"
        "危难之际，您伸出援手，给了坚守一线的人们实实在在的支持。"
        "我们会管好、用好每一分钱、每一件物资，不辜负这份信任。\n"
        "谨代表受助的单位和群众，向您表示衷心的感谢！"
    )


def paper_of(found: Acknowledgement) -> bytes:
    """The letter or the certificate as PDF, with the QR code that leads to its check."""
    address = check_address(found)
    data = {
        "title": "捐赠证书" if found.kind == AcknowledgementKind.CERTIFICATE else "感谢信",
        "number": found.number,
        "receiver": found.addressee,
        "body": [line.strip() for line in found.text.splitlines() if line.strip()],
        "organisation": found.issuer.name,
        "day": chinese_date(timezone.localdate(found.happened_at)),
        "qr": qr_svg(address, border=2),
        "code": f"{found.check_code[:4]} {found.check_code[4:]}",
        "address": address,
    }
    return typeset(_PAPERS / f"{found.kind}.typ", data, made_at=found.happened_at)


def check_address(found: Acknowledgement) -> str:
    """Where the paper is checked: what its QR code says."""
    return settings.PUBLIC_ADDRESS + reverse("giving:public_check_code", args=[found.check_code])


def check(typed: str) -> Checked | None:
    """What is told of the paper with this code; None where there is none."""
    code = tidy_code(typed)
    found = (
        Acknowledgement.objects.newest()
        .filter(Q(check_code=code))
        .select_related("issuer", "donation")
        .first()
        if code
        else None
    )
    if found is None:
        return None
    gift = Donation.objects.newest().get(root=found.donation_id)
    return Checked(
        kind=found.get_kind_display(),
        number=found.number,
        name=_masked(found.addressee, gift),
        amount_text=found.amount_text,
        day=timezone.localdate(found.happened_at),
        issuer=found.issuer.name,
        stands=not found.withdrawn and not gift.withdrawn,
    )


def _masked(name: str, gift: Donation) -> str:
    """Part of the name: enough for the bearer to recognise, too little for a stranger to learn."""
    if gift.naming != DonorNaming.NAMED:
        return _("爱心人士(不公开姓名)")
    if gift.donor_kind == DonorKind.PERSON or len(name) < 6:
        return masked_name(name)
    return name[:2] + "*" * (len(name) - 4) + name[-2:]
