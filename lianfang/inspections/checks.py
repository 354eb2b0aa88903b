"""The walks of the inspections."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lianfang.book.soundness import Finding as Unsound
from lianfang.book.soundness import walk
from lianfang.inspections.models import OrderedFinding, RectificationOrder, Reinspection
from lianfang.inspections.standing import writer_of


@walk("inspections")
def inspections() -> Iterator[Unsound]:
    """What is struck off was checked by another person; orders are to the body of their findings and their
    numbers have no holes."""
    checks = Reinspection.objects.current().select_related(
        "written_by", "finding__written_by", "rectification__written_by"
    )
    for check in checks:
        at_desk = not (check.guard_name or check.finding.guard_name)
        same_officer = check.written_by_id in {check.finding.written_by_id, check.rectification.written_by_id}
        same_name = writer_of(check) in {writer_of(check.finding), writer_of(check.rectification)}
        if (at_desk and same_officer) or same_name:
            yield _unsound(f"inspections.reinspection:{check.pk}", _("复查的人就是发现或整改的人"))
        if check.rectification.finding_id != check.finding_id:
            yield _unsound(f"inspections.reinspection:{check.pk}", _("复查所对的整改属于另一个问题"))
    lines = OrderedFinding.objects.current().select_related("order", "finding")
    for line in lines:
        if line.order.body_id != line.finding.responsible_body_id:
            yield _unsound(f"inspections.orderedfinding:{line.pk}", _("交办单位与问题的责任单位不一致"))
    last: dict[tuple[object, str, int], int] = {}
    orders = RectificationOrder.objects.filter(corrects__isnull=True)
    for order in orders.order_by("response", "kind", "year", "serial"):
        key = (order.response_id, order.kind, order.year)
        if order.serial != last.get(key, 0) + 1:
            yield _unsound(f"inspections.rectificationorder:{order.pk}", _("交办单编号不连续"))
        last[key] = order.serial


def _unsound(subject: str, message: str) -> Unsound:
    return Unsound("inspections", subject, message)
