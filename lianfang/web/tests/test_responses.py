"""Opening and closing an emergency on its pages."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lianfang.book.models import Response, RuleProfile
from lianfang.book.rights import Role
from lianfang.desk.today import Urgency, items_for
from lianfang.people.tests.builders import a_county, a_response, a_township, an_officer

pytestmark = pytest.mark.django_db


def test_an_empty_book_offers_to_open_a_response(client: Client) -> None:
    client.force_login(an_officer())
    page = client.get(reverse("home"))
    assert reverse("start_response") in page.content.decode()


def test_a_response_is_opened_with_the_rules_in_force(client: Client) -> None:
    a_county()
    client.force_login(an_officer(Role.ADMINISTRATOR))
    answer = client.post(
        reverse("start_response"), {"name": "云溪县防汛", "started_on": timezone.localdate().isoformat()}
    )
    assert answer.status_code == 302
    assert Response.objects.get().county == "云溪县"
    assert set(RuleProfile.objects.values_list("subject", flat=True)) >= {"giving", "gate"}
    assert client.get(reverse("home")).status_code == 200


def test_a_response_cannot_begin_tomorrow(client: Client) -> None:
    a_county()
    client.force_login(an_officer(Role.ADMINISTRATOR))
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = client.post(reverse("start_response"), {"name": "云溪县防汛", "started_on": tomorrow.isoformat()})
    assert "不能晚于今天" in page.content.decode()
    assert not Response.objects.exists()


def test_a_towns_officer_opens_no_response_of_the_county(client: Client) -> None:
    client.force_login(an_officer(area=a_township()))
    assert client.get(reverse("start_response")).status_code == 403


def test_a_response_is_closed_on_a_day_after_it_began(client: Client) -> None:
    response = a_response()
    client.force_login(an_officer(Role.ADMINISTRATOR))
    page = reverse("finish_response", args=[response.pk])
    assert "不能早于启动日期" in client.post(page, {"ended_on": "2019-12-31"}).content.decode()
    client.post(page, {"ended_on": "2020-05-01"})
    response.refresh_from_db()
    assert str(response.ended_on) == "2020-05-01"


def test_the_clocks_of_an_ended_emergency_stand_still_and_each_page_says_so() -> None:
    response = a_response()
    now = timezone.now()
    assert response.clock(now) == now
    response.ended_on = date(2020, 2, 19)
    response.save()
    assert timezone.localtime(response.clock(now)).isoformat() == "2020-02-20T00:00:00+08:00"
    early = timezone.make_aware(datetime(2020, 2, 1))
    assert response.clock(early) == early
    officer = an_officer(Role.HEADQUARTERS)
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert "本次响应已于2020年2月19日结束" in client.get(reverse("home")).content.decode()
    assert all(item.urgency is Urgency.WAITING for item in items_for(officer, response))
