from django.urls import path

from lianfang.desk import views

urlpatterns = [path("known/<slug:name>/", views.known, name="known")]
