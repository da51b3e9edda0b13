from tests.architecture.tree import ROOT
from varn.overview.documentation import old_pages


def test_the_generated_pages_say_what_the_code_says() -> None:
    assert old_pages(ROOT / "docs") == []
