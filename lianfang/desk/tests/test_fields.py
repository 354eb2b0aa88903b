"""Amounts, days, moments and known things in forms, and what an action refuses."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from lianfang.book.errors import Conflict, NotAllowed, Refused, field_error
from lianfang.desk.fields import AmountField, DayField, MomentField, PickField
from lianfang.desk.forms import errors_into
from lianfang.engines.figures import Amount, Bound
from lianfang.people.models import Body
from lianfang.people.tests.builders import a_body


class GiftForm(forms.Form):
    amount = AmountField(label="金额")
    day = DayField(label="日期", required=False)
    at = MomentField(label="时间", required=False)
    note = forms.CharField(label="备注", required=False, widget=forms.Textarea)


def test_amount_is_read_as_people_write_it() -> None:
    form = GiftForm({"amount": "144万余"})
    assert form.is_valid()
    assert form.cleaned_data["amount"] == Amount(Decimal(1_440_000), Bound.OVER)


@pytest.mark.parametrize("typed", ["很多", "-5", "3000只", "99999999999999999"])
def test_what_is_no_amount_is_refused_and_stays_typed(typed: str) -> None:
    form = GiftForm({"amount": typed})
    assert "amount" in form.errors
    assert typed in str(form["amount"])


def test_amount_that_is_not_required_may_be_left_out() -> None:
    assert AmountField(required=False).clean("") is None


def test_stored_amount_is_offered_for_editing_as_it_was_said() -> None:
    form = GiftForm(initial={"amount": Amount(Decimal(1_440_000), Bound.OVER)})
    assert 'value="144万余元"' in str(form["amount"])


@pytest.mark.parametrize("typed", ["2020-02-10", "2020年2月10日", "2020.2.10", "2020/2/10"])
def test_day_is_read_in_the_usual_ways(typed: str) -> None:
    assert DayField().clean(typed) == date(2020, 2, 10)


def test_moment_is_taken_in_china() -> None:
    assert MomentField().clean("2020-02-10T18:05") == datetime(2020, 2, 10, 10, 5, tzinfo=UTC)


def test_stored_moment_is_offered_in_china() -> None:
    form = GiftForm(initial={"at": datetime(2020, 2, 10, 10, 5, tzinfo=UTC)})
    assert 'value="2020-02-10T18:05"' in str(form["at"])


def test_unknown_time_stays_unknown() -> None:
    assert MomentField(required=False).clean("") is None


def test_error_stands_at_the_field_and_in_the_summary_that_links_to_it() -> None:
    html = GiftForm({"amount": "很多", "note": "<script>"}).render()
    assert 'href="#id_amount"' in html
    assert html.count('id="id_amount_error"') == 1
    assert 'aria-invalid="true"' in html
    assert "&lt;script&gt;" in html


def test_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in GiftForm().render()


def test_error_of_an_action_goes_to_its_field() -> None:
    form = GiftForm({"amount": "1"})
    with errors_into(form):
        raise field_error("amount", "数额太大", "too_large")
    assert form.errors["amount"] == ["数额太大"]


def test_error_at_a_field_that_the_form_lacks_stands_above() -> None:
    form = GiftForm({"amount": "1"})
    with errors_into(form):
        raise field_error("recipient", "请选择接收单位", "required")
    assert form.non_field_errors() == ["请选择接收单位"]


@pytest.mark.parametrize("refusal", [Refused("不行", "no"), Conflict("慢了一步"), ValidationError("不对")])
def test_refusal_stands_above_the_form(refusal: Exception) -> None:
    form = GiftForm({"amount": "1"})
    with errors_into(form):
        raise refusal
    assert len(form.non_field_errors()) == 1
    assert not form.is_valid()


def test_missing_right_is_not_hidden_in_a_form() -> None:
    with pytest.raises(NotAllowed), errors_into(GiftForm({"amount": "1"})):
        raise NotAllowed("book_gifts")


class PickForm(forms.Form):
    body = PickField(Body.objects.all(), known="body", label="单位")


@pytest.mark.django_db
def test_picking_is_a_plain_select_that_knows_where_to_ask() -> None:
    body = a_body("云溪县商会")
    html = str(PickForm()["body"])
    assert "<select" in html
    assert 'data-pick="/known/body/"' in html
    assert f'value="{body.pk}"' in html


@pytest.mark.django_db
def test_chosen_thing_is_offered_also_beyond_what_the_select_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianfang.desk.fields.PickWidget.most", 1)
    a_body("一号企业")
    second = a_body("二号企业")
    form = PickForm({"body": str(second.pk)})
    assert form.is_valid()
    assert f'value="{second.pk}" selected' in str(form["body"])


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "no-key", "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_known_cannot_be_picked(typed: str) -> None:
    form = PickForm({"body": typed})
    assert "body" in form.errors
    str(form["body"])


def test_times_of_forms_are_those_of_the_house() -> None:
    assert str(timezone.get_current_timezone()) == "Asia/Shanghai"
