"""Persons: sealed numbers, logged reads, posts."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from lianfang.book.errors import NotAllowed
from lianfang.book.models import AuditEntry, ReadEntry
from lianfang.book.rights import Role
from lianfang.people import actions, queries
from lianfang.people.models import Person
from lianfang.people.tests.builders import a_body, a_county, a_person, a_township, an_actor

pytestmark = pytest.mark.django_db

# Made of an invented birthday, with a right check digit.
ID_NUMBER = "379901199003070011"


def a_sealed_person(**values: str) -> Person:
    return actions.register_person(
        an_actor(),
        name="林晓",
        area=a_county(),
        document_kind="id_card",
        document_number=ID_NUMBER,
        phone="139 0000 1234",
        **values,
    )


def test_number_and_phone_are_sealed_at_rest() -> None:
    person = a_sealed_person()
    row = str(list(Person.objects.filter(pk=person.pk).values()))
    assert ID_NUMBER not in row
    assert "13900001234" not in row
    assert person.open_document_number() == ID_NUMBER
    assert person.open_phone() == "13900001234"


def test_a_sealed_value_moved_to_another_row_does_not_open() -> None:
    from lianfang.book.sealing import SealBroken

    person, other = a_sealed_person(), a_person()
    other.phone = person.phone
    with pytest.raises(SealBroken):
        other.open_phone()


@pytest.mark.parametrize("typed", [ID_NUMBER, "139-0000-1234", "13900001234", "1234"])
def test_a_person_is_found_by_a_whole_number_or_the_phones_last_four_digits(typed: str) -> None:
    person = a_sealed_person()
    a_person("别人", area=a_county())
    assert list(queries.persons_by_number(an_actor().officer, typed)) == [person]


@pytest.mark.parametrize("typed", ["", "123", "0011", "37990119900307"])
def test_a_part_of_a_number_finds_nobody(typed: str) -> None:
    a_sealed_person()
    assert not queries.persons_by_number(an_actor().officer, typed).exists()


def test_a_wrong_check_digit_is_refused_at_its_field() -> None:
    with pytest.raises(ValidationError) as refused:
        actions.register_person(
            an_actor(),
            name="林晓",
            area=a_county(),
            document_kind="id_card",
            document_number="379901199003070012",
        )
    assert refused.value.error_dict["document_number"][0].code == "id_number"


def test_a_number_that_somebody_has_already_is_refused() -> None:
    a_sealed_person()
    with pytest.raises(ValidationError) as refused:
        a_sealed_person()
    assert refused.value.error_dict["document_number"][0].code == "document_number_taken"


def test_a_wrong_number_and_a_wrong_phone_are_named_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        actions.register_person(
            an_actor(), name="林晓", area=a_county(), document_kind="id_card", document_number="1", phone="2"
        )
    assert set(refused.value.error_dict) == {"document_number", "phone"}


def test_opening_a_sealed_field_needs_a_purpose_and_leaves_it_in_the_log() -> None:
    person, actor = a_sealed_person(), an_actor()
    with pytest.raises(ValidationError):
        actions.open_sealed(actor, person=person, field="phone", purpose=" ")
    assert not ReadEntry.objects.exists()
    assert actions.open_sealed(actor, person=person, field="phone", purpose="通知值班") == "13900001234"
    entry = ReadEntry.objects.get()
    assert (entry.officer, entry.person_id, entry.purpose) == (actor.officer, person.pk, "通知值班")
    chained = AuditEntry.objects.get(action="open_sealed")
    assert "13900001234" not in str(chained.values)


def test_a_reader_without_the_right_to_persons_opens_nothing() -> None:
    person = a_sealed_person()
    with pytest.raises(NotAllowed):
        actions.open_sealed(an_actor(Role.READER), person=person, field="phone", purpose="想看看")
    assert not ReadEntry.objects.exists()


def test_one_person_holds_several_posts_and_a_rank_is_not_one() -> None:
    person = a_sealed_person(rank="二级主任科员")
    actor, federation, conference = an_actor(), a_body("县工商联"), a_body("县政协")
    actions.give_post(actor, person=person, body=federation, title="副主席")
    actions.give_post(actor, person=person, body=conference, title="副秘书长")
    day = date(2020, 2, 10)
    assert {(post.body, post.title) for post in queries.posts_on(person, day)} == {
        (federation, "副主席"),
        (conference, "副秘书长"),
    }
    assert person.rank == "二级主任科员"


def test_a_post_that_has_ended_is_a_past_one() -> None:
    person, actor = a_sealed_person(), an_actor()
    post = actions.give_post(actor, person=person, body=a_body(), title="会长", valid_from=date(2019, 1, 1))
    actions.end_post(actor, post=post, on=date(2020, 1, 31))
    assert list(queries.posts_on(person, date(2020, 1, 31))) == [post]
    assert not queries.posts_on(person, date(2020, 2, 1)).exists()
    assert list(queries.past_posts(person, date(2020, 2, 1))) == [post]


def test_giving_a_post_at_ones_own_body_does_not_open_a_strangers_file() -> None:
    """Whoever could give a post to anyone could read anyone."""
    town = a_township("石桥镇")
    local = an_actor(Role.FEDERATION_OFFICE, area=town)
    stranger = a_person(area=a_township("柳湾镇"))
    with pytest.raises(NotAllowed):
        actions.give_post(local, person=stranger, body=a_body(area=town), title="顾问")


def test_a_changed_phone_is_found_by_the_new_number_only() -> None:
    person, actor = a_sealed_person(), an_actor()
    actions.change_phone(actor, person=person, phone="13900005678")
    assert list(queries.persons_by_number(actor.officer, "5678")) == [person]
    assert not queries.persons_by_number(actor.officer, "1234").exists()


def test_a_person_with_a_known_id_is_returned_unchanged() -> None:
    person = a_sealed_person()
    same = actions.register_person(an_actor(), name="别的名字", area=a_county(), id=person.pk)
    assert same.name == "林晓"
