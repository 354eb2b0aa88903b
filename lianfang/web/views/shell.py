"""The pages of the shell: today's work, search, preferences, the keys, the health of the service."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lianfang.book.actions import Actor
from lianfang.desk.access import Request, signed_in
from lianfang.desk.context import THEME_COOKIE, THEMES
from lianfang.desk.searching import search
from lianfang.desk.today import Urgency, items_for
from lianfang.web.actions import choose_language

HITS_OF_A_KIND = 10
_A_YEAR = 365 * 24 * 3600


@require_safe
@signed_in
def home(request: Request) -> HttpResponse:
    """Today's work of this officer: late, due, waiting."""
    items = items_for(request.user, request.response)
    groups = [
        (urgency.name.lower(), [item for item in items if item.urgency is urgency]) for urgency in Urgency
    ]
    return render(
        request,
        "web/home.html",
        {"groups": [group for group in groups if group[1]], "today": timezone.localdate()},
    )


@require_safe
@signed_in
def find(request: Request) -> HttpResponse:
    """Search across the book by name, pinyin and initials."""
    typed = request.GET.get("q", "").strip()[:80]
    found = search(request.user, typed, HITS_OF_A_KIND)
    return render(request, "web/search.html", {"typed": typed, "found": found})


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """What one can do about one's own sign-in."""
    return render(request, "web/account.html")


@require_safe
@login_required
def keys(request: HttpRequest) -> HttpResponse:
    return render(request, "web/keys.html")


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Language, and light or dark: kept in cookies, the language of an officer also in the register."""
    target = request.POST.get("next", "")
    # A word without a slash would be taken for the name of a page.
    if not target.startswith("/") or not url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = redirect(target)
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        translation.activate(language)
        if request.user.is_authenticated:
            choose_language(Actor.at_desk(request), language=language)
    theme = request.POST.get("theme")
    if theme in THEMES:
        _keep(response, THEME_COOKIE, theme)
    return response


@never_cache
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """For whoever watches the service: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok"})


def _keep(response: HttpResponse, cookie: str, value: str) -> None:
    response.set_cookie(
        cookie, value, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=settings.BEHIND_TLS
    )


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Browsers ask for it beside tables, papers and answers that name no icon of their own."""
    return redirect(static("web/mark.svg"), permanent=True)
