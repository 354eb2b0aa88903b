"""One text for four mouths: paper, loudspeaker, short message, page."""

import re

from lianfang.engines.figures import spoken_number

SMS_SIGNS = 70


def loudspeaker_script(title: str, text: str) -> str:
    """The text as it is read aloud: numbers in words, telephone numbers digit by digit, no brackets."""
    words = f"{title}。{text}"
    words = re.sub(r"[(（][^()（）]*[)）]", "", words)
    words = re.sub(
        r"(?<!\d)(1\d{10}|0\d{2,3}[-]?\d{7,8}|\d{3,4}-\d{7,8}|1[12]\d|12\d{3})(?!\d)", _digits, words
    )
    words = re.sub(r"(?<!\d)84(?=消毒)", "八四", words)
    words = re.sub(r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])", _clock, words)
    words = re.sub(r"(\d+)\s*[:\uff1a]\s*(\d+)", r"\1比\2", words)
    words = re.sub(r"(\d+(?:\.\d+)?)\s*(?:%|%)", lambda m: f"百分之{spoken_number(m[1])}", words)
    words = re.sub(r"(\d{4})年", lambda m: "".join(_DIGITS[int(d)] for d in m[1]) + "年", words)
    words = re.sub(rf"(?<![\d.第])2(?={_COUNTED})", "两", words)
    words = re.sub(r"\d+(?:\.\d+)?", lambda m: spoken_number(m[0]), words)
    words = words.replace("℃", "摄氏度").replace("mg/L", "毫克每升")
    return re.sub(r"\n+", "\n", words).strip()


def short_messages(title: str, text: str) -> list[str]:
    """The text in short messages of 70 signs, cut at the ends of sentences where that is possible.

    More than one are numbered (1/3).
    """
    whole = re.sub(r"\s+", "", f"【{title}】{text}")
    if len(whole) <= SMS_SIGNS:
        return [whole]
    room = SMS_SIGNS - len("(10/10)")
    parts: list[str] = []
    while whole:
        cut = min(room, len(whole))
        if cut < len(whole):
            at = max(whole.rfind(sign, 0, cut) for sign in "。;!?,、;!?,")
            if at >= room // 2:
                cut = at + 1
        parts.append(whole[:cut])
        whole = whole[cut:]
    return [f"({number}/{len(parts)}){part}" for number, part in enumerate(parts, start=1)]


_COUNTED = r"(?:[天人个名位户家次遍只张套间处瓶包袋桶台辆支片盒箱顿趟点]|小时|分钟|公里|公斤)"
"""What is counted with 两, not with 二: 两天、两人、两小时, but 二月、二楼、第二次."""

_DIGITS = "零一二三四五六七八九"
_SPOKEN = "零幺二三四五六七八九"


def _digits(found: re.Match[str]) -> str:
    return "".join(_SPOKEN[int(sign)] for sign in found[0] if sign.isdigit())


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), int(found[2])
    words = f"{'两' if hour == 2 else spoken_number(str(hour))}点"
    if minute == 0:
        return words + "整"
    return words + ("零" if minute < 10 else "") + f"{spoken_number(str(minute))}分"
