"""The language of the command line: Chinese, or English where the environment asks for it (`LANG=en_…`).

The catalogues are read without Django, so that a command that needs no book starts at once.
"""

import gettext
import os
from functools import cache
from pathlib import Path

_LOCALES = Path(__file__).resolve().parent / "locale"


def _(text: str) -> str:
    """The text in the language of the environment; Chinese where there is no translation."""
    return _catalogue().gettext(text)


def language() -> str:
    """`en` or `zh-hans`, by the first of LANGUAGE, LC_ALL, LC_MESSAGES and LANG that is set."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.lower().startswith("en") else "zh-hans"
    return "zh-hans"


@cache
def _catalogue() -> gettext.NullTranslations:
    if language() != "en":
        return gettext.NullTranslations()
    return gettext.translation("django", _LOCALES, languages=["en"], fallback=True)
