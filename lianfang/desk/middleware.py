"""What a request needs before a view runs."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lianfang.book.models import Response


def current_response(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """`request.response` is the emergency that the officer works on: the chosen one, or the newest."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.response = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            chosen = request.session.get("response")
            found = Response.objects.filter(pk=chosen).first() if chosen else None
            request.response = found or Response.objects.first()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
