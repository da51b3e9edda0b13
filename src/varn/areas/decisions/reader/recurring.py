"""Headers and footers that no word gives away: what opens or ends most pages and is no recurring part of decisions."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .casenumbers import is_case_number
from .headings import kind_of
from .items import bullet_width
from .kinds import Kind
from .lines import Line
from .words import OFFICE, TABLES, any_of, pattern

_FEWEST_PAGES = 4
_TOP, _FOOT = 7, 4
_OFFICE = pattern(OFFICE, re.IGNORECASE)
_DECIDES = pattern(rf"\b{any_of(TABLES['clauses']['decides'])}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class _Stand:
    """Under which heading a line stands, and whether a blank line parts it from that heading."""

    under: str | None
    parted: bool


def recurring(lines: list[Line], kinds: list[list[Kind] | None]) -> set[int]:
    """The lines at the edges of most pages, their numbers aside, without headings and recurring words of decisions."""
    tops = [i for i, line in enumerate(lines) if line.page or i == 0]
    if len(tops) < _FEWEST_PAGES:
        return set()
    pages = [range(top, end) for top, end in zip(tops, [*tops[1:], len(lines)], strict=True)]
    often = _often(lines, pages)
    taken = {i for page in pages for i in _run(page[:_TOP], lines, kinds, often)}
    feet = {i for page in pages for i in _run(reversed(page[-_FOOT:]), lines, kinds, often)} - taken
    stands = _stands(lines)
    by_mask: dict[str, list[int]] = {}
    for i in feet:
        by_mask.setdefault(_mask(lines[i]), []).append(i)
    return taken | {i for same in by_mask.values() if not _is_content(lines[same[0]], same, stands) for i in same}


def _often(lines: list[Line], pages: list[range]) -> set[str]:
    """What stands at the edge of most pages."""
    edges = [{_mask(lines[i]) for i in (*page[:_TOP], *page[-_FOOT:])} for page in pages]
    counts = Counter(mask for edge in edges for mask in edge)
    limit = max(3, len(pages) * 6 // 10)
    return {mask for mask, count in counts.items() if count >= limit}


def _mask(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.lower())


def _run(places: Iterable[int], lines: list[Line], kinds: list[list[Kind] | None], often: set[str]) -> list[int]:
    """The recurring lines from the edge inwards until something else begins."""
    run: list[int] = []
    for i in places:
        if kinds[i]:
            run += [i] if _mask(lines[i]) in often and not _belongs_below(i, lines) else []
        elif _mask(lines[i]) in often and kind_of(lines[i].text) is None and "§" not in lines[i].text:
            run.append(i)
        else:
            break
    return run


def _belongs_below(place: int, lines: list[Line]) -> bool:
    """Whether the line is the case number of the § that begins right below it."""
    below = lines[place + 1].text if place + 1 < len(lines) else ""
    return is_case_number(lines[place].text) and "§" in below[:16]


def _stands(lines: list[Line]) -> list[_Stand]:
    """Where each line stands; where nearly every line is set apart, that parts none from its heading."""
    spaced = sum(line.gap for line in lines) * 10 > len(lines) * 8
    stands: list[_Stand] = []
    now = _Stand(under=None, parted=False)
    for line in lines:
        if found := kind_of(line.text):
            now = _Stand(under=found, parted=False)
        elif "§" in line.text[:12]:
            now = _Stand(under=None, parted=False)
        elif line.gap and not line.page and not spaced:
            now = _Stand(under=now.under, parted=True)
        stands.append(now)
    return stands


def _is_content(line: Line, same: list[int], stands: list[_Stand]) -> bool:
    """Whether the line is what decisions repeat: it always stands under one heading, as an office or a clause does."""
    if bullet_width(line.text) or line.text.endswith(".") or line.text.lower().startswith("att "):
        return True
    (under, count), *_ = Counter(stands[i].under for i in same).most_common(1)
    if under is None or count * 4 < len(same) * 3:
        return False
    joined = sum(not stands[i].parted for i in same) * 2 > len(same)
    named = (under == "recipients" and _OFFICE.search(line.text)) or _DECIDES.search(line.text)
    return joined or bool(named)
