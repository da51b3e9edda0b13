"""The text of a § cut where its marked parts begin and end, so that a page can show what was understood as what."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

PATH = re.compile(r"^(?P<part>[a-z]+)(?:\[(?P<place>\d+)\])?")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One marked part: its field path, what kind of part it is, and its number among them (from one; 0 when alone)."""

    path: str
    part: str
    number: int = 0

    @property
    def key(self) -> str:
        """The glossary's key for what kind of part it is."""
        return f"decisions:mark.{self.part}"

    @property
    def anchor(self) -> str:
        """A name for the place that is safe in an address."""
        return anchor_of(self.path)

    @property
    def row(self) -> str:
        """The same for the whole part that it belongs to: that of "assignments[0]" for its deadline."""
        return anchor_of(self.path.partition("]")[0])


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of the text: the marks that begin here, and the innermost mark that covers it."""

    text: str
    begins: tuple[Mark, ...] = ()
    inner: Mark | None = None


def anchor_of(path: str) -> str:
    """A field path as a name that is safe in an address."""
    return re.sub(r"\W+", "-", path).strip("-")


def marked(text: str, spans: Mapping[str, Sequence[int]]) -> list[Piece]:
    """The whole text in pieces, in order. Put together again they are the text."""
    places = [(int(start), int(end), mark_of(path)) for path, (start, end) in spans.items()]
    places = [place for place in places if 0 <= place[0] < place[1] <= len(text)]
    cuts = sorted({0, len(text), *(cut for start, end, _ in places for cut in (start, end))})
    return [_piece(text, start, end, places) for start, end in pairwise(cuts)]


def words_of(text: str, spans: Mapping[str, Sequence[int]], path: str) -> str:
    """The words of the text that a field came from, on one line; empty when it came from none."""
    span = spans.get(path) or spans.get(f"{path}.text") or spans.get(f"{path}.outcome") or spans.get(f"{path}.question")
    return " ".join(text[span[0] : span[1]].split()) if span else ""


def mark_of(path: str) -> Mark:
    """The part of a decision that a field path ("assignments[0].deadline.text") lies in."""
    found = PATH.match(path)
    part, place = (found["part"], found["place"]) if found else (path, None)
    if path.endswith("deadline.text"):
        part = "deadline"
    elif path.endswith(".assignee"):
        part = "assignee"
    return Mark(path=path, part=part, number=int(place) + 1 if place is not None else 0)


def place_of(spans: Mapping[str, Sequence[int]], path: str) -> str:
    """The anchor in the text of the first mark of this part; empty when nothing of it stands there."""
    own = [(span[0], -span[1], name) for name, span in spans.items() if name == path or name.startswith(f"{path}.")]
    return anchor_of(min(own)[2]) if own else ""


def _piece(text: str, start: int, end: int, places: Sequence[tuple[int, int, Mark]]) -> Piece:
    covering = [place for place in places if place[0] <= start and end <= place[1]]
    inner = min(covering, key=lambda place: (place[1] - place[0], place[2].path), default=None)
    begins = sorted((place for place in places if place[0] == start), key=lambda place: -place[1])
    return Piece(text=text[start:end], begins=tuple(place[2] for place in begins), inner=inner[2] if inner else None)
