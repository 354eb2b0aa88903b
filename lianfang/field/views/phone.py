"""The phone page: one page, its service worker and its manifest. Nobody signs in to it: a device does."""

import json
from pathlib import Path

from csp.decorators import csp_update
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lianfang.desk.phone_tasks import phone_tasks
from lianfang.field import files

_MORE = {
    # The reader of codes is WebAssembly; no other page of the house may run any.
    "script-src": ["'wasm-unsafe-eval'"],
    "worker-src": ["'self'"],
    "media-src": ["'self'", "blob:"],
    "img-src": ["blob:"],
}


@require_safe
@csp_update(_MORE)
@cache_control(no_cache=True)
def page(request: HttpRequest, **_where: str) -> HttpResponse:
    """The frame of the phone page. It holds nobody's data; the phone keeps it."""
    house = {
        "language": get_language(),
        "version": files.version(),
        "records": "/api/field/records",
        "enrol": "/api/field/enrol",
        "bundle": "/api/field/bundle",
        "worker": reverse("field:worker"),
        "icons": files.address("vendor/bootstrap-icons-1.13.2/icons.svg"),
        "tasks": [
            {
                "code": task.code,
                "title": str(task.title),
                "icon": task.icon,
                "module": files.address(task.module),
                "types": task.record_types,
                "chosen": task.data_for_officer is not None,
            }
            for task in phone_tasks()
        ],
    }
    return render(request, "field/phone.html", {"house": house})


@require_safe
@cache_control(no_cache=True)
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of the files that it keeps."""
    source = Path(finders.find(files.WORKER) or "").read_text(encoding="utf-8")
    kept = {
        "version": files.version(),
        "page": reverse("field:phone"),
        "files": [files.address(name) for name in files.phone_files()],
    }
    return HttpResponse(
        f"const HOUSE = {json.dumps(kept)}\n{source}", content_type="text/javascript; charset=utf-8"
    )


@require_safe
@cache_control(max_age=3600)
def manifest(_request: HttpRequest) -> JsonResponse:
    """The web app manifest: the page can be put on the home screen."""
    icon = files.address("web/mark.svg")
    return JsonResponse(
        {
            "name": _("联防值守"),
            "short_name": _("值守"),
            "lang": get_language(),
            "id": reverse("field:phone"),
            "start_url": reverse("field:phone"),
            "scope": reverse("field:phone"),
            "display": "standalone",
            "orientation": "portrait",
            "background_color": "#0f4f55",
            "theme_color": "#0f4f55",
            "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )
