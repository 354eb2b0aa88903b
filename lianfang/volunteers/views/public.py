"""For everybody, without sign-in: signing up, and checking a certificate."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from lianfang.book.actions import Actor, Origin
from lianfang.desk.everybody import for_everybody
from lianfang.desk.forms import errors_into
from lianfang.desk.limits import TooOften, count_try
from lianfang.engines.certificates import CertificateCheck, CertificateCode, check_certificate
from lianfang.volunteers import actions, queries, signing
from lianfang.volunteers.forms import CheckForm, SignUpForm
from lianfang.volunteers.models import VolunteerCall

SIGN_UPS, SIGN_UPS_IN = 5, 600
"""Sign-ups taken from one address in so many seconds: a family at one table, no flood."""


@require_safe
@for_everybody
def calls(request: HttpRequest) -> HttpResponseBase:
    """Where hands are needed now."""
    found = list(queries.open_calls(timezone.localdate()))
    return render(request, "volunteers/public_calls.html", {"calls": found})


@require_http_methods(["GET", "HEAD", "POST"])
@for_everybody
def sign_up(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Sign up. Who has done so before sees the same thanks: nobody learns from it who has."""
    call = get_object_or_404(VolunteerCall.objects.select_related("body", "place", "opened_by"), pk=pk)
    is_open = queries.open_calls(timezone.localdate()).filter(pk=pk).exists()
    form = SignUpForm(request.POST or None)
    status = 200
    if request.method == "POST" and is_open and form.is_valid():
        try:
            count_try(request, "volunteer", tries=SIGN_UPS, seconds=SIGN_UPS_IN)
        except TooOften:
            form.add_error(None, _("报名太频繁了。请过十分钟再试,或打电话报名。"))
            status = 429
        else:
            actor = Actor(call.opened_by, Origin.PUBLIC, request.META.get("REMOTE_ADDR", ""))
            with errors_into(form):
                actions.sign_up_in_public(actor, call=call, **form.cleaned_data)
                return redirect("volunteers:public_thanks", pk)
    response = render(
        request,
        "volunteers/public_sign_up.html",
        {"call": call, "form": form, "is_open": is_open},
        status=status if status != 200 else 400 if form.errors else 200,
    )
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@for_everybody
def thanks(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    call = get_object_or_404(VolunteerCall.objects.select_related("body", "place"), pk=pk)
    return render(request, "volunteers/public_thanks.html", {"call": call})


@csrf_exempt  # it changes nothing, and the page may be kept by caches
@require_http_methods(["GET", "HEAD", "POST"])
@for_everybody
def check(request: HttpRequest) -> HttpResponseBase:
    """Is a certificate real? The text stands behind # in the address and is checked in the browser, with the
    keys that come with the page; nothing is sent. Without scripts the text is posted, and checked here. No
    row of the database is asked."""
    form = CheckForm(request.POST or None)
    found: CertificateCheck | None = None
    if request.method == "POST" and form.is_valid():
        try:
            count_try(request, "certificate")
        except TooOften:
            form.add_error(None, _("查得太快了。请过一分钟再试。"))
        else:
            withdrawn = frozenset(queries.withdrawn_certificates())
            found = check_certificate(form.cleaned_data["text"], signing.trusted_keys(), withdrawn)
    response = render(
        request,
        "volunteers/public_check.html",
        {"form": form, "found": found, "genuine": found and found.code is CertificateCode.GENUINE},
    )
    response["Cache-Control"] = "no-store" if request.method == "POST" else "public, max-age=60"
    return response


@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """The public keys, and the ids of certificates that were taken back."""
    response = JsonResponse(
        {"keys": signing.trusted_keys().as_data(), "withdrawn": queries.withdrawn_certificates()}
    )
    response["Cache-Control"] = "public, max-age=60"
    response["Access-Control-Allow-Origin"] = "*"
    return response
