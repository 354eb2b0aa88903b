"""Rosters on paper (值班表): A4 landscape, a table that fills the width, with days off shaded.

By person: people × days. By post: days × posts and shifts. A week has wider cells; what does not fit in a
cell is set smaller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lianfang.engines.papers.pdf import TEMPLATES, typeset


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """`width` is a share of the line; `shaded` columns are days off; a `dark` sign marks a night."""

    title: str
    width: float = 1
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class RosterRow:
    cells: Sequence[str]
    shaded: bool = False
    """A day off, where the days are the rows."""


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """One table with its title; a further page begins with the head of the table again."""

    title: str
    columns: Sequence[RosterColumn]
    rows: Sequence[RosterRow]
    subtitle: str = ""
    notes: Sequence[str] = field(default=())
    """Below the table: what the signs mean, what stays open."""
    signed: Sequence[str] = ("编制", "审核", "批准")


def rosters_pdf(sheets: Sequence[RosterSheet], *, made_at: datetime | None = None) -> bytes:
    """The sheets as one PDF. Raises PaperError."""
    data = {
        "sheets": [
            {
                "title": sheet.title,
                "subtitle": sheet.subtitle,
                "columns": [
                    {"title": one.title, "width": one.width, "shaded": one.shaded} for one in sheet.columns
                ],
                "rows": [{"cells": list(row.cells), "shaded": row.shaded} for row in sheet.rows],
                "notes": list(sheet.notes),
                "signed": list(sheet.signed),
            }
            for sheet in sheets
        ]
    }
    return typeset(TEMPLATES / "roster.typ", data, made_at=made_at)
