"""Template tags of the desk; every template has them without loading.

{% amount donation.amount %}  {% moment donation.happened_at %}  {% state donation.shown_state %}
{% masked person.name "name" %}  {% icon "gift" %}  {% chart chart %}  {% static "web/desk.css" %}
"""

from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString

from lianfang.desk import masking, rendering
from lianfang.desk.charts import Chart
from lianfang.desk.states import State, Tone

register = template.Library()
register.tag("static", StaticNode.handle_token)


@register.simple_tag
def amount(value: rendering.Money | None) -> SafeString:
    """144万余元, with the exact figure on touch."""
    return rendering.amount_html(value)


@register.simple_tag
def moment(value: datetime | date | None) -> SafeString:
    """2月10日 18:05 in China; 时间未载明 where it is unknown."""
    return rendering.moment_html(value)


@register.simple_tag
def full_moment(value: datetime | date) -> SafeString:
    """2026年2月10日 18:05: with its year always, where a text is kept, or spans years."""
    return rendering.full_moment_html(value)


@register.simple_tag
def state(value: State | str, tone: str = Tone.PLAIN) -> SafeString:
    """A State, or a word with the name of a tone: {% state "已到账" "done" %}."""
    return rendering.state_html(value if isinstance(value, State) else State(value, Tone(tone)))


@register.simple_tag
def masked(value: str, kind: str) -> str:
    """Part of a name, a phone or a document number: `kind` is name, phone or number."""
    return _MASKS[kind](value)


_MASKS = {"name": masking.masked_name, "phone": masking.masked_phone, "number": masking.masked_number}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A picture by its name; a label makes it readable, without one it is decoration."""
    return rendering.icon_html(name, label)


@register.inclusion_tag("desk/chart.html")
def chart(value: Chart, name: str = "chart") -> dict[str, Any]:
    """A chart with its sentence as title, and its figures as a table; `name` is its id in the page."""
    return {"chart": value, "name": name, "data_id": f"{name}-data"}


@register.simple_tag(takes_context=True)
def address_with(context: dict[str, Any], **changes: Any) -> str:
    """The address of this page with some of its parameters changed; an empty value takes one out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"
