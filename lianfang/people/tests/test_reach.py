import pytest

from lianfang.book.rights import COUNTY, Right, Role
from lianfang.people.models import Body
from lianfang.people.tests.builders import a_body, a_county, a_township, an_officer

pytestmark = pytest.mark.django_db


def test_a_grant_on_a_town_reaches_its_bodies_and_no_others() -> None:
    town, other = a_township("石桥镇"), a_township("柳湾镇")
    officer = an_officer(Role.READER, area=town)
    here, elsewhere = a_body(area=town), a_body(area=other)
    assert officer.may(Right.READ_BOOK, here.scope())
    assert not officer.may(Right.READ_BOOK, elsewhere.scope())
    assert not officer.may(Right.READ_BOOK, COUNTY)
    assert not officer.may(Right.BOOK_GIFTS, here.scope())


def test_predicate_and_row_filter_agree() -> None:
    town = a_township("石桥镇")
    bodies = [a_body(area=town), a_body(area=a_township("柳湾镇")), a_body(area=a_county())]
    for officer in (
        an_officer(Role.READER, area=town),
        an_officer(Role.READER, body=bodies[1]),
        an_officer(Role.READER),
        an_officer(None),
    ):
        reach = officer.reach(Right.READ_BOOK)
        rows = set(Body.objects.filter(reach.rows(areas=["area"], bodies=["pk"])))
        assert rows == {body for body in bodies if reach.covers(body.scope())}
