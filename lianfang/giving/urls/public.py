"""What everybody may read, without sign-in: publications, open data, the check of a paper."""

from django.urls import path

from lianfang.giving.api import api
from lianfang.giving.views import acknowledgements, public

urlpatterns = [
    path("", public.publications, name="public"),
    path("find/", public.find, name="public_find"),
    path("data/", public.about_data, name="public_data"),
    path("check/", acknowledgements.check, name="public_check"),
    path("check/<slug:code>/", acknowledgements.check, name="public_check_code"),
    path("api/", public.api_docs, name="public_api"),
    path("api/openapi.json", public.openapi, name="public_openapi"),
    path("api/", api.urls),
    path("<uuid:pk>/", public.publication, name="public_publication"),
    path("<uuid:pk>/data.json", public.data_json, name="public_data_json"),
    path("<uuid:pk>/data.csv", public.data_csv, name="public_data_csv"),
    path("<uuid:pk>/corrections.json", public.corrections_json, name="public_corrections_json"),
    path("<uuid:pk>/paper.<slug:form>", public.paper, name="public_paper"),
]
