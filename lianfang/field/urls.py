"""The addresses of the field: the phone page, and the pages of the desk about phones."""

from django.urls import include, path

from lianfang.field.views import api, devices, phone

app_name = "field"
_phone = [
    path("", phone.page, name="phone"),
    path("enrol", phone.page, name="enrol_page"),
    path("worker.js", phone.worker, name="worker"),
    path("app.webmanifest", phone.manifest, name="manifest"),
]
_desk = [
    path("", devices.devices, name="devices"),
    path("enrol/", devices.enrol_phone, name="enrol_phone"),
    path("enrol/<uuid:pk>/", devices.enrolment, name="enrolment"),
    path("pins/", devices.pins, name="pins"),
    path("pins/new/", devices.pin_new, name="pin_new"),
    path("pins/<uuid:pk>/", devices.pin, name="pin"),
    path("refused/", devices.refused, name="refused"),
    path("refused/<uuid:pk>/", devices.refused_one, name="refused_one"),
    path("<uuid:pk>/", devices.device, name="device"),
]
urlpatterns = [
    path("field/", include(_phone)),
    path("devices/", include(_desk)),
    path("api/field/", api.api_docs, name="api"),
    path("api/field/openapi.json", api.openapi, name="openapi"),
]
