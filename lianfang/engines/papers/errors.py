"""What can go wrong when a document is made."""

from __future__ import annotations


class PaperError(Exception):
    """A document could not be made.

    `code` is for programs and stays the same between versions; the message is a Chinese sentence for people.

    Codes: `template_missing`, `template_broken`, `data_not_plain`, `qr_too_long`, `sheet_too_large`,
    `cell_too_long`, `row_too_wide`, `fonts_missing`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
