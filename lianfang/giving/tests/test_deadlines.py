"""When the next publication is due: counted by the rules in force, shown with their source."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from lianfang.book.models import Response
from lianfang.book.responding import close_response, load_rule_profiles
from lianfang.book.rights import Role
from lianfang.desk.today import items_for
from lianfang.giving.models import Disclosure
from lianfang.giving.queries.deadlines import deadlines_of, giving_rules
from lianfang.giving.tests.builders import a_donation
from lianfang.giving.tests.builders_disclosures import Desk, a_desk, a_draft, a_publication
from lianfang.people.tests.builders import a_response, an_actor, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    load_rule_profiles(an_actor(Role.ADMINISTRATOR), subject="giving")
    return a_desk()


def due(desk: Desk, response: Response | None = None):  # type: ignore[no-untyped-def]
    return deadlines_of(desk.clerk.officer, response or a_response())


def test_nothing_is_due_while_nothing_waits(desk: Desk) -> None:
    a_donation(1000)
    a_publication(desk)
    assert due(desk) == []


def test_what_arrived_after_the_last_publication_is_due_within_the_days_of_the_rule(desk: Desk) -> None:
    a_donation(1000)
    last = a_publication(desk)
    a_donation(2000, donor="远山木业")
    (found,) = due(desk)
    assert found.count == 1
    assert found.due_at > last.published_at + timedelta(days=4)
    assert found.due_at <= last.published_at + timedelta(days=6)
    assert "慈善法" in found.source
    assert "距下次公示截止还有" in found.countdown


def test_what_is_late_says_by_how_many_days(desk: Desk) -> None:
    a_donation(1000)
    last = a_publication(desk)
    Disclosure.objects.filter(pk=last.pk).update(published_at=timezone.now() - timedelta(days=30))
    a_donation(2000, donor="远山木业")
    (found,) = due(desk)
    assert found.overdue
    assert "已超过期限" in found.countdown


def test_pledges_are_not_due(desk: Desk) -> None:
    a_publication(desk)
    a_donation(2000, pledged=True)
    assert due(desk) == []


def test_without_rules_in_the_book_nothing_is_counted() -> None:
    desk = a_desk()
    a_publication(desk)
    a_donation(1000)
    assert due(desk) == []


def test_the_rules_are_those_of_the_days_of_the_response(desk: Desk) -> None:
    response = a_response()
    close_response(an_actor(Role.ADMINISTRATOR), response=response, ended_on=date(2020, 6, 30))
    found = giving_rules(Response.objects.get(pk=response.pk))
    assert found is not None
    assert found.is_in_force(date(2020, 6, 30))
    assert not found.is_in_force(date(2026, 6, 30))


def test_it_stands_in_todays_work_of_those_who_prepare_and_publish(desk: Desk) -> None:
    a_publication(desk)
    a_donation(1000)
    for officer in (desk.clerk.officer, desk.leader.officer):
        assert any("待公示的捐赠" in str(item.title) for item in items_for(officer, a_response()))
    reader = an_officer(Role.READER)
    assert not any("待公示的捐赠" in str(item.title) for item in items_for(reader, a_response()))


def test_a_draft_waits_for_all_who_may_review_but_its_preparer(desk: Desk) -> None:
    a_draft(desk)
    assert any("公示待复核" in str(item.title) for item in items_for(desk.reviewer.officer, a_response()))
    assert not any("公示待复核" in str(item.title) for item in items_for(desk.clerk.officer, a_response()))
