"""Hearing canaries in what was answered, however it is wrapped."""

import base64
import io
import re
import zipfile
import zlib

from pypdf import PdfReader

from varn.kernel.planting import MARK

TOKEN = re.compile(rf"{MARK}\d{{8}}".encode(), re.IGNORECASE)
WIDE = re.compile(b"".join(re.escape(bytes([byte, 0])) for byte in MARK.encode()) + rb"(?:\d\x00){8}", re.IGNORECASE)
WRAPPED = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
# How a book of sheets begins.
BOOK = b"PK\x03\x04"
# The part of a book of sheets that says when it was made.
MADE = "docProps/core.xml"
# How the mark looks in base64, after none, one or two other bytes of the same group of three.
SIGNS = tuple(
    base64.b64encode(b"\0" * before + MARK.encode() + b"0" * 3)[first : first + 4]
    for before, first in ((0, 0), (1, 2), (2, 3))
)


def heard(content: bytes) -> frozenset[str]:
    """The canaries that sing in these bytes: plain, in UTF-16, in base64, in a book of sheets, in a PDF, compressed."""
    return frozenset(token.decode().lower() for token in _heard(content))


def unwrapped(content: bytes) -> bytes:
    """What a book of sheets or a PDF says, without the moment at which it was made; anything else as it is."""
    if content.startswith(BOOK):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return b"".join(book.read(part) for part in sorted(book.namelist()) if part != MADE)
    return _said_in_pdf(content) if content.startswith(b"%PDF") else content


def _heard(content: bytes) -> set[bytes]:
    found = set(TOKEN.findall(content)) | {wide.replace(b"\0", b"") for wide in WIDE.findall(content)}
    if content.startswith(BOOK):
        found |= _in_book(content)
    elif content.startswith(b"%PDF"):
        found |= _in_pdf(content)
    elif content.startswith(b"\x1f\x8b"):
        found |= _heard(zlib.decompress(content, 16 + zlib.MAX_WBITS))
    else:
        found |= _in_base64(content)
    return found


def _in_book(content: bytes) -> set[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {token for part in book.namelist() for token in _heard(book.read(part))}


def _in_pdf(content: bytes) -> set[bytes]:
    return set(TOKEN.findall(_said_in_pdf(content) + str(PdfReader(io.BytesIO(content)).metadata).encode()))


def _said_in_pdf(content: bytes) -> bytes:
    book = PdfReader(io.BytesIO(content))
    return "\n".join([*(page.extract_text() for page in book.pages), str(book.outline)]).encode()


def _in_base64(content: bytes) -> set[bytes]:
    """Only runs that hold a beginning of the mark are unwrapped."""
    if not any(sign in content for sign in SIGNS):
        return set()
    found: set[bytes] = set()
    for run in WRAPPED.findall(content):
        if any(sign in run for sign in SIGNS):
            for skipped in range(4):
                plain = run[skipped:].translate(bytes.maketrans(b"-_", b"+/"))
                found |= set(TOKEN.findall(base64.b64decode(plain[: len(plain) // 4 * 4])))
    return found
