"""The rules of a place: what holds at each gate today, and how a place gets and gives up its own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.rendering import moment_text
from lianfang.engines.rules import RuleProfile, as_data, read_profile
from lianfang.engines.rules.gates import changed_rules, presets
from lianfang.gates.actions.rules import adopt_gate_rule, end_gate_rule
from lianfang.gates.forms import EndGateRuleForm, GateRuleForm
from lianfang.gates.models import GateRule
from lianfang.gates.queries import rules as queries
from lianfang.places.models import Place

COUNTY = "county"
_ENTERS = {
    "always": lambda: _("登记后进入"),
    "known": lambda: _("登记在册的进入"),
    "with_pass": lambda: _("凭证进入"),
    "with_host": lambda: _("住户同意后进入"),
    "not_admitted": lambda: _("不得进入"),
}


@require_safe
@signed_in
@needs(Right.READ_GATES, Right.KEEP_GATE, Right.SET_GATE_RULES)
def rules(request: Request, pk: UUID) -> HttpResponse:
    """What each gate of a place is kept by today, and the rules that the place had and will have."""
    place = _place_or_404(request, pk)
    today = timezone.localdate()
    return render(
        request,
        "gates/rules.html",
        {
            "place": place,
            "gates": [_shown(one) for one in queries.in_force_at(place, today)],
            "own": [(rule, _standing(rule)) for rule in queries.own_rules(place)],
            "may_set": request.user.may(Right.SET_GATE_RULES, place.scope()),
        },
    )


@signed_in
@needs(Right.SET_GATE_RULES)
def adopt(request: Request, pk: UUID) -> HttpResponse:
    """Rules of its own for a place or a gate, from a day on."""
    place = _place_or_404(request, pk, Right.SET_GATE_RULES)
    bases = {one.code: one for one in presets()}
    form = GateRuleForm(
        request.POST or None,
        gates=queries.gates_of(place),
        bases=[(COUNTY, _("县规则")), *((one.code, _title(one)) for one in bases.values())],
        initial={"valid_from": timezone.localdate(), "title": _("%s出入规则") % place.name},
    )
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            adopt_gate_rule(Actor.at_desk(request), place=place, **_wanted(form, bases))
            messages.success(request, _("已制定。本处的手机下次联网时换用新规则。"))
            return redirect("gates:rules", place.pk)
    return render(request, "gates/rule_adopt.html", {"place": place, "form": form})


@signed_in
@needs(Right.SET_GATE_RULES)
def end(request: Request, pk: UUID) -> HttpResponse:
    rule = queries.own_rule(pk)
    if rule is None or not request.user.may(Right.SET_GATE_RULES, rule.scope()):
        raise Http404
    form = EndGateRuleForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            end_gate_rule(Actor.at_desk(request), rule=rule, last_day=form.cleaned_data["last_day"])
            messages.success(request, _("已停用,此后按县规则。"))
            return redirect("gates:rules", rule.place_id)
    return render(request, "gates/rule_end.html", {"rule": rule, "form": form})


def _wanted(form: GateRuleForm, bases: dict[str, RuleProfile]) -> dict[str, Any]:
    """What the action is asked for. Raises ValidationError where nothing differs from the county's."""
    given, changes = form.cleaned_data, form.changes
    extends = given["base"] == COUNTY
    county = queries.county_rule(given["valid_from"])
    if extends and county is None:
        raise ValidationError(_("这一天县里没有出入口规则,请选一份完整的规则。"), code="no_county_rule")
    if extends and not changes:
        raise ValidationError(_("没有一项与县规则不同。"), code="nothing_changed")
    base = bases.get(given["base"]) or read_profile(county.parameters, county.code)  # type: ignore[union-attr]
    own: dict[str, Any] = {} if extends else dict(as_data(base)["rules"])
    return {
        "rules": own | changed_rules(base, changes, source=given["reason"]),
        "extends": extends,
        **{name: given[name] for name in ("gate", "title", "reason", "valid_from")},
    }


def _place_or_404(request: Request, pk: UUID, *rights: Right) -> Place:
    wanted = rights or (Right.READ_GATES, Right.KEEP_GATE, Right.SET_GATE_RULES)
    place: Place | None = Place.objects.filter(pk=pk).first()
    if place is None:
        raise Http404
    if not any(request.user.may(right, place.scope()) for right in wanted):
        raise Http404
    return place


def _shown(one: queries.InForce) -> dict[str, Any]:
    return {
        "gate": one.gate,
        "own": one.own,
        "profile": one.profile,
        "exits": one.exits("en" if (get_language() or "").startswith("en") else "zh"),
        "curfew": "、".join(one.curfew),
        "visitors": _entering(one.enters("visitor")),
        "couriers": _entering(one.enters("courier")),
        "threshold": one.threshold,
    }


def _entering(code: str) -> str:
    return _ENTERS[code]() if code in _ENTERS else code


def _standing(rule: GateRule) -> tuple[str, str]:
    """In a word where own rules stand today, with the tone of the state."""
    today = timezone.localdate()
    profile = rule.profile
    if rule.cancelled:
        return _("已取消"), "stopped"
    if profile.valid_from > today:
        return _("%s起生效") % moment_text(profile.valid_from), "waiting"
    if profile.valid_to is not None and profile.valid_to < today:
        return _("已停用"), "stopped"
    return _("现行有效"), "done"


def _title(profile: RuleProfile) -> str:
    return profile.title_en if (get_language() or "").startswith("en") else profile.title
