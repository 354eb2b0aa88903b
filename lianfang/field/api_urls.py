"""The addresses below /api/field/, which `lianfang.field.middleware` serves past everything else."""

from django.urls import path

from lianfang.field import api

app_name = "field_api"
urlpatterns = [
    path("api/field/records", api.records, name="records"),
    path("api/field/enrol", api.enrol, name="enrol"),
]
