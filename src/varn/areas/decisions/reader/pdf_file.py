"""The text layer of a PDF, page by page."""

from collections.abc import Iterable
from io import BytesIO
from logging import ERROR, getLogger

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from .errors import Unreadable
from .headings import kind_of
from .limits import PAGES, refuse_above

_LAYOUT_PAGES = 40
_TELLING = 3
# What the library raises of itself on a damaged file.
_DAMAGED = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RuntimeError, AssertionError)
# What it warns of concerns how the file was made, and is nothing that whoever reads minutes can mend.
getLogger("pypdf").setLevel(ERROR)


def pdf_texts(content: bytes) -> list[str]:
    """The text of the PDF; a second reading by layout where the first shows too few headings to trust."""
    pages = _pages(content)
    refuse_above(PAGES, pages, "too_long")
    plain = _joined(_plain(page) for page in pages)
    if not any(letter.isalpha() for letter in plain):
        raise Unreadable("pdf_without_text")
    if len(pages) > _LAYOUT_PAGES or _headings(plain) >= _TELLING:
        return [plain]
    return [plain, _joined(_by_layout(page) for page in pages)]


def _pages(content: bytes) -> list[PageObject]:
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("pdf_encrypted")
        return list(reader.pages)
    except Unreadable:
        raise
    except (*_DAMAGED, OSError) as problem:
        raise Unreadable("pdf_broken") from problem


def _plain(page: PageObject) -> str:
    try:
        return page.extract_text()
    except _DAMAGED:
        return ""


def _by_layout(page: PageObject) -> str:
    try:
        return page.extract_text(extraction_mode="layout")
    except (*_DAMAGED, ZeroDivisionError):
        return ""


def _joined(pages: Iterable[str]) -> str:
    return "\n\f".join(pages)


def _headings(text: str) -> int:
    return len({kind for line in text.splitlines() if (kind := kind_of(line.strip()))})
