"""What a file is, read from its content; its name and what the browser says of it count for nothing."""

import zipfile
from io import BytesIO

OPAQUE = "application/octet-stream"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAGIC = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
INSIDE = (("word/document.xml", WORD), ("xl/workbook.xml", EXCEL))
MOST_MEMBERS = 2_000
LOOKED_AT = 65_536
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))


def media_type_of(content: bytes, name: str = "") -> str:
    """The media type: PDF, DOCX, XLSX, PNG, JPEG, CSV or plain text; anything else is opaque.

    Only between the two kinds of text does the name decide.
    """
    for start, media_type in MAGIC:
        if content.startswith(start):
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return _inside_zip(content)
    if _is_text(content):
        return "text/csv" if name.lower().endswith(".csv") else "text/plain"
    return OPAQUE


def _inside_zip(content: bytes) -> str:
    """Which kind of office document it is; nothing in it is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return OPAQUE
    if len(names) > MOST_MEMBERS or "[Content_Types].xml" not in names or any("vbaProject" in name for name in names):
        return OPAQUE
    return next((media_type for name, media_type in INSIDE if name in names), OPAQUE)


def _is_text(content: bytes) -> bool:
    start = content[:LOOKED_AT]
    if not start.strip():
        return False
    if start.translate(None, CONTROLS) != start:
        return False
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(start) - 3 or _is_western(start)
    return True


def _is_western(start: bytes) -> bool:
    """Whether it reads as the older Western encoding: most of it plain letters."""
    plain = sum(byte < 128 for byte in start)
    return plain >= 0.7 * len(start)
