"""Documents as PDF/UA-1: tagged, with its own fonts inside, written by typst from a template and plain data."""

import json
from pathlib import Path
from typing import Any

import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language

FONTS = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


class TemplateFault(RuntimeError):
    """The template does not make a PDF that a screen reader can read. The message says what typst found."""


def pdf_bytes(template: Path | str, data: dict[str, Any]) -> bytes:
    """The document as PDF/UA-1.

    The template (a file, or the text of one) reads its data with `json(bytes(sys.inputs.data))` and the language of
    the reader as `sys.inputs.language` ("sv", "en"); nothing is ever pasted into it. It must set a document title.
    """
    source: Any = template if isinstance(template, Path) else template.encode("utf-8")
    root = template.parent if isinstance(template, Path) else None
    inputs = {
        "data": json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False),
        "language": (get_language() or "sv").split("-")[0],
    }
    compiler = typst.Compiler(source, root=root, font_paths=FONTS, ignore_system_fonts=True, sys_inputs=inputs)
    try:
        made = compiler.compile(format="pdf", pdf_standards="ua-1")
    except typst.TypstError as error:
        raise TemplateFault(f"{error.message} {' '.join(error.hints)}".strip()) from error
    assert isinstance(made, bytes)
    return made
