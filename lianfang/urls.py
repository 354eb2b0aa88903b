"""All addresses of the house: each room keeps its own list in `urls`."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

_ROOMS = ["web", "desk", "people", "giving", "notices"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("lianfang.web.accounts")),
    *(
        path("", include(f"lianfang.{room}.urls"))
        for room in _ROOMS
        if find_spec(f"lianfang.{room}.urls") is not None
    ),
]
