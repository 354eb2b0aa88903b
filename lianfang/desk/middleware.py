"""What a request needs before a view runs."""

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from lianfang.book.models import Response

Answer = Callable[[HttpRequest], HttpResponse]


def caller_address(get_response: Answer) -> Answer:
    """REMOTE_ADDR is the caller's, as the proxy in front says it; the log, locks and limits go by it.

    Only the last address of the header is the proxy's own word: callers can send the others.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.BEHIND_TLS:
            said = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
            with suppress(ValueError):  # nothing said, or no address: it stays that of the proxy
                request.META["REMOTE_ADDR"] = str(ip_address(said))
        return get_response(request)

    return middleware


def current_response(get_response: Answer) -> Answer:
    """`request.response` is the emergency that the officer works on: the chosen one, or the newest."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.response = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            chosen = request.session.get("response")
            found = Response.objects.filter(pk=chosen).first() if chosen else None
            request.response = found or Response.objects.first()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def officer_language(get_response: Answer) -> Answer:
    """Who is signed in reads the language of the register, on every device; others that of their browser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


def not_kept_by_browsers(get_response: Answer) -> Answer:
    """A page of a signed-in officer is not kept by the browser of a shared computer after signing out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
