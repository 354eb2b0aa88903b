"""What `lianfang check` finds when somebody has been at the tables."""

import pytest

from lianfang.book.soundness import findings
from lianfang.giving.models import CorrectionStatement, Disclosure, DisclosureLine
from lianfang.giving.tests.builders import a_donation
from lianfang.giving.tests.builders_disclosures import a_correction, a_desk, a_publication

pytestmark = pytest.mark.django_db

WALKS = frozenset(
    {
        "publication_digest",
        "publication_figures",
        "published_once",
        "corrections_numbered",
        "publications_numbered",
        "published_by_two",
        "publication_lines",
    }
)


def found() -> set[str]:
    return {one.code for one in findings(WALKS)}


def published() -> Disclosure:
    desk = a_desk()
    a_donation(1000, donor="青禾食品厂")
    a_donation(2000, donor="远山木业")
    first = a_publication(desk)
    a_donation(3000, donor="海纳机械")
    a_publication(desk)
    return first


def test_a_sound_book_has_no_findings() -> None:
    done = published()
    a_correction(a_desk(), DisclosureLine.objects.get(disclosure=done, position=1), None)
    assert found() == set()


def test_a_changed_line_is_found_by_digest_and_sum() -> None:
    DisclosureLine.objects.filter(disclosure=published(), position=1).update(value=9)
    assert found() == {"publication_digest", "publication_figures"}


def test_a_changed_title_is_found_by_digest() -> None:
    Disclosure.objects.filter(pk=published().pk).update(title="改过的标题")
    assert found() == {"publication_digest"}


def test_a_missing_line_is_found() -> None:
    DisclosureLine.objects.filter(disclosure=published(), position=1).delete()
    assert "publication_lines" in found()


def test_a_gift_in_two_publications_is_found() -> None:
    first = published()
    gift = DisclosureLine.objects.filter(disclosure=first).first()
    assert gift is not None
    DisclosureLine.objects.filter(disclosure__number=2).update(donation=gift.donation)
    assert found() == {"published_once"}


def test_a_publication_without_a_second_person_is_found() -> None:
    first = published()
    Disclosure.objects.filter(pk=first.pk).update(reviewed_by=first.prepared_by)
    assert found() == {"published_by_two"}


def test_a_gap_in_the_numbers_is_found() -> None:
    published()
    Disclosure.objects.filter(number=2).update(number=3)
    assert "publications_numbered" in found()


def test_a_correction_published_by_its_writer_is_found() -> None:
    done = published()
    statement = a_correction(a_desk(), DisclosureLine.objects.get(disclosure=done, position=1), None)
    CorrectionStatement._base_manager.filter(pk=statement.pk).update(approved_by=statement.written_by)
    assert found() == {"published_by_two"}
