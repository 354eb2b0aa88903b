"""Finding the numbers in a Chinese text, with what their surroundings say about them."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from lianfang.engines.figures.amount import Amount, Bound, FigureError
from lianfang.engines.figures.currencies import AFTER_NUMBER, BEFORE_NUMBER, CODE_OF
from lianfang.engines.figures.numerals import (
    DIGITS,
    LARGE_UNITS,
    SMALL_UNITS,
    Numeral,
    read_numeral,
)


class FigureKind(StrEnum):
    """What a number counts."""

    MONEY = "money"
    """A currency word or sign stands with it."""
    QUANTITY = "quantity"
    """A measure word follows (3000只); it is in `unit`."""
    BARE = "bare"
    """A plain number, perhaps with 万: money, a quantity of an unlisted unit, or a row number."""
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    ORDINAL = "ordinal"
    """第3期, 17号, a list marker (3、)."""
    CODE = "code"
    """Phone and account numbers, N95, 84消毒液: digits that count nothing."""


class Figure(NamedTuple):
    """One number-like stretch of a text. Positions are offsets in the text that was searched.

    `start`:`end` is the whole stretch with qualifiers, currency and 整; `number_start`:`number_end`
    the number itself with its 万 or 亿. `value` counts whole units (29.2万元 → 292000) and is None
    where the text is vague (数万元) or the digits count nothing. `unit` is the currency or measure word
    as written, "" without one; `currency` is an ISO 4217 code for money, else "".
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal | None
    bound: Bound | None
    upper: Decimal | None
    unit: str
    kind: FigureKind
    currency: str

    @property
    def is_money(self) -> bool:
        return self.kind is FigureKind.MONEY

    def as_amount(self) -> Amount:
        """The figure as money; a bare number counts as yuan (GUIDE rule i: "600万" is yuan).

        Raises FigureError for a number beyond what money can be.
        """
        return Amount(self.value, self.bound, self.upper, self.currency or "CNY")


def find_figures(text: str, start: int = 0, end: int | None = None) -> list[Figure]:
    """Every number-like stretch of `text[start:end]` in order, none overlapping another.

    Dates, times, ordinals, phone numbers and codes are among them, told apart by `kind`. Single
    numerals inside words (统一, 万事达, 百货) are left out.
    """
    limit = len(text) if end is None else end
    figures: list[Figure] = []
    for match in _NUMBER.finditer(text, start, limit):
        if figures and match.start() < figures[-1].end:
            continue  # the 5 of 12元5角 is read already
        if match.lastgroup is not None:
            first, last = match.span()
            kind = _NOISE_KIND[match.lastgroup]
            figures.append(Figure(first, last, first, last, None, None, None, "", kind, ""))
            continue
        figure = _read(text, match.start(), match.end(), start, limit)
        if figure is None:
            continue
        if figures and figures[-1].end > figure.start:
            figure = figure._replace(start=figures[-1].end)
        joined = _join_range(text, figures[-1], figure) if figures else None
        if joined is None:
            figures.append(figure)
        else:
            figures[-1] = joined
    return figures


def read_amount(text: str) -> Amount:
    """The one amount that `text` is: a form field or a table cell. A bare number is yuan.

    Raises FigureError with codes `amount.empty`, `amount.not_a_number`, `amount.negative`,
    `amount.too_large`, `amount.several`, `amount.not_money`.
    """
    stripped = text.strip().rstrip("。.;；,，")
    if not stripped:
        raise FigureError("amount.empty", "没有填写金额")
    if len(stripped) > _LONGEST_AMOUNT:
        raise FigureError("amount.not_a_number", "这不是一个金额:文字太长")
    if _SCIENTIFIC.fullmatch(stripped):
        raise FigureError("amount.not_a_number", f"“{stripped}”不是常用的金额写法,请写成普通数字")
    if stripped[0] in "-－−–负" or _ACCOUNTING_NEGATIVE.fullmatch(stripped):
        raise FigureError("amount.negative", "金额不能是负数")
    figures = find_figures(stripped)
    if not figures:
        raise FigureError("amount.not_a_number", f"“{stripped}”不是金额")
    if len(figures) > 1:
        raise FigureError("amount.several", f"“{stripped}”里有不止一个数")
    figure = figures[0]
    rest = stripped[: figure.start] + stripped[figure.end :]
    if _SIGN_INSIDE.search(stripped[: figure.number_start]):
        raise FigureError("amount.negative", "金额不能是负数")
    if rest.strip("  　共计合:：为"):
        raise FigureError("amount.not_a_number", f"“{stripped}”里除了金额还有别的文字:{rest.strip()}")
    if figure.kind is FigureKind.CODE and figure.number_end - figure.number_start > 13:
        raise FigureError("amount.too_large", "金额超出可能的范围(大于十万亿)")
    if figure.kind not in (FigureKind.MONEY, FigureKind.BARE, FigureKind.CODE):
        raise FigureError("amount.not_money", f"“{stripped}”不是金额")
    if figure.kind is FigureKind.CODE:
        numeral = read_numeral(stripped[figure.number_start : figure.number_end])
        if numeral.value is None or not stripped[figure.start : figure.end].isdigit():
            raise FigureError("amount.not_money", f"“{stripped}”不是金额")
        return Amount(numeral.value, Bound.EXACT)
    return figure.as_amount()


_LONGEST_AMOUNT = 60
_SCIENTIFIC = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+|[+-]?(?:nan|inf(?:inity)?)", re.IGNORECASE)
_ACCOUNTING_NEGATIVE = re.compile(r"[(（][0-9０-９,，.]+[)）](?:元)?")
_SIGN_INSIDE = re.compile(r"[-－−–负]\s*$")

_D = "[0-9０-９]"
_C = f"[{DIGITS}]"
_PLACE = f"[{SMALL_UNITS}{LARGE_UNITS}]"
_ARABIC = (
    rf"(?:{_D}{{1,3}}(?:[,，]{_D}{{3}})+(?!{_D})|[0-9]{{1,3}}(?: 000)+(?=[. ]?[0元])|{_D}+)(?:[.．]{_D}+)?"
)
_NOT_A_UNIT_DIGIT = r"(?![0-9０-９月日号时点年.．:：、%％])"
_ARABIC_TAIL = (
    rf"(?:[ 　]?[余多来几]?[十百千万亿拾佰仟萬億]+"
    rf"(?:(?:零|[余多来几](?=[万亿萬億]))?(?:{_D}+(?:[.．]{_D}+)?{_NOT_A_UNIT_DIGIT}|{_C})?"
    rf"[余多来几]?[十百千万亿拾佰仟萬億]+)*"
    rf"(?:{_D}{{1,4}}{_NOT_A_UNIT_DIGIT}|{_C}(?![月日号时点年、]))?)?"
)
_CHINESE = (
    rf"(?:若干|[数几上](?={_PLACE})|{_C}|[十百千万亿拾佰仟廿卅萬億])"
    rf"(?:[余多来几]?(?:{_C}|{_PLACE})|几(?=[万亿]))*"
)
_DAY = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"

# Named groups are digits that count nothing; they are tried first, at digits only.
_NUMBER = re.compile(
    rf"(?=[0-9０-９{DIGITS}{SMALL_UNITS}{LARGE_UNITS}数几上若正腊冬初])(?:"
    rf"(?P<date>{_D}{{4}}(?:年(?:{_D}{{1,2}}月(?:{_D}{{1,2}}[日号]?)?)?|[-/.]{_D}{{1,2}}[-/.]{_D}{{1,2}}(?!{_D}))"
    rf"|{_D}{{1,2}}月(?:{_D}{{1,2}}[日号]?)?|{_D}{{1,2}}日"
    rf"|[一二三四五六七八九零〇]{{4}}年(?:{_DAY}月(?:{_DAY}[日号]?)?)?"
    rf"|(?:正|腊|冬|{_DAY})月(?:初?{_DAY}[日号]?)?|初{_DAY})"
    rf"|(?P<time>{_D}{{1,2}}[:：]{_D}{{2}}(?:[:：]{_D}{{2}})?|{_D}{{1,2}}(?:时(?!候)|点(?!心))(?:{_D}{{1,2}}分|半|整|许)?)"
    rf"|(?P<code>1{_D}{{2}}[- ]{_D}{{4}}[- ]{_D}{{4}}(?!{_D})|0{_D}{{2,3}}[-－]{_D}{{7,8}}(?!{_D})"
    rf"|400[-－]{_D}{{3,4}}[-－]?{_D}{{3,4}}|{_D}{{4}}(?:[ -]{_D}{{4}}){{2,}}(?:[ -]{_D}+)?)"
    rf"|(?P<percent>[百千万]分之(?:{_CHINESE}|{_ARABIC})|{_C}+分之{_C}+|{_D}+/{_D}+(?![0-9０-９/元])"
    rf"|{_D}+(?:[.．]{_D}+)?[%％‰]|{_C}成(?![了立为员功]))"
    rf"|{_ARABIC}{_ARABIC_TAIL}|{_CHINESE})"
)
_NOISE_KIND = {
    "date": FigureKind.DATE,
    "time": FigureKind.TIME,
    "code": FigureKind.CODE,
    "percent": FigureKind.PERCENT,
}

_MEASURES = (
    "公斤|千克|毫升|公升|公里|千米|平方米|平米|立方米|立方|毫克|厘米|毫米|小时|分钟|个月|人次|车次|批次|户次|余人"
    "|公顷|千瓦|加仑|英镑重|市斤|英尺|英寸|件套|"
    "[个個只隻台臺套箱袋瓶桶吨噸斤克升支把副双雙条條床顶頂辆輛份盒包名位人家户戶次天盏根张張片块塊罐"
    "听捆扎卷筒筐篮车車船艘架部组組批笔筆间棵株头頭匹尾米亩度℃棟栋幢座所期届轮周年岁年排节場场朵枚粒颗"
    "本册冊卡杯碗锅壶串打对對付具提板版樘扇面幅篓担沓麻枝口封则则例村镇县市层种類类项項届班]"
)
_YUAN_TAIL = rf"(?:(?:(?P<jiao>{_D}|{_C})角)?零?(?:(?P<fen>{_D}|{_C})分)?(?:人民币)?(?:[整正](?![个好在式整体理数改治]))?)"
_AFTER = re.compile(
    r"(?P<more>余|多|来(?=[^自到了源临访不])|有余)?"
    r"(?:[（(]含[)）])?(?P<bound0>及?以上|及?以下|以内|左右|上下)?(?:[ 　]?(?:"
    rf"(?P<yuan>元人民币|元|圆|块钱|块(?=[，。；、！,;!)）\s]|$)){_YUAN_TAIL}"
    rf"|(?P<money>{AFTER_NUMBER})(?![0-9０-９壹贰叁肆伍陆柒捌玖人])"
    rf"|(?P<measure>{_MEASURES})"
    r"))?"
    r"(?:[ 　]?(?:[（(]含(?:本数)?[)）])?(?P<bound>及?以上|及?以下|以内|左右|上下|之多|有余|出头|许(?![多诺可])"
    r"|[整正](?![个好在式整体理数改治])))?"
)
_BEFORE_CURRENCY = re.compile(rf"(?:{BEFORE_NUMBER})[ 　:：]?$")
_CURRENCY_LAST = frozenset(name[-1] for name in CODE_OF)
_QUALIFIERS = {
    **dict.fromkeys(
        [
            "不超过",
            "不高于",
            "不多于",
            "不大于",
            "至多",
            "最多",
            "不足",
            "不到",
            "不满",
            "未满",
            "少于",
            "低于",
        ]
        + ["小于", "将近", "接近", "几近", "近", "未超过", "没超过"],
        Bound.NEARLY,
    ),
    **dict.fromkeys(
        ["超过", "超", "逾", "突破", "至少", "不低于", "不少于", "不小于", "多于", "大于", "高于", "起码"]
        + ["最少", "过", "上"],
        Bound.OVER,
    ),
    **dict.fromkeys(
        ["大约", "约", "大概", "约合", "约为", "约计", "约值", "约有", "约达", "估计", "估算约", "上下"],
        Bound.ABOUT,
    ),
    **dict.fromkeys(["达", "高达", "达到", "计", "共计", "合计"], Bound.EXACT),
}
_QUALIFIER = re.compile("(?:" + "|".join(sorted(_QUALIFIERS, key=len, reverse=True)) + ")(?:了)?[ 　]?$")
_QUALIFIER_LAST = frozenset(word[-1] for word in _QUALIFIERS) | {"了"}
_NOT_QUALIFIED_BY = {
    "近": "最附邻临靠远亲走贴",
    "约": "节预签履公条违制邀合",
    "超": "",
    "上": "以晚早网线马路桌身地船车楼山街场手会历实基加史",
    "过": "通经不超路渡度难来",
    "计": "统会设预估审",
    "达": "到事表",
}
_SUFFIX_BOUND = {
    "以上": Bound.OVER,
    "及以上": Bound.OVER,
    "之多": Bound.EXACT,
    "有余": Bound.OVER,
    "出头": Bound.OVER,
    "以下": Bound.NEARLY,
    "及以下": Bound.NEARLY,
    "以内": Bound.NEARLY,
    "左右": Bound.ABOUT,
    "上下": Bound.ABOUT,
    "许": Bound.ABOUT,
}
_RANGE_MARK = re.compile(r"[ 　]?(?:至|到|—{1,2}|-|~|～|－|–|─)[ 　]?$")
_ASCII_DIGITS = frozenset("0123456789０１２３４５６７８９")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_ORDINAL_AFTER = frozenset("号號期届楼栋栏页条款")
_WHOLE_ROUND = frozenset("万亿萬億")
_LONGEST_BARE = 9
_ONE_OF_A_WORD = frozenset("统唯专单同之归逐不进万任周合划均")


def _read(text: str, number_start: int, number_end: int, first: int, limit: int) -> Figure | None:
    """The figure around the number at `number_start`:`number_end`; None where it is part of a word."""
    written = text[number_start:number_end]
    arabic = written[0] in _ASCII_DIGITS
    before = text[number_start - 1] if number_start > first else ""
    after = _AFTER.match(text, number_end, limit)
    assert after is not None  # every part of the pattern is optional
    unit = after["yuan"] or after["money"] or after["measure"] or ""
    is_money = bool(after["yuan"] or after["money"])

    start, currency = number_start, ""
    if before in _CURRENCY_LAST:
        sign = _BEFORE_CURRENCY.search(text, max(first, number_start - 7), number_start)
        if sign is not None:
            start = sign.start()
            word = sign.group().rstrip(" 　:：")
            currency = CODE_OF[word]
            is_money, unit = True, unit if after["yuan"] or after["money"] else word
            before = text[start - 1] if start > first else ""
    if before == "第":
        return _mark(number_start - 1, number_end, FigureKind.ORDINAL)
    if before in _LETTERS and arabic and not currency:
        return _mark(number_start, number_end, FigureKind.CODE)

    start, prefix = _read_qualifiers(text, start, first, written)
    if not arabic and not is_money and not _counts(written, before, prefix, after):
        return None
    if not arabic and is_money and written in _WHOLE_ROUND and not (prefix or after["more"]):
        return None  # 万元 in a table's head is a unit, not a number.
    kind = _kind(text, number_start, number_end, after, is_money=is_money, first=first, limit=limit)
    if kind in (FigureKind.CODE, FigureKind.ORDINAL):
        return _mark(number_start, number_end, kind)

    numeral = read_numeral(written)
    value, upper = numeral.value, numeral.upper
    if value is not None and after["yuan"]:
        value = _with_jiao(value, after["jiao"], after["fen"])
    bound = None if value is None else _bound(numeral, prefix, after)
    end = after.end() if unit or after["more"] or after["bound"] or after["bound0"] else number_end
    if is_money:
        own = CODE_OF.get(after["yuan"] or after["money"] or "", "")
        currency = currency if currency and own in ("", "CNY") else own or "CNY"
    if kind is FigureKind.BARE or not is_money:
        currency = ""
    return Figure(start, end, number_start, number_end, value, bound, upper, unit, kind, currency)


def _mark(start: int, end: int, kind: FigureKind) -> Figure:
    return Figure(start, end, start, end, None, None, None, "", kind, "")


def _read_qualifiers(text: str, start: int, first: int, written: str) -> tuple[int, list[Bound]]:
    """The words before position `start` that bound the number; the new start and their meanings."""
    found: list[Bound] = []
    while start > first and text[start - 1 if text[start - 1] not in " 　" else start - 2] in _QUALIFIER_LAST:
        match = _QUALIFIER.search(text, max(first, start - 6), start)
        if match is None:
            break
        word = match.group().rstrip(" 　").removesuffix("了")
        before = text[match.start() - 1] if match.start() > first else ""
        if before and before in _NOT_QUALIFIED_BY.get(word, ""):
            break
        if word in ("上", "过") and written[0] not in "百千万亿十佰仟萬億":
            break
        found.append(_QUALIFIERS[word])
        start = match.start()
    return start, found


def _counts(written: str, before: str, prefix: list[Bound], after: re.Match[str]) -> bool:
    """Whether a Chinese numeral without currency is a number, not part of a word."""
    head = written[0]
    if head in "数几上若":
        return len(written) > 1
    if len(written) > 1 and head in "百千万亿佰仟" and written[1] in DIGITS:
        return False
    if written == "一" and before in _ONE_OF_A_WORD:
        return False
    if after["measure"]:
        return head not in "百千万亿" or bool(prefix or after["more"])
    if len(written) == 1:
        return bool(prefix and after["more"])
    if head in "百千万亿":
        return bool(prefix or after["more"])
    return any(char in SMALL_UNITS or char in LARGE_UNITS for char in written)


def _kind(
    text: str,
    number_start: int,
    number_end: int,
    after: re.Match[str],
    *,
    is_money: bool,
    first: int,
    limit: int,
) -> FigureKind:
    if is_money:
        return FigureKind.MONEY
    following = text[number_end] if number_end < limit else ""
    arabic = text[number_start] in _ASCII_DIGITS
    if arabic and following and following in _ORDINAL_AFTER and not after["more"]:
        return FigureKind.ORDINAL
    if arabic and following and following in "、.．)）" and _at_line_start(text, number_start, first):
        return FigureKind.ORDINAL
    if after["measure"]:
        return FigureKind.QUANTITY
    if arabic and number_end - number_start >= _LONGEST_BARE and text[number_start:number_end].isdigit():
        return FigureKind.CODE
    if arabic and (following in _LETTERS or text.startswith("消毒", number_end)):
        return FigureKind.CODE
    return FigureKind.BARE


def _at_line_start(text: str, position: int, first: int) -> bool:
    while position > first and text[position - 1] in " 　\t(（":
        position -= 1
    return position == first or text[position - 1] == "\n"


def _with_jiao(value: Decimal, jiao: str | None, fen: str | None) -> Decimal:
    if jiao is None and fen is None:
        return value
    tenths = read_numeral(jiao).value if jiao else None
    cents = read_numeral(fen).value if fen else None
    return value + (tenths or 0) / Decimal(10) + (cents or 0) / Decimal(100)


def _bound(numeral: Numeral, prefix: list[Bound], after: re.Match[str]) -> Bound:
    """One bound out of all the words: over wins ("约20余万元" → over), then nearly, then about."""
    said = set(prefix)
    for group in ("bound0", "bound"):
        word = after[group]
        if word in _SUFFIX_BOUND:
            said.add(_SUFFIX_BOUND[word])
    more = after["more"]
    if numeral.over or more in ("余", "多", "有余"):
        said.add(Bound.OVER)
    if numeral.about or more == "来":
        said.add(Bound.ABOUT)
    for bound in (Bound.OVER, Bound.NEARLY, Bound.ABOUT):
        if bound in said:
            return bound
    return Bound.EXACT


def _join_range(text: str, low: Figure, high: Figure) -> Figure | None:
    """5万元至10万元 as one figure: value 50000, bound over, upper 100000; None if it is no range."""
    gap = text[low.end : high.start]
    if not 0 < len(gap) <= 4 or _RANGE_MARK.fullmatch(gap) is None:
        return None
    if low.value is None or high.value is None or low.upper is not None:
        return None
    if high.kind not in (FigureKind.MONEY, FigureKind.QUANTITY, FigureKind.BARE):
        return None
    if low.kind not in (high.kind, FigureKind.BARE) or (low.unit and low.currency != high.currency):
        return None
    value = low.value
    if not low.unit:
        small = read_numeral(text[low.number_start : low.number_end])
        large = read_numeral(text[high.number_start : high.number_end])
        if small.unit == 1 and large.coefficient is not None and value < large.coefficient:
            value *= large.unit
    if value >= high.value:
        return None
    return Figure(
        low.start, high.end, low.number_start, high.number_end, value, Bound.OVER, high.value,
        high.unit, high.kind, high.currency,
    )  # fmt: skip


__all__ = ["Figure", "FigureKind", "find_figures", "read_amount"]
