"""The pages of the ledger: what they show, what they take, and to whom."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from lianfang.book.rights import Role
from lianfang.engines.figures import Bound
from lianfang.giving.actions.donations import correct_donation, withdraw_donation
from lianfang.giving.actions.overlaps import decide_overlap
from lianfang.giving.actions.receipts import void_receipt
from lianfang.giving.actions.statements import state_figure
from lianfang.giving.models import (
    Donation,
    DonationLine,
    DonationReceipt,
    DonationState,
    DonationStep,
    DonorKind,
    OverlapDecision,
    OverlapProposal,
    OverlapVerdict,
)
from lianfang.giving.tests.builders import (
    A_DAY,
    a_donation,
    a_donor,
    a_gift,
    a_gift_source,
    goods,
    some_goods,
    yuan,
)
from lianfang.giving.tests.test_receipts import a_receipt, an_issuer
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_response, a_township, an_actor, an_officer

pytestmark = pytest.mark.django_db


def at_desk(officer: Officer | None = None) -> Client:
    a_response()
    client = Client()
    client.force_login(officer or an_officer(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, name: str, *args: object, **query: object) -> str:
    response = client.get(reverse(f"giving:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def told(**values: object) -> dict[str, object]:
    """What the form of a gift sends."""
    return {
        "donor_name": "青禾食品厂",
        "donor_kind": DonorKind.ENTERPRISE,
        "naming": "named",
        "kind": "cash",
        "value": "144万余",
        "route": "direct",
        "state": "received",
        "evidence": "as_told",
        "lines-TOTAL_FORMS": "3",
        "lines-INITIAL_FORMS": "0",
        **values,
    }


class TestLedger:
    def test_it_lists_gifts_with_their_totals_as_ranges(self) -> None:
        a_donation(10000, donor=a_donor("李明", DonorKind.PERSON), via_name="金属板材商会")
        a_donation(208000, donor=a_donor("金属板材商会", DonorKind.CHAMBER))
        shown = page(at_desk(), "ledger")
        assert "李明" in shown
        assert "20.8万元至21.8万元" in shown
        assert "1 对疑似重复待判定" in shown

    def test_it_shows_articles_states_and_what_is_unknown(self) -> None:
        goods("消毒液", quantity=1400, unit="公斤", donor="长盈油脂")
        shown = page(at_desk(), "ledger")
        assert "消毒液 1400公斤" in shown
        assert "数额不详" in shown
        assert "到账、接收" in shown

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ({"kind": "goods"}, {"乙厂"}),
            ({"state": "pledged"}, {"丙厂"}),
            ({"state": "received"}, {"甲厂", "乙厂", "丁"}),
            ({"donor_kind": "person"}, {"丁"}),
            ({"look": "no_value"}, {"乙厂"}),
            ({"look": "not_arrived"}, {"丙厂"}),
            ({"look": "no_day"}, {"乙厂", "丙厂", "丁"}),
            ({"amount_from": "1万", "amount_to": "2万"}, {"甲厂"}),
            ({"day_from": "2020-02-10", "day_to": "2020-02-10"}, {"甲厂"}),
            ({"q": "消毒"}, {"乙厂"}),
            ({"q": "yichang"}, {"乙厂"}),
            ({"q": "县医院"}, {"丁"}),
            ({"q": "没有的"}, set()),
        ],
    )
    def test_it_is_narrowed_and_searched(self, query: dict[str, str], names: set[str]) -> None:
        a_donation(10000, donor="甲厂", happened_at=A_DAY)
        goods("消毒液", donor="乙厂")
        a_donation(30000, donor="丙厂", pledged=True)
        a_donation(50, donor=a_donor("丁", DonorKind.PERSON), recipient_name="县医院")
        shown = page(at_desk(), "ledger", **query)
        rows = shown.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in shown else ""
        assert {name for name in ("甲厂", "乙厂", "丙厂", "丁") if f">{name}<" in rows} == names

    def test_a_town_finds_what_is_counted_in_it(self) -> None:
        town = a_township()
        a_donation(100, donor="甲厂", area=town)
        a_donation(100, donor="乙厂")
        shown = page(at_desk(), "ledger", town=town.pk)
        assert (">甲厂<" in shown, ">乙厂<" in shown) == (True, False)

    def test_totals_of_a_narrowed_list_are_those_of_what_it_shows(self) -> None:
        a_donation(100, donor="甲厂")
        a_donation(30000, donor="乙厂")
        client = at_desk()
        headers = {"HX-Request": "true", "HX-Target": "list-gifts"}
        response = client.get(reverse("giving:ledger"), {"q": "甲厂"}, headers=headers)
        assert "1 笔,100元" in response.content.decode()
        assert 'hx-swap-oob="true"' in response.content.decode()

    def test_an_officer_sees_the_own_gifts_only(self) -> None:
        town = a_township()
        gift = a_donation(100, donor="甲厂", area=town)
        other = a_donation(100, donor="乙厂")
        client = at_desk(an_officer(Role.GIFT_CLERK, area=town))
        shown = page(client, "ledger")
        assert (">甲厂<" in shown, ">乙厂<" in shown) == (True, False)
        assert client.get(reverse("giving:donation", args=[gift.pk])).status_code == 200
        assert client.get(reverse("giving:donation", args=[other.pk])).status_code == 404
        for name in ("correct_donation", "donation_step", "withdraw_donation", "issue_receipt"):
            assert client.get(reverse(f"giving:{name}", args=[other.pk])).status_code == 404

    def test_a_reader_is_offered_nothing_to_change(self) -> None:
        gift = a_donation()
        client = at_desk(an_officer(Role.READER))
        assert reverse("giving:correct_donation", args=[gift.pk]) not in page(client, "donation", gift.pk)
        assert client.get(reverse("giving:new_donation")).status_code == 403

    def test_it_is_exported_with_words_and_numbers(self) -> None:
        a_donation(1440000, bound=Bound.OVER, donor="石桥镇商会")
        response = at_desk().post(reverse("giving:ledger"), {"export": "csv", "purpose": "报县指挥部"})
        text = b"".join(response).decode("utf-8-sig") if response.streaming else response.content.decode()
        assert "144万余元" in text
        assert "1440000" in text

    def test_queries_do_not_grow_with_the_list(self, django_assert_max_num_queries: object) -> None:
        client = at_desk()
        for number in range(12):
            a_donation(number + 1, donor=f"第{number}厂")
        with django_assert_max_num_queries(32):  # type: ignore[operator]
            page(client, "ledger")


class TestOneGift:
    def test_its_page_tells_roles_states_source_and_who_wrote_it(self) -> None:
        actor = an_actor()
        gift = a_donation(50000, donor="青禾厂", via_name="石桥镇商会", recipient_name="县医院", actor=actor)
        shown = page(at_desk(), "donation", gift.pk)
        for word in (
            "青禾厂",
            "石桥镇商会",
            "县医院",
            "5万元",
            "据来源所述",
            str(actor.officer),
            "时间未载明",
        ):
            assert word in shown

    def test_quantities_are_shown_as_they_were_told(self) -> None:
        line = some_goods("口罩", "28000", quantity_bound="over", stated_value=yuan(56000))
        gift = a_donation(None, kind="goods", lines=[line, some_goods("酒精", "2.5")])
        shown = page(at_desk(), "donation", gift.pk)
        assert "28000余只" in shown
        assert "2.5只" in shown

    def test_it_shows_what_was_corrected_why_and_from_what(self) -> None:
        gift = a_donation(1000, donor="青禾厂")
        correct_donation(an_actor(), donation=gift, gift=a_gift(2000, donor="青禾厂"), reason="看错一位")
        shown = page(at_desk(), "donation", gift.pk)
        assert "看错一位" in shown
        assert "<del>1000.00</del>" in shown

    def test_a_withdrawn_gift_is_still_to_be_read(self) -> None:
        gift = a_donation(1000)
        withdraw_donation(an_actor(), donation=gift, reason="重复录入")
        shown = page(at_desk(), "donation", gift.pk)
        assert "重复录入" in shown
        assert reverse("giving:correct_donation", args=[gift.pk]) not in shown

    def test_gifts_that_are_one_name_each_other(self) -> None:
        one, other = a_donation(5000), a_donation(5000)
        decide_overlap(an_actor(), first=one, second=other, verdict=OverlapVerdict.SAME)
        shown = page(at_desk(), "donation", one.pk)
        assert reverse("giving:donation", args=[other.pk]) in shown

    def test_html_in_names_is_shown_as_text(self) -> None:
        gift = a_donation(donor="<script>alert(1)</script>")
        assert "<script>alert(1)" not in page(at_desk(), "donation", gift.pk)


class TestForms:
    def test_an_amount_is_booked_in_the_words_of_its_source(self) -> None:
        response = at_desk().post(reverse("giving:new_donation"), told())
        gift = Donation.objects.get()
        assert response["Location"] == reverse("giving:donation", args=[gift.pk])
        assert gift.amount == yuan(1440000, Bound.OVER)

    def test_foreign_money_is_kept_beside(self) -> None:
        at_desk().post(reverse("giving:new_donation"), told(value="2万美元"))
        gift = Donation.objects.get()
        assert (gift.value, gift.currency, gift.currency_value) == (None, "USD", 20000)

    def test_a_range_keeps_its_lower_end_and_the_words_beside(self) -> None:
        at_desk().post(reverse("giving:new_donation"), told(value="5万元至10万元"))
        gift = Donation.objects.get()
        assert gift.amount == yuan(50000, Bound.OVER)
        assert "5万元至10万元" in gift.remark

    def test_goods_are_booked_line_by_line(self) -> None:
        lines = {
            "lines-0-item": "消毒液",
            "lines-0-quantity": "1400",
            "lines-0-unit": "公斤",
            "lines-2-item": "羽绒服",
            "lines-2-stated_value": "1万余",
        }
        at_desk().post(reverse("giving:new_donation"), told(kind="goods", value="", **lines))
        found = [(line.item, line.quantity, line.worth) for line in DonationLine.objects.order_by("position")]
        assert found == [
            ("消毒液", 1400, yuan(None)),
            ("羽绒服", None, yuan(10000, Bound.OVER)),
        ]

    def test_a_pledge_is_booked_as_a_pledge(self) -> None:
        at_desk().post(reverse("giving:new_donation"), told(state="pledged"))
        assert DonationStep.objects.get().state == DonationState.PLEDGED

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"value": "很多钱"}, ""),
            ({"donor_name": "捐" * 500}, "有 500 个字"),
            ({"donor_name": ""}, "不知姓名的,请选「不知姓名」"),
            ({"happened_at": "2999-01-01"}, "日期在将来"),
            ({"kind": "goods", "value": ""}, "请至少写一行物资名称"),
            ({"lines-1-item": "口罩"}, "捐款没有物资明细"),
            ({"kind": "goods", "value": "", "lines-1-quantity": "3"}, "请填写物资名称"),
            ({"intent": "directed"}, "定向捐赠请写明用途"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, sent: dict[str, str], sentence: str
    ) -> None:
        response = at_desk().post(reverse("giving:new_donation"), told(purpose="", remark="记住我", **sent))
        shown = response.content.decode()
        assert response.status_code == 400
        assert sentence in shown
        assert "记住我" in shown
        assert "field-wrong" in shown or "error-summary" in shown
        assert not Donation.objects.exists()

    def test_more_lines_are_added_without_losing_what_was_typed(self) -> None:
        response = at_desk().post(reverse("giving:new_donation"), told(more_lines="1", value="12万"))
        shown = response.content.decode()
        assert "lines-7-item" in shown
        assert "12万" in shown
        assert not Donation.objects.exists()

    def test_a_gift_is_corrected_with_a_reason(self) -> None:
        gift = a_donation(1000, donor="青禾食品厂", happened_at=A_DAY)
        client = at_desk()
        url = reverse("giving:correct_donation", args=[gift.pk])
        assert "1000元" in client.get(url).content.decode()
        sent = told(value="3000", reason="看错", seen=str(gift.pk), happened_at="2020-02-10")
        assert client.post(url, sent).status_code == 302
        newest = Donation.objects.current().get()
        assert (newest.value, newest.happened_at) == (3000, A_DAY)

    def test_two_people_correcting_one_version_are_noticed(self) -> None:
        gift = a_donation(1000, donor="青禾食品厂")
        correct_donation(an_actor(), donation=gift, gift=a_gift(2000, donor="青禾食品厂"), reason="甲")
        sent = told(value="3000", reason="乙", seen=str(gift.pk))
        response = at_desk().post(reverse("giving:correct_donation", args=[gift.pk]), sent)
        assert "刚才已有人处理过" in response.content.decode()
        assert Donation.objects.current().get().value == 2000

    def test_a_state_is_reached_and_taken_back(self) -> None:
        gift, client = a_donation(pledged=True), at_desk()
        url = reverse("giving:donation_step", args=[gift.pk])
        client.post(url, {"state": "received", "evidence": "bank_line", "happened_at": "2020-02-10"})
        step = DonationStep.objects.current().get(state="received")
        assert step.day == date(2020, 2, 10)
        client.post(reverse("giving:take_back_step", args=[step.pk]), {"reason": "记错一笔"})
        assert not DonationStep.objects.current().filter(state="received").exists()

    def test_straight_delivery_asks_for_both_evidences(self) -> None:
        gift, client = a_donation(pledged=True), at_desk()
        url = reverse("giving:donation_step", args=[gift.pk])
        assert client.post(url, {"state": "direct", "evidence": "counted"}).status_code == 400
        client.post(url, {"state": "direct", "evidence": "counted", "handed_over_evidence": "signed"})
        states = DonationStep.objects.current().values_list("state", flat=True)
        assert set(states) == {"pledged", "received", "handed_over"}

    def test_a_gift_is_withdrawn_with_a_reason(self) -> None:
        gift, client = a_donation(), at_desk()
        url = reverse("giving:withdraw_donation", args=[gift.pk])
        assert client.post(url, {"reason": ""}).status_code == 400
        assert client.post(url, {"reason": "误录"}).status_code == 302
        assert not Donation.objects.current().exists()


class TestPairs:
    def pair(self) -> OverlapProposal:
        a_donation(10000, donor=a_donor("李明", DonorKind.PERSON), via_name="金属板材商会")
        a_donation(208000, donor=a_donor("金属板材商会", DonorKind.CHAMBER))
        return OverlapProposal.objects.get()

    def test_pairs_stand_side_by_side_with_reasons(self) -> None:
        self.pair()
        shown = page(at_desk(), "overlaps")
        assert "经「金属板材商会」捐出" in shown
        assert "20.8万元至21.8万元" in shown

    def test_a_decision_brings_back_its_card_and_the_totals_before_and_after(self) -> None:
        pair, client = self.pair(), at_desk()
        url = reverse("giving:decide_overlap", args=[pair.pk, "first-in-second"])
        shown = client.post(url, {"reason": "会员名单"}, headers={"HX-Request": "true"}).content.decode()
        assert "已判定:A 含在 B 之内" in shown
        assert "<del>2 笔,20.8万元至21.8万元" in shown
        assert "<ins>2 笔,20.8万元</ins>" in shown
        assert OverlapDecision.objects.current().get().reason == "会员名单"

    def test_a_decision_is_undone(self) -> None:
        pair, client = self.pair(), at_desk()
        client.post(reverse("giving:decide_overlap", args=[pair.pk, "distinct"]))
        client.post(reverse("giving:decide_overlap", args=[pair.pk, "undo"]))
        assert not OverlapDecision.objects.current().exists()
        assert "还有 <b>1</b> 对待判定" in page(client, "overlaps")

    def test_a_refusal_is_shown_at_the_pair(self) -> None:
        pair, client = self.pair(), at_desk()
        client.post(reverse("giving:decide_overlap", args=[pair.pk, "distinct"]))
        url = reverse("giving:decide_overlap", args=[pair.pk, "same"])
        assert "已有人判定" in client.post(url, headers={"HX-Request": "true"}).content.decode()

    def test_those_who_may_not_decide_only_look(self) -> None:
        pair = self.pair()
        client = at_desk(an_officer(Role.READER))
        assert "data-verb" not in page(client, "overlaps")
        url = reverse("giving:decide_overlap", args=[pair.pk, "same"])
        assert client.post(url).status_code == 403

    def test_an_unknown_verb_is_not_found(self) -> None:
        url = reverse("giving:decide_overlap", args=[self.pair().pk, "perhaps"])
        assert at_desk().post(url).status_code == 404


class TestFigures:
    def test_every_number_opens_to_its_gifts(self) -> None:
        town = a_township()
        a_donation(1440000, bound=Bound.OVER, donor=a_donor("石桥镇商会", DonorKind.CHAMBER), area=town)
        a_donation(5000, donor=a_donor("李明", DonorKind.PERSON), area=a_township("青山镇"))
        shown = page(at_desk(), "figures")
        assert "?donor_kind=chamber" in shown
        assert f"?town={town.pk}" in shown
        assert "石桥镇收到的捐款最多,至少144万元" in shown

    def test_they_are_shown_as_they_stood(self) -> None:
        a_donation(5000)
        client = at_desk()
        assert "5000元" in page(client, "figures")
        assert "5000元" not in page(client, "figures", at="2020-02-10T18:00")
        assert "5000元" in page(client, "figures", at="no moment")

    def test_statements_are_compared_on_their_page(self) -> None:
        state_figure(
            an_actor(), from_source=a_gift_source(), subject="全县", kind="cash", scope_of_figure="total",
            amount=yuan(20000000, Bound.OVER),
        )  # fmt: skip
        a_donation(5000)
        client = at_desk()
        assert "来源称至少2000万元;已知捐赠 1 笔,5000元;相差至少1999.5万元。" in page(client, "statements")
        assert "来源称至少2000万元" in page(client, "figures")

    def test_the_coverage_of_a_statement_is_changed(self) -> None:
        statement = state_figure(
            an_actor(), from_source=a_gift_source(), subject="全县", kind="cash", scope_of_figure="total",
            amount=yuan(9000),
        )  # fmt: skip
        a_donation(5000)
        client = at_desk()
        url = reverse("giving:statement_coverage", args=[statement.pk])
        assert client.post(url, {"covers_donor_kind": "person", "reason": "只指个人"}).status_code == 302
        assert "没有可对照的捐赠" in page(client, "statements")


class TestReceipts:
    def test_the_book_lists_numbers_voids_and_gaps(self) -> None:
        a_receipt("0001")
        void_receipt(an_actor(), receipt=a_receipt("0004", gift=a_donation(donor="乙")), reason="填写错误")
        shown = page(at_desk(), "receipts")
        for word in ("№ 0001", "№ 0004", "填写错误", "№ 0002", "0003", "人民币壹仟元整"):
            assert word in shown

    def test_one_is_issued_with_the_next_number_and_voided(self) -> None:
        issuer = an_issuer()
        a_receipt("0007", gift=a_donation(donor="乙"))
        gift, client = a_donation(1000, donor="甲", recipient=issuer), at_desk()
        url = reverse("giving:issue_receipt", args=[gift.pk])
        assert "0008" in client.get(url).content.decode()
        sent = {"issuer": issuer.pk, "number": "0008", "issued_on": "2020-02-12"}
        assert client.post(url, sent).status_code == 302
        made = DonationReceipt.objects.get(number="0008")
        client.post(reverse("giving:void_receipt", args=[made.pk]), {"reason": "污损"})
        assert not DonationReceipt.objects.current().filter(number="0008").exists()

    def test_what_the_book_refuses_is_said_in_the_form(self) -> None:
        issuer = an_issuer()
        gift = a_donation(1000, bound=Bound.OVER, recipient=issuer)
        sent = {"issuer": issuer.pk, "number": "1", "issued_on": "2020-02-12"}
        response = at_desk().post(reverse("giving:issue_receipt", args=[gift.pk]), sent)
        assert "票据须有确数" in response.content.decode()


class TestToday:
    def test_what_waits_stands_in_todays_work(self) -> None:
        a_donation(10000, donor=a_donor("李明", DonorKind.PERSON), via_name="金属板材商会")
        a_donation(208000, donor=a_donor("金属板材商会", DonorKind.CHAMBER))
        a_donation(1, donor="认捐厂", pledged=True)
        goods("口罩", donor="无价厂")
        a_donation(5, donor="票据厂", recipient=an_issuer())
        shown = at_desk().get("/").content.decode()
        for word in ("疑似重复待判定", "认捐未到", "捐物没有折价", "收到而未开票据"):
            assert word in shown

    def test_gifts_are_found_across_the_book(self) -> None:
        a_donation(5000, donor="青禾食品厂")
        shown = at_desk().get(reverse("search"), {"q": "qinghe"}).content.decode()
        assert "青禾食品厂" in shown


@pytest.mark.parametrize(
    "typed", ["", "x", "0001-01-01 00:00", "9999-12-31T23:59", "2020-13-45", "2020-02-10T18:00"]
)
def test_whatever_is_typed_as_a_past_moment_gets_the_figures(client: Client, typed: str) -> None:
    actor = an_actor()
    a_response()
    client.force_login(actor.officer)
    assert client.get(reverse("giving:figures"), {"at": typed}).status_code == 200


def test_the_root_of_giving_leads_to_the_ledger(client: Client) -> None:
    assert client.get("/giving/").headers["Location"] == reverse("giving:ledger")
