"""What `lianfang check` finds when imports or matches were damaged behind the book's back."""

import pytest
from django.db import connection

from lianfang.book.soundness import findings
from lianfang.giving.actions import bank as acts
from lianfang.giving.models import BankLine, BankMatch, BankSetAside, Donation, TableImport
from lianfang.giving.tests.builders import a_donation
from lianfang.giving.tests.builders_tables import a_statement, an_import, book_all, came_in, some_rows
from lianfang.people.tests.builders import an_actor

pytestmark = pytest.mark.django_db


def found(code: str) -> list[str]:
    return [one.subject for one in findings(frozenset({code}))]


def a_match() -> BankMatch:
    gift = a_donation(1000, donor="青禾食品厂")
    line = BankLine.objects.get(statement=a_statement(came_in(1000)))
    (match,) = acts.confirm_match(an_actor(), lines=[line], donations=[gift])
    return match


def damage(model: type, **values: object) -> None:
    """Write past the records, as a hand in the database would."""
    sets = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {sets}", list(values.values()))  # type: ignore[attr-defined]


def test_sound_imports_and_matches_are_sound() -> None:
    book_all(an_import(some_rows(3)))
    a_match()
    assert found("table_imports") == []
    assert found("bank_matches") == []


def test_an_import_that_says_more_gifts_than_the_book_holds_is_found() -> None:
    held = book_all(an_import(some_rows(3)))
    damage(TableImport, gift_count=5)
    assert found("table_imports") == [f"giving.tableimport:{held.pk}"]


def test_a_finished_import_that_is_not_at_its_end_is_found() -> None:
    held = book_all(an_import(some_rows(3)))
    damage(TableImport, next_row=1)
    assert found("table_imports") == [f"giving.tableimport:{held.pk}"]


def test_a_match_of_a_withdrawn_gift_is_found() -> None:
    match = a_match()
    damage(Donation, withdrawn=True)
    assert found("bank_matches") == [f"giving.bankmatch:{match.pk}"]


def test_a_match_whose_sums_differ_is_found() -> None:
    match = a_match()
    damage(BankLine, value=999)
    assert found("bank_matches") == [f"giving.bankmatch:{match.pk}"]


def test_a_line_that_is_matched_and_set_aside_is_found() -> None:
    match = a_match()
    BankSetAside.objects.create(response=match.response, written_by=match.written_by, line=match.line)
    assert found("bank_matches") == [f"giving.bankline:{match.line_id}"]
