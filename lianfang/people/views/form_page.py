"""A page that is one form and calls one action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from lianfang.desk.access import Request
from lianfang.desk.forms import errors_into
from lianfang.people.forms.fields import OfficersForm

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around the form. `back` is where the crumb and the cancel button lead."""

    title: "str | StrPromise"
    back: str
    back_title: "str | StrPromise"
    button: "str | StrPromise" = _("保存")
    lead_in: "str | StrPromise" = ""
    done: "str | StrPromise" = ""


def answer(
    request: Request,
    form: OfficersForm,
    page: FormPage,
    act: Callable[[dict[str, Any]], str],
    *,
    template: str = "people/form_page.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Draw the form; when it was sent and is valid, act, say so and go where `act` says.

    What the action refuses is shown at the form, and what was typed stays. `template` extends the
    page of a form where more than the form is shown.
    """
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            target = act(form.cleaned_data)
            if page.done:
                messages.success(request, page.done)
            return redirect(target)
    return render(
        request,
        template,
        {"form": form, "page": page, **(context or {})},
        status=422 if form.errors else 200,
    )


def typed(request: Request) -> Any:
    """What was sent, or None when the form is drawn for the first time."""
    return request.POST if request.method == "POST" else None


def told(request: Request, error: Exception) -> None:
    """Say why an act that has no form of its own was refused."""
    messages.error(request, str(error))
