"""Sums and ranges in the words of the reader's language: they say "at least" where no more is known."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lianfang.engines.figures import Amount, Bound, Sum, to_chinese, to_english
from lianfang.engines.figures.sums import Claim

_WAN, _YI = Decimal(10**4), Decimal(10**8)


def amount_text(amount: Amount) -> str:
    """An amount as a writer would put it: 144万余元, over CNY 1.44 million."""
    return to_chinese(amount) if _in_chinese() else to_english(amount)


def sum_text(total: Sum) -> str:
    """What may be claimed of a sum: 至少1608万元, 20万元至30万元, 约5万元; foreign money after it."""
    return range_text(total, total)


def range_text(low: Sum, high: Sum) -> str:
    """A total that lies from `low` to `high`, each currency for itself; one text if both agree."""
    beside = {one.currency: one for one in low.beside}
    parts = [_span_text(replace(low, beside=()), replace(high, beside=()))] if _says(high) else []
    parts += [
        _span_text(beside.get(one.currency, one), one) for one in high.beside if one.count > one.unknown_count
    ]
    return _(",另有").join(parts) or amount_text(Amount(None))


def bounded_text(amount: Amount) -> str:
    """An amount with its bound said out: 至少2000万元, 至多10万元, 约5万元, 5万元至10万元."""
    if amount.value is None:
        return amount_text(amount)
    text = _plain_text(amount.value, amount.currency)
    if amount.upper is not None:
        return _("%(low)s至%(high)s") % {"low": text, "high": _plain_text(amount.upper, amount.currency)}
    match amount.bound:
        case Bound.OVER:
            return _("至少%(amount)s") % {"amount": text}
        case Bound.NEARLY:
            return _("至多%(amount)s") % {"amount": text}
        case Bound.ABOUT:
            return _("约%(amount)s") % {"amount": text}
        case _:
            return text


def _says(total: Sum) -> bool:
    """Whether there is anything to say in yuan: a sum of nothing is 0 unless there is other money."""
    return total.count > total.unknown_count or not (total.count or total.beside)


def _span_text(low: Sum, high: Sum) -> str:
    least, most = bounded_text(low.as_amount()), bounded_text(high.as_amount())
    if least == most:
        return most
    if low.claim is Claim.AT_LEAST and high.claim is Claim.AT_LEAST:
        return _("至少%(low)s至%(high)s") % {
            "low": _plain_text(low.low, low.currency),
            "high": _plain_text(high.low, high.currency),
        }
    return _("%(low)s至%(high)s") % {"low": least, "high": most}


def _plain_text(value: Decimal, currency: str) -> str:
    """A value without any bound; whole yuan from 万 up as 万元, without rounding (1611.368万元)."""
    if not _in_chinese() or currency != "CNY" or value != value.to_integral_value():
        return amount_text(Amount(value, Bound.EXACT, None, currency))
    if value >= _YI and value % _WAN == 0:
        return f"{(value / _YI).normalize():f}亿元"
    if value >= _WAN:
        return f"{(value / _WAN).normalize():f}万元"
    return amount_text(Amount(value))


def _in_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")
