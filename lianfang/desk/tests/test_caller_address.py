"""Where a request comes from, with and without a proxy in front."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from lianfang.desk.middleware import caller_address

PROXY = "127.0.0.1"


def address(**headers: str) -> str:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    caller_address(view)(RequestFactory().get("/", headers=headers))
    return seen[0]


@pytest.mark.parametrize(
    ("said", "caller"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("198.51.100.1, 192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("nonsense", PROXY),
        ("", PROXY),
    ],
)
def test_behind_a_proxy_the_last_address_counts(settings: Any, said: str, caller: str) -> None:
    settings.BEHIND_TLS = True
    assert address(**{"X-Forwarded-For": said}) == caller


def test_without_a_proxy_nobody_says_another_address(settings: Any) -> None:
    settings.BEHIND_TLS = False
    assert address(**{"X-Forwarded-For": "192.0.2.7"}) == PROXY
