"""The version of a line: what a form carries along so that two people editing are noticed."""

from django.db import models


def version_of(line: models.Model) -> str:
    """The id of the newest history row of a register line; empty if it has none."""
    history = getattr(line, "history", None)
    newest = history.order_by("-history_date", "-history_id").first() if history is not None else None
    return str(newest.history_id) if newest else ""
