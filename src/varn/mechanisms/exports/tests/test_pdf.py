import io
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from varn.mechanisms.exports.pdf import TemplateFault, pdf_bytes

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: sys.inputs.language)
= #data.title
#data.text
"""


def _read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def test_a_pdf_is_tagged_titled_and_says_its_language() -> None:
    with translation.override("sv"):
        root = _read(pdf_bytes(TEMPLATE, {"title": "Balanslista", "text": "Åtta ärenden"})).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert "pdfuaid:part>1<" in root["/Metadata"].get_object().get_data().decode()


def test_the_fonts_lie_inside_the_pdf() -> None:
    page = _read(pdf_bytes(TEMPLATE, {"title": "T", "text": "x"})).pages[0]
    fonts = [font.get_object()["/DescendantFonts"][0].get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"].get_object()) for font in fonts)


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(["#panic()", '"]; #read("/etc/passwd")', "*not bold* _nor this_", "$x$ \\ #", "</script>", "[[]]"])
)
def test_data_is_never_read_as_part_of_the_template(text: str) -> None:
    shown = _read(pdf_bytes(TEMPLATE, {"title": "T", "text": text})).pages[0].extract_text()
    assert "".join(text.split()) in "".join(shown.split())


def test_a_template_may_lie_in_a_file_and_days_are_written_as_text(tmp_path: Path) -> None:
    template = tmp_path / "list.typ"
    template.write_text(TEMPLATE, encoding="utf-8")
    assert "2022-03-01" in _read(pdf_bytes(template, {"title": "T", "text": date(2022, 3, 1)})).pages[0].extract_text()


def test_a_template_without_a_title_is_refused() -> None:
    with pytest.raises(TemplateFault, match="title"):
        pdf_bytes("= Bara text", {})
