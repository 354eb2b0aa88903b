"""Tables of gifts: columns, faulty rows, booking in stretches, and what must never be doubled."""

import io
import zipfile
from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lianfang.book.errors import Conflict, NotAllowed, Refused
from lianfang.book.rights import Role as OfficerRole
from lianfang.engines.intake.sources import Role, SourceError
from lianfang.giving.actions import imports as acts
from lianfang.giving.actions.donations import withdraw_donation
from lianfang.giving.models import (
    Donation,
    DonationLine,
    DonationStep,
    DonorNaming,
    GiftSource,
    ImportCheck,
    ImportState,
    OverlapProposal,
    TableImport,
    UploadedTable,
)
from lianfang.giving.queries.imports import visible_imports
from lianfang.giving.tables.sheets import ChosenColumn, read_sheets
from lianfang.giving.tests.builders_tables import (
    HEADER,
    a_csv,
    a_workbook,
    an_import,
    book_all,
    guessed_choices,
    some_rows,
)
from lianfang.people.models import BodyKind
from lianfang.people.tests.builders import a_body, a_response, a_township, an_actor

pytestmark = pytest.mark.django_db


def faults_of(held: TableImport) -> list[list[object]]:
    found: list[list[object]] = ImportCheck.objects.get(pk=held.pk).faults
    return found


def the_fault(*row: object, header: tuple[str, ...] = HEADER) -> list[object]:
    """The one fault of a table with a good row and this one."""
    (fault,) = faults_of(an_import([("2020-02-09", "好厂", 5, "")[: len(header)], row], header=header))
    return fault


def only_gift(*row: object, header: tuple[str, ...] = HEADER, **where: object) -> Donation:
    book_all(an_import([row], header=header, **where))  # type: ignore[arg-type]
    gift: Donation = Donation.objects.get()
    return gift


# Columns


def test_columns_are_found_in_any_order() -> None:
    header = ("备注", "捐款金额(元)", "日期", "捐赠单位(个人)")
    gift = only_gift("转账", "1,200", "2020年2月9日", "青禾食品厂", header=header)
    assert (gift.donor_name, gift.value, gift.remark) == ("青禾食品厂", Decimal(1200), "转账")
    assert timezone.localdate(gift.happened_at).isoformat() == "2020-02-09"  # type: ignore[arg-type]


def test_columns_that_were_chosen_are_remembered_for_the_same_header() -> None:
    header = ("日期", "捐赠单位(个人)", "捐款金额(元)", "附记")
    held = an_import(some_rows(1), header=header)
    (choice,) = guessed_choices(held.columns)
    columns = [*choice.columns[:3], ChosenColumn(Role.REMARK)]
    acts.set_columns(an_actor(), table_import=held, choices=[acts.SheetChoice(True, columns)])
    later = an_import([("2020-02-11", "万松堂", 8, "亲自送来")], header=header, name="后来.xlsx")
    assert later.columns[0]["remembered"]
    assert later.columns[0]["columns"][3]["role"] == "remark"


def test_one_content_on_two_columns_is_refused_at_its_sheet() -> None:
    held = an_import(some_rows(1))
    twice = [
        ChosenColumn(Role.DONOR),
        ChosenColumn(Role.DONOR),
        ChosenColumn(Role.AMOUNT),
        ChosenColumn(Role.OTHER),
    ]
    with pytest.raises(ValidationError) as refused:
        acts.set_columns(an_actor(), table_import=held, choices=[acts.SheetChoice(True, twice)])
    assert refused.value.error_dict["sheet-0"][0].code == "role_twice"


def test_a_table_without_giver_or_gift_is_refused() -> None:
    held = an_import(some_rows(1))
    nothing = [ChosenColumn(Role.DONOR), *[ChosenColumn(Role.OTHER)] * 3]
    with pytest.raises(ValidationError) as refused:
        acts.set_columns(an_actor(), table_import=held, choices=[acts.SheetChoice(True, nothing)])
    assert refused.value.error_dict["sheet-0"][0].code == "column_missing"


def test_a_sheet_that_is_not_taken_books_nothing() -> None:
    book = openpyxl.Workbook()
    for name, donor in (("一", "甲厂"), ("二", "乙厂")):
        page = book.create_sheet(name)
        page.append(HEADER)
        page.append(("2020-02-09", donor, 10, ""))
    del book["Sheet"]
    file = io.BytesIO()
    book.save(file)
    held = an_import(file.getvalue())
    first, second = guessed_choices(held.columns)
    held = acts.set_columns(
        an_actor(), table_import=held, choices=[first, acts.SheetChoice(False, second.columns)]
    )
    book_all(held)
    assert [gift.donor_name for gift in Donation.objects.all()] == ["甲厂"]


# What a row says


def test_amounts_are_kept_as_they_were_said() -> None:
    gift = only_gift("2020-02-09", "县总商会", "144万余", "")
    assert (gift.value, gift.bound) == (Decimal(1_440_000), "over")


def test_a_column_in_ten_thousands_counts_so_unless_a_cell_says_otherwise() -> None:
    header = ("日期", "捐赠单位(个人)", "捐款(万元)", "备注")
    book_all(
        an_import([("2020-02-09", "甲厂", 0.88, ""), ("2020-02-09", "乙厂", "500元", "")], header=header)
    )
    assert {gift.donor_name: gift.value for gift in Donation.objects.all()} == {"甲厂": 8800, "乙厂": 500}


def test_goods_come_with_item_specification_quantity_unit_and_value() -> None:
    header = ("日期", "捐赠单位(个人)", "物资名称", "规格型号", "数量", "单位", "折价(元)", "价值依据")
    gift = only_gift("2.9", "小满食品厂", "自热米饭", "24盒/箱", "200", "箱", "24000", "发票", header=header)
    line = DonationLine.objects.get()
    assert (line.item, line.specification, line.quantity, line.unit) == ("自热米饭", "24盒/箱", 200, "箱")
    assert (line.stated_value, line.value_basis, gift.kind, gift.value) == (24000, "发票", "goods", 24000)


def test_a_row_with_money_and_goods_is_two_gifts() -> None:
    header = ("日期", "捐赠单位(个人)", "捐款金额(元)", "捐赠物资", "数量", "单位")
    book_all(an_import([("2020-02-09", "甲厂", 5000, "口罩", 300, "只")], header=header))
    assert sorted(Donation.objects.values_list("kind", "value")) == [("cash", 5000), ("goods", None)]


def test_several_articles_in_one_cell_are_several_lines() -> None:
    header = ("日期", "捐赠单位(个人)", "捐赠物资", "备注")
    only_gift("2020-02-09", "甲厂", "口罩1000只、消毒液50桶", "", header=header)
    assert list(DonationLine.objects.values_list("item", "quantity", "unit")) == [
        ("口罩", 1000, "只"),
        ("消毒液", 50, "桶"),
    ]


def test_intent_recipient_intermediary_receipt_and_anonymity_are_taken_over() -> None:
    clinic = a_body("柳溪镇卫生院", BodyKind.HOSPITAL)
    chamber = a_body("石桥镇商会", BodyKind.CHAMBER)
    charity = a_body("云溪县慈善会", BodyKind.CHARITY)
    header = ("捐赠人", "金额", "接收单位", "经手单位", "捐赠意向", "是否匿名", "票据号")
    gift = only_gift(
        "邬小棠", 1000, "云溪县慈善会", "石桥镇商会", "定向柳溪镇卫生院", "是", "0000004", header=header
    )
    assert (gift.recipient, gift.via, gift.beneficiary) == (charity, chamber, clinic)
    assert (gift.intent, gift.purpose, gift.naming) == ("directed", "柳溪镇卫生院", DonorNaming.WITHHELD)
    assert gift.remark == "票据号 0000004"


def test_a_nameless_giver_is_unknown_and_no_body() -> None:
    gift = only_gift("2020-02-09", "爱心人士", 520, "")
    assert (gift.naming, gift.donor_name) == (DonorNaming.UNKNOWN, "爱心人士")


def test_a_merged_name_holds_for_all_its_rows_and_a_merged_amount_once() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(a_workbook(("2020-02-09", "甲厂", 10, ""), ("2020-02-10", None, 20, "")))
    )
    page = book.active
    assert page is not None
    page.merge_cells("B2:B3")
    file = io.BytesIO()
    book.save(file)
    book_all(an_import(file.getvalue()))
    assert sorted(Donation.objects.values_list("donor_name", "value")) == [("甲厂", 10), ("甲厂", 20)]


def test_a_day_without_a_year_lies_in_the_year_of_the_response() -> None:
    book_all(an_import([("12月30日", "甲厂", 10, ""), ("2月9日", "乙厂", 10, "")]))
    days = {gift.donor_name: timezone.localdate(gift.happened_at) for gift in Donation.objects.all()}  # type: ignore[arg-type]
    assert (days["甲厂"].year, days["乙厂"].year) == (2019, 2020)


def test_totals_at_the_end_are_no_gifts() -> None:
    held = an_import([*some_rows(2), ("合计", "", 203, "")])
    assert (held.row_count, held.left_out_count) == (2, 0)


def test_a_formula_counts_with_its_stored_value_and_a_warning() -> None:
    sheets = read_sheets("式.xlsx", _with_formula("<v>300</v>"))
    assert any("公式" in remark for remark in sheets.remarks)
    held = acts.prepare_import(an_actor(), response=a_response(), sheets=sheets).table_import
    held = acts.set_columns(an_actor(), table_import=held, choices=guessed_choices(held.columns))
    book_all(held)
    assert Donation.objects.get().value == 300


def test_a_formula_without_a_stored_value_is_a_faulty_row() -> None:
    held = acts.prepare_import(
        an_actor(), response=a_response(), sheets=read_sheets("式.xlsx", _with_formula(""))
    ).table_import
    held = acts.set_columns(an_actor(), table_import=held, choices=guessed_choices(held.columns))
    assert [fault[5] for fault in faults_of(held)] == ["nothing_given"]


# Faulty rows


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (("2020-02-09", "捐" * 500, 5, ""), "B 捐赠单位(个人)", "max_length"),
        (("2099-01-01", "甲厂", 5, ""), "A 日期", "in_future"),
        (("2月31日", "甲厂", 5, ""), "A 日期", "not_a_day"),
        (("2011-02-09", "甲厂", 5, ""), "A 日期", "too_early"),
        (("2020-02-09", "甲厂", -5, ""), "C 捐款金额(元)", "amount.negative"),
        (("2020-02-09", "甲厂", "9" * 15, ""), "C 捐款金额(元)", "amount.too_large"),
        (("2020-02-09", "甲厂", "很多", ""), "C 捐款金额(元)", "amount.not_a_number"),
        (("2020-02-09", "甲厂", 0, ""), "C 捐款金额(元)", "min_value"),
        (("2020-02-09", "甲厂", None, ""), "C 捐款金额(元)", "nothing_given"),
        (("2020-02-09", "", 5, ""), "B 捐赠单位(个人)", "required"),
        (("2020-02-09", "<img src=x onerror=alert(1)>", 5, ""), "B 捐赠单位(个人)", "markup"),
        (("2020-02-09", "甲厂", 5, "长" * 400), "D 备注", "max_length"),
    ],
)
def test_a_faulty_row_is_named_by_sheet_row_column_and_reason(
    row: tuple[object, ...], column: str, code: str
) -> None:
    fault = the_fault(*row)
    assert (fault[0], fault[1], fault[2], fault[5]) == ("捐款", 3, column, code)
    assert fault[4]


def test_with_one_faulty_row_nothing_is_imported_unless_it_is_left_out() -> None:
    held = an_import([*some_rows(3), ("2020-02-09", "甲厂", -1, "")])
    with pytest.raises(acts.RowsRefused):
        acts.start_import(an_actor(), table_import=held, faulty_rows=acts.FaultyRows.REFUSE_ALL)
    assert not Donation.objects.exists()
    held = book_all(held)
    assert (held.gift_count, held.left_out_count, held.state) == (3, 1, ImportState.FINISHED)


def test_other_faulty_rows_than_were_seen_stop_the_import() -> None:
    held = an_import([*some_rows(2), ("2020-02-09", "甲厂", -1, "")])
    with pytest.raises(Conflict):
        acts.start_import(
            an_actor(), table_import=held, faulty_rows=acts.FaultyRows.LEAVE_OUT, seen="something else"
        )


def test_a_row_that_cannot_be_booked_any_more_is_left_out_and_the_rest_is_booked() -> None:
    held = an_import([("", "甲厂", 5, ""), ("2020-02-09", "乙厂", 5, ""), ("", "丙厂", 5, "")])
    held = acts.start_import(an_actor(), table_import=held, faulty_rows=acts.FaultyRows.REFUSE_ALL)
    response = a_response()
    # The response turns out to have begun later: the second row lies too far before it.
    response.started_on = timezone.localdate() - timedelta(days=1)
    response.save()
    held = acts.book_next_rows(an_actor(), table_import=held)
    assert (held.state, held.gift_count, held.left_out_count) == (ImportState.FINISHED, 2, 1)
    assert {fault[5] for fault in faults_of(held)} == {"too_early"}


# Nothing twice


def test_the_same_file_again_changes_nothing() -> None:
    data = a_workbook(*some_rows(5))
    book_all(an_import(data))
    again = acts.prepare_import(an_actor(), response=a_response(), sheets=read_sheets("另名.xlsx", data))
    assert again.already_there
    assert (Donation.objects.count(), GiftSource.objects.count(), UploadedTable.objects.count()) == (5, 1, 1)


def test_the_same_rows_in_another_file_are_proposed_as_overlaps_not_dropped() -> None:
    book_all(an_import(a_workbook(*some_rows(4))))
    book_all(an_import(a_csv(*some_rows(4)), name="名单.csv"))
    assert Donation.objects.count() == 8
    assert OverlapProposal.objects.count() >= 4


def test_an_import_that_was_broken_off_goes_on_where_it_stood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "ROWS_AT_ONCE", 4)
    held = an_import(some_rows(10))
    held = acts.start_import(an_actor(), table_import=held, faulty_rows=acts.FaultyRows.REFUSE_ALL)
    held = acts.book_next_rows(an_actor(), table_import=held)
    assert (held.next_row, Donation.objects.count()) == (4, 4)

    def killed(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(acts, "_rows_with", killed)
        with pytest.raises(KeyboardInterrupt):
            acts.book_next_rows(an_actor(), table_import=held)
    assert Donation.objects.count() == 4
    book_all(TableImport.objects.get())
    assert sorted(Donation.objects.values_list("donor_name", flat=True)) == sorted(
        f"青禾第{number}食品厂" for number in range(1, 11)
    )


def test_an_abandoned_import_that_is_taken_up_again_doubles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "ROWS_AT_ONCE", 3)
    data = a_workbook(*some_rows(5))
    held = acts.start_import(an_actor(), table_import=an_import(data), faulty_rows=acts.FaultyRows.REFUSE_ALL)
    acts.book_next_rows(an_actor(), table_import=held)
    acts.abandon_import(an_actor(), table_import=held)
    taken_up = an_import(data)
    assert taken_up.pk == held.pk
    done = book_all(taken_up)
    assert (Donation.objects.count(), done.gift_count) == (5, 5)


def test_a_gift_that_was_withdrawn_does_not_come_back_with_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "ROWS_AT_ONCE", 2)
    data = a_workbook(*some_rows(3))
    held = acts.start_import(an_actor(), table_import=an_import(data), faulty_rows=acts.FaultyRows.REFUSE_ALL)
    acts.book_next_rows(an_actor(), table_import=held)
    withdraw_donation(an_actor(), donation=Donation.objects.first(), reason="误录")
    acts.abandon_import(an_actor(), table_import=held)
    book_all(an_import(data))
    assert Donation.objects.current().count() == 2


def test_the_stretch_that_somebody_else_has_booked_is_not_booked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(acts, "ROWS_AT_ONCE", 2)
    held = an_import(some_rows(6))
    held = acts.start_import(an_actor(), table_import=held, faulty_rows=acts.FaultyRows.REFUSE_ALL)
    acts.book_next_rows(an_actor(), table_import=held, from_row=0)
    late = acts.book_next_rows(an_actor(), table_import=held, from_row=0)
    assert (late.next_row, Donation.objects.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_press_at_once_book_each_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "ROWS_AT_ONCE", 3)
    held = an_import(some_rows(9))
    held = acts.start_import(an_actor(), table_import=held, faulty_rows=acts.FaultyRows.REFUSE_ALL)
    actors, barrier = [an_actor(), an_actor()], Barrier(2)
    wrong: list[BaseException] = []

    def press(actor) -> None:  # type: ignore[no-untyped-def]
        try:
            barrier.wait()
            mine = TableImport.objects.get(pk=held.pk)
            while mine.state == ImportState.BOOKING:
                mine = acts.book_next_rows(actor, table_import=mine, from_row=mine.next_row)
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=press, args=[actor]) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert Donation.objects.count() == 9
    assert TableImport.objects.get().gift_count == 9


def test_two_people_who_upload_the_same_file_have_one_import() -> None:
    sheets = read_sheets("明细.xlsx", a_workbook(*some_rows(1)))
    one = acts.prepare_import(an_actor(), response=a_response(), sheets=sheets)
    other = acts.prepare_import(an_actor(), response=a_response(), sheets=sheets)
    assert one.table_import == other.table_import


# Files that are no tables


def test_a_gbk_table_is_read() -> None:
    book_all(an_import(a_csv(*some_rows(2), encoding="gb18030"), name="名单.csv"))
    assert Donation.objects.count() == 2


def test_broken_bytes_are_refused_by_name() -> None:
    with pytest.raises(SourceError) as refused:
        read_sheets("坏.csv", "日期,捐赠人,金额\n2月9日,甲厂".encode() + b"\xff\xfe\x81,5\n")
    assert refused.value.code in {"broken_bytes", "not_text"}


def test_an_image_is_no_table() -> None:
    with pytest.raises((SourceError, Refused)) as refused:
        read_sheets("表.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200)
    assert refused.value.code in {"needs_ocr", "broken_file", "no_text_found", "no_table"}


def test_running_text_is_no_table() -> None:
    with pytest.raises(Refused) as refused:
        read_sheets("通讯.txt", "石桥镇商会向县红十字会捐款五万元。大家都很感动。".encode())
    assert refused.value.code == "no_table"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * (300 * 1024 * 1024))
    with pytest.raises(SourceError) as refused:
        read_sheets("弹.xlsx", file.getvalue())
    assert refused.value.code == "zip_bomb"


# Rights


def test_a_secretary_imports_for_the_own_chamber_and_not_for_another() -> None:
    own = a_body("石桥镇商会", BodyKind.CHAMBER)
    other = a_body("柳湾镇商会", BodyKind.CHAMBER, a_township("柳湾镇"))
    secretary = an_actor(OfficerRole.CHAMBER_SECRETARY, body=own)
    held = book_all(an_import(some_rows(1), actor=secretary, via=own), secretary)
    assert held.gift_count == 1
    with pytest.raises(NotAllowed):
        acts.prepare_import(
            secretary,
            response=a_response(),
            sheets=read_sheets("a.xlsx", a_workbook(*some_rows(2))),
            via=other,
        )


def test_a_row_to_a_body_out_of_reach_is_a_faulty_row() -> None:
    own = a_body("石桥镇商会", BodyKind.CHAMBER, a_township("石桥镇"))
    a_body("柳湾镇商会", BodyKind.CHAMBER, a_township("柳湾镇"))
    secretary = an_actor(OfficerRole.CHAMBER_SECRETARY, body=own)
    header = (*HEADER, "接收单位")
    rows = [("2020-02-09", "甲厂", 5, "", ""), ("2020-02-09", "乙厂", 5, "", "柳湾镇商会")]
    held = an_import(rows, header=header, actor=secretary, recipient=own)
    assert [(fault[1], fault[5]) for fault in faults_of(held)] == [(3, "not_allowed")]


def test_an_import_of_another_chamber_is_neither_seen_nor_taken_over(client: Client) -> None:
    own = a_body("石桥镇商会", BodyKind.CHAMBER, a_township("石桥镇"))
    other = a_body("柳湾镇商会", BodyKind.CHAMBER, a_township("柳湾镇"))
    data = a_workbook(*some_rows(1))
    held = an_import(data, via=other)
    secretary = an_actor(OfficerRole.CHAMBER_SECRETARY, body=own)
    assert not visible_imports(secretary.officer, a_response()).exists()
    client.force_login(secretary.officer)
    assert client.get(reverse("giving:import", args=[held.pk])).status_code == 404
    with pytest.raises(Refused) as refused:
        acts.prepare_import(secretary, response=a_response(), sheets=read_sheets("a.xlsx", data), via=own)
    assert refused.value.code == "imported_elsewhere"


def test_an_auditor_does_not_import() -> None:
    with pytest.raises(NotAllowed):
        an_import(some_rows(1), actor=an_actor(OfficerRole.AUDITOR))


# Pages


def test_a_table_is_imported_by_the_pages(client: Client) -> None:
    a_response()
    client.force_login(an_actor().officer)
    file = SimpleUploadedFile("明细.xlsx", a_workbook(*some_rows(3)))
    answer = client.post(reverse("giving:import_upload"), {"file": file, "booked_as": "received"})
    held = TableImport.objects.get()
    assert answer.status_code == 302
    page = client.get(reverse("giving:import_columns", args=[held.pk]))
    form = page.context["form"]
    chosen = {name: field.initial for name, field in form.fields.items()}
    client.post(reverse("giving:import_columns", args=[held.pk]), {k: v for k, v in chosen.items() if v})
    client.post(reverse("giving:import_start", args=[held.pk]), {"faulty_rows": "refuse_all"})
    answer = client.post(
        reverse("giving:import_next", args=[held.pk]), {"from_row": 0}, headers={"HX-Request": "true"}
    )
    assert "导入完成" in answer.content.decode()
    assert Donation.objects.count() == 3
    assert DonationStep.objects.filter(state="received").count() == 3


def test_what_is_wrong_with_a_file_is_said_at_the_field(client: Client) -> None:
    a_response()
    client.force_login(an_actor().officer)
    file = SimpleUploadedFile("坏.xlsx", b"PK\x03\x04 broken")
    answer = client.post(reverse("giving:import_upload"), {"file": file, "booked_as": "received"})
    assert answer.status_code == 422
    assert "损坏" in answer.content.decode()


def test_markup_in_a_faulty_cell_is_shown_as_text(client: Client) -> None:
    actor = an_actor()
    held = an_import([*some_rows(1), ("2020-02-09", "<script>alert(1)</script>", 5, "")], actor=actor)
    client.force_login(actor.officer)
    page = client.get(reverse("giving:import", args=[held.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_page_of_an_import_needs_the_same_queries_for_many_rows(
    client: Client, django_assert_max_num_queries
) -> None:
    actor = an_actor()
    bad = [("2020-02-09", f"厂{number}", -1, "") for number in range(300)]
    held = an_import([*some_rows(300), *bad], actor=actor)
    client.force_login(actor.officer)
    with django_assert_max_num_queries(25):
        client.get(reverse("giving:import", args=[held.pk]))


def test_the_list_of_imports_needs_the_same_queries_for_many(
    client: Client, django_assert_max_num_queries
) -> None:
    actor = an_actor()
    for number in range(12):
        an_import([("2020-02-09", f"厂{number}", 5, "")], actor=actor)
    client.force_login(actor.officer)
    with django_assert_max_num_queries(25):
        client.get(reverse("giving:imports"))


def test_an_unfinished_import_is_todays_work(client: Client) -> None:
    actor = an_actor()
    an_import(some_rows(1), actor=actor)
    client.force_login(actor.officer)
    assert "捐赠表格待核对" in client.get(reverse("home")).content.decode()


def _with_formula(value: str) -> bytes:
    """A workbook whose only amount is a formula, with `value` stored for it or nothing."""
    source = zipfile.ZipFile(io.BytesIO(a_workbook(("2020-02-09", "甲厂", "=100+200", ""))))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for member in source.infolist():
            data = source.read(member).decode("utf-8", "surrogateescape")
            if member.filename.endswith("sheet1.xml"):
                data = data.replace("<v></v>", value).replace("<v/>", value).replace("<v />", value)
            archive.writestr(member.filename, data.encode("utf-8", "surrogateescape"))
    return made.getvalue()
