"""`lianfang check` finds what must not be in the book, and nothing in a book that was kept by actions."""

import pytest
from django.db import models

from lianfang.book.soundness import findings
from lianfang.giving.actions.donations import Reached, reach_state, withdraw_donation
from lianfang.giving.actions.overlaps import decide_overlap
from lianfang.giving.models import (
    Donation,
    DonationLine,
    DonationReceipt,
    DonationState,
    DonationStep,
    GiftKind,
    OverlapDecision,
    OverlapVerdict,
)
from lianfang.giving.tests.builders import a_donation, goods, some_goods, yuan
from lianfang.giving.tests.test_receipts import a_receipt
from lianfang.people.tests.builders import an_actor

pytestmark = pytest.mark.django_db

WALKS = frozenset({"gift_lines", "gift_states", "overlap_decisions", "receipt_numbers"})


def found() -> list[tuple[str, str]]:
    return [(one.code, one.message.split(":")[-1]) for one in findings(WALKS)]


def past_the_actions(row: models.Model, **values: object) -> None:
    """Change a row as nobody may: as a hand in the database would."""
    models.QuerySet(type(row)).filter(pk=row.pk).update(**values)


def test_a_book_kept_by_actions_is_sound() -> None:
    actor = an_actor()
    one, other = a_donation(5000), a_donation(5000)
    decide_overlap(actor, first=one, second=other, verdict=OverlapVerdict.SAME)
    withdraw_donation(actor, donation=other, reason="误录")
    pledge = a_donation(100, donor="乙", pledged=True)
    reach_state(actor, donation=pledge, reached=[Reached(DonationState.LAPSED)])
    a_donation(None, kind=GiftKind.GOODS, lines=[some_goods(stated_value=yuan(5)), some_goods("酒精")])
    a_receipt(gift=a_donation(300, donor="丙"))
    assert found() == []


def test_articles_worth_more_than_the_gift_are_found() -> None:
    gift = goods("额温枪", 100)
    past_the_actions(DonationLine.objects.get(donation=gift), stated_value=200)
    assert found() == [("gift_lines", "各行折价之和超过总额。")]


def test_goods_without_an_article_and_money_with_one_are_found() -> None:
    gift = goods("额温枪")
    past_the_actions(Donation.objects.get(pk=gift.pk), kind=GiftKind.CASH)
    assert found() == [("gift_lines", "捐款却有物资明细。")]
    past_the_actions(Donation.objects.get(pk=gift.pk), kind=GiftKind.GOODS)
    past_the_actions(DonationLine.objects.get(donation=gift), withdrawn=True)
    assert found() == [("gift_lines", "捐物没有物资明细。")]


def test_states_out_of_order_are_found() -> None:
    gift = a_donation(pledged=True)
    step = DonationStep.objects.get(donation=gift)
    past_the_actions(step, state=DonationState.ALLOCATED)
    assert found() == [("gift_states", "已分配或交付,却没有到账、接收。")]
    past_the_actions(step, withdrawn=True)
    assert found() == [("gift_states", "没有任何状态。")]


def test_decisions_that_contradict_are_found() -> None:
    a, b, c = a_donation(1, donor="甲"), a_donation(2, donor="乙"), a_donation(3, donor="丙")
    actor = an_actor()
    decide_overlap(actor, first=a, second=b, verdict=OverlapVerdict.SAME)
    decide_overlap(actor, first=b, second=c, verdict=OverlapVerdict.SAME)
    last = decide_overlap(actor, first=a, second=c, verdict=OverlapVerdict.SAME)
    past_the_actions(last, verdict=OverlapVerdict.DISTINCT)
    assert found() == [("overlap_decisions", "与更早的判定矛盾。")]
    assert OverlapDecision.objects.count() == 3


def test_a_receipt_over_another_sum_is_found() -> None:
    receipt = a_receipt(gift=a_donation(300))
    past_the_actions(receipt, value=400)
    assert found() == [("receipt_numbers", "票据金额与捐赠金额不符。")]
    past_the_actions(DonationReceipt.objects.get(), value=300)
    past_the_actions(Donation.objects.get(), withdrawn=True)
    assert ("receipt_numbers", "捐赠已撤销,票据却仍有效。") in found()
