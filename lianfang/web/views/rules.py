"""The rule profiles: what is asked at which time, and those that a county may adopt as its own."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lianfang.book.actions import Actor
from lianfang.book.responding import adopt_rule_profile
from lianfang.book.rights import COUNTY, Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.fields import DayField
from lianfang.desk.forms import errors_into
from lianfang.engines.rules import RuleProfile
from lianfang.engines.rules.gates import exit_rules, gate_rules, presets
from lianfang.web import rule_wording


class AdoptForm(forms.Form):
    valid_from = DayField(label=gettext_lazy("自哪天起"))


@require_safe
@signed_in
@needs(Right.READ_BOOK)
def profiles(request: Request) -> HttpResponse:
    today = timezone.localdate()
    shown = [
        {"profile": one, "title": rule_wording.title_of(one), "in_force": one.is_in_force(today)}
        for one in rule_wording.profiles()
    ]
    offered = [
        {"profile": one, "title": rule_wording.title_of(one), "exits": _exits(one)} for one in presets()
    ]
    return render(
        request,
        "web/rules.html",
        {"profiles": shown, "offered": offered, "started_on": request.response.started_on},
    )


@require_safe
@signed_in
@needs(Right.READ_BOOK)
def profile(request: Request, code: str) -> HttpResponse:
    found = _found(code)
    offered = found.code in {one.code for one in presets()}
    return render(
        request,
        "web/rule_profile.html",
        {
            "profile": found,
            "title": rule_wording.title_of(found),
            "lines": rule_wording.lines(found),
            "in_force": not offered and found.is_in_force(timezone.localdate()),
            "offered": offered,
            "may_adopt": offered and request.user.may(Right.KEEP_REGISTERS, COUNTY),
        },
    )


@signed_in
@needs(Right.KEEP_REGISTERS)
def adopt(request: Request, code: str) -> HttpResponse:
    """Make a profile that came with the program the county's own, from a day on."""
    found = next((one for one in presets() if one.code == code), None)
    if found is None:
        raise Http404
    form = AdoptForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            kept = adopt_rule_profile(
                Actor.at_desk(request), profile=found, valid_from=form.cleaned_data["valid_from"]
            )
            messages.success(request, _("已采用。各出入口的手机下次联网时换用新规则。"))
            return redirect("rule_profile", kept.code)
    title = rule_wording.title_of(found)
    context = {"form": form, "profile": found, "title": title, "exits": _exits(found)}
    return render(request, "web/rule_adopt.html", context)


def _found(code: str) -> RuleProfile:
    everything = [*rule_wording.profiles(), *presets()]
    found = next((one for one in everything if one.code == code), None)
    if found is None:
        raise Http404
    return found


def _exits(profile: RuleProfile) -> str:
    return exit_rules(gate_rules(profile), language=rule_wording.language())
