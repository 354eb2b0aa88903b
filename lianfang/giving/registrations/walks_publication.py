"""What must hold of publications, walked by `lianfang check`."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from lianfang.book.soundness import Finding, walk
from lianfang.giving.models import CorrectionStatement, Disclosure, DisclosureLine, DisclosureState
from lianfang.giving.publication import frozen
from lianfang.giving.queries.disclosures import figures_data, previous_digest

_ROWS_AT_ONCE = 2000


@walk("publication_digest")
def frozen_lines_have_their_digest() -> Iterator[Finding]:
    """Lines, figures and head of what is out are what was reviewed and published."""
    for one in _published():
        head = frozen.head_data(one, one.figures, previous_digest(one))
        lines = one.lines.order_by("position").iterator(chunk_size=_ROWS_AT_ONCE)
        if frozen.digest_of(head, lines) != one.digest:
            yield _finding("publication_digest", one, _("《%(title)s》的内容与发布时的摘要不符,有人改过。"))


@walk("publication_figures")
def figures_are_the_sum_of_the_lines() -> Iterator[Finding]:
    for one in _published():
        lines = one.lines.order_by("position").iterator(chunk_size=_ROWS_AT_ONCE)
        if figures_data(lines) != one.figures.get("new"):
            yield _finding("publication_figures", one, _("《%(title)s》的汇总数不等于各笔之和。"))


@walk("published_once")
def a_gift_stands_in_one_publication_of_a_body() -> Iterator[Finding]:
    places: dict[tuple[UUID, UUID], list[str]] = defaultdict(list)
    rows = DisclosureLine.objects.filter(disclosure__state=DisclosureState.PUBLISHED).values_list(
        "disclosure__body_id", "donation_id", "disclosure__title"
    )
    for body, gift, title in rows.iterator(chunk_size=_ROWS_AT_ONCE):
        places[body, gift].append(title)
    for (_body, gift), titles in places.items():
        if len(titles) > 1:
            yield Finding(
                "published_once",
                f"giving.donation:{gift}",
                _("同一笔捐赠公示了不止一次:%(titles)s") % {"titles": "、".join(titles)},
            )


@walk("corrections_numbered")
def corrections_are_numbered_without_gaps() -> Iterator[Finding]:
    numbers: dict[UUID, list[int]] = defaultdict(list)
    for disclosure, number in CorrectionStatement.objects.order_by("number").values_list(
        "disclosure_id", "number"
    ):
        numbers[disclosure].append(number)
    for one in Disclosure.objects.filter(pk__in=numbers):
        if numbers[one.pk] != list(range(1, len(numbers[one.pk]) + 1)):
            yield _finding("corrections_numbered", one, _("《%(title)s》的更正编号有缺。"))


@walk("publications_numbered")
def publications_of_a_body_are_numbered_without_gaps() -> Iterator[Finding]:
    by_body: dict[object, list[Disclosure]] = defaultdict(list)
    for one in Disclosure.objects.exclude(state=DisclosureState.DISCARDED).order_by("number"):
        by_body[one.response_id, one.body_id].append(one)
    for found in by_body.values():
        if found[0].number != 1:
            yield _finding("publications_numbered", found[0], _("《%(title)s》之前缺期。"))
        for before, after in pairwise(found):
            if after.number != before.number + 1:
                yield _finding("publications_numbered", after, _("《%(title)s》之前缺期。"))


@walk("published_by_two")
def nothing_is_out_without_a_second_person() -> Iterator[Finding]:
    for one in _published().filter(
        Q(reviewed_by=None) | Q(reviewed_by=F("prepared_by")) | Q(published_by=None)
    ):
        yield _finding("published_by_two", one, _("《%(title)s》没有经另一人复核就发布了。"))
    for row in CorrectionStatement.objects.filter(approved_by=F("written_by")).select_related("disclosure"):
        yield _finding(
            "published_by_two", row.disclosure, _("《%(title)s》的更正由提出人自己发布,没有经另一人审核。")
        )


@walk("publication_lines")
def positions_have_no_gaps() -> Iterator[Finding]:
    counts = Counter(
        DisclosureLine.objects.filter(disclosure__state=DisclosureState.PUBLISHED)
        .order_by()
        .values_list("disclosure_id", flat=True)
    )
    for one in _published():
        last = one.lines.order_by("-position").values_list("position", flat=True).first() or 0
        if last != counts[one.pk]:
            yield _finding("publication_lines", one, _("《%(title)s》的明细缺了一笔或多笔。"))


def _published() -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(state=DisclosureState.PUBLISHED).select_related("body", "response")


def _finding(code: str, disclosure: Disclosure, sentence: str) -> Finding:
    return Finding(code, f"giving.disclosure:{disclosure.pk}", sentence % {"title": disclosure.title})
