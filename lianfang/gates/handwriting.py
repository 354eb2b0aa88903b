"""What stands in the cells of a paper register, as people write it: 8:05 and 805, 36.5 and 365, 正常, √.

Each reader takes one cell and gives a value. Raises ValidationError with a sentence that says what is
expected.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.gates.models import Outcome, PersonCategory

LOWEST, HIGHEST = Decimal("34.0"), Decimal("43.0")
DITTO = frozenset({'"', "''", "“", "”", "〃", "″", "同上"})

_FULL_WIDTH = str.maketrans("０１２３４５６７８９：．／，；　", "0123456789:./,; ")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SIGN = "A-HJ-NP-Z0-9"
# GA 36-2018: seven signs; new energy has eight, with one of these letters first (small) or last (large).
_ORDINARY_PLATE = re.compile(rf"[{_PROVINCES}][A-Z](?:[{_SIGN}]{{5}}|[{_SIGN}]{{4}}[挂学警港澳领])")
_NEW_ENERGY_PLATE = re.compile(rf"[{_PROVINCES}][A-Z](?:[DABCEFGHJK][{_SIGN}]\d{{4}}|\d{{5}}[DABCEFGHJK])")
_SPECIAL_PLATE = re.compile(
    rf"WJ[{_PROVINCES}]?\d{{4}}[{_SIGN}]|[A-Z]{{2}}\d{{5}}|[{_PROVINCES}][A-Z]{{0,1}}\d{{3,4}}应急|\d{{6}}使|无牌|临时"
)


def plain(text: str) -> str:
    """Full-width signs as ordinary ones, without blanks around."""
    return text.translate(_FULL_WIDTH).strip()


def is_ditto(text: str) -> bool:
    return plain(text) in DITTO


def celsius_of(value: Decimal) -> Decimal:
    """A reading with one decimal between 34.0 and 43.0 ℃. Raises ValidationError."""
    if not value.is_finite() or value != value.quantize(Decimal("0.1")):
        raise ValidationError(_("体温请写到一位小数,例如 36.5。"), code="celsius_decimals")
    if not LOWEST <= value <= HIGHEST:
        raise ValidationError(_("体温应在 34.0 至 43.0 ℃ 之间,请核对。"), code="celsius_range")
    return value.quantize(Decimal("0.1"))


def read_celsius(text: str) -> Decimal | None:
    """36.5, 365 or 36点5; None for 正常 without a number."""
    text = plain(text).rstrip("℃度°C").replace("点", ".").replace("。", ".")
    if text in {"正常", "√", "正", "无异常"}:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValidationError(_("请写体温,例如 36.5 或 365;只写了“正常”的照写。"), code="celsius") from None
    if re.fullmatch(r"\d{3}", text):
        value = value.scaleb(-1)
    return celsius_of(value)


def read_readings(text: str) -> list[Decimal | None]:
    """Several readings of one encounter in their order: 38.0/37.5. An empty cell has none."""
    parts = [part for part in re.split(r"[/、,，;；→>\s]+", plain(text)) if part]
    return [read_celsius(part) for part in parts]


def plate_of(text: str) -> str:
    """A plate in capitals without blanks: seven signs, eight for new energy. Raises ValidationError."""
    plate = re.sub(r"[\s·.\-]", "", plain(text)).upper()
    if not (
        _ORDINARY_PLATE.fullmatch(plate)
        or _NEW_ENERGY_PLATE.fullmatch(plate)
        or _SPECIAL_PLATE.fullmatch(plate)
    ):
        raise ValidationError(
            _("车牌号应像 鲁M12345;新能源为 8 位,像 鲁MD12345。没有牌照写“无牌”。"), code="plate"
        )
    return plate


def read_moment(text: str, day: date) -> datetime:
    """A time on a sheet of `day`: 8:05, 805, 8点05, 24:00 (the end of the day), 2月11日 0:20."""
    text = plain(text)
    dated = re.fullmatch(r"(?:(\d{4})[年/.-])?(\d{1,2})[月/.-](\d{1,2})[日号]?\s*(.+)", text)
    if dated and (":" in dated[4] or "点" in dated[4] or re.fullmatch(r"\d{3,4}", dated[4])):
        try:
            day = date(int(dated[1] or day.year), int(dated[2]), int(dated[3]))
        except ValueError:
            raise _not_a_time() from None
        text = dated[4]
    clock = re.fullmatch(r"(\d{1,2})\s*[:点时.]\s*(\d{1,2})?分?", text) or re.fullmatch(
        r"(\d{1,2})(\d{2})", text
    )
    if clock is None:
        raise _not_a_time()
    hour, minute = int(clock[1]), int(clock[2] or 0)
    if (hour, minute) == (24, 0):
        return _in_china(day + timedelta(days=1), time.min)
    if hour > 23 or minute > 59:
        raise _not_a_time()
    return _in_china(day, time(hour, minute))


def read_answer(text: str) -> str:
    """无, 否, × are no; 有, 是, √ with whatever follows are yes; an empty cell was not asked ("")."""
    text = plain(text)
    if not text:
        return ""
    if re.match(r"无|否|没|不|×|x$|X$|N$|n$|0$|〇", text):
        return "no"
    return "yes"


def read_category(text: str) -> str:
    """人员类别 by its words, or "" for an empty cell. Raises ValidationError."""
    text = plain(text)
    if not text:
        return ""
    for category, words in _CATEGORY_WORDS.items():
        if any(word in text for word in words):
            return category
    raise ValidationError(_("人员类别请写:住户、租户、职工、访客、快递、施工、值守或应急。"), code="category")


def read_outcome(text: str) -> str:
    """处置, or what a remark says of it; "" where it says nothing."""
    text = plain(text)
    for outcome, words in _OUTCOME_WORDS.items():
        if any(word in text for word in words):
            return outcome
    return ""


_CATEGORY_WORDS = {
    PersonCategory.TENANT: ("租",),
    PersonCategory.VISITOR: ("访", "外来", "亲友", "客"),
    PersonCategory.COURIER: ("快递", "外卖", "送货", "送餐", "配送"),
    PersonCategory.WORKER: ("施工", "维修", "装修", "工程", "保洁"),
    PersonCategory.DUTY_STAFF: ("值守", "值班", "志愿", "网格", "工作人员", "社区"),
    PersonCategory.EMERGENCY: ("应急", "急救", "消防", "医", "公安", "民警"),
    PersonCategory.EMPLOYEE: ("职工", "员工", "本厂", "工人"),
    PersonCategory.RESIDENT: ("住", "业主", "本小区", "本村", "村民", "居民"),
}
_OUTCOME_WORDS = {
    Outcome.TURNED_BACK: ("劝返", "劝回"),
    Outcome.REFUSED: ("拒绝", "未放行", "不予放行", "禁止"),
    Outcome.HELD: ("暂留", "留观", "隔离点"),
    Outcome.ADMITTED: ("放行", "准入", "登记后进"),
}


def _not_a_time() -> ValidationError:
    return ValidationError(_("请写时间,例如 8:05 或 805。"), code="clock")


def _in_china(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
