"""Bank statements: each line once, matched to gifts with reasons, sums that agree, all of it undone."""

from datetime import UTC, datetime
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from lianfang.book.errors import Conflict, NotAllowed, Refused
from lianfang.book.rights import Role as OfficerRole
from lianfang.giving.actions import bank as acts
from lianfang.giving.actions.donations import Reached, reach_state, withdraw_donation
from lianfang.giving.models import (
    BankLine,
    BankMatch,
    BankSetAside,
    BankStatement,
    Donation,
    DonationState,
    DonationStep,
    DonorKind,
    Evidence,
    GiftKind,
    LineDirection,
    StatementDraft,
    UploadedTable,
)
from lianfang.giving.queries import bank as queries
from lianfang.giving.tests.builders import a_donation, a_donor, goods
from lianfang.giving.tests.builders_tables import (
    a_csv,
    a_statement,
    an_account,
    came_in,
    sheets_of_file,
)
from lianfang.people.models import BodyKind
from lianfang.people.tests.builders import a_body, a_response, a_township, an_actor, an_officer

pytestmark = pytest.mark.django_db

DAY = datetime(2020, 2, 10, 2, tzinfo=UTC)


def lines_of(statement: BankStatement) -> list[BankLine]:
    return list(BankLine.objects.filter(statement=statement).order_by("row"))


def the_line(*row: object) -> BankLine:
    (line,) = lines_of(a_statement(row or came_in(1000)))
    return line


def proposals_for(line: BankLine) -> list[queries.Proposed]:
    return queries.proposed(an_officer(), line.response, [line]).get(line.root_id, [])


def received(gift: Donation) -> DonationStep | None:
    return DonationStep.objects.current().filter(donation=gift.root_id, state="received").first()  # type: ignore[no-any-return]


# Lines


def test_a_gbk_statement_is_read_and_outgoing_lines_are_kept_apart() -> None:
    statement = a_statement(
        came_in("1,000.00"), ("2020-02-11", "", "300.00", "县医院", "622848001234", "拨付", "7")
    )
    first, second = lines_of(statement)
    assert (first.direction, first.value, first.counterparty) == (LineDirection.IN, 1000, "青禾食品厂")
    assert (second.direction, second.value) == (LineDirection.OUT, 300)
    assert queries.line_side(queries.lines_of(statement)).count == 1


def test_of_an_account_only_the_tail_is_kept_anywhere() -> None:
    line = the_line(*came_in(1000))
    assert line.counterparty_account == "8901"
    assert not UploadedTable.objects.exists()
    assert not StatementDraft.objects.exists()


def test_the_same_file_again_changes_nothing() -> None:
    first = a_statement(came_in(1000))
    assert a_statement(came_in(1000)) == first
    assert (BankStatement.objects.count(), BankLine.objects.count()) == (1, 1)


@pytest.mark.parametrize("numbers", [("", "", ""), ("A1", "A2", "A3")])
def test_a_line_in_two_overlapping_files_counts_once(numbers: tuple[str, str, str]) -> None:
    one, two, three = (came_in(1000 + at, number=number) for at, number in enumerate(numbers))
    a_statement(one, two)
    later = a_statement(two, three)
    assert BankLine.objects.count() == 3
    assert later.seen_before == 1


def test_two_equal_lines_without_number_in_one_file_are_two_lines_once() -> None:
    a_statement(came_in(100), came_in(100))
    a_statement(came_in(100), came_in(100), came_in(200))
    assert sorted(BankLine.objects.values_list("value", flat=True)) == [100, 100, 200]


def test_the_same_line_of_another_account_is_another_line() -> None:
    a_statement(came_in(100, number="1"))
    a_statement(came_in(100, number="1"), account="工行 尾号 0001", encoding="utf-8")
    assert BankLine.objects.count() == 2


def test_a_wechat_bill_is_read_below_its_preamble_and_unfinished_trades_are_left_out() -> None:
    header = (
        "交易时间",
        "交易类型",
        "交易对方",
        "商品",
        "收/支",
        "金额(元)",
        "支付方式",
        "当前状态",
        "交易单号",
        "商户单号",
        "备注",
    )
    # The app writes as many commas in each line as the header has.
    said = ("微信支付账单明细", "微信昵称:[云溪红会]", "共3笔记录", "")
    preamble = [(one, *[""] * 10) for one in said]
    rows = [
        (
            "2020-02-10 10:00:00",
            "转账",
            "阳光总在",
            "捐款",
            "收入",
            "¥88.00",
            "/",
            "已存入零钱",
            "1001",
            "",
            "",
        ),
        ("2020-02-10 11:00:00", "转账", "静水", "捐款", "收入", "¥66.00", "/", "已全额退款", "1002", "", ""),
        ("2020-02-10 12:00:00", "提现", "/", "/", "/", "¥50.00", "工行", "提现已到账", "1003", "", ""),
    ]
    statement = a_statement(*preamble[1:], header, *rows, header=preamble[0], kind="wechat", encoding="utf-8")
    (line,) = lines_of(statement)
    assert (line.value, line.counterparty, line.reference) == (Decimal(88), "阳光总在", "1001")
    assert {fault[5] for fault in statement.left_out} == {"not_completed", "neither_way"}


def test_a_row_without_day_or_with_a_broken_amount_is_named() -> None:
    statement = a_statement(
        came_in(100), ("", 5, "", "甲", "", "", ""), ("2020-02-10", "五块", "", "乙", "", "", "")
    )
    assert [(fault[1], fault[5]) for fault in statement.left_out] == [(3, "no_day"), (4, "not_a_number")]


def test_columns_of_a_statement_are_remembered() -> None:
    a_statement(came_in(100))
    received = acts.upload_statement(
        an_actor(),
        response=a_response(),
        sheets=sheets_of_file(
            a_csv(
                came_in(200),
                header=("交易日期", "收入金额", "支出金额", "对方户名", "对方账号", "附言", "流水号"),
            )
        ),
        body=an_account(),
        account_name="农行 尾号 6217",
        account_kind="bank",
    )
    assert received.draft
    assert received.draft.columns[0]["remembered"]


# Proposals


def test_same_figure_name_and_day_are_proposed_with_reasons_and_sure() -> None:
    gift = a_donation(1000, donor="青禾食品厂", happened_at=DAY)
    (proposed,) = proposals_for(the_line(*came_in(1000)))
    assert proposed.gifts == (gift,)
    assert proposed.proposal.sure
    assert set(proposed.reasons) == {"金额相同", "户名就是捐赠人", "同一天"}


def test_two_equally_likely_gifts_are_both_proposed_and_neither_is_sure() -> None:
    a_donation(1000, donor="青禾食品厂", happened_at=DAY)
    a_donation(1000, donor="青禾食品厂", happened_at=DAY)
    proposed = proposals_for(the_line(*came_in(1000)))
    assert len(proposed) == 2
    assert not any(one.proposal.sure for one in proposed)


def test_a_short_name_of_a_body_is_proposed_by_the_names_engine() -> None:
    gift = a_donation(1000, donor="云溪县青禾食品有限公司", happened_at=DAY)
    found = proposals_for(the_line(*came_in(1000, "青禾食品公司")))
    assert [one.gifts for one in found] == [(gift,)]
    assert not found[0].proposal.sure


def test_a_memo_that_names_the_giver_is_a_reason() -> None:
    a_donation(1000, donor=a_donor("邬小棠", DonorKind.PERSON), happened_at=DAY)
    (proposed,) = proposals_for(the_line(*came_in(1000, "邬建国", memo="代邬小棠捐款")))
    assert "附言里写有捐赠人「邬小棠」" in proposed.reasons


def test_a_masked_name_of_a_payment_app_may_be_the_giver() -> None:
    a_donation(1000, donor=a_donor("邬小棠", DonorKind.PERSON), happened_at=DAY)
    (proposed,) = proposals_for(the_line(*came_in(1000, "*小棠")))
    assert "部分隐去的户名「*小棠」相符" in proposed.reasons


def test_another_figure_or_a_day_too_far_is_not_proposed() -> None:
    a_donation(1001, donor="青禾食品厂", happened_at=DAY)
    a_donation(1000, donor="青禾食品厂", happened_at=datetime(2020, 6, 10, tzinfo=UTC))
    assert proposals_for(the_line(*came_in(1000))) == []


def test_an_approximate_gift_is_proposed_within_its_bound() -> None:
    a_donation(10_000, donor="青禾食品厂", bound="over", happened_at=DAY)
    (proposed,) = proposals_for(the_line(*came_in(10_350)))
    assert "金额在约数范围内" in proposed.reasons


def test_a_chambers_lump_sum_is_proposed_as_its_list() -> None:
    chamber = a_body("石桥镇商会", BodyKind.CHAMBER)
    gifts = [a_donation(100 * n, donor=f"会员{n}厂", via=chamber, happened_at=DAY) for n in (1, 2, 3)]
    a_donation(500, donor="别的厂", happened_at=DAY)
    proposed = proposals_for(the_line(*came_in(600, "石桥镇商会")))
    assert set(proposed[0].gifts) == set(gifts)
    assert proposed[0].reasons == ("经「石桥镇商会」转交的 3 笔之和",)


def test_one_gift_in_two_transfers_is_proposed_with_both_lines() -> None:
    gift = a_donation(3000, donor="青禾食品厂", happened_at=DAY)
    lines = lines_of(a_statement(came_in(1000), came_in(2000, on="2020-02-11")))
    found = queries.proposed(an_officer(), a_response(), lines)
    assert all(found[line.root_id][0].gifts == (gift,) for line in lines)
    assert set(found[lines[0].root_id][0].lines) == set(lines)


# Confirming and undoing


def test_a_confirmed_match_moves_a_pledge_to_received_with_the_line_as_evidence() -> None:
    gift = a_donation(1000, donor="青禾食品厂", pledged=True)
    line = the_line(*came_in(1000))
    acts.confirm_match(an_actor(), lines=[line], donations=[gift])
    step = received(gift)
    assert step is not None
    assert (step.evidence, step.happened_at) == (Evidence.BANK_LINE, line.happened_at)


def test_a_confirmed_match_adds_the_evidence_to_a_received_gift_and_keeps_its_day() -> None:
    gift = a_donation(1000, donor="青禾食品厂", happened_at=DAY)
    acts.confirm_match(an_actor(), lines=[the_line(*came_in(1000, on="2020-02-12"))], donations=[gift])
    step = received(gift)
    assert step is not None
    assert (step.evidence, step.happened_at) == (Evidence.BANK_LINE, DAY)


@pytest.mark.parametrize("pledged", [True, False])
def test_undo_leaves_the_gift_as_it_was_and_both_sides_open(pledged: bool) -> None:
    gift = a_donation(1000, donor="青禾食品厂", pledged=pledged)
    before = received(gift)
    line = the_line(*came_in(1000))
    acts.confirm_match(an_actor(), lines=[line], donations=[gift])
    acts.undo_line(an_actor(), line=line)
    after = received(gift)
    assert (after is None) == (before is None)
    assert after is None or (after.evidence, after.happened_at) == (Evidence.AS_TOLD, None)
    assert not BankMatch.objects.current().exists()
    acts.confirm_match(an_actor(), lines=[line], donations=[gift])
    assert BankMatch.objects.current().count() == 1


def test_sums_that_differ_are_refused() -> None:
    gift = a_donation(1000, donor="青禾食品厂")
    with pytest.raises(Refused) as refused:
        acts.confirm_match(an_actor(), lines=[the_line(*came_in(999))], donations=[gift])
    assert refused.value.code == "sums_differ"


def test_a_lump_sum_is_confirmed_for_all_its_gifts_and_undone_for_all() -> None:
    gifts = [a_donation(100, donor=f"会员{n}厂", pledged=True) for n in range(3)]
    line = the_line(*came_in(300, "石桥镇商会"))
    acts.confirm_match(an_actor(), lines=[line], donations=gifts)
    assert all(received(gift) for gift in gifts)
    acts.undo_line(an_actor(), line=line)
    assert not any(received(gift) for gift in gifts)


def test_two_lines_for_one_gift_are_undone_together() -> None:
    gift = a_donation(300, donor="青禾食品厂", pledged=True)
    first, second = lines_of(a_statement(came_in(100), came_in(200)))
    acts.confirm_match(an_actor(), lines=[first, second], donations=[gift])
    acts.undo_line(an_actor(), line=second)
    assert not BankMatch.objects.current().exists()
    assert received(gift) is None


def test_many_lines_for_many_gifts_are_refused() -> None:
    lines = lines_of(a_statement(came_in(100), came_in(200)))
    gifts = [a_donation(100), a_donation(200, donor="乙厂")]
    with pytest.raises(Refused) as refused:
        acts.confirm_match(an_actor(), lines=lines, donations=gifts)
    assert refused.value.code == "many_to_many"


def test_a_line_and_a_gift_are_matched_once() -> None:
    gift = a_donation(1000, donor="青禾食品厂")
    one, other = lines_of(a_statement(came_in(1000), came_in(1000, on="2020-02-11")))
    acts.confirm_match(an_actor(), lines=[one], donations=[gift])
    with pytest.raises(Conflict):
        acts.confirm_match(an_actor(), lines=[other], donations=[gift])
    with pytest.raises(Conflict):
        acts.set_line_aside(an_actor(), line=one)


def test_goods_and_outgoing_lines_are_not_matched() -> None:
    with pytest.raises(Refused) as refused:
        acts.confirm_match(an_actor(), lines=[the_line(*came_in(1000))], donations=[goods(value=1000)])
    assert refused.value.code == "not_money"
    (line,) = lines_of(a_statement(("2020-02-11", "", "300", "县医院", "", "拨付", "")))
    with pytest.raises(Refused) as refused:
        acts.book_line(an_actor(), line=line)
    assert refused.value.code == "outgoing"


def test_a_line_without_gift_is_booked_as_a_new_gift_in_one_act() -> None:
    body = a_body("青禾食品厂")
    line = the_line(*came_in(1000))
    gift = acts.book_line(an_actor(), line=line)
    assert (gift.donor_body, gift.value, gift.kind, gift.recipient) == (
        body,
        1000,
        GiftKind.CASH,
        an_account(),
    )
    assert (gift.channel, gift.happened_at) == ("bank", line.happened_at)
    assert BankMatch.objects.get().donation_id == gift.root_id
    step = received(gift)
    assert step is not None
    assert step.evidence == Evidence.BANK_LINE


def test_undo_of_a_new_gift_withdraws_it_and_it_can_be_booked_again() -> None:
    line = the_line(*came_in(1000))
    acts.book_line(an_actor(), line=line)
    acts.undo_line(an_actor(), line=line)
    assert not Donation.objects.current().exists()
    acts.book_line(an_actor(), line=line)
    assert Donation.objects.current().count() == 1


def test_a_line_that_is_no_gift_is_set_aside_undone_and_set_aside_again() -> None:
    line = the_line(*came_in(3.21, "农业银行", memo="结息"))
    acts.set_line_aside(an_actor(), line=line)
    assert queries.line_side(queries.lines_of(line.statement)).count == 0
    acts.undo_line(an_actor(), line=line)
    assert queries.line_side(queries.lines_of(line.statement)).count == 1
    acts.set_line_aside(an_actor(), line=line)
    assert BankSetAside.objects.current().count() == 1


def test_a_matched_gift_is_not_withdrawn() -> None:
    gift = a_donation(1000, donor="青禾食品厂")
    acts.confirm_match(an_actor(), lines=[the_line(*came_in(1000))], donations=[gift])
    with pytest.raises(Refused) as refused:
        withdraw_donation(an_actor(), donation=gift, reason="误录")
    assert refused.value.code == "bank_matched"


def test_what_was_moved_on_since_is_not_undone() -> None:
    gift = a_donation(1000, donor="青禾食品厂", pledged=True)
    line = the_line(*came_in(1000))
    acts.confirm_match(an_actor(), lines=[line], donations=[gift])
    reach_state(an_actor(), donation=gift, reached=[Reached(DonationState.HANDED_OVER)])
    with pytest.raises(Refused):
        acts.undo_line(an_actor(), line=line)
    assert BankMatch.objects.current().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_confirm_one_line_at_once_make_one_match() -> None:
    gift = a_donation(1000, donor="青禾食品厂")
    line = the_line(*came_in(1000))
    actors, barrier, outcomes = [an_actor(), an_actor()], Barrier(2), []

    def confirm(actor: Any) -> None:
        barrier.wait()
        try:
            acts.confirm_match(actor, lines=[line], donations=[gift])
            outcomes.append("matched")
        except Conflict:
            outcomes.append("conflict")
        finally:
            connection.close()

    threads = [Thread(target=confirm, args=[actor]) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict", "matched"]
    assert BankMatch.objects.count() == 1


# Both sides, rights, pages


def test_both_sides_show_what_is_unmatched_with_its_bounds() -> None:
    a_donation(1000, donor="甲厂")
    a_donation(5000, donor="乙厂", bound="over")
    gifts = queries.gift_side(queries.unmatched_gifts(an_officer(), a_response()))
    assert (gifts.count, gifts.total.low, gifts.total.high) == (2, 6000, None)
    statement = a_statement(came_in(300), came_in(200, "丙厂"))
    lines = queries.line_side(queries.lines_of(statement))
    assert (lines.count, lines.total.said) == (2, 500)


def test_a_secretary_neither_sees_nor_matches_another_bodys_account(client: Client) -> None:
    own = a_body("石桥镇商会", BodyKind.CHAMBER, a_township("石桥镇"))
    secretary = an_actor(OfficerRole.CHAMBER_SECRETARY, body=own)
    statement = a_statement(came_in(1000))
    gift = a_donation(1000, via=own)
    assert not queries.visible_statements(secretary.officer, a_response()).exists()
    client.force_login(secretary.officer)
    assert client.get(reverse("giving:bank_statement", args=[statement.pk])).status_code == 404
    (line,) = lines_of(statement)
    with pytest.raises(NotAllowed):
        acts.confirm_match(secretary, lines=[line], donations=[gift])
    with pytest.raises(NotAllowed):
        acts.upload_statement(
            secretary,
            response=a_response(),
            sheets=sheets_of_file(b"a,b\n1,2\n"),
            body=an_account(),
            account_name="x",
            account_kind="bank",
        )


def test_lines_are_worked_by_the_page(client: Client) -> None:
    actor = an_actor()
    gift = a_donation(1000, donor="青禾食品厂", happened_at=DAY)
    statement = a_statement(came_in(1000), came_in(50, "丁小满"), came_in(2, "农业银行"), actor=actor)
    first, second, third = lines_of(statement)
    client.force_login(actor.officer)
    page = client.get(reverse("giving:bank_statement", args=[statement.pk])).content.decode()
    assert "户名就是捐赠人" in page

    def press(pressed: BankLine, verb: str, **data: object) -> str:
        url = reverse("giving:decide_line", args=[pressed.root_id, verb])
        return client.post(url, data, headers={"HX-Request": "true"}).content.decode()

    assert "已对应" in press(first, "confirm", gift=str(gift.root_id), line=str(first.root_id))
    assert "已按流水登记" in press(second, "new")
    assert "收入流水都处理完了" in press(third, "aside")
    assert "就是这笔" in press(first, "undo")


def test_what_the_page_shows_as_sure_is_confirmed_at_once_and_the_rest_is_left(client: Client) -> None:
    actor = an_actor()
    for number in (1, 2):
        a_donation(100 * number, donor=f"甲{number}厂", happened_at=DAY)
    for _twice in range(2):
        a_donation(500, donor="乙厂", happened_at=DAY)
    statement = a_statement(came_in(100, "甲1厂"), came_in(200, "甲2厂"), came_in(500, "乙厂"), actor=actor)
    client.force_login(actor.officer)
    page = client.get(reverse("giving:bank_statement", args=[statement.pk]))
    sure = [one.line.root_id for one in page.context["sure"]]
    assert len(sure) == 2
    everything = [line.root_id for line in lines_of(statement)]
    client.post(reverse("giving:bank_confirm_sure", args=[statement.pk]), {"sure": everything})
    assert set(BankMatch.objects.values_list("line", flat=True)) == set(sure)


def test_a_line_that_is_decided_is_no_more_among_the_sure_ones(client: Client) -> None:
    actor = an_actor()
    gift = a_donation(100, donor="甲1厂", happened_at=DAY)
    a_donation(200, donor="甲2厂", happened_at=DAY)
    statement = a_statement(came_in(100, "甲1厂"), came_in(200, "甲2厂"), actor=actor)
    first, second = lines_of(statement)
    client.force_login(actor.officer)
    answer = client.post(
        reverse("giving:decide_line", args=[first.root_id, "confirm"]),
        {"gift": gift.root_id, "line": first.root_id, "sure": [first.root_id, second.root_id]},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "确认本页把握大的 1 条" in answer
    assert f'name="sure" value="{second.root_id}"' in answer
    assert f'name="sure" value="{first.root_id}"' not in answer


def test_a_statement_is_taken_in_by_the_pages(client: Client) -> None:
    a_response()
    client.force_login(an_actor().officer)
    header = ("交易日期", "收入金额", "支出金额", "对方户名", "对方账号", "附言", "流水号")
    file = SimpleUploadedFile("流水.csv", a_csv(came_in(1000), header=header, encoding="gb18030"))
    data = {"file": file, "body": an_account().pk, "account_kind": "bank", "account_name": "农行 6217"}
    answer = client.post(reverse("giving:bank_upload"), data)
    page = client.get(answer["Location"])
    chosen = {name: field.initial for name, field in page.context["form"].fields.items()}
    answer = client.post(answer["Location"], {name: value for name, value in chosen.items() if value})
    assert answer["Location"] == reverse("giving:bank_statement", args=[BankStatement.objects.get().pk])


def test_a_payers_name_with_markup_is_shown_as_text(client: Client) -> None:
    actor = an_actor()
    statement = a_statement(came_in(1000, "<script>alert(1)</script>"), actor=actor)
    client.force_login(actor.officer)
    page = client.get(reverse("giving:bank_statement", args=[statement.pk])).content.decode()
    assert "<script>alert" not in page


def test_the_page_of_a_statement_needs_the_same_queries_for_many_lines(
    client: Client, django_assert_max_num_queries
) -> None:
    actor = an_actor()
    for number in range(15):
        a_donation(100 + number, donor=f"甲{number}厂", happened_at=DAY, actor=actor)
    statement = a_statement(*[came_in(100 + n, f"甲{n}厂") for n in range(15)], actor=actor)
    client.force_login(actor.officer)
    with django_assert_max_num_queries(40):
        client.get(reverse("giving:bank_statement", args=[statement.pk]))
