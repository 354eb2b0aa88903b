"""Hiding parts of personal data (脱敏) where the whole is not needed."""


def masked_name(name: str) -> str:
    """张* for 张三, 欧*修 for 欧阳修: the first character, and the last of three or more."""
    name = name.strip()
    if len(name) <= 1:
        return name
    return name[0] + "*" * (len(name) - 2 or 1) + (name[-1] if len(name) > 2 else "")


def masked_phone(phone: str) -> str:
    """138****1234: the first three and the last four digits of a number of eight or more."""
    if len(phone) < 8:
        return "*" * len(phone)
    return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]


def masked_number(number: str) -> str:
    """379901********001X: place of issue and last four of a long document number, else the last two."""
    if len(number) >= 15:
        return number[:6] + "*" * (len(number) - 10) + number[-4:]
    return "*" * max(0, len(number) - 2) + number[-2:]
