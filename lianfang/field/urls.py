"""The addresses of the field: the phone page, and the pages of the desk about phones."""

from django.urls import include, path

from lianfang.field.views import phone

app_name = "field"
_phone = [
    path("", phone.page, name="phone"),
    path("enrol", phone.page, name="enrol_page"),
    path("worker.js", phone.worker, name="worker"),
    path("app.webmanifest", phone.manifest, name="manifest"),
]
urlpatterns = [path("field/", include(_phone))]
