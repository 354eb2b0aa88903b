"""The field's API, described: to be read by people, and by programs."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianfang.field.openapi import openapi_document


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """The API as a page; its scripts are served from here."""
    return render(
        request,
        "field/api.html",
        {"settings": {"layout": "BaseLayout", "url": reverse("field:openapi")}},
    )


@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(json.dumps(openapi_document(), ensure_ascii=False), content_type="application/json")
