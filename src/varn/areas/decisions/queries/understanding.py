"""Minutes as the reader understands them, before anything of them is kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from varn.areas.decisions.models import Reading
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.reader import as_json, read_file
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.moves.making import Refused


class AlreadyRead(Refused):
    """The same file waits already, as `reading`."""

    def __init__(self, reading: Reading | None) -> None:
        super().__init__(Refusal("decisions:refusal.already_read", reference=reading or ""))
        self.reading = reading


@dataclass(frozen=True, kw_only=True)
class Understood:
    """Minutes that were read, § by §; nothing of them is kept yet."""

    name: str
    sha256: str
    paragraphs: Sequence[dict[str, Any]]


def understand(*, name: str, content: bytes, viewer: Viewer) -> Understood:
    """The file read before anything is written: a large one keeps no writer waiting.

    Raises the reader's `Unreadable` when the file is not minutes that can be read, and `AlreadyRead`, without reading
    it, when the same file waits already.
    """
    require(Permission.READ_MINUTES, by=viewer)
    sha256 = hashlib.sha256(content).hexdigest()
    require_unread(sha256, viewer=viewer)
    return Understood(name=name[:255], sha256=sha256, paragraphs=[as_json(each) for each in read_file(content, name)])


def require_unread(sha256: str, *, viewer: Viewer) -> None:
    """No file with this content waits among the minutes that the reader may see."""
    waiting = Reading.objects.visible_to(viewer).filter(sha256=sha256, discarded_at=None).first()
    if waiting is not None:
        raise AlreadyRead(waiting)
