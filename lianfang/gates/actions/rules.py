"""Rules of its own that a place or one of its gates adopts, and the return to the county's."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.models import RuleProfile
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.engines.rules import RuleProfile as Profile
from lianfang.engines.rules import RuleProfileError, as_data, read_profile
from lianfang.engines.rules.gates import gate_rules
from lianfang.gates.models import OWN_RULES, GateRule
from lianfang.gates.rules import SUBJECT, own_profile
from lianfang.places.models import Place, Spot

_DAY = timedelta(days=1)


@action("adopt_gate_rule", says=_("{officer}为{subject}制定了出入规则"))
def adopt_gate_rule(
    act: Act,
    *,
    place: Place,
    rules: Mapping[str, Any],
    extends: bool,
    title: str,
    reason: str,
    valid_from: date,
    gate: Spot | None = None,
) -> GateRule:
    """Keep a place, or one of its gates, by rules of its own from a day on, until its next ones begin.

    `rules` are written as in the file of a profile; with `extends` they hold only what differs from the
    county's. What was in force there ends the day before; what was judged by it stays judged by it. Raises
    ValidationError where the rules do not hold together, or others begin on the same day.
    """
    act.require(Right.SET_GATE_RULES, place)
    if gate is not None and gate.place_id != place.pk:
        raise field_error("gate", _("这个出入口不在本场所。"), "other_place")
    if not reason.strip():
        raise field_error("reason", _("请写明依据:谁定的、哪份通告。"), "required")
    before, after = _neighbours(place, gate, valid_from)
    if after is not None and after.profile.valid_from == valid_from:
        raise field_error("valid_from", _("这一天已有另一份规则生效,请另选一天。"), "rule_day_taken")
    own: dict[str, Any] = {
        "code": f"own-{new_id().hex}",
        "title": title.strip(),
        "subject": SUBJECT,
        "valid_from": valid_from.isoformat(),
        "source": reason.strip(),
        "version": 1,
        "rules": dict(rules),
    }
    valid_to = None
    if before is not None and (before.profile.valid_to is None or before.profile.valid_to >= valid_from):
        # The last one before reaches until the next one, or as far as it reached.
        valid_to = before.profile.valid_to
        _end(act, before.profile, valid_from - _DAY)
    elif after is not None:
        valid_to = after.profile.valid_from - _DAY
    if valid_to:
        own["valid_to"] = valid_to.isoformat()
    whole = as_data(_hold_together(own, extends, valid_from))
    own["rules"] = {code: whole["rules"][code] for code in rules}
    profile = act.add(
        RuleProfile(
            code=own["code"],
            subject=OWN_RULES,
            title=own["title"],
            authority=reason.strip()[:300],
            valid_from=valid_from,
            valid_to=valid_to,
            parameters=own,
        )
    )
    return act.add(GateRule(place=place, gate=gate, profile=profile, extends=extends))


@action("end_gate_rule", says=_("{officer}停用了{subject}"))
def end_gate_rule(act: Act, *, rule: GateRule, last_day: date) -> GateRule:
    """Let own rules end on `last_day`; from the next day on the county's hold again.

    With a day before they begin they are cancelled. Raises ValidationError where they end earlier anyway.
    """
    act.require(Right.SET_GATE_RULES, rule)
    profile = rule.profile
    if rule.cancelled or (profile.valid_to is not None and profile.valid_to < last_day):
        raise field_error("last_day", _("这份规则更早就停用了。"), "rule_ended")
    if last_day < profile.valid_from:
        return act.change(rule, cancelled=True)
    _end(act, profile, last_day)
    return rule


def _neighbours(place: Place, gate: Spot | None, valid_from: date) -> tuple[GateRule | None, GateRule | None]:
    """The own rules before a day, and the next from that day on."""
    lines: QuerySet[GateRule] = GateRule.objects.filter(place=place, gate=gate, cancelled=False)
    lines = lines.select_related("profile")
    before = lines.filter(profile__valid_from__lt=valid_from).order_by("-profile__valid_from").first()
    after = lines.filter(profile__valid_from__gte=valid_from).order_by("profile__valid_from").first()
    return before, after


def _hold_together(own: Mapping[str, Any], extends: bool, day: date) -> Profile:
    """The whole profile as a gate will read it: alone, or with what the county has on its first day."""
    try:
        if not extends:
            whole = read_profile(own, str(own["title"]))
            gate_rules(whole)
            return whole
        if not own["rules"]:
            raise field_error("rules", _("没有一项与县规则不同。"), "nothing_changed")
        lines = RuleProfile.objects.filter(subject=SUBJECT, valid_from__lte=day).exclude(valid_to__lt=day)
        county = lines.first()
        if county is None:
            raise field_error(
                "valid_from", _("这一天县里没有出入口规则,请采用一份完整的规则。"), "no_county_rule"
            )
        whole = own_profile(own, read_profile(county.parameters, county.code))
        gate_rules(whole)
        return whole
    except RuleProfileError as error:
        raise field_error("rules", _("规则不成立:%s") % error, "rule_invalid") from error


def _end(act: Act, profile: RuleProfile, day: date) -> None:
    act.change(profile, valid_to=day, parameters={**profile.parameters, "valid_to": day.isoformat()})
