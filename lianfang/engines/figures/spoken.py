"""Numbers as they are read aloud: 1234 is 一千二百三十四, 36.5 is 三十六点五."""

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")


def spoken_number(written: str) -> str:
    """The words of a number in digits, perhaps with a decimal part. Raises ValueError for anything else."""
    whole, _point, part = written.partition(".")
    if not whole.isascii() or not whole.isdigit() or (part and not part.isdigit()) or len(whole) > 16:
        raise ValueError(f"not a number in digits: {written!r}")
    words = _whole(int(whole))
    return words + ("点" + "".join(_DIGITS[int(sign)] for sign in part) if part else "")


def _whole(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group == 0:
            continue
        gap = words and (group < 1000 or groups[place + 1] == 0)
        words += (_DIGITS[0] if gap else "") + _group(group) + _GROUPS[place]
    return words.removeprefix("一") if words.startswith("一十") else words


def _group(group: int) -> str:
    words, zero = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit == 0:
            zero = bool(words)
            continue
        words += (_DIGITS[0] if zero else "") + _DIGITS[digit] + _UNITS[place]
        zero = False
    return words
