"""From a pasted notice to gifts in the book, decided one by one."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lianfang.book.errors import Conflict, NotAllowed, Refused
from lianfang.book.rights import Role
from lianfang.engines.intake import RuleExtractor
from lianfang.engines.intake.language_model import LanguageModelExtractor
from lianfang.giving.actions import mentions as acts
from lianfang.giving.actions.sources import extractor, take_in_text
from lianfang.giving.models import (
    Donation,
    DonationState,
    GiftSource,
    Mention,
    MentionDecision,
    MentionVerdict,
    Statement,
)
from lianfang.giving.queries import review as queries
from lianfang.giving.tests.builders_review import NOTICE, a_source, mentions_of, the_mention
from lianfang.people.models import BodyKind
from lianfang.people.tests.builders import a_body, a_response, an_actor

pytestmark = pytest.mark.django_db


def test_each_mention_carries_the_words_that_say_it_at_their_place() -> None:
    source = a_source()
    for mention in mentions_of(source):
        assert source.text[mention.start : mention.end] == mention.quote


def test_a_text_that_comes_again_is_recognised_and_nothing_is_doubled() -> None:
    first = a_source()
    again = take_in_text(an_actor(), response=a_response(), text=NOTICE.replace("\n", "  \r\n"))
    assert again.already_there
    assert again.source == first
    assert GiftSource.objects.count() == 1


def test_a_booked_mention_is_a_gift_with_its_bound_and_bodies_of_the_register() -> None:
    chamber = a_body("石桥镇商会", BodyKind.CHAMBER)
    source = a_source()
    gift = acts.book_mention(an_actor(), mention=the_mention(source, "石桥镇商会", "goods"))
    assert (gift.donor_body, gift.value, gift.bound) == (chamber, Decimal(40_000), "over")
    assert gift.steps.get().state == DonationState.RECEIVED


def test_a_pledge_is_booked_as_pledged() -> None:
    source = a_source(text="青禾食品厂拟向县红十字会捐款5万元。")
    gift = acts.book_mention(an_actor(), mention=mentions_of(source)[0])
    assert gift.steps.get().state == DonationState.PLEDGED


def test_a_total_is_kept_beside_the_book_and_never_booked() -> None:
    source = a_source()
    total = next(one for one in mentions_of(source) if one.scope_of_figure == "total")
    with pytest.raises(Refused) as refused:
        acts.book_mention(an_actor(), mention=total)
    assert refused.value.code == "not_a_gift"
    acts.keep_as_statement(an_actor(), mention=total)
    assert Statement.objects.get().value == Decimal(5_600_000)
    assert not Donation.objects.exists()


def test_the_same_mention_is_not_booked_twice() -> None:
    mention = mentions_of(a_source())[0]
    acts.book_mention(an_actor(), mention=mention)
    with pytest.raises(Conflict):
        acts.book_mention(an_actor(), mention=mention)
    assert Donation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_confirm_one_mention_at_once_book_one_gift() -> None:
    mention = mentions_of(a_source())[0]
    actors, barrier, outcomes = [an_actor(), an_actor()], Barrier(2), []

    def confirm(actor) -> None:
        barrier.wait()
        try:
            acts.book_mention(actor, mention=Mention.objects.get(pk=mention.pk))
            outcomes.append("booked")
        except Conflict:
            outcomes.append("conflict")
        finally:
            connection.close()

    threads = [Thread(target=confirm, args=[actor]) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["booked", "conflict"]
    assert Donation.objects.current().count() == 1


def test_undo_takes_the_gift_back_and_leaves_the_mention_open() -> None:
    mention = mentions_of(a_source())[0]
    acts.book_mention(an_actor(), mention=mention)
    acts.undo_mention(an_actor(), mention=mention)
    assert not Donation.objects.current().exists()
    assert acts.standing_decision(mention) is None
    acts.book_mention(an_actor(), mention=mention)
    assert Donation.objects.current().count() == 1


def test_a_gift_that_another_source_speaks_of_too_is_not_undone_by_the_first() -> None:
    mention = mentions_of(a_source())[0]
    gift = acts.book_mention(an_actor(), mention=mention)
    other = mentions_of(a_source(text="石桥镇商会向我县捐款26.8万元。"))[0]
    acts.join_mention(an_actor(), mention=other, donation=gift)
    with pytest.raises(Refused) as refused:
        acts.undo_mention(an_actor(), mention=mention)
    assert refused.value.code == "still_referred_to"
    assert acts.standing_decision(mention) is not None


def test_a_joined_mention_adds_no_money() -> None:
    gift = acts.book_mention(an_actor(), mention=mentions_of(a_source())[0])
    other = mentions_of(a_source(text="石桥镇商会向我县捐款26.8万元。"))[0]
    assert queries.may_be_the_same(other) == [gift]
    decision = acts.join_mention(an_actor(), mention=other, donation=gift)
    assert decision.verdict == MentionVerdict.JOINED
    assert Donation.objects.current().count() == 1


def test_an_edit_is_a_correction_and_the_first_reading_stays() -> None:
    mention = mentions_of(a_source())[0]
    edited = acts.edit_mention(an_actor(), mention=mention, donor="石桥商会", value=Decimal(268_001))
    assert Mention.objects.current().get(root=mention.root) == edited
    assert Mention.objects.get(pk=mention.pk).donor == "石桥镇商会"


def test_a_decided_mention_is_not_edited() -> None:
    mention = mentions_of(a_source())[0]
    acts.reject_mention(an_actor(), mention=mention)
    with pytest.raises(Conflict):
        acts.edit_mention(an_actor(), mention=mention, donor="别的名字")


def test_what_was_missed_is_added_with_its_words() -> None:
    source = a_source()
    added = acts.add_mention(
        an_actor(),
        from_source=source,
        quote="云溪县工商联",
        donor="云溪县工商联",
        donor_kind="chamber",
        kind="cash",
        value=Decimal(1),
        bound="exact",
    )
    assert source.text[added.start : added.end] == "云溪县工商联"
    with pytest.raises(ValidationError) as refused:
        acts.add_mention(
            an_actor(), from_source=source, quote="没有的话", donor="甲", donor_kind="person", kind="cash"
        )
    assert "quote" in refused.value.message_dict


def test_a_secretary_does_not_decide_another_chambers_sources() -> None:
    source = a_source()
    stranger = an_actor(Role.CHAMBER_SECRETARY, body=a_body("柳湾镇商会", BodyKind.CHAMBER))
    with pytest.raises(NotAllowed):
        acts.book_mention(stranger, mention=mentions_of(source)[0])
    assert not queries.visible_sources(stranger.officer, a_response()).exists()


def test_empty_text_is_refused_at_its_field() -> None:
    with pytest.raises(ValidationError) as refused:
        take_in_text(an_actor(), response=a_response(), text=" \n ")
    assert refused.value.error_dict["text"][0].code == "required"


def test_fifty_megabytes_are_refused_before_they_are_read(settings) -> None:
    with pytest.raises(ValidationError) as refused:
        take_in_text(an_actor(), response=a_response(), text="捐" * (50 * 1024 * 1024 // 3))
    assert refused.value.error_dict["text"][0].code == "text_too_long"
    assert not GiftSource.objects.exists()


def test_a_publication_day_in_the_future_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        a_source(published_on=timezone.localdate() + timedelta(days=1))
    assert refused.value.error_dict["published_on"][0].code == "date_in_future"


def test_stretches_put_together_are_the_text() -> None:
    source = a_source()
    pieces = list(queries.stretches(source.text, mentions_of(source), source.unread))
    assert "".join(piece.text for piece in pieces) == source.text


def test_names_with_html_are_shown_as_text(client: Client) -> None:
    actor = an_actor()
    source = a_source(actor, text="<script>alert(1)</script>商会捐款3万元。<b>青禾</b>食品厂捐款5万元。")
    client.force_login(actor.officer)
    page = client.get(reverse("giving:review", args=[source.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_gbk_file_is_read_and_broken_bytes_are_named(client: Client) -> None:
    a_response()
    client.force_login(an_actor().officer)
    good = SimpleUploadedFile("名单.txt", NOTICE.encode("gb18030"))
    answer = client.post(reverse("giving:take_in"), {"file": good, "kind": "notice"})
    assert answer.status_code == 302
    assert "石桥镇商会" in GiftSource.objects.get().text
    broken = SimpleUploadedFile("坏.txt", "捐款".encode() + b"\xff\xfe\x81" + "5万元".encode())
    answer = client.post(reverse("giving:take_in"), {"file": broken, "kind": "notice"})
    assert answer.status_code == 200
    assert "字节" in answer.content.decode()
    assert GiftSource.objects.count() == 1


def test_the_review_page_needs_the_same_queries_for_many_mentions(
    client: Client, django_assert_max_num_queries
) -> None:
    actor = an_actor()
    rows = "\n".join(f"{n}. 商户{n}号 {n}00元" for n in range(1, 120))
    source = a_source(actor, text=f"爱心接龙\n{rows}\n", title="接龙")
    assert Mention.objects.filter(from_source=source).count() > 100
    client.force_login(actor.officer)
    with django_assert_max_num_queries(25):
        client.get(reverse("giving:review", args=[source.pk]))


def test_the_page_says_what_the_review_has_come_to(client: Client) -> None:
    actor = an_actor()
    source = a_source(actor)
    client.force_login(actor.officer)
    for mention in mentions_of(source):
        client.post(reverse("giving:decide_mention", args=[mention.root_id, "confirm"]))
    page = client.get(reverse("giving:review", args=[source.pk])).content.decode()
    gifts = MentionDecision.objects.filter(verdict=MentionVerdict.BOOKED).count()
    assert f"{gifts} 笔入账,1 项总数留作对照" in page


def test_a_gift_out_of_reach_is_said_at_its_card_with_what_to_do(client: Client) -> None:
    chamber = a_body("柳溪商会", BodyKind.CHAMBER)
    secretary = an_actor(Role.CHAMBER_SECRETARY, body=chamber)
    secretary.officer.body = chamber
    secretary.officer.save()
    a_response()
    client.force_login(secretary.officer)
    taken = client.post(reverse("giving:take_in"), {"text": "青禾食品厂捐款5万元。", "kind": "notice"})
    assert taken.status_code == 302
    mention = Mention.objects.get()
    answer = client.post(
        reverse("giving:decide_mention", args=[mention.root_id, "confirm"]), headers={"HX-Request": "true"}
    )
    assert "不在您的记账范围内" in answer.content.decode()
    assert not Donation.objects.exists()


def test_a_decision_that_came_too_late_is_said_at_the_card(client: Client) -> None:
    actor = an_actor()
    mention = mentions_of(a_source(actor))[0]
    acts.reject_mention(an_actor(), mention=mention)
    client.force_login(actor.officer)
    answer = client.post(
        reverse("giving:decide_mention", args=[mention.root_id, "confirm"]), headers={"HX-Request": "true"}
    )
    assert "这一条已有人处理" in answer.content.decode()


def test_without_scripts_a_wrong_edit_comes_back_in_its_form(client: Client) -> None:
    actor = an_actor()
    mention = mentions_of(a_source(actor))[0]
    client.force_login(actor.officer)
    form = client.post(reverse("giving:decide_mention", args=[mention.root_id, "edit"]))
    names = [field.html_name for field in form.context["form"] if field.html_name.endswith("amount")]
    sent = {field.html_name: field.value() or "" for field in form.context["form"]}
    answer = client.post(
        reverse("giving:decide_mention", args=[mention.root_id, "save"]), {**sent, names[0]: "好多钱"}
    )
    page = answer.content.decode()
    assert page.count('class="claim-form"') == 1
    assert 'value="好多钱"' in page
    assert "error-summary" in page


def test_another_extractor_is_off_unless_address_and_model_are_named(settings) -> None:
    assert isinstance(extractor(), RuleExtractor)
    settings.INTAKE_MODEL_ADDRESS = "http://127.0.0.1:9/v1"
    assert isinstance(extractor(), RuleExtractor)
    settings.INTAKE_MODEL_NAME = "some-model"
    assert isinstance(extractor(), LanguageModelExtractor)


def test_an_extractor_that_does_not_answer_takes_nothing_in(settings) -> None:
    settings.INTAKE_MODEL_ADDRESS = "http://127.0.0.1:9/v1"
    settings.INTAKE_MODEL_NAME = "some-model"
    with pytest.raises(Refused):
        take_in_text(an_actor(), response=a_response(), text=NOTICE)
    assert not GiftSource.objects.exists()
