"""The walks of the enterprises."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lianfang.book.soundness import Finding, walk
from lianfang.enterprises.models import FilingOpinion, FilingState, Opinion, ResumptionFiling, StaffSummary


@walk("enterprises")
def enterprises() -> Iterator[Finding]:
    """Reports add up; a filing that needs opinions has them, and not from who handed it in."""
    for summary in StaffSummary.objects.current():
        if summary.expected != summary.present + summary.absent:
            yield _finding(f"enterprises.staffsummary:{summary.pk}", _("应到不等于实到加缺勤"))
    for filing in ResumptionFiling.objects.filter(state=FilingState.APPROVED):
        agreed = set(
            FilingOpinion.objects.current()
            .filter(filing=filing, opinion=Opinion.AGREE, received_at__gte=filing.submitted_at)
            .values_list("level", flat=True)
        )
        if set(filing.levels) - agreed:
            yield _finding(f"enterprises.resumptionfiling:{filing.pk}", _("已备案,但缺少意见"))
    for opinion in FilingOpinion.objects.current().select_related("filing"):
        if opinion.written_by_id == opinion.filing.submitted_by_id:
            yield _finding(f"enterprises.filingopinion:{opinion.pk}", _("报送人审核了自己的备案"))


def _finding(subject: str, message: str) -> Finding:
    return Finding("enterprises", subject, message)
