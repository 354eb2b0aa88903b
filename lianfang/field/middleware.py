"""Phones come straight in: no session, no form, no page, no language of a browser."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]

_URLS = "lianfang.field.api_urls"


def phones_straight_in(get_response: Answer) -> Answer:
    """Serve /api/field/… here. Phones sign in by a token and never by a cookie, so nothing that guards
    cookies and forms is needed; one record more a second is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/field/"):
            return get_response(request)
        try:
            found = resolve(request.path_info, _URLS)
        except Resolver404:
            return get_response(request)
        translation.activate(settings.LANGUAGE_CODE)
        answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        return answer

    return middleware
