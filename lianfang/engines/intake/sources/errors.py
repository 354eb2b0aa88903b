"""What can be wrong with a file that someone brings."""

from __future__ import annotations


class SourceError(Exception):
    """A file or text could not be read.

    `code` is for programs and stays the same between versions; the message is a Chinese sentence for people
    that names what is wrong and what would be right.

    Codes: `empty`, `too_large`, `broken_bytes`, `not_text`, `unknown_kind`, `archive`, `zip_bomb`,
    `xml_entities`, `encrypted`, `broken_file`, `too_many_rows`, `too_many_columns`, `too_many_cells`,
    `too_many_pages`, `too_many_pixels`, `scanned`, `needs_ocr`, `no_text_found`, `old_format`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
