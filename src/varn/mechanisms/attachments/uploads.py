"""Taking a file in: held in memory up to the limit, never in a temporary folder."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers, StopUpload
from django.utils.translation import gettext


class BoundedUploadHandler(FileUploadHandler):
    """Each file of a request is held in memory; what is above `UPLOAD_LIMIT` is refused while it is still coming in.

    A file that was refused stands in `request.FILES` as an empty `RefusedFile`, so that the form can say why.
    """

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        """Nothing is taken of a request that says itself that it is far too large."""
        self.total = 0
        self.refused = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins; no other handler is to have it."""
        super().new_file(*args, **kwargs)
        self.held = BytesIO()
        self.refused = False
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A part of the file has come. Above the limit nothing more is kept."""
        self.total += len(raw_data)
        if self.total > 4 * settings.UPLOAD_LIMIT:
            raise StopUpload(connection_reset=True)
        if self.refused or start + len(raw_data) > settings.UPLOAD_LIMIT:
            self.refused = True
            self.held = BytesIO()
            return
        self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The whole file, in memory, or the sign that it was refused."""
        size = 0 if self.refused else file_size
        self.held.seek(0)
        kind = RefusedFile if self.refused else InMemoryUploadedFile
        return kind(self.held, self.field_name, self.file_name, self.content_type, size, self.charset)


class RefusedFile(InMemoryUploadedFile):
    """A file that was too large. Its content was thrown away as it came."""


def too_large() -> str:
    """Why a large file is refused, as a sentence."""
    return gettext("The file is larger than %(limit)s MB, which is the most that can be sent.") % {"limit": megabytes()}


def megabytes() -> int:
    """How many megabytes a file may have. Every sentence that says it asks here."""
    return int(settings.UPLOAD_LIMIT) // (1024 * 1024)
