"""The walks of duty."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lianfang.book.soundness import Finding as Unsound
from lianfang.book.soundness import walk
from lianfang.duty.models import DutySwapAnswer, PublishedRoster
from lianfang.duty.problems import problem_from, roster_of
from lianfang.engines.roster import check


@walk("rosters")
def rosters() -> Iterator[Unsound]:
    """Published rosters hold the hard rules that they were published under; versions count up; a swap is
    approved only after the colleague has agreed."""
    for version in PublishedRoster.objects.select_related("corrects"):
        # What a substitute's absence or a rule changed later has broken was looked at when it was changed.
        if version.number == 1 and not _holds(version):
            yield _unsound(version, _("发布的值班表违反当时的硬性规定"))
        before = version.corrects.number if version.corrects else 0
        if version.number != before + 1:
            yield _unsound(version, _("值班表的版本号不连续"))
    answers: dict[object, list[str]] = {}
    for answer in DutySwapAnswer.objects.current().order_by("received_at"):
        answers.setdefault(answer.swap_id, []).append(answer.kind)
        if answer.kind == "approved" and answers[answer.swap_id][:1] != ["accepted"]:
            yield _unsound(answer, _("换班在对方同意之前就批准了"))


def _holds(version: PublishedRoster) -> bool:
    return check(problem_from(version.problem), roster_of(version.assignments)).holds


def _unsound(line: PublishedRoster | DutySwapAnswer, message: str) -> Unsound:
    return Unsound("rosters", f"{line._meta.label_lower}:{line.pk}", message)
