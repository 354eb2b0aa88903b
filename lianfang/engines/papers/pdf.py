"""PDF by typst.

A template is typst text that we wrote; what people wrote goes in as data and is never read as typst:
templates reach it as `data` (see `templates/parts.typ`), where a text is a text and nothing else.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from lianfang.engines.papers.cleaning import plain
from lianfang.engines.papers.errors import PaperError
from lianfang.engines.papers.fonts import GETA, font_folder, unprintable

TEMPLATES = Path(__file__).parent / "templates"

MOST_TAGGED = 300_000
"""Characters of data up to which the PDF is tagged for screen readers. Tags of a table of 20,000 rows would
make the file ten times larger and four times slower; whoever wants such a list read aloud takes the csv."""

_compiling = threading.Lock()


def typeset(template: Path | str, data: Mapping[str, object], *, made_at: datetime | None = None) -> bytes:
    """The PDF (PDF/A-2u, fonts embedded) of `template` filled with `data`.

    `template` is a file, or the typst text itself. Either may `#import "/parts.typ": *`, whose `data` is the
    dictionary given here: texts, numbers, dates, decimals, lists and dictionaries of these.
    Characters that the fonts cannot draw are printed as 〓; ask `unprintable` beforehand to name them.
    `made_at` is written into the file; with it, equal data give equal bytes.

    Raises PaperError: `template_missing`, `template_broken`, `data_not_plain`, `fonts_missing`.
    """
    source = _template_text(template)
    stamp = made_at or datetime.now(UTC)
    handed = json.dumps(_printable(plain(data)), ensure_ascii=False)
    return _compile(source, handed, stamp)


def _template_text(template: Path | str) -> str:
    if isinstance(template, str):
        return template
    try:
        return template.read_text(encoding="utf-8")
    except OSError as missing:
        raise PaperError("template_missing", f"找不到文书模板 {template.name}。") from missing


def _printable(value: object) -> object:
    if isinstance(value, str):
        for sign in unprintable(value):
            value = value.replace(sign, GETA)
        return value
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_printable(inner) for inner in value]
    return value


def _compile(source: str, handed: str, stamp: datetime) -> bytes:
    import typst

    # The compiler keeps one world per instance; the fonts are shared, so instances are cheap (about 2 ms).
    with _compiling:
        try:
            made: Any = typst.Compiler(
                input=source.encode(),
                root=str(TEMPLATES),
                font_paths=_fonts(),
                ignore_system_fonts=True,
                sys_inputs={"data": handed},
            ).compile(
                format="pdf",
                pdf_standards="a-2u",
                timestamp=int(stamp.timestamp()),
                pdf_tags=len(handed) <= MOST_TAGGED,
            )
        except typst.TypstError as broken:
            raise PaperError("template_broken", f"文书模板有误，无法排版：{broken}") from broken
    return bytes(made)


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())]
    )
