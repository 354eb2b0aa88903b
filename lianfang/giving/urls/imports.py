from django.urls import path

from lianfang.giving.views import imports

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.upload, name="import_upload"),
    path("imports/<uuid:pk>/", imports.one, name="import"),
    path("imports/<uuid:pk>/columns/", imports.columns, name="import_columns"),
    path("imports/<uuid:pk>/check/", imports.check_again, name="import_check"),
    path("imports/<uuid:pk>/start/", imports.start, name="import_start"),
    path("imports/<uuid:pk>/next/", imports.book_next, name="import_next"),
    path("imports/<uuid:pk>/abandon/", imports.abandon, name="import_abandon"),
]
