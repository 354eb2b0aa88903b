"""How a passage, a decision and a case look on the pages: states with colour, shape and word."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lianfang.desk.states import State, Tone
from lianfang.engines.rules.gates import code_title
from lianfang.gates.filled import readings_text
from lianfang.gates.models import HealthIncident, Outcome, Passage
from lianfang.gates.queries.differences import judgement_of
from lianfang.gates.queries.incidents import Standing

_OUTCOME_TONES = {
    Outcome.ADMITTED: Tone.DONE,
    Outcome.REFUSED: Tone.STOPPED,
    Outcome.TURNED_BACK: Tone.STOPPED,
    Outcome.HELD: Tone.URGENT,
}


def outcome_of(passage: Passage) -> State:
    return State(passage.get_outcome_display(), _OUTCOME_TONES[Outcome(passage.outcome)])


def judged_outcome_of(passage: Passage) -> State:
    judged = judgement_of(passage).outcome
    if not judged:
        return State(_("未复核"), Tone.PLAIN)
    return State(Outcome(judged).label, _OUTCOME_TONES[Outcome(judged)])


def reasons_in_words(codes: Iterable[str]) -> str:
    """Codes of the rules in words; what somebody wrote stays as it is written."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return "、".join(code_title(code, language) for code in codes)


def marks_of(passage: Passage) -> str:
    """补登, 代填, 特批, 与规则不同: what one should know of how it was written."""
    marks = [
        (passage.corrects_id is not None, _("有更正")),
        (passage.late_entry, _("补登")),
        (passage.proxy_entry, _("代填")),
        (bool(passage.overridden_by), _("特批")),
        (judgement_of(passage).differs, _("与规则不同")),
    ]
    return "、".join(word for holds, word in marks if holds)


def who_of(passage: Passage) -> str:
    return passage.plate or passage.name


def readings_of(passage: Passage) -> str:
    """The readings that `give_readings` has put on a passage."""
    return readings_text(getattr(passage, "readings", []))


def from_to_of(passage: Passage) -> str:
    """Where from or to, and what for."""
    return " ".join(part for part in (passage.coming_from or passage.going_to, passage.purpose) if part)


def case_state_of(incident: HealthIncident) -> State:
    standing: Standing = incident.standing  # type: ignore[attr-defined]
    return state_of_standing(standing)


def state_of_standing(standing: Standing) -> State:
    if standing.awaited is None:
        return State(_("已结案"), Tone.DONE)
    words = {"step": standing.awaited.label}
    if standing.late:
        return State(_("超时:待%(step)s") % words, Tone.URGENT)
    return State(_("待%(step)s") % words, Tone.WAITING)


def lasting_text(lasting: timedelta) -> str:
    """2 小时 5 分, 3 天 4 小时: how long something has lasted."""
    minutes = int(lasting.total_seconds() // 60)
    hours, days = minutes // 60, minutes // 1440
    if days:
        return ngettext("%(days)d 天 %(hours)d 小时", "%(days)d 天 %(hours)d 小时", days) % {
            "days": days,
            "hours": hours % 24,
        }
    if hours:
        return ngettext("%(hours)d 小时 %(minutes)d 分", "%(hours)d 小时 %(minutes)d 分", hours) % {
            "hours": hours,
            "minutes": minutes % 60,
        }
    return ngettext("%(minutes)d 分钟", "%(minutes)d 分钟", minutes) % {"minutes": minutes}
