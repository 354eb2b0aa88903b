"""How figures look in Chinese text: the expressions of the reader.

They are compiled at first use, not at import: together they cost some 20 ms.
"""

from __future__ import annotations

import re
from functools import cache

from lianfang.engines.figures.amount import Bound
from lianfang.engines.figures.currencies import AFTER_NUMBER, BEFORE_NUMBER, FOREIGN_AFTER_YUAN
from lianfang.engines.figures.numerals import DIGITS, LARGE_UNITS, SMALL_UNITS

_NEARLY = (
    "不超过 不高于 不多于 不大于 至多 最多 不足 不到 不满 未满 少于 低于 小于 将近 接近 几近 近 未超过 没超过"
)
_OVER = "超过 超 逾 突破 至少 不低于 不少于 不小于 多于 大于 高于 起码 最少 过 上"
_ABOUT = "大约 约 大概 约合 约为 约计 约值 约有 约达 估计 估算约"
_EXACT = "达 高达 达到 计"

QUALIFIERS = {
    word: bound
    for words, bound in (
        (_NEARLY, Bound.NEARLY),
        (_OVER, Bound.OVER),
        (_ABOUT, Bound.ABOUT),
        (_EXACT, Bound.EXACT),
    )
    for word in words.split()
}
"""Words before a number, and how they bound it. 共计 and 累计 are not here: they tell whose sum it is."""

QUALIFIER_LAST = frozenset(word[-1] for word in QUALIFIERS) | {"了"}

NOT_QUALIFIED_AFTER = {
    "近": "最附邻临靠远亲走贴",
    "约": "节预签履公条违制邀",
    "上": "以晚早网线马路桌身地船车楼山街场手会历实基加史",
    "过": "通经不超路渡度难来",
    "计": "统会设预估审共合累总",
    "达": "表",
}
"""Characters that make the next one part of another word (最近10万元 is not "nearly")."""

SUFFIX_BOUNDS = {
    "以上": Bound.OVER,
    "及以上": Bound.OVER,
    "有余": Bound.OVER,
    "出头": Bound.OVER,
    "以下": Bound.NEARLY,
    "及以下": Bound.NEARLY,
    "以内": Bound.NEARLY,
    "左右": Bound.ABOUT,
    "上下": Bound.ABOUT,
    "许": Bound.ABOUT,
}

_D = "[0-9０-９]"
_SIGNS = f"[0-9０-９{DIGITS}{SMALL_UNITS}{LARGE_UNITS}数几上若正腊冬初]"
_C = f"[{DIGITS}]"
_PLACE = f"[{SMALL_UNITS}{LARGE_UNITS}]"
_ROUND = "(?:[十百万亿拾佰仟萬億]|千(?![克瓦米]))"
_NO_DATE = r"(?![0-9０-９月日号时点年.．:：、%％])"
_ARABIC = (
    rf"(?:{_D}{{1,3}}(?:[,，]{_D}{{3}})+(?!{_D})|[0-9]{{1,3}}(?: 000)+(?=[. ]?[0元])|{_D}+)(?:[.．]{_D}+)?"
)
_ARABIC_TAIL = (
    rf"(?:[ 　]?[余多来几]?{_ROUND}+"
    rf"(?:(?:零|[余多来几](?=[万亿萬億]))?(?:{_D}+(?:[.．]{_D}+)?{_NO_DATE}|{_C})?[余多来几]?{_ROUND}+)*"
    rf"(?:{_D}{{1,4}}{_NO_DATE}|{_C}(?![月日号时点年、]))?)?"
)
_CHINESE = (
    rf"(?:若干|[数几上](?={_PLACE})|{_C}|{_PLACE})"
    rf"(?:[余多来几]?(?:{_C}|{_PLACE})|几(?=[万亿])|(?<=[十百千])几)*"
)
_DAY = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_DATE = (
    rf"{_D}{{4}}(?:年(?:{_D}{{1,2}}月(?:{_D}{{1,2}}[日号]?)?)?|[-/.]{_D}{{1,2}}[-/.]{_D}{{1,2}}(?!{_D}))"
    rf"|{_D}{{1,2}}月(?:{_D}{{1,2}}[日号]?)?|{_D}{{1,2}}日(?!元(?!宵)|圆|币)"
    rf"|[一二三四五六七八九零〇]{{4}}年(?:{_DAY}月(?:{_DAY}[日号]?)?)?"
    rf"|(?:正|腊|冬|{_DAY})月(?:初?{_DAY}[日号]?)?|初{_DAY}"
)
_TIME = (
    rf"{_D}{{1,2}}[:：]{_D}{{2}}(?:[:：]{_D}{{2}})?"
    rf"|{_D}{{1,2}}(?:时(?!候)|点(?!心))(?:{_D}{{1,2}}分|半|整|许)?"
)
_CODE = (
    rf"1{_D}{{2}}[- ]{_D}{{4}}[- ]{_D}{{4}}(?!{_D})|0{_D}{{2,3}}[-－]{_D}{{7,8}}(?!{_D})"
    rf"|400[-－]{_D}{{3,4}}[-－]?{_D}{{3,4}}|{_D}{{4}}(?:[ -]{_D}{{4}}){{2,}}(?:[ -]{_D}+)?"
)
_PERCENT = (
    rf"[百千万]分之(?:{_CHINESE}|{_ARABIC})|{_C}+分之{_C}+|{_D}+/{_D}+(?![0-9０-９/元])"
    rf"|{_D}+(?:[.．]{_D}+)?[%％‰]|{_C}成(?![了立为员功])"
)
_MEASURES = (
    "公斤|千克|毫升|公升|公里|千米|平方米|平米|立方米|立方|毫克|厘米|毫米|小时|分钟|个月|人次|车次|批次|户次|卡车|货车(?!司机)|车皮|集装箱(?!船|车)|麻袋|编织袋(?!装)|人份|头份|块(?!钱)"
    "|公顷|千瓦|加仑|市斤|英尺|英寸|件套|人(?!民)|支(?![援持付撑队])|[大小][箱袋桶包盒捆筐瓶]|"
    "[个個只隻台臺套箱袋瓶桶吨噸斤克升把副双雙条條床顶頂辆輛份盒包名位家户戶件次天盏根张張片塊罐"
    "听捆扎卷筒筐篮车車船艘架部组組批笔筆间棵株头頭匹尾米亩度℃棟栋幢座所期届轮周年岁节場场朵枚粒颗"
    "本册冊坛缸瓮挂束剂柄垛坨杆卡杯碗锅壶串打对對付具提板版樘扇面幅篓担沓枝口封则例村镇县市层種类類项項班]"
)
_WHOLE = r"[整正](?![个好在式整体理数改治])"


@cache
def number_pattern() -> re.Pattern[str]:
    """One number. A named group tells digits that count nothing: date, time, code, percent."""
    return re.compile(
        rf"(?={_SIGNS})"
        rf"(?:(?P<date>{_DATE})|(?P<time>{_TIME})|(?P<code>{_CODE})|(?P<percent>{_PERCENT})"
        rf"|{_ARABIC}{_ARABIC_TAIL}|{_CHINESE})"
    )


@cache
def number_sign_pattern() -> re.Pattern[str]:
    """A character with which a number may begin."""
    return re.compile(_SIGNS)


@cache
def after_number_pattern() -> re.Pattern[str]:
    """What follows a number; it always matches, perhaps nothing.

    Groups in order: more (余), early (以上 before the unit), measure, yuan, jiao, fen, money (another
    currency), measure after a space, late (以上 after the unit).
    """
    bounds = "及?以上|及?以下|以内|左右|上下"
    return re.compile(
        r"(余|多|来(?=[^自到了源临访不])|有余)?"
        rf"(?:[（(]含[)）])?({bounds})?(?:({_MEASURES})|[ 　]?(?:"
        rf"(元人民币|元(?!{FOREIGN_AFTER_YUAN})|圆|块钱|块(?=[，。；、！,;!)）\s]|$))"
        rf"(?:({_D}|{_C})角)?零?(?:({_D}|{_C})分)?(?:人民币)?(?:{_WHOLE})?"
        rf"|元?({AFTER_NUMBER})(?![0-9０-９壹贰叁肆伍陆柒捌玖])"
        rf"|({_MEASURES})(?![一-龥])))?"
        rf"(?:[ 　]?(?:[（(]含(?:本数)?[)）])?({bounds}|之多|有余|出头|许(?![多诺可])|{_WHOLE}))?"
    )


@cache
def currency_before_pattern() -> re.Pattern[str]:
    """A currency word or sign that ends where the number begins."""
    return re.compile(rf"(?:{BEFORE_NUMBER})[ 　:：]?$")


@cache
def qualifier_pattern() -> re.Pattern[str]:
    """A word of QUALIFIERS that ends where the number begins."""
    return re.compile(f"({'|'.join(sorted(QUALIFIERS, key=len, reverse=True))})了?[ 　]?$")


@cache
def range_mark_pattern() -> re.Pattern[str]:
    """What stands between the ends of a range."""
    return re.compile("[ 　]?(?:至|到|—{1,2}|-|~|～|－|–|─)[ 　]?")
