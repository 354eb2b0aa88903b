"""Names of money as Chinese notices write them, with their ISO 4217 codes."""

from __future__ import annotations

import re

YUAN_NAMES = ("元", "圆", "块钱", "块", "人民币", "RMB", "rmb", "CNY", "Rmb")

CODE_OF = {
    **dict.fromkeys(YUAN_NAMES, "CNY"),
    "人民币元": "CNY",
    "¥": "CNY",
    "￥": "CNY",
    "美元": "USD", "美金": "USD", "美圆": "USD", "USD": "USD", "US$": "USD", "$": "USD", "＄": "USD",
    "欧元": "EUR", "EUR": "EUR", "€": "EUR",
    "港元": "HKD", "港币": "HKD", "港幣": "HKD", "HKD": "HKD", "HK$": "HKD",
    "日元": "JPY", "日圆": "JPY", "日币": "JPY", "JPY": "JPY",
    "英镑": "GBP", "GBP": "GBP", "£": "GBP",
    "澳元": "AUD", "澳大利亚元": "AUD", "澳币": "AUD", "AUD": "AUD", "A$": "AUD", "AU$": "AUD",
    "加元": "CAD", "加币": "CAD", "加拿大元": "CAD", "CAD": "CAD", "C$": "CAD", "CA$": "CAD",
    "新台币": "TWD", "台币": "TWD", "TWD": "TWD", "NT$": "TWD",
    "澳门元": "MOP", "澳门币": "MOP", "MOP": "MOP",
    "新加坡元": "SGD", "新加坡币": "SGD", "新元": "SGD",
    "新币": "SGD", "坡币": "SGD", "SGD": "SGD", "S$": "SGD",
    "韩元": "KRW", "韩币": "KRW", "韩圆": "KRW", "KRW": "KRW",
    "泰铢": "THB", "THB": "THB",
    "瑞士法郎": "CHF", "瑞郎": "CHF", "CHF": "CHF",
    "新西兰元": "NZD", "纽元": "NZD", "纽币": "NZD", "NZD": "NZD", "NZ$": "NZD",
    "林吉特": "MYR", "令吉": "MYR", "马币": "MYR", "MYR": "MYR",
    "卢布": "RUB", "RUB": "RUB",
    "卢比": "INR", "INR": "INR",
    "越南盾": "VND", "VND": "VND",
    "印尼盾": "IDR", "IDR": "IDR",
    "菲律宾比索": "PHP", "比索": "PHP", "PHP": "PHP",
    "雷亚尔": "BRL", "缅币": "MMK", "缅元": "MMK",
    "基普": "LAK", "坚戈": "KZT", "图格里克": "MNT", "文莱元": "BND",
    "福林": "HUF", "兹罗提": "PLN", "奈拉": "NGN", "土耳其里拉": "TRY", "里拉": "TRY", "瑞尔": "KHR",
    "迪拉姆": "AED", "AED": "AED",
    "兰特": "ZAR", "ZAR": "ZAR",
    "瑞典克朗": "SEK", "SEK": "SEK",
    "挪威克朗": "NOK", "NOK": "NOK",
    "丹麦克朗": "DKK", "DKK": "DKK",
}  # fmt: skip

CHINESE_NAME = {
    "CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元", "GBP": "英镑", "AUD": "澳元",
    "CAD": "加元", "TWD": "新台币", "MOP": "澳门元", "SGD": "新加坡元", "KRW": "韩元", "THB": "泰铢",
    "CHF": "瑞士法郎", "NZD": "新西兰元", "MYR": "林吉特", "RUB": "卢布", "INR": "卢比", "VND": "越南盾",
    "IDR": "印尼盾", "PHP": "菲律宾比索", "AED": "迪拉姆", "ZAR": "兰特", "SEK": "瑞典克朗",
    "NOK": "挪威克朗", "DKK": "丹麦克朗", "BRL": "雷亚尔", "MMK": "缅元", "LAK": "基普", "KZT": "坚戈",
    "MNT": "图格里克", "BND": "文莱元", "HUF": "福林",
    "PLN": "兹罗提", "NGN": "奈拉", "TRY": "里拉", "KHR": "瑞尔",
}  # fmt: skip


def alternatives(names: list[str]) -> str:
    """A regular expression that matches one of `names`, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


AFTER_NUMBER = alternatives([name for name in CODE_OF if name not in ("块", *"¥￥$＄€£") and "$" not in name])
"""Currency words that may follow a number (块 alone also counts bricks: the reader treats it apart)."""

FOREIGN_AFTER_YUAN = alternatives(
    "港币 港元 澳门币 新台币 台币 美金 美元 欧元 日元 英镑 澳元 加元".split()  # noqa: SIM905
)
"""What may follow 元 and tell another money (3万元港币)."""

BEFORE_NUMBER = alternatives([name for name in CODE_OF if name not in ("元", "圆", "块", "块钱")])
"""Currency words and signs that may stand before a number."""
