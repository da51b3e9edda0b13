"""The reader of minutes: text, PDF or DOCX in, one proposal per § out.

Rules over layout, no model; a person confirms what it found. Swedish: protokollsläsaren.
"""

from .as_json import as_json
from .errors import Unreadable
from .files import read_file
from .minutes import read_text
from .model import Paragraph

__all__ = ["Paragraph", "Unreadable", "as_json", "read_file", "read_text"]
