"""Officers: registering, one-time passwords, granting no more than one holds, the last administrator."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lianfang.book.actions import Actor, Origin
from lianfang.book.errors import NotAllowed, Refused
from lianfang.book.models import AuditEntry
from lianfang.book.rights import COUNTY, Right, Role
from lianfang.people import actions, queries
from lianfang.people.models import Area, Grant, Officer
from lianfang.people.tests.builders import (
    a_body,
    a_county,
    a_township,
    an_actor,
    an_officer,
)

pytestmark = pytest.mark.django_db

PASSWORD = "spring-river-7104"


def again(actor: Actor) -> Actor:
    """The same officer as the next request sees him, with new grants."""
    return Actor(Officer.objects.get(pk=actor.officer.pk), actor.origin)


def test_the_first_administrator_brings_the_county_and_holds_it() -> None:
    officer = actions.appoint_first_administrator(
        username="admin", display_name="管理员", password=PASSWORD, county_name="云溪县", county_code="379901"
    )
    assert officer.may(Right.MANAGE_OFFICERS, COUNTY)
    assert Area.objects.get().name == "云溪县"
    assert AuditEntry.objects.filter(origin="command", officer=officer).exists()


def test_the_first_administrator_with_a_known_id_is_returned_unchanged() -> None:
    values = {"display_name": "管理员", "password": PASSWORD, "county_name": "云溪县"}
    officer = actions.appoint_first_administrator(username="admin", **values)
    same = actions.appoint_first_administrator(username="other", id=officer.pk, **values)
    assert same == officer
    assert Officer.objects.count() == 1


def test_a_new_officer_has_a_one_time_password_and_no_right() -> None:
    officer = actions.register_officer(
        an_actor(Role.ADMINISTRATOR), username="linxiao", display_name="林晓", password=PASSWORD
    )
    assert officer.one_time_until is not None
    assert officer.check_password(PASSWORD)
    assert not any(officer.may(right) for right in Right)


def test_a_weak_password_is_refused_at_its_field() -> None:
    with pytest.raises(ValidationError) as refused:
        actions.register_officer(
            an_actor(Role.ADMINISTRATOR), username="linxiao", display_name="林晓", password="12345678"
        )
    assert "password" in refused.value.error_dict


def test_one_time_passwords_are_strong_and_differ() -> None:
    made = {actions.one_time_password() for _number in range(50)}
    assert len(made) == 50
    assert all(len(password) == 19 for password in made)


def test_the_password_never_stands_in_the_audit_log() -> None:
    actor = an_actor(Role.ADMINISTRATOR)
    officer = actions.register_officer(actor, username="linxiao", display_name="林晓", password=PASSWORD)
    actions.reset_password(actor, officer=officer, password="another-river-2291")
    written = str(list(AuditEntry.objects.values_list("values", flat=True)))
    assert PASSWORD not in written
    assert officer.password not in written


def test_nobody_grants_to_himself() -> None:
    actor = an_actor(Role.ADMINISTRATOR)
    with pytest.raises(Refused) as refused:
        actions.grant_role(actor, officer=actor.officer, role=Role.FEDERATION_OFFICE, area=a_county())
    assert refused.value.code == "grant_to_oneself"


def test_who_holds_the_machine_may_grant_to_himself_from_the_command_line() -> None:
    officer = an_officer(Role.ADMINISTRATOR)
    actions.grant_role(
        Actor(officer, Origin.COMMAND_LINE), officer=officer, role=Role.AUDITOR, area=a_county()
    )
    assert Officer.objects.get(pk=officer.pk).may(Right.READ_AUDIT, COUNTY)


def test_nobody_grants_farther_than_he_manages() -> None:
    town = a_township("石桥镇")
    actor = an_actor(Role.ADMINISTRATOR, area=town)
    other = an_officer(None)
    actions.grant_role(actor, officer=other, role=Role.READER, area=town)
    for farther in ({"area": a_county()}, {"area": a_township("柳湾镇")}, {"body": a_body(area=a_county())}):
        with pytest.raises(NotAllowed):
            actions.grant_role(actor, officer=other, role=Role.READER, **farther)


def test_nobody_grants_longer_than_he_manages() -> None:
    an_officer(Role.ADMINISTRATOR)
    actor = an_actor(None)
    end = timezone.localdate() + timedelta(days=30)
    Grant.objects.create(officer=actor.officer, role=Role.ADMINISTRATOR, area=a_county(), valid_to=end)
    other = an_officer(None)
    with pytest.raises(ValidationError) as refused:
        actions.grant_role(actor, officer=other, role=Role.ADMINISTRATOR, area=a_county())
    assert refused.value.error_dict["valid_to"][0].code == "longer_than_own"
    actions.grant_role(actor, officer=other, role=Role.READER, area=a_county(), valid_to=end)


def test_a_grant_names_exactly_one_area_or_body() -> None:
    actor = an_actor(Role.ADMINISTRATOR)
    for where in ({}, {"area": a_county(), "body": a_body()}):
        with pytest.raises(ValidationError):
            actions.grant_role(actor, officer=an_officer(None), role=Role.READER, **where)


def test_the_keeper_of_a_town_cannot_take_over_the_account_of_one_who_acts_for_the_county() -> None:
    town = a_township("石桥镇")
    local = an_actor(Role.ADMINISTRATOR, area=town)
    lead = an_officer(Role.FEDERATION_LEADER)
    lead.body = a_body(area=town)
    lead.save()
    for act in (
        lambda: actions.reset_password(local, officer=lead, password=PASSWORD),
        lambda: actions.disable_officer(local, officer=lead),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_nor_of_one_who_will_act_for_the_county_from_tomorrow() -> None:
    town = a_township("石桥镇")
    local = an_actor(Role.ADMINISTRATOR, area=town)
    lead = an_officer(None)
    lead.body = a_body(area=town)
    lead.save()
    actions.reset_password(local, officer=lead, password=PASSWORD)
    actions.grant_role(
        an_actor(Role.ADMINISTRATOR),
        officer=lead,
        role=Role.FEDERATION_LEADER,
        area=a_county(),
        valid_from=timezone.localdate() + timedelta(days=1),
    )
    with pytest.raises(NotAllowed):
        actions.reset_password(local, officer=lead, password=f"{PASSWORD}-2")


def test_the_last_administrator_cannot_be_disabled() -> None:
    actor = an_actor(Role.ADMINISTRATOR)
    with pytest.raises(Refused) as refused:
        actions.disable_officer(actor, officer=actor.officer)
    assert refused.value.code == "last_administrator"
    assert Officer.objects.get(pk=actor.officer.pk).is_active


def test_the_last_administrators_grant_cannot_be_taken_away() -> None:
    actor = an_actor(Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        actions.end_grant(actor, grant=actor.officer.grants.get(), on=date(2020, 1, 1))


def test_an_administrator_may_be_disabled_while_another_stands() -> None:
    actor, other = an_actor(Role.ADMINISTRATOR), an_officer(Role.ADMINISTRATOR)
    actions.disable_officer(actor, officer=other)
    assert not Officer.objects.get(pk=other.pk).may(Right.READ_BOOK)


def test_a_grant_of_today_can_be_taken_away_today() -> None:
    actor = an_actor(Role.ADMINISTRATOR)
    other, today = an_officer(None), timezone.localdate()
    grant = actions.grant_role(actor, officer=other, role=Role.READER, area=a_county(), valid_from=today)
    actions.end_grant(actor, grant=grant, on=today - timedelta(days=1))
    assert not Officer.objects.get(pk=other.pk).may(Right.READ_BOOK)
    assert not queries.visible_grants(again(actor).officer).filter(officer=other).exists()


def test_a_grant_that_has_ended_gives_no_right() -> None:
    officer = an_officer(None)
    yesterday = timezone.localdate() - timedelta(days=1)
    Grant.objects.create(officer=officer, role=Role.READER, area=a_county(), valid_to=yesterday)
    assert not officer.may(Right.READ_BOOK)
