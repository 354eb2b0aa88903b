"""Papers: PDF, docx, xlsx, csv and QR codes. Pure Python, no Django; heavy libraries load when first used.

    from lianfang.engines.papers import Notice, Paragraph, notice_pdf

What people wrote is printed as they wrote it: never read as markup, as a formula or as a link.
"""

from lianfang.engines.papers.errors import PaperError
from lianfang.engines.papers.fonts import GETA, unprintable
from lianfang.engines.papers.notice import (
    Block,
    Column,
    Heading,
    Notice,
    Paragraph,
    Table,
    chinese_date,
    notice_docx,
    notice_pdf,
)
from lianfang.engines.papers.passes import CardLayout, PassCard, pass_cards_pdf
from lianfang.engines.papers.pdf import TEMPLATES, typeset
from lianfang.engines.papers.qr import qr_png, qr_svg
from lianfang.engines.papers.registers import RegisterSheet, register_pdf
from lianfang.engines.papers.rosters import RosterColumn, RosterRow, RosterSheet, rosters_pdf
from lianfang.engines.papers.sheets import Cell, Sheet, csv_bytes, guarded, xlsx
from lianfang.engines.papers.word import Document

__all__ = [
    "GETA",
    "TEMPLATES",
    "Block",
    "CardLayout",
    "Cell",
    "Column",
    "Document",
    "Heading",
    "Notice",
    "PaperError",
    "Paragraph",
    "PassCard",
    "RegisterSheet",
    "RosterColumn",
    "RosterRow",
    "RosterSheet",
    "Sheet",
    "Table",
    "chinese_date",
    "csv_bytes",
    "guarded",
    "notice_docx",
    "notice_pdf",
    "pass_cards_pdf",
    "qr_png",
    "qr_svg",
    "register_pdf",
    "rosters_pdf",
    "typeset",
    "unprintable",
    "xlsx",
]
