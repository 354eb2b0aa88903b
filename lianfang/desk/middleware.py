"""What a request needs before a view runs."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from lianfang.book.models import Response

Answer = Callable[[HttpRequest], HttpResponse]


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
