"""The rule profiles: what the law of which time asks, read only."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.web import rule_wording


@require_safe
@signed_in
@needs(Right.READ_BOOK)
def profiles(request: Request) -> HttpResponse:
    today = timezone.localdate()
    shown = [
        {"profile": one, "title": rule_wording.title_of(one), "in_force": one.is_in_force(today)}
        for one in rule_wording.profiles()
    ]
    return render(request, "web/rules.html", {"profiles": shown, "started_on": request.response.started_on})


@require_safe
@signed_in
@needs(Right.READ_BOOK)
def profile(request: Request, code: str) -> HttpResponse:
    found = next((one for one in rule_wording.profiles() if one.code == code), None)
    if found is None:
        raise Http404
    return render(
        request,
        "web/rule_profile.html",
        {
            "profile": found,
            "title": rule_wording.title_of(found),
            "lines": rule_wording.lines(found),
            "in_force": found.is_in_force(timezone.localdate()),
        },
    )
