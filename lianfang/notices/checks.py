"""The walks of the notices."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lianfang.book.soundness import Finding, walk
from lianfang.giving.queries.commitments import commitments
from lianfang.notices.models import Appeal, AppealState, Delivery, Reply


@walk("appeals")
def appeals() -> Iterator[Finding]:
    """What is sent was approved by a second person; a commitment's gift is in the book."""
    for appeal in Appeal.objects.exclude(state__in=[AppealState.DRAFT, AppealState.SUBMITTED]):
        if appeal.approved_by_id is None or appeal.approved_by_id == appeal.drafted_by_id:
            yield Finding("appeals", f"notices.appeal:{appeal.pk}", _("倡议没有经另一人审批"))
    unsent = [AppealState.DRAFT, AppealState.SUBMITTED, AppealState.APPROVED]
    for delivery in Delivery.objects.filter(appeal__state__in=unsent):
        yield Finding("appeals", f"notices.delivery:{delivery.pk}", _("倡议还没有发送,却有送达记录"))
    replies = list(Reply.objects.current().filter(donation_id__isnull=False))
    known = commitments(reply.donation_id for reply in replies if reply.donation_id)
    for reply in replies:
        if reply.donation_id not in known:
            yield Finding("appeals", f"notices.reply:{reply.pk}", _("认捐对应的捐赠不在台账中"))
