"""Official receipts: who issues them, for what, and that a number stays in its sequence."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lianfang.book.errors import NotAllowed, Refused
from lianfang.book.registers import new_id
from lianfang.book.rights import Role
from lianfang.engines.figures import Bound
from lianfang.giving.actions.donations import withdraw_donation
from lianfang.giving.actions.receipts import issue_receipt, void_receipt
from lianfang.giving.models import Donation, DonationReceipt, DonorNaming
from lianfang.giving.queries.receipts import (
    Gap,
    gaps,
    gifts_without_receipt,
    issuers_for,
    next_number,
    receipts_book,
    visible_receipts,
)
from lianfang.giving.tests.builders import a_donation, a_donor
from lianfang.people.models import Body, BodyKind
from lianfang.people.tests.builders import a_body, a_response, a_township, an_actor

pytestmark = pytest.mark.django_db

A_DATE = date(2020, 2, 12)


def an_issuer(name: str = "云溪县慈善总会") -> Body:
    found = Body.objects.filter(name=name).first()
    return found or a_body(name, BodyKind.CHARITY, may_issue_receipts=True)


def a_receipt(number: str = "0001", gift: Donation | None = None, **values: object) -> DonationReceipt:
    return issue_receipt(
        values.pop("actor", None) or an_actor(),  # type: ignore[arg-type]
        donation=gift or a_donation(donor=f"厂{number}"),
        issuer=values.pop("issuer", None) or an_issuer(),  # type: ignore[arg-type]
        number=number,
        issued_on=values.pop("issued_on", A_DATE),  # type: ignore[arg-type]
        **values,  # type: ignore[arg-type]
    )


def test_a_receipt_names_payer_amount_and_day() -> None:
    receipt = a_receipt(gift=a_donation("1680.50", donor="青禾厂"))
    assert (receipt.payer, str(receipt.value), receipt.issued_on) == ("青禾厂", "1680.50", A_DATE)
    (row,) = receipts_book([receipt])
    assert row.capitals == "人民币壹仟陆佰捌拾元伍角整"


def test_a_number_is_used_once_an_issuer() -> None:
    a_receipt("0001")
    with pytest.raises(ValidationError) as error:
        a_receipt("0001", gift=a_donation(donor="乙"))
    assert "已经用过" in error.value.messages[0]
    assert a_receipt("0001", issuer=an_issuer("云溪县红十字会"), gift=a_donation(donor="丙")).number == "0001"


def test_a_voided_number_stays_in_the_sequence_and_is_not_used_again() -> None:
    actor = an_actor()
    gone = void_receipt(actor, receipt=a_receipt("0001"), reason="填写错误")
    assert gone.withdrawn
    assert [one.number for one in visible_receipts(actor.officer, a_response())] == ["0001"]
    with pytest.raises(ValidationError):
        a_receipt("0001", gift=a_donation(donor="乙"))
    with pytest.raises(Refused) as refused:
        void_receipt(actor, receipt=gone, reason="再作废")
    assert refused.value.code == "voided"


def test_after_voiding_another_receipt_is_issued_for_the_gift() -> None:
    gift = a_donation()
    first = a_receipt("0001", gift=gift)
    with pytest.raises(Refused) as refused:
        a_receipt("0002", gift=gift)
    assert refused.value.code == "receipt_stands"
    void_receipt(an_actor(), receipt=first, reason="污损")
    assert a_receipt("0002", gift=gift).number == "0002"


def test_voiding_needs_a_reason() -> None:
    with pytest.raises(ValidationError):
        void_receipt(an_actor(), receipt=a_receipt(), reason=" ")


def test_a_chamber_issues_no_official_receipts() -> None:
    with pytest.raises(Refused) as refused:
        a_receipt(issuer=a_body("石桥镇商会", BodyKind.CHAMBER))
    assert refused.value.code == "not_an_issuer"


def test_a_pledge_gets_no_receipt() -> None:
    with pytest.raises(Refused) as refused:
        a_receipt(gift=a_donation(pledged=True))
    assert refused.value.code == "not_arrived"


def test_a_withdrawn_gift_gets_no_receipt() -> None:
    gift = a_donation()
    withdraw_donation(an_actor(), donation=gift, reason="误录")
    with pytest.raises(Refused) as refused:
        a_receipt(gift=gift)
    assert refused.value.code == "gift_withdrawn"


@pytest.mark.parametrize(("value", "bound"), [(None, Bound.EXACT), (1440000, Bound.OVER)])
def test_a_receipt_needs_an_exact_figure(value: int | None, bound: Bound) -> None:
    with pytest.raises(ValidationError) as error:
        a_receipt(gift=a_donation(value, bound=bound))
    assert error.value.error_dict["value"][0].code == "value_not_exact"


def test_number_day_and_payer_are_checked() -> None:
    with pytest.raises(ValidationError) as error:
        a_receipt(" ")
    assert "number" in error.value.error_dict
    with pytest.raises(ValidationError) as error:
        a_receipt("2", issued_on=timezone.localdate() + timedelta(days=1))
    assert error.value.error_dict["issued_on"][0].code == "in_future"
    nobody = a_donation(donor=a_donor("x", naming=DonorNaming.UNKNOWN))
    assert a_receipt("3", gift=nobody, payer="匿名").payer == "匿名"


def test_issuing_twice_with_one_id_changes_nothing() -> None:
    one, gift = new_id(), a_donation()
    assert a_receipt("0001", gift=gift, id=one) == a_receipt("0001", gift=gift, id=one)


def test_it_needs_the_right_at_the_issuer_and_at_the_gift() -> None:
    town, issuer = a_township(), an_issuer()
    gift = a_donation(area=town)
    for actor in (
        an_actor(Role.READER),
        an_actor(Role.GIFT_CLERK, area=town),
        an_actor(Role.GIFT_CLERK, body=issuer),
    ):
        with pytest.raises(NotAllowed):
            a_receipt(gift=gift, issuer=issuer, actor=actor)
    receipt = a_receipt(gift=gift)
    with pytest.raises(NotAllowed):
        void_receipt(an_actor(Role.GIFT_CLERK, area=town), receipt=receipt, reason="x")


def test_gaps_in_the_sequence_are_listed_and_voids_are_none() -> None:
    void_receipt(an_actor(), receipt=a_receipt("A0002"), reason="污损")
    a_receipt("A0001")
    a_receipt("A0006")
    a_receipt("B17")
    found = list(gaps(DonationReceipt.objects.newest()))
    assert found == [Gap(an_issuer().pk, "", "A0003", "A0005", 3)]
    assert next_number(list(DonationReceipt.objects.newest().filter(number__startswith="A"))) == "A0007"
    assert next_number([]) == ""


def test_gifts_of_an_issuing_receiver_wait_for_their_receipt() -> None:
    issuer, actor = an_issuer(), an_actor()
    gift = a_donation(donor="甲", recipient=issuer)
    a_donation(donor="乙", recipient=issuer, receipt_wanted=False)
    a_donation(donor="丙", recipient=issuer, pledged=True)
    a_donation(donor="丁")
    assert list(gifts_without_receipt(actor.officer, a_response())) == [gift]
    a_receipt(gift=gift)
    assert not gifts_without_receipt(actor.officer, a_response()).exists()


def test_an_officer_issues_for_the_bodies_in_reach() -> None:
    issuer = an_issuer()
    a_body("石桥镇商会", BodyKind.CHAMBER)
    assert list(issuers_for(an_actor().officer)) == [issuer]
    assert list(issuers_for(an_actor(Role.GIFT_CLERK, body=issuer).officer)) == [issuer]
    assert not issuers_for(an_actor(Role.GIFT_CLERK, area=a_township()).officer)
