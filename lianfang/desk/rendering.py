"""How an amount, a time and a state look, in pages and in exported tables."""

from datetime import date, datetime
from decimal import Decimal

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lianfang.desk.states import State
from lianfang.engines import figures
from lianfang.engines.figures import Amount, Bound, Sum

ICONS = "vendor/bootstrap-icons-1.13.2/icons.svg"
Money = Amount | Sum | Decimal | int


def amount_text(value: Money | None) -> str:
    """An amount as people write it, in the language of the page: 144万余元."""
    amount = _as_amount(value)
    if isinstance(amount, Sum):
        return figures.sum_to_english(amount) if _in_english() else figures.sum_to_chinese(amount)
    return figures.to_english(amount) if _in_english() else figures.to_chinese(amount)


def exact_text(value: Money | None) -> str:
    """The figure behind an amount in full digits, with what is known of its bounds; "" if there is none."""
    amount = _as_amount(value)
    if isinstance(amount, Sum):
        amount = amount.as_amount()
    if amount.value is None:
        return ""
    low = _digits(amount.value, amount.currency)
    if amount.upper is not None:
        return _("%(low)s 至 %(high)s") % {"low": low, "high": _digits(amount.upper, amount.currency)}
    match amount.bound:
        case Bound.OVER:
            return _("不少于 %(value)s") % {"value": low}
        case Bound.NEARLY:
            return _("不多于 %(value)s") % {"value": low}
        case Bound.ABOUT:
            return _("%(value)s 上下") % {"value": low}
    return low


def number_of(value: Money | None) -> Decimal | None:
    """The figure of an amount for the number column of a table: yuan only, without its bound."""
    amount = _as_amount(value)
    if isinstance(amount, Sum):
        amount = amount.as_amount()
    return amount.value if amount.currency == "CNY" else None


def amount_html(value: Money | None) -> SafeString:
    """The amount in words; the exact figure shows on touch, on hover and to a screen reader."""
    exact = exact_text(value)
    text = amount_text(value)
    if not exact:
        return format_html('<span class="amount amount-unknown">{}</span>', text)
    return format_html(
        '<span class="amount" data-exact="{0}" tabindex="-1">'
        '{1}<span class="visually-hidden">({0})</span></span>',
        exact,
        text,
    )


def moment_text(value: datetime | date | None) -> str:
    """2月10日 18:05 in China, with the year when it is not this year; 时间未载明 where it is unknown."""
    if value is None:
        return _("时间未载明")
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{_day_text(local.date())} {local:%H:%M}"
    return _day_text(value)


def moment_html(value: datetime | date | None) -> SafeString:
    if value is None:
        return format_html('<span class="unknown">{}</span>', moment_text(None))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), moment_text(value))


def full_moment_html(value: datetime | date) -> SafeString:
    """2026年2月10日 18:05: with its year always, where a text is kept, or spans years."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), full_moment_text(value))


def full_moment_text(value: datetime | date) -> str:
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{_full_day_text(local.date())} {local:%H:%M}"
    return _full_day_text(value)


def state_html(state: State) -> SafeString:
    return format_html(
        '<span class="state state-{}">{}{}</span>', state.tone.value, icon_html(state.tone.icon), state.word
    )


def icon_html(name: str, label: str = "") -> SafeString:
    """A picture from the icon file; without a label it is decoration and hidden from screen readers."""
    address = f"{static(ICONS)}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


def _as_amount(value: Money | None) -> Amount | Sum:
    if isinstance(value, Amount | Sum):
        return value
    return figures.UNKNOWN if value is None else Amount(Decimal(value))


def _digits(value: Decimal, currency: str) -> str:
    number = f"{value:,.2f}".removesuffix(".00")
    return _("%(number)s 元") % {"number": number} if currency == "CNY" else f"{number} {currency}"


def _day_text(day: date) -> str:
    if day.year != timezone.localdate().year:
        return _full_day_text(day)
    return f"{day.day} {day:%b}" if _in_english() else f"{day.month}月{day.day}日"


def _full_day_text(day: date) -> str:
    return f"{day.day} {day:%b %Y}" if _in_english() else f"{day.year}年{day.month}月{day.day}日"


def _in_english() -> bool:
    return (get_language() or "").startswith("en")
