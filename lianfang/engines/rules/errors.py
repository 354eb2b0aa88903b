"""The one kind of error of this engine."""

from __future__ import annotations


class RuleProfileError(ValueError):
    """A schema, profile or question that does not fit: `code` for programs, `path` names the place.

    `path` is like "giving-2024.toml: rules.receipts_published_within.days".
    """

    def __init__(self, code: str, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.code = code
        self.path = path
        self.message = message
