"""The text of a Word file: paragraphs, lists with their numbers, and tables, in the order of the page."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml.etree import _Element

from .errors import Unreadable
from .limits import DOCUMENT_MB, LINES, refuse_above

UNPACKED_MB = 200
_LIMIT = UNPACKED_MB * 1024 * 1024
_TEXT = DOCUMENT_MB * 1024 * 1024
_MOST_PARTS = 5000
# What the library raises of itself on a damaged file.
_DAMAGED = (KeyError, ValueError, TypeError, AttributeError, RuntimeError)
_SKIPPED = frozenset(
    qn(name) for name in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText", "w:sectPr", "w:footnoteReference")
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


def docx_text(content: bytes) -> str:
    """The body of the document without headers and footers, one line per paragraph or table row."""
    _check_size(content)
    try:
        document = Document(BytesIO(content))
        refuse_above(LINES, document.element.body, "too_long")
        numbers = _Numbering(document)
        return "\n".join(_lines(document.element.body, numbers))
    except (BadZipFile, SyntaxError, OSError, EOFError, *_DAMAGED) as problem:
        raise Unreadable("docx_broken") from problem
    except Exception as problem:
        if type(problem).__module__.startswith(("docx", "zlib", "zipfile", "lxml")):
            raise Unreadable("docx_broken") from problem
        raise


def _check_size(content: bytes) -> None:
    """Refuses a file that would unpack to more than the limit; no more than the stated sizes is ever unpacked."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 0x1 for part in parts):
                raise Unreadable("docx_encrypted")
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LIMIT:
                raise Unreadable("docx_too_large", limit=UNPACKED_MB)
            if any(part.file_size > _TEXT and part.filename.endswith(".xml") for part in parts):
                raise Unreadable("too_long")
            if "[Content_Types].xml" not in archive.namelist():
                raise Unreadable("binary")
    except (BadZipFile, EOFError, OSError, RuntimeError) as problem:
        raise Unreadable("docx_broken") from problem


def _lines(parent: _Element, numbers: "_Numbering") -> list[str]:
    lines: list[str] = []
    for child in parent:
        if child.tag == qn("w:p"):
            lines += _paragraph(child, numbers)
        elif child.tag == qn("w:tbl"):
            lines += ["", *_table(child, numbers), ""]
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")):
            lines += _lines(child, numbers)
    return lines


def _paragraph(paragraph: _Element, numbers: "_Numbering") -> list[str]:
    """A gap stands above every paragraph that is no item of a list, since Word spaces them by style."""
    text = "".join(_pieces(paragraph)).strip()
    if not text:
        return [""]
    marker = numbers.marker(paragraph)
    return [marker + text] if marker else ["", "", text]


def _pieces(element: _Element) -> list[str]:
    pieces: list[str] = []
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag == qn("w:tab"):
            pieces.append("\t")
        elif child.tag in (qn("w:br"), qn("w:cr")):
            pieces.append("\f" if child.get(qn("w:type")) == "page" else "\n")
        elif child.tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        elif child.tag != qn("w:drawing"):
            pieces += _pieces(child)
    return pieces


def _table(table: _Element, numbers: "_Numbering") -> list[str]:
    """Cells side by side on one line; a row whose cells hold several lines is written cell by cell."""
    lines: list[str] = []
    for row in table.iterchildren(qn("w:tr")):
        cells = [_lines(cell, numbers) for cell in row.iterchildren(qn("w:tc"))]
        filled = [[line for line in cell if line.strip()] for cell in cells]
        if all(len(cell) <= 1 for cell in filled):
            lines.append("\t".join(cell[0] if cell else "" for cell in filled).rstrip("\t"))
        else:
            lines += [line for cell in cells for line in ["", *cell]]
    return lines


class _Numbering:
    """Counts the lists of the document as Word would show them."""

    def __init__(self, document: WordDocument) -> None:
        self._counts: dict[tuple[str, int], int] = {}
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._styles = {style.style_id: style.element for style in document.styles}
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering"):
                self._read(relation.target_part.element)

    def marker(self, paragraph: _Element) -> str:
        """`1. `, `a) `, `- ` or nothing, and the list is counted on."""
        number, level = self._list_of(paragraph)
        if number is None or number == "0":
            return ""
        form, shown, first = self._levels.get((number, level), ("bullet", "", 1))
        if form == "none":
            return ""
        if form == "bullet":
            return "- "
        key = (number, level)
        self._counts[key] = self._counts.get(key, first - 1) + 1
        for other in [one for one in self._counts if one[0] == number and one[1] > level]:
            del self._counts[other]
        return _shown(form, shown, self._counts, number, level) + " "

    def _list_of(self, paragraph: _Element) -> tuple[str | None, int]:
        found = _number_and_level(paragraph)
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val")) if style is not None else None
        for _ in range(8):
            if found[0] is not None or name is None or name not in self._styles:
                break
            element = self._styles[name]
            found = _number_and_level(element)
            based = element.find(qn("w:basedOn"))
            name = based.get(qn("w:val")) if based is not None else None
        return found

    def _read(self, root: _Element) -> None:
        abstract = {one.get(qn("w:abstractNumId")): one for one in root.iterchildren(qn("w:abstractNum"))}
        for number in root.iterchildren(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            levels = abstract.get(link.get(qn("w:val"))) if link is not None else None
            for level in levels.iterchildren(qn("w:lvl")) if levels is not None else ():
                place = int(level.get(qn("w:ilvl"), "0"))
                self._levels[(number.get(qn("w:numId")), place)] = (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", "%1."),
                    int(_value(level, "w:start", "1")),
                )


def _number_and_level(element: _Element) -> tuple[str | None, int]:
    number = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    level = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
    return (
        number.get(qn("w:val")) if number is not None else None,
        int(level.get(qn("w:val"), "0")) if level is not None else 0,
    )


def _value(element: _Element, name: str, default: str) -> str:
    child = element.find(qn(name))
    return child.get(qn("w:val"), default) if child is not None else default


def _shown(form: str, shown: str, counts: dict[tuple[str, int], int], number: str, level: int) -> str:
    """The number in the shape the list gives it, such as `1.` or `a)`."""
    count = counts[(number, level)]
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return f"{letter if form == 'lowerLetter' else letter.upper()})"
    return f"{count}." if "%" in (shown or "%") and level == 0 else f"{count})"
