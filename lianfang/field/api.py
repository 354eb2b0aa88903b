"""The address that phones send to: `POST /api/field/records`, `POST /api/field/enrol`.

It is described in docs/reference/field-protocol.md. Requests come here past sessions, forms and pages: see
`lianfang.field.middleware`.
"""

import gzip

import msgspec
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Actor, Origin
from lianfang.book.errors import NotAllowed, Refused
from lianfang.field.actions import enrol_device, receive_upload
from lianfang.field.bundle.signing import public_key
from lianfang.field.envelopes import MOST_BYTES, answer_bytes, batch_of, beginning_of, inflated, letters_of
from lianfang.field.models import Enrolment
from lianfang.field.signin import NotSignedIn, device_of, hold_signed
from lianfang.field.tokens import digest_of_secret

_WORTH_COMPRESSING = 1000  # bytes
_STATUS_OF_CODE = {"batch_too_large": 413, "unknown_encoding": 415, "device_mismatch": 403}


class EnrolmentRequest(msgspec.Struct, frozen=True):
    """What a phone says that was shown an enrolment code. `public_key`: 32 bytes, base64url."""

    code: str
    public_key: str
    name: str = ""


class Spot(msgspec.Struct, frozen=True):
    id: str
    name: str


class EnrolmentAnswer(msgspec.Struct, frozen=True):
    """`token` is handed over this once. By `bundle_key` the phone knows that a bundle is this house's."""

    device: str
    token: str
    gate: Spot
    place: Spot
    server_time: str
    bundle_key: str


class Failure(msgspec.Struct, frozen=True):
    """Why a request as a whole was refused; nothing of it is in the book."""

    code: str
    message: str


def records(request: HttpRequest) -> HttpResponse:
    """Take a batch of records from a phone and answer each of them."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        device = device_of(request.META.get("HTTP_AUTHORIZATION", ""))
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            return failure(413, "batch_too_large", str(_("这一批太大,请分几批上传。")))
        sent = request.body
        hold_signed(device, sent, request.META.get("HTTP_X_DEVICE_SIGNATURE", ""))
        batch = batch_of(inflated(sent, request.META.get("HTTP_CONTENT_ENCODING", "").lower()))
        if batch.device != device.pk:
            raise Refused(_("内容写的不是这部手机。"), "device_mismatch")
        received_at = timezone.now()
        answer = receive_upload(
            Actor(device.officer, Origin.PHONE, request.META.get("REMOTE_ADDR", "")),
            device=device,
            sent_at=batch.sent_at,
            received_at=received_at,
            letters=list(letters_of(batch, received_at, beginning_of(device.response))),
        )
    except NotSignedIn as refusal:
        return failure(401, refusal.code, str(refusal))
    except RequestDataTooBig:
        return failure(413, "batch_too_large", str(_("这一批太大,请分几批上传。")))
    except Refused as refusal:
        return failure(_STATUS_OF_CODE.get(refusal.code, 400), refusal.code, str(refusal))
    return _compressed(request, answer_bytes(answer))


def enrol(request: HttpRequest) -> HttpResponse:
    """Make a phone that shows an enrolment code a device of its gate."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        wanted = msgspec.json.decode(request.body, type=EnrolmentRequest)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, RequestDataTooBig) as error:
        return failure(400, "request_unreadable", str(error)[:200])
    enrolment = (
        Enrolment.objects.select_related("officer", "response", "place", "spot__place")
        .filter(code_digest=digest_of_secret(wanted.code))
        .first()
    )
    if enrolment is None:
        return failure(404, "code_unknown", str(_("没有这个登记码,请重新扫描。")))
    actor = Actor(enrolment.officer, Origin.PHONE, request.META.get("REMOTE_ADDR", ""))
    try:
        enrolled = enrol_device(
            actor, enrolment=enrolment, public_key=wanted.public_key, name=wanted.name[:60]
        )
    except Refused as refusal:
        return failure(409, refusal.code, str(refusal))
    except NotAllowed as refusal:
        return failure(403, refusal.code, str(refusal))
    except ValidationError as error:
        first = error.error_dict if hasattr(error, "error_dict") else {}
        codes = [one.code or "invalid" for errors in first.values() for one in errors]
        return failure(422, codes[0] if codes else "invalid", "；".join(error.messages))
    device = enrolled.device
    answer = EnrolmentAnswer(
        str(device.pk),
        enrolled.token,
        Spot(str(device.spot_id), device.spot.name),
        Spot(str(device.place_id), device.place.name),
        timezone.now().isoformat(timespec="milliseconds"),
        public_key(),
    )
    return _json(msgspec.json.encode(answer))


def _compressed(request: HttpRequest, body: bytes) -> HttpResponse:
    """The answer to thousands of records is itself long, on the same slow line."""
    if len(body) < _WORTH_COMPRESSING or "gzip" not in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        return _json(body)
    answer = _json(gzip.compress(body, compresslevel=4))
    answer["Content-Encoding"] = "gzip"
    return answer


def _json(body: bytes, status: int = 200) -> HttpResponse:
    answer = HttpResponse(body, content_type="application/json", status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def failure(status: int, code: str, message: str) -> HttpResponse:
    """The answer to a request that is refused as a whole."""
    answer = _json(msgspec.json.encode(Failure(code, message)), status)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer
