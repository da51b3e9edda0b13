"""The Swedish handbook: Markdown pages of docs/sv/handbok, shown inside the product."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

PACKAGE = Path(__file__).resolve().parents[2]
# In an installed wheel the pages lie in the package, in a checkout beside src.
FOLDERS = (PACKAGE / "handbok", PACKAGE.parents[1] / "docs" / "sv" / "handbok")
SLUG = re.compile(r"[a-z0-9-]+")
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


ORDER = (
    "kom-igang", "min-dag", "lagesbild", "organisation", "beslut-och-uppdrag", "administration", "forsta-starten",
)  # fmt: skip
# So many of them are about the installation. A page that is not named stands before them.
LAST = 2


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the handbook. `lead` is its first paragraph, `html` the rest as safe HTML without the heading."""

    slug: str
    title: str
    lead: str
    html: str


def pages() -> list[Page]:
    """Every page, in the order that they are wanted in: how one begins first, the installation last."""
    folder = handbook_folder()
    found = (page(path.stem) for path in sorted(folder.glob("*.md"))) if folder else ()
    return sorted((each for each in found if each), key=lambda each: (_place(each.slug), each.title))


def _place(slug: str) -> int:
    return ORDER.index(slug) if slug in ORDER else len(ORDER) - LAST


def page(slug: str) -> Page | None:
    """The page of this name, or `None`."""
    folder = handbook_folder()
    if folder is None or not SLUG.fullmatch(slug):
        return None
    path = folder / f"{slug}.md"
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else None


def handbook_folder() -> Path | None:
    """Where the pages lie: in the package of an installation, or beside it in a checkout."""
    return next((folder for folder in FOLDERS if folder.is_dir()), None)


@cache
def _read(path: Path, changed_at: int) -> Page:
    text = path.read_text(encoding="utf-8").strip()
    heading, _, rest = text.partition("\n")
    lead = rest.strip().partition("\n\n")[0]
    plain_lead = re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", r"\1", lead.replace("\n", " "))
    return Page(slug=path.stem, title=heading.lstrip("# ").strip(), lead=plain_lead, html=MARKDOWN.render(rest))
