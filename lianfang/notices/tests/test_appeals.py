"""An appeal from its draft to what became of it."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from lianfang.book.errors import Conflict, NotAllowed, Refused
from lianfang.book.rights import Role
from lianfang.engines.figures import Amount, Bound
from lianfang.engines.papers import notice_pdf
from lianfang.giving.actions.donations import Donor, Reached, reach_state
from lianfang.giving.models import Donation, DonationState, DonorKind, GiftKind
from lianfang.notices import actions, queries
from lianfang.notices.models import Appeal, AppealState, Reply
from lianfang.notices.paper import paper_of
from lianfang.notices.tests.builders import a_chamber, a_delivery, an_appeal, an_approved_appeal
from lianfang.people.tests.builders import a_response, an_actor

pytestmark = pytest.mark.django_db


def a_commitment(delivery, actor, yuan: int = 50_000) -> Reply:
    return actions.commit_to_appeal(
        actor,
        delivery=delivery,
        donor=Donor(delivery.body.name, DonorKind.CHAMBER, body=delivery.body),
        kind=GiftKind.CASH,
        amount=Amount(Decimal(yuan), Bound.OVER),
    )


@pytest.mark.parametrize("greeting", ["各商会", "各商会：", "各商会:"])
def test_those_addressed_are_followed_by_one_colon(greeting: str) -> None:
    appeal = actions.draft_appeal(
        an_actor(), response=a_response(), body=a_chamber(), title="倡议", text="自愿。", greeting=greeting
    )
    assert appeal.greeting == "各商会"
    printed = PdfReader(BytesIO(notice_pdf(paper_of(appeal)))).pages[0].extract_text()
    assert "各商会：" in printed
    assert "：：" not in printed


def test_nobody_approves_the_own_draft() -> None:
    leader = an_actor(Role.FEDERATION_LEADER)
    office = an_actor()
    appeal = an_appeal(office)
    actions.submit_appeal(office, appeal=appeal)
    Appeal.objects.filter(pk=appeal.pk).update(drafted_by=leader.officer)
    with pytest.raises(Refused) as refused:
        actions.approve_appeal(leader, appeal=appeal)
    assert refused.value.code == "own_draft"


def test_an_appeal_is_not_sent_before_it_is_approved() -> None:
    office = an_actor()
    with pytest.raises(Conflict):
        actions.send_appeal(office, appeal=an_appeal(office), to=[a_chamber()])


def test_the_words_are_fixed_once_submitted() -> None:
    office = an_actor()
    appeal = an_appeal(office)
    actions.submit_appeal(office, appeal=appeal)
    with pytest.raises(Conflict):
        actions.change_appeal(
            office,
            appeal=appeal,
            title="改过的标题",
            text="",
            points=["一"],
            greeting="",
            number="",
            dated_on=None,
            read_by=None,
        )


def test_a_returned_appeal_is_a_draft_again_with_the_reason() -> None:
    office = an_actor()
    appeal = an_appeal(office)
    actions.submit_appeal(office, appeal=appeal)
    returned = actions.return_appeal(an_actor(Role.FEDERATION_LEADER), appeal=appeal, why="请补写落款")
    assert (returned.state, returned.returned_why) == (AppealState.DRAFT, "请补写落款")


def test_an_appeal_without_words_is_refused_at_its_field() -> None:
    with pytest.raises(ValidationError) as refused:
        actions.draft_appeal(
            an_actor(), response=a_response(), body=a_chamber(), title="只有标题", points=[" "]
        )
    assert "text" in refused.value.message_dict


def test_a_body_gets_an_appeal_once_however_often_it_is_sent() -> None:
    office, chamber = an_actor(), a_chamber()
    appeal = an_approved_appeal(office)
    assert len(actions.send_appeal(office, appeal=appeal, to=[chamber])) == 1
    assert actions.send_appeal(office, appeal=appeal, to=[chamber]) == []


def test_a_merged_body_gets_it_under_its_one_name() -> None:
    office, chamber = an_actor(), a_chamber()
    double = a_chamber("石桥商会")
    double.merged_into = chamber
    double.save()
    sent = actions.send_appeal(office, appeal=an_approved_appeal(office), to=[chamber, double])
    assert [delivery.body for delivery in sent] == [chamber]


def test_another_chambers_secretary_cannot_sign() -> None:
    delivery = a_delivery()
    stranger = an_actor(Role.CHAMBER_SECRETARY, body=a_chamber("柳湾镇商会"))
    with pytest.raises(NotAllowed):
        actions.sign_for_appeal(stranger, delivery=delivery)


def test_signing_twice_is_one_reading() -> None:
    delivery = a_delivery()
    secretary = an_actor(Role.CHAMBER_SECRETARY, body=delivery.body)
    first = actions.sign_for_appeal(secretary, delivery=delivery)
    assert actions.sign_for_appeal(secretary, delivery=delivery) == first


def test_only_those_who_have_not_read_are_reminded() -> None:
    office = an_actor()
    read, unread = a_chamber("石桥镇商会"), a_chamber("柳湾镇商会")
    appeal = an_approved_appeal(office)
    deliveries = {d.body: d for d in actions.send_appeal(office, appeal=appeal, to=[read, unread])}
    actions.sign_for_appeal(office, delivery=deliveries[read])
    reminded = actions.remind_of_appeal(office, appeal=appeal)
    assert [reminder.delivery.body for reminder in reminded] == [unread]


def test_a_commitment_is_a_pledged_gift_and_counts_as_given_once_it_arrives() -> None:
    office = an_actor()
    delivery = a_delivery(office=office)
    reply = a_commitment(delivery, office)
    before = queries.overview(queries.standings(delivery.appeal))
    gift = Donation.objects.current().get(root=reply.donation_id)
    reach_state(office, donation=gift, reached=[Reached(DonationState.RECEIVED)])
    after = queries.overview(queries.standings(delivery.appeal))
    assert (before.committed_count, before.given_count) == (1, 0)
    assert (after.committed_count, after.given_count) == (1, 1)
    assert before.read == 1, "an answer signs for the appeal"


def test_no_page_of_an_appeal_names_who_did_not_give(client: Client) -> None:
    office = an_actor()
    delivery = a_delivery(office=office)
    client.force_login(office.officer)
    page = client.get(reverse("notices:appeal", args=[delivery.appeal_id])).content.decode()
    assert delivery.body.name in page
    assert "未捐" not in page
    assert "没有捐" not in page


def test_a_closed_appeal_takes_no_answers() -> None:
    office = an_actor()
    delivery = a_delivery(office=office)
    actions.close_appeal(office, appeal=delivery.appeal)
    delivery.appeal.refresh_from_db()
    with pytest.raises(Refused) as refused:
        actions.answer_appeal(office, delivery=delivery, text="已落实")
    assert refused.value.code == "appeal_closed"


def test_an_appeal_that_went_out_before_the_book_keeps_its_time_unknown() -> None:
    office = an_actor()
    sent = actions.note_appeal_sent(
        office, appeal=an_approved_appeal(office), to=[a_chamber()], happened_at=None
    )
    assert sent[0].happened_at is None


def test_bodies_that_let_the_day_pass_are_today_s_work() -> None:
    office = an_actor()
    delivery = a_delivery(office=office)
    past = timezone.now() - timedelta(hours=1)
    Appeal.objects.filter(pk=delivery.appeal_id).update(read_by=past)
    assert queries.unread_after(office.officer, a_response(), timezone.now()) == 1
    actions.sign_for_appeal(office, delivery=delivery)
    assert queries.unread_after(office.officer, a_response(), timezone.now()) == 0


def test_the_standings_need_the_same_queries_for_one_body_and_for_many(
    django_assert_num_queries,
) -> None:
    office = an_actor()
    appeal = an_approved_appeal(office)
    for number in range(12):
        delivery = actions.send_appeal(office, appeal=appeal, to=[a_chamber(f"第{number}商会")])[0]
        a_commitment(delivery, office, 1000 + number)
        appeal.refresh_from_db()
    with django_assert_num_queries(8):
        queries.standings(appeal)


def test_an_appeal_is_drafted_approved_and_sent_on_its_pages(client: Client) -> None:
    office, leader, chamber = an_actor(), an_actor(Role.FEDERATION_LEADER), a_chamber()
    appeal = an_appeal(office)
    client.force_login(office.officer)
    client.post(reverse("notices:step", args=[appeal.pk, "submit"]))
    client.force_login(leader.officer)
    client.post(reverse("notices:step", args=[appeal.pk, "approve"]))
    client.force_login(office.officer)
    listed = client.get(reverse("notices:send", args=[appeal.pk]), {"kinds": ["chamber"]})
    assert chamber.name in listed.content.decode()
    nobody = client.post(reverse("notices:send", args=[appeal.pk]), {})
    assert "请选择要发送的单位" in nobody.content.decode()
    client.post(reverse("notices:send", args=[appeal.pk]), {"to": [str(chamber.pk)]})
    appeal.refresh_from_db()
    assert appeal.state == AppealState.SENT
    paper = client.get(reverse("notices:paper", args=[appeal.pk, "pdf"]))
    assert paper.content.startswith(b"%PDF")


def test_a_body_signs_and_commits_on_its_page(client: Client) -> None:
    delivery = a_delivery()
    secretary = an_actor(Role.CHAMBER_SECRETARY, body=delivery.body)
    client.force_login(secretary.officer)
    page = reverse("notices:delivery", args=[delivery.pk])
    assert client.get(page).status_code == 200
    wrong = client.post(page, {"commit": "1", "gift-kind": "cash", "gift-amount": "好多"})
    assert wrong.status_code == 200
    client.post(page, {"commit": "1", "gift-kind": "cash", "gift-amount": "3万余元"})
    gift = Donation.objects.current().get(donor_body=delivery.body)
    assert (gift.value, gift.bound) == (Decimal(30_000), "over")
