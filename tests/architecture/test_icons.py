"""Every picture that a page asks for lies in the sprite."""

import re
import tomllib

from tests.architecture.tree import ROOT, SOURCE, sources

KNOWN = set((ROOT / "frontend/icons.txt").read_text(encoding="utf-8").split("\n"))
IN_TEMPLATE = re.compile(r"{% icon \"([^\"]+)\"|icon=\"([a-z0-9-]+)\"")
IN_PYTHON = re.compile(r"\bicon=\"([a-z0-9-]+)\"")


def _asked() -> set[str]:
    asked: set[str] = set()
    for path in SOURCE.rglob("templates/**/*.html"):
        asked |= {one or other for one, other in IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))}
    for path in sources():
        asked |= set(IN_PYTHON.findall(path.read_text(encoding="utf-8")))
    for path in SOURCE.rglob("tones.toml"):
        asked |= {row["icon"] for row in tomllib.loads(path.read_text(encoding="utf-8")).values()}
    return asked


def test_every_icon_lies_in_the_sprite() -> None:
    assert _asked() - KNOWN == set()
