from django.urls import path

from lianfang.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.find, name="search"),
    path("responses/", views.responses, name="choose_response"),
    path("account/", views.account, name="account"),
    path("keys/", views.keys, name="keys"),
    path("preferences/", views.preferences, name="preferences"),
    path("health/", views.health, name="health"),
]
