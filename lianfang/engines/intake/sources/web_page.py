"""A saved web page, and the "xls" files of some banks that are web pages inside."""

from __future__ import annotations

from html.parser import HTMLParser

from lianfang.engines.intake.sources.errors import SourceError
from lianfang.engines.intake.sources.source import Kind, Limits, Remark, Source, table_of

_UNSEEN = frozenset({"script", "style", "head", "template", "noscript"})
_NEW_LINE = frozenset(
    {"p", "div", "br", "li", "tr", "table", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6"}
)


def read_web_page(text: str, encoding: str, remarks: tuple[Remark, ...], limits: Limits) -> Source:
    """What a person sees of the page, and its tables again. Scripts and styles are not read.

    Raises SourceError: `too_many_rows`.
    """
    reader = _Reader(limits.rows)
    reader.feed(text)
    reader.close()
    tables = tuple(
        table_of(f"第 {number} 个表", rows) for number, rows in enumerate(filter(any, reader.tables), start=1)
    )
    lines = (" ".join(line.split(" ")).strip() for line in "".join(reader.pieces).split("\n"))
    return Source(Kind.WEB_PAGE, "\n".join(filter(None, lines)), tables, encoding, remarks)


class _Reader(HTMLParser):
    def __init__(self, most_rows: int) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.tables: list[list[list[str]]] = []
        self._most_rows = most_rows
        self._unseen = 0
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self._start_row()
        elif tag in {"td", "th"} and self.tables and self.tables[-1]:
            self.tables[-1][-1].append("")
            self._in_cell = True
        if tag in _NEW_LINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in {"td", "th"}:
            self._in_cell = False
            self.pieces.append("\t")

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        words = " ".join(data.split())
        self.pieces.append(words)
        if self._in_cell and words:
            row = self.tables[-1][-1]
            row[-1] = f"{row[-1]} {words}".strip()

    def _start_row(self) -> None:
        if len(self.tables[-1]) >= self._most_rows:
            raise SourceError("too_many_rows", f"表格超过 {self._most_rows:,} 行，请分成几个文件上传。")
        self.tables[-1].append([])
