"""A file → its text, whatever it is; what cannot be read is refused with a reason before it is parsed."""

from pathlib import Path

from .docx_file import docx_text
from .errors import Unreadable
from .minutes import read_text
from .model import Paragraph
from .pdf_file import pdf_texts

LIMIT_MB = 25
_LIMIT = LIMIT_MB * 1024 * 1024
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_file(source: str | Path | bytes, name: str | None = None) -> list[Paragraph]:
    """Every § of a file given by its path or its content; raises `Unreadable`.

    `name` is what the sender calls the file. It is not believed: what the file is, its content decides.
    """
    texts = texts_of(_content(source))
    best: list[Paragraph] = []
    for text in texts:
        found = _try(text, last=not best and text is texts[-1])
        best = max(best, found, key=_worth)
    return best


def texts_of(content: bytes) -> list[str]:
    """The text of the file; of a PDF more than one reading may be worth a try."""
    if len(content) > _LIMIT:
        raise Unreadable("too_large", limit=LIMIT_MB)
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable("empty")
    if content[:1024].lstrip().startswith(b"%PDF"):
        return pdf_texts(content)
    if content.startswith(_COMPOUND_FILE):
        raise Unreadable("docx_encrypted")
    if content.startswith(b"PK\x03\x04"):
        return [docx_text(content)]
    return [plain_text(content)]


def plain_text(content: bytes) -> str:
    """Text in UTF-8 or UTF-16 with their marks, or in Windows' western code page."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if guess := _utf16_without_mark(content):
        return content.decode(guess, errors="replace")
    if b"\0" in content or _controls(content) > 0.02:
        raise Unreadable("binary")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _content(source: str | Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    path = Path(source)
    if path.stat().st_size > _LIMIT:
        raise Unreadable("too_large", limit=LIMIT_MB)
    return path.read_bytes()


def _try(text: str, *, last: bool) -> list[Paragraph]:
    try:
        return read_text(text)
    except Unreadable:
        if last:
            raise
        return []


def _worth(paragraphs: list[Paragraph]) -> int:
    """How much of a decision a reading found."""
    return sum(
        4 + 3 * bool(one.clauses) + bool(one.title) + bool(one.recipients) + bool(one.basis) for one in paragraphs
    )


def _utf16_without_mark(content: bytes) -> str | None:
    sample = content[:4000]
    if len(sample) < 8 or sample.count(0) < len(sample) // 3:
        return None
    if sample[1::2].count(0) > len(sample) * 0.4:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > len(sample) * 0.4 else None


def _controls(content: bytes) -> float:
    sample = content[:8000]
    return sum(byte < 9 or 13 < byte < 32 for byte in sample) / len(sample)
