"""The addresses below /api/field/, which `lianfang.field.middleware` serves past everything else."""

from django.urls import path

from lianfang.field import api
from lianfang.field.bundle import api as bundle

app_name = "field_api"
urlpatterns = [
    path("api/field/records", api.records, name="records"),
    path("api/field/enrol", api.enrol, name="enrol"),
    path("api/field/bundle", bundle.manifest, name="bundle"),
    path("api/field/bundle/crossings", bundle.crossings, name="crossings"),
    path("api/field/bundle/<str:digest>", bundle.chunk, name="chunk"),
]
