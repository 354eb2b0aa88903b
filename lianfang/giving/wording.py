"""Sums and ranges in the words of the reader's language: they say "at least" where no more is known."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lianfang.engines.figures import Amount, Bound, Sum, to_chinese, to_english
from lianfang.engines.figures.sums import Claim


def amount_text(amount: Amount) -> str:
    """An amount as a writer would put it: 144万余元, over CNY 1.44 million."""
    return to_chinese(amount) if (get_language() or "zh").startswith("zh") else to_english(amount)


def sum_text(total: Sum) -> str:
    """What may be claimed of a sum: 至少1608万元, 20万元至30万元, 约5万元; foreign money after it."""
    parts = [_claim_text(total)] if total.count > total.unknown_count or not total.count else []
    beside = [_claim_text(one) for one in total.beside if one.count > one.unknown_count]
    if not total.count and beside:
        parts = []
    return _(",另有").join([*parts, *beside]) or amount_text(Amount(None))


def range_text(low: Sum, high: Sum) -> str:
    """A total that lies from `low` to `high`: one text where they claim the same."""
    least, most = sum_text(low), sum_text(high)
    if least == most:
        return most
    if low.claim is Claim.AT_LEAST and high.claim is Claim.AT_LEAST and not low.beside and not high.beside:
        return _("至少%(low)s至%(high)s") % {
            "low": amount_text(Amount(low.low)),
            "high": amount_text(Amount(high.low)),
        }
    return _("%(low)s至%(high)s") % {"low": least, "high": most}


def bounded_text(amount: Amount) -> str:
    """An amount with its bound said out: 至少2000万元, 不足10万元, 约5万元."""
    if amount.value is None:
        return amount_text(amount)
    plain = amount_text(Amount(amount.value, Bound.EXACT, None, amount.currency))
    match amount.bound:
        case Bound.OVER if amount.upper is None:
            return _("至少%(amount)s") % {"amount": plain}
        case Bound.NEARLY:
            return _("至多%(amount)s") % {"amount": plain}
        case _:
            return amount_text(amount)


def _claim_text(total: Sum) -> str:
    return bounded_text(total.as_amount())
