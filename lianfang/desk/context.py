"""What every template knows."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lianfang.desk import banners, navigation

THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    """The emergency worked on, the navigation of the officer, and how the page should look."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "response": getattr(request, "response", None),
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "banners": SimpleLazyObject(lambda: _banners(request)),
        "theme": chosen if chosen in THEMES else "auto",
    }


def _banners(request: HttpRequest) -> list[banners.Banner]:
    user, response = getattr(request, "user", None), getattr(request, "response", None)
    if user is None or not user.is_authenticated or response is None:
        return []
    return banners.banners_for(user, response)


def _navigation(request: HttpRequest) -> list[navigation.Group]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return navigation.groups_for(user, request.path)
