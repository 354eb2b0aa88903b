"""The addresses of the notices."""

from django.urls import include, path

from lianfang.notices import views

app_name = "notices"
_inside = [
    path("", views.appeals, name="appeals"),
    path("new/", views.draft, name="draft"),
    path("received/", views.inbox, name="inbox"),
    path("received/<uuid:pk>/", views.delivery, name="delivery"),
    path("received/<uuid:pk>/paper.<slug:form>", views.delivery_paper, name="delivery_paper"),
    path("<uuid:pk>/", views.appeal, name="appeal"),
    path("<uuid:pk>/change/", views.change, name="change"),
    path("<uuid:pk>/send/", views.send, name="send"),
    path("<uuid:pk>/paper.<slug:form>", views.paper, name="paper"),
    path("<uuid:pk>/<slug:verb>/", views.step, name="step"),
]
urlpatterns = [path("appeals/", include(_inside))]
