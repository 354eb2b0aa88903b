"""All addresses of the house: each room keeps its own list in `urls`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("lianfang.web.accounts")),
    path("", include("lianfang.web.urls")),
    path("", include("lianfang.desk.urls")),
    path("", include("lianfang.people.urls")),
    path("", include("lianfang.places.urls")),
    path("", include("lianfang.giving.urls")),
    path("", include("lianfang.notices.urls")),
    path("", include("lianfang.field.urls")),
    path("", include("lianfang.inspections.urls")),
    path("", include("lianfang.enterprises.urls")),
    path("", include("lianfang.rounds.urls")),
    path("", include("lianfang.gates.urls")),
    path("", include("lianfang.duty.urls")),
    path("", include("lianfang.volunteers.urls")),
]
