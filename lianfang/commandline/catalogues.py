"""Compiling the translations: each `django.po` of the package to the `django.mo` that programs read."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import lianfang


def compile_catalogues() -> int:
    """Compile what is newer than its compiled form; return how many were compiled."""
    compiled = 0
    for source in sorted(Path(lianfang.__file__).parent.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        # Written aside and moved, so that a running server never reads half a catalogue.
        aside = target.with_suffix(".mo.new")
        with aside.open("wb") as file:
            write_mo(file, catalogue)
        aside.replace(target)
        compiled += 1
    return compiled
