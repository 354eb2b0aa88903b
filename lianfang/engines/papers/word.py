"""docx in the layout of GB/T 9704-2012 (党政机关公文格式), with python-docx.

The faces are named as the standard names them (方正小标宋简体, 仿宋_GB2312, 黑体, 楷体_GB2312), because the
file is opened where they are installed; a machine without them shows its own Song or Fangsong instead.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Literal

from lianfang.engines.papers.cleaning import clean_text

TITLE_FACE = "方正小标宋简体"
BODY_FACE = "仿宋_GB2312"
HEADING_FACES = {1: "黑体", 2: "楷体_GB2312", 3: BODY_FACE}
LATIN_FACE = "Times New Roman"
PAGE_NUMBER_FACE = "宋体"

HEAD_SIZE = 36
TITLE_SIZE = 22
BODY_SIZE = 16
TABLE_SIZE = 12
PAGE_NUMBER_SIZE = 14
"""Points: 二号 = 22, 三号 = 16, 小四 = 12, 四号 = 14."""

LINE_PITCH = 28.9
"""Points: 225 mm of type area in 22 lines."""

TEXT_WIDTH_MM = 156

Side = Literal["left", "center", "right"]


class Document:
    """A docx that grows part by part, from the head down; `content` ends it.

    Texts are cleaned of control characters; a line break in a paragraph starts a new paragraph.
    """

    def __init__(self, *, title: str = "") -> None:
        import docx

        self._made: Any = docx.Document()
        self._made.core_properties.title = clean_text(title)[:255]
        self._made.core_properties.author = ""
        self._made.core_properties.comments = ""
        self._set_sheet()
        self._set_body_style()
        self._number_pages()

    def head(self, organisation: str, *, number: str = "") -> None:
        """红头: the body's name in red, the document number, the red rule across the type area."""
        from docx.shared import Pt, RGBColor

        line = self._line(organisation, face=TITLE_FACE, size=_fitting_head_size(organisation), side="center")
        line.paragraph_format.line_spacing = 1.0
        line.runs[0].font.color.rgb = RGBColor(0xD7, 0x00, 0x0F)
        below = self._line(number, side="center")
        below.paragraph_format.space_before = Pt(LINE_PITCH)
        below.paragraph_format.space_after = Pt(LINE_PITCH)
        _underline_paragraph(below, colour="D7000F", eighths_of_a_point=18)

    def title(self, text: str) -> None:
        """标题: size 2 小标宋, centred."""
        from docx.shared import Pt

        line = self._line(text, face=TITLE_FACE, size=TITLE_SIZE, side="center")
        line.paragraph_format.line_spacing = Pt(34)
        line.paragraph_format.space_before = Pt(LINE_PITCH / 2)
        line.paragraph_format.space_after = Pt(LINE_PITCH)

    def addressee(self, name: str) -> None:
        """主送机关: flush left, followed by a full colon."""
        self._line(f"{name}：")

    def heading(self, text: str, *, level: Literal[1, 2, 3] = 1) -> None:
        """A heading that its writer numbered: 一、 (黑体), （一） (楷体), 1. (仿宋)."""
        self._line(text, face=HEADING_FACES[level], indented=_INDENTED)

    def paragraph(self, text: str) -> None:
        """One or more paragraphs of the body, each indented by two characters."""
        for part in clean_text(text).split("\n"):
            self._line(part, indented=_INDENTED)

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float] = (),
        sides: Sequence[Side] = (),
        caption: str = "",
        numbered: bool = False,
    ) -> None:
        """A table with full rules; its header row is repeated on every page, and no row breaks over pages.

        `widths` are shares of the line; `numbered` puts 序号 before the first column.
        """
        if caption:
            self._line(caption, face=HEADING_FACES[1], size=PAGE_NUMBER_SIZE, side="center")
        titles, lines = list(header), [list(row) for row in rows]
        shares = list(widths) or [1.0] * len(titles)
        aligned: list[Side] = list(sides) or ["left"] * len(titles)
        if numbered:
            titles = ["序号", *titles]
            lines = [[str(number), *line] for number, line in enumerate(lines, start=1)]
            shares = [sum(shares) * 0.09, *shares]
            aligned = ["center", *aligned]
        self._ruled_table(titles, lines, _millimetres(shares), aligned)

    def attachments(self, names: Sequence[str]) -> None:
        """附件说明: one line an attachment, numbered (GB/T 9704, 7.3.4)."""
        self._line("")
        for number, name in enumerate(names, start=1):
            label = "附件：" if number == 1 else "　　　"
            self._line(f"{label}{number}.{name}", indented=_INDENTED)

    def signature(self, organisation: str, day: str) -> None:
        """署名 and 成文日期 at the right, the date four characters from the edge."""
        from docx.shared import Pt

        self._line("")
        name_line = self._line(organisation, side="right")
        day_line = self._line(day, side="right")
        for line, text in ((name_line, organisation), (day_line, day)):
            overhang = max(0.0, (_width_in_signs(day) - _width_in_signs(text)) / 2)
            line.paragraph_format.right_indent = Pt(BODY_SIZE * (4 + overhang))
            line.paragraph_format.keep_together = True
        name_line.paragraph_format.keep_with_next = True

    def content(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._made.save(out)
        return out.getvalue()

    def _set_sheet(self) -> None:
        from docx.shared import Mm

        sheet = self._made.sections[0]
        sheet.page_width, sheet.page_height = Mm(210), Mm(297)
        sheet.top_margin, sheet.bottom_margin = Mm(37), Mm(35)
        sheet.left_margin, sheet.right_margin = Mm(28), Mm(26)
        sheet.footer_distance = Mm(25)

    def _set_body_style(self) -> None:
        from docx.shared import Pt

        style = self._made.styles["Normal"]
        _set_face(style.element.get_or_add_rPr(), BODY_FACE)
        style.font.size = Pt(BODY_SIZE)
        style.paragraph_format.line_spacing = Pt(LINE_PITCH)
        style.paragraph_format.space_after = Pt(0)

    def _number_pages(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        line = self._made.sections[0].footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for part in ("第 ", "PAGE", " 页　共 ", "NUMPAGES", " 页"):
            run = line.add_run()
            _set_run(run, PAGE_NUMBER_FACE, PAGE_NUMBER_SIZE)
            if part.isupper():
                _add_field(run, part)
            else:
                run.text = part

    def _line(
        self,
        text: str,
        *,
        face: str = BODY_FACE,
        size: float = BODY_SIZE,
        side: Side = "left",
        indented: float = 0,
    ) -> Any:
        from docx.shared import Pt

        line = self._made.add_paragraph()
        line.alignment = _alignment(side)
        _set_run(line.add_run(clean_text(text)), face, size)
        if indented:
            line.paragraph_format.first_line_indent = Pt(indented * size)
        return line

    def _ruled_table(
        self, header: list[str], rows: list[list[str]], widths_mm: list[float], sides: list[Side]
    ) -> None:
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.shared import Mm

        table = self._made.add_table(rows=2 if rows else 1, cols=len(header))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths_mm, strict=True):
            column.width = Mm(width)
        _lay_out_row(table.rows[0], widths_mm, ["center"] * len(header), HEADING_FACES[1])
        _write_row(table.rows[0]._tr, header)
        _repeat_row(table.rows[0])
        if rows:
            _lay_out_row(table.rows[1], widths_mm, sides, BODY_FACE)
            _copy_row_for_each(table.rows[1]._tr, rows)


_INDENTED = 2.0
"""Characters."""


def _fitting_head_size(organisation: str) -> float:
    """Points at which the name fills one line at most; never above the size of the head."""
    room = TEXT_WIDTH_MM / 25.4 * 72
    return max(TITLE_SIZE, min(HEAD_SIZE, int(room / max(1.0, _width_in_signs(organisation)))))


def _width_in_signs(text: str) -> float:
    """Width in full characters: a Latin letter or digit counts one half."""
    return sum(0.5 if ord(sign) < 0x2E80 else 1.0 for sign in text)


def _millimetres(shares: Sequence[float]) -> list[float]:
    return [TEXT_WIDTH_MM * share / sum(shares) for share in shares]


def _lay_out_row(row: Any, widths_mm: list[float], sides: list[Side], face: str) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    _keep_row_whole(row)
    for cell, width, side in zip(row.cells, widths_mm, sides, strict=True):
        cell.width = Mm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        line = cell.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT if side == "left" else _alignment(side)
        line.paragraph_format.line_spacing = 1.0
        _set_run(line.add_run(), face, TABLE_SIZE)


def _copy_row_for_each(model: Any, rows: list[list[str]]) -> None:
    """One table row for each of `rows`, after `model`, which becomes the first.

    Copying the finished row is twenty times faster than laying out each one.
    """
    from copy import deepcopy

    made = [model, *(deepcopy(model) for _ in rows[1:])]
    for element, texts in zip(made, rows, strict=True):
        _write_row(element, texts)
        if element is not model:
            model.getparent().append(element)


def _write_row(row: Any, texts: Sequence[str]) -> None:
    for run, text in zip(_runs_of(row), texts, strict=True):
        run.text = clean_text(text)


def _runs_of(row: Any) -> list[Any]:
    from docx.oxml.ns import qn

    return list(row.iter(qn("w:r")))


def _alignment(side: Side) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return {
        "left": WD_ALIGN_PARAGRAPH.JUSTIFY,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
    }[side]


def _set_run(run: Any, face: str, size: float) -> None:
    from docx.shared import Pt

    run.font.size = Pt(size)
    _set_face(run._element.get_or_add_rPr(), face)


def _set_face(properties: Any, face: str) -> None:
    """python-docx sets the Latin face only; Chinese text obeys `w:eastAsia`."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:ascii"), LATIN_FACE)
    fonts.set(qn("w:hAnsi"), LATIN_FACE)
    fonts.set(qn("w:eastAsia"), face)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)


def _add_field(run: Any, instruction: str) -> None:
    for kind, text in (
        ("begin", None),
        (None, instruction),
        ("separate", None),
        ("text", "1"),
        ("end", None),
    ):
        if kind == "text":
            run._element.append(_element("w:t", text=text))
        elif kind is None:
            run._element.append(_element("w:instrText", text=text, **{"xml:space": "preserve"}))
        else:
            run._element.append(_element("w:fldChar", **{"w:fldCharType": kind}))


def _repeat_row(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def _keep_row_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def _underline_paragraph(line: Any, *, colour: str, eighths_of_a_point: int) -> None:
    borders = _element("w:pBdr")
    borders.append(
        _element(
            "w:bottom",
            **{"w:val": "single", "w:sz": str(eighths_of_a_point), "w:space": "11", "w:color": colour},
        )
    )
    properties = line._p.get_or_add_pPr()
    # The schema fixes the order of a paragraph's properties: borders stand before spacing and alignment.
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _element(tag: str, *, text: str | None = None, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set("{http://www.w3.org/XML/1998/namespace}space" if name == "xml:space" else qn(name), value)
    if text is not None:
        made.text = text
    return made
