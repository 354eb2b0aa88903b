"""Who may open a page.

    @signed_in
    @needs(Right.BOOK_GIFTS)
    def gifts(request: Request) -> HttpResponse: ...

A view that has these decorators can rely on an officer and on an emergency to work on. What the
officer may see of it is decided where the rows are fetched: through the officer's reach.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lianfang.book.errors import NotAllowed
from lianfang.book.models import Response
from lianfang.book.rights import Right

if TYPE_CHECKING:
    from lianfang.people.models import Officer

P = ParamSpec("P")


class Request(HttpRequest):
    """A request of a signed-in officer who works on an emergency."""

    user: "Officer"
    response: Response


View = Callable[Concatenate[Request, P], HttpResponse]
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(view: View[P]) -> Page[P]:
    """Ask for sign-in first; say what to do while the book has no emergency yet."""

    @login_required
    @wraps(view)
    def page(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if getattr(request, "response", None) is None:
            return render(request, "desk/no_response.html", status=409)
        return view(request, *args, **kwargs)

    return page  # type: ignore[return-value]


def needs(*rights: Right) -> Callable[[View[P]], View[P]]:
    """The officer holds one of `rights` somewhere. Raises NotAllowed, which is the 403 page."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def page(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not any(request.user.may(right) for right in rights):
                raise NotAllowed(rights[0])
            return view(request, *args, **kwargs)

        page.rights = rights  # type: ignore[attr-defined]
        return page

    return decorate
