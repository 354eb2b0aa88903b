"""`GET /api/field/bundle`, its chunks, and the crossings: what a phone fetches. Signed in by the token."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

import msgspec
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.field.api import failure
from lianfang.field.bundle import chunks
from lianfang.field.bundle.crossings import crossings as rows_after
from lianfang.field.bundle.manifest import manifest as manifest_of
from lianfang.field.models import Device, DeviceChain
from lianfang.field.signin import NotSignedIn, device_of, refuse_if_revoked

P = ParamSpec("P")
_SMALL = 1024
_SEEN_ANEW = timedelta(minutes=2)


def for_devices(
    view: Callable[Concatenate[HttpRequest, Device, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The view gets the device whose token the request carries, as it stands in the book now."""

    @wraps(view)
    def signed_in(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        try:
            known = device_of(request.META.get("HTTP_AUTHORIZATION", ""))
            device = Device.objects.select_related("place", "spot").get(pk=known.pk)
            refuse_if_revoked(device.revoked_at)
        except NotSignedIn as refusal:
            return failure(401, refusal.code, str(refusal))
        return view(request, device, *args, **kwargs)

    return signed_in


@for_devices
def manifest(request: HttpRequest, device: Device) -> HttpResponse:
    """The signed manifest; 304 while the phone's copy is the newest."""
    _seen(device)
    found = manifest_of(device)
    if request.META.get("HTTP_IF_NONE_MATCH") == found.etag:
        answer = HttpResponse(status=304)
    else:
        body = msgspec.json.encode({"manifest": found.text, "signature": found.signature})
        answer = _sent(request, body, "application/json")
    answer["ETag"] = found.etag
    answer["Cache-Control"] = "no-store"
    return answer


@for_devices
def chunk(request: HttpRequest, device: Device, digest: str) -> HttpResponse:
    """A chunk of the device's place by the SHA-256 of its content."""
    content = chunks.chunk(device.place, digest)
    if content is None:
        return failure(404, "chunk_unknown", str(_("没有这一片资料,请重新取清单。")))
    if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        answer = HttpResponse(content, content_type="application/json; charset=utf-8")
        answer["Content-Encoding"] = "gzip"
    else:
        answer = HttpResponse(gzip.decompress(content), content_type="application/json; charset=utf-8")
    answer["Vary"] = "Accept-Encoding"
    answer["Cache-Control"] = "no-store"  # the phone keeps it sealed, its browser not at all
    return answer


@for_devices
def crossings(request: HttpRequest, device: Device) -> HttpResponse:
    """What the other phones of the place saw, after the cursor that the last answer gave."""
    try:
        found = rows_after(device, request.GET.get("after", ""))
    except ValueError:
        return failure(400, "cursor_invalid", str(_("“after”不是上次回答里的位置。")))
    answer = _sent(request, msgspec.json.encode(found), "application/json")
    answer["Cache-Control"] = "no-store"
    return answer


def _seen(device: Device) -> None:
    """A phone that asks is alive, also when it has nothing to send."""
    now = timezone.now()
    DeviceChain.objects.filter(
        Q(last_seen_at=None) | Q(last_seen_at__lt=now - _SEEN_ANEW), device=device
    ).update(last_seen_at=now)


def _sent(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """Compressed where the caller takes that: these addresses lie before the middleware that would."""
    if len(body) < _SMALL or "gzip" not in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        return HttpResponse(body, content_type=content_type)
    answer = HttpResponse(gzip.compress(body, 5, mtime=0), content_type=content_type)
    answer["Content-Encoding"] = "gzip"
    answer["Vary"] = "Accept-Encoding"
    return answer
