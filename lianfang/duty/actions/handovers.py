"""The leader's countersignature under a handover."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.duty.attendance import counts_of
from lianfang.duty.models import Handover, HandoverReview


@action("review_handover", says=_("{officer}复核了交接班:{subject}"))
def review_handover(act: Act, *, handover: Handover, text: str = "") -> HandoverReview:
    """Sign a handover; the counts of the gates are written down as they stand. Refused a second time."""
    act.require(Right.SIGN_HANDOVER, handover)
    if HandoverReview.objects.current().filter(handover=handover.root_id).exists():
        raise Refused(_("这次交接已经复核过。"), "already_reviewed")
    return act.add(
        HandoverReview(
            response=handover.response,
            handover_id=handover.root_id,
            counts=counts_of(handover, act.at),
            text=text.strip(),
            happened_at=act.at,
            written_at=act.at,
            written_by=act.officer,
        )
    )
