import pytest
from django.test import Client
from django.urls import reverse

from lianfang.people.tests.builders import a_response, an_officer

pytestmark = pytest.mark.django_db


def test_a_signed_in_page_is_not_kept_by_the_browser(client: Client) -> None:
    a_response()
    client.force_login(an_officer())
    assert client.get(reverse("home"))["Cache-Control"] == "private, no-store"


def test_public_pages_say_themselves_how_long_they_may_be_kept(client: Client) -> None:
    assert "no-store" not in client.get(reverse("giving:public")).get("Cache-Control", "")
