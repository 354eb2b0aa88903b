"""The emergencies of the county: choose one to work on, open one, close one."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.errors import NotAllowed
from lianfang.book.models import Response
from lianfang.book.responding import close_response, load_rule_profiles, open_response
from lianfang.book.rights import COUNTY, Right
from lianfang.desk.fields import DayField
from lianfang.desk.forms import errors_into
from lianfang.people.models import Area, Officer


class OpenForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=80, help_text=gettext_lazy("例如:某县防汛抗洪(2026年7月)")
    )
    started_on = DayField(label=gettext_lazy("启动日期"))


class CloseForm(forms.Form):
    ended_on = DayField(label=gettext_lazy("结束日期"))


@login_required
def responses(request: HttpRequest) -> HttpResponse:
    """Choose the emergency on which one works."""
    if request.method == "POST":
        chosen = next(
            (one for one in Response.objects.all() if str(one.pk) == request.POST.get("response")), None
        )
        if chosen is None:
            raise Http404
        return _work_on(request, chosen)
    context = {"responses": Response.objects.all(), "may_open": _may_open(request)}
    return render(request, "web/responses.html", context)


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Open a response, with the rules in force."""
    if not _may_open(request):
        raise NotAllowed(Right.KEEP_REGISTERS)
    form = OpenForm(request.POST or None, initial={"started_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actor = Actor.at_desk(request)
            county = Area.objects.get(parent__isnull=True)
            for subject in ("giving", "gate"):
                load_rule_profiles(actor, subject=subject)
            opened = open_response(
                actor,
                name=form.cleaned_data["name"],
                county=county.name,
                county_code=county.division_code,
                started_on=form.cleaned_data["started_on"],
            )
            return _work_on(request, opened)
    return render(request, "web/response_start.html", {"form": form})


@login_required
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say on which day a response ended."""
    if not _may_open(request):
        raise NotAllowed(Right.KEEP_REGISTERS)
    found = get_object_or_404(Response, pk=pk, ended_on__isnull=True)
    form = CloseForm(request.POST or None, initial={"ended_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            close_response(Actor.at_desk(request), response=found, ended_on=form.cleaned_data["ended_on"])
            return redirect("choose_response")
    return render(request, "web/response_finish.html", {"form": form, "one": found})


def _work_on(request: HttpRequest, chosen: Response) -> HttpResponse:
    request.session["response"] = str(chosen.pk)
    messages.success(request, _("现在处理的是:%(response)s") % {"response": chosen})
    return redirect("home")


def _may_open(request: HttpRequest) -> bool:
    return isinstance(request.user, Officer) and request.user.may(Right.KEEP_REGISTERS, COUNTY)
