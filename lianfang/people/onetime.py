"""One-time passwords: good for three days, and for nothing but choosing one's own."""

from collections.abc import Callable
from typing import Any

from allauth.account.signals import password_changed, password_set
from django.contrib import messages
from django.contrib.auth import logout
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.actions import Actor


def choose_own_password(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Lead an officer with a one-time password to choosing an own one; refuse one that is too old."""

    def middleware(request: HttpRequest) -> HttpResponse:
        until = getattr(request.user, "one_time_until", None)
        if until is None:
            return get_response(request)
        if until < timezone.now():
            logout(request)
            messages.error(request, _("一次性密码已过期,请向系统管理员再要一个。"))
            return redirect("account_login")
        if request.path in _open_pages() or request.path.startswith("/static/"):
            return get_response(request)
        return redirect("account_change_password")

    return middleware


def _open_pages() -> set[str]:
    return {
        reverse(name)
        for name in ("account_change_password", "account_logout", "account_reauthenticate", "preferences")
    }


@receiver((password_changed, password_set))
def own_password_chosen(request: HttpRequest, user: Any, **_facts: Any) -> None:
    """The officer has chosen: the one-time password is over."""
    from lianfang.people.actions import password_chosen

    if user.one_time_until is not None:
        password_chosen(Actor.at_desk(request))
