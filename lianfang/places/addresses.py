"""Addresses within a place as people type them, brought to one form. Pure functions.

segments("3号楼2单元501室") == segments("3-2-501") == ("3", "2", "501")
"""

import re
import unicodedata

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九]?[十百]?[零〇一二两三四五六七八九十]*")
_PARTS = re.compile(r"号楼|号院|单元|楼栋|号|楼|栋|幢|座|室|户|房|组|队|门|[-–—－_#/\\、,.·\s]+")
_SEGMENT = re.compile(r"[0-9A-Z]{1,8}")
PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{4,6}[\u4e00-\u9fff]?")


def segments(text: str) -> tuple[str, ...]:
    """Building, stairwell and room as far as the text names them; () if it is no address.

    Chinese numerals up to a hundred are read, leading zeros fall away.
    """
    parts = [part for part in _PARTS.split(_plain(text)) if part]
    read = [_numeral(part) for part in parts]
    if not all(_SEGMENT.fullmatch(part) for part in read):
        return ()
    return tuple(_without_zeros(part) for part in read)


def typed_address(text: str) -> str:
    """The beginning of the key that a typed address means ("" if it is none).

    "3号楼" and "3-" name a building and nothing else ("3-"); "3" may also begin 301.
    """
    found = segments(text)
    if not found:
        return ""
    whole = re.search(r"(号楼|单元|栋|幢|座|组|队|楼|-)\s*$", _plain(text))
    return "-".join(found) + ("-" if whole else "")


def room_keys(building: str, stairwell: str, room: str) -> list[str]:
    """All ways to begin to type a room: 3-2-501, 3-501, 501, 32501, 3501."""
    house, stairs, number = (_one(part) for part in (building, stairwell, room))
    if not number:
        return [f"{house}-"]
    whole = [part for part in (house, stairs, number) if part]
    keys = ["-".join(whole), "".join(whole), number]
    if stairs:
        keys += [f"{house}-{number}", f"{house}{number}"]
    return list(dict.fromkeys(keys))


def plate_of(text: str) -> str:
    """A plate in one form: 鲁M·12345 and 鲁m 12345 are 鲁M12345."""
    return re.sub(r"[\s·•.\-]", "", unicodedata.normalize("NFKC", text)).upper()


def plate_keys(plate: str) -> list[str]:
    """A plate is found by its beginning and by any of its ends of three signs or more."""
    return [plate[start:] for start in range(max(1, len(plate) - 2))]


def number_of(text: str) -> str:
    """A number of a building, stairwell or room as it is kept: "3号楼" is 3, "三" is 3, "A座" is A."""
    found = segments(text)
    return found[0] if len(found) == 1 else " ".join(unicodedata.normalize("NFKC", text).split())


def order_of(number: str) -> tuple[int, str]:
    """2 before 10, and numbers before words."""
    digits = re.match(r"\d+", number)
    return (int(digits.group()) if digits else 10**9, number)


def _one(part: str) -> str:
    found = segments(part) if part else ()
    return "".join(found) if found else "".join(_plain(part).split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()


def _without_zeros(part: str) -> str:
    return part.lstrip("0") or "0" if part.isdigit() else part


def _numeral(part: str) -> str:
    """十二 → 12, 二十 → 20, 三 → 3; anything else as it is."""
    if not part or not _NUMERAL.fullmatch(part):
        return part
    if "十" not in part:
        return "".join(str(_DIGITS[sign]) for sign in part) if all(s in _DIGITS for s in part) else part
    tens, _, ones = part.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return part
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))
