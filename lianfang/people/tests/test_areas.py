"""The territorial tree."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianfang.book.errors import NotAllowed, Refused
from lianfang.book.rights import Right, Role
from lianfang.people import actions, queries
from lianfang.people.models import AreaLevel, Officer
from lianfang.people.tests.builders import a_body, a_county, a_township, an_actor, an_officer

pytestmark = pytest.mark.django_db


def test_an_area_stands_below_one_of_a_higher_level() -> None:
    with pytest.raises(ValidationError) as refused:
        actions.register_area(an_actor(), name="乙镇", level=AreaLevel.TOWNSHIP, parent=a_township("甲镇"))
    assert refused.value.error_dict["parent"][0].code == "area_level"


def test_the_same_name_twice_below_one_area_is_refused() -> None:
    actor, county = an_actor(), a_county()
    actions.register_area(actor, name="石桥镇", level=AreaLevel.TOWNSHIP, parent=county)
    with pytest.raises(ValidationError):
        actions.register_area(actor, name="石桥镇", level=AreaLevel.TOWNSHIP, parent=county)


def test_a_division_code_that_is_none_is_refused_at_its_field() -> None:
    with pytest.raises(ValidationError) as refused:
        actions.register_area(
            an_actor(), name="石桥镇", level=AreaLevel.TOWNSHIP, parent=a_county(), division_code="12"
        )
    assert "division_code" in refused.value.error_dict


def test_moving_an_area_moves_what_its_new_keepers_reach() -> None:
    actor = an_actor()
    old, new = a_township("石桥镇"), a_township("柳湾镇")
    village = actions.register_area(actor, name="三官村", level=AreaLevel.COMMUNITY, parent=old)
    firm = a_body(area=village)
    keeper = an_officer(Role.READER, area=new)
    assert not keeper.may(Right.READ_BOOK, firm.scope())
    actions.move_area(actor, area=village, parent=new)
    assert Officer.objects.get(pk=keeper.pk).may(Right.READ_BOOK, firm.scope())


def test_moving_needs_the_right_on_both_sides() -> None:
    old, new = a_township("石桥镇"), a_township("柳湾镇")
    village = actions.register_area(an_actor(), name="三官村", level=AreaLevel.COMMUNITY, parent=old)
    for local in (old, new):
        with pytest.raises(NotAllowed):
            actions.move_area(an_actor(Role.FEDERATION_OFFICE, area=local), area=village, parent=new)


def test_a_county_is_not_moved() -> None:
    with pytest.raises(Refused):
        actions.move_area(an_actor(), area=a_county(), parent=a_township("石桥镇"))


def test_the_tree_takes_the_same_number_of_queries_for_any_number_of_areas() -> None:
    actor = an_actor()
    a_township("石桥镇")

    def counted() -> int:
        officer = Officer.objects.get(pk=actor.officer.pk)
        with CaptureQueriesContext(connection) as queries_made:
            queries.area_tree(officer)
        return len(queries_made)

    few = counted()
    for number in range(30):
        a_township(f"第{number}镇")
    assert counted() == few


def test_an_officer_of_a_town_sees_the_tree_from_the_town_down() -> None:
    town = a_township("石桥镇")
    a_township("柳湾镇")
    actions.register_area(an_actor(), name="三官村", level=AreaLevel.COMMUNITY, parent=town)
    (branch,) = queries.area_tree(an_officer(Role.READER, area=town))
    assert branch.area == town
    assert [below.area.name for below in branch.below] == ["三官村"]
