"""How much is asked, and everything that can be asked, in an order of chance that a seed decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from varn.overview.leaktest.asking import METHODS
from varn.overview.leaktest.cast import Reader


@dataclass(frozen=True)
class Question:
    """One way of asking for one kind of page, about the reader's own, their line's, somebody else's and nobody's."""

    url: str
    reader: str
    method: str
    htmx: bool
    token: bool = False


@dataclass(frozen=True, kw_only=True)
class Order:
    """How much is asked: all of it, or a sample of so many requests; the part of several that this process asks."""

    seed: int
    sample: int | None = None
    only: str = "*"
    part: int = 0
    parts: int = 1
    goes_on: bool = False


def questions(order: Order, *, urls: Sequence[str], readers: Iterable[Reader]) -> list[Question]:
    """The questions of this part of the order: of each URL one first, so that every sample reaches them all."""
    every = [each for url in urls for reader in readers for each in _of(url, reader)]
    Random(order.seed).shuffle(every)
    firsts: dict[str, Question] = {}
    for question in every:
        firsts.setdefault(question.url, question)
    mine = [one for number, one in enumerate(every) if number % order.parts == order.part]
    return [*firsts.values(), *(one for one in mine if one is not firsts[one.url])]


def _of(url: str, reader: Reader) -> list[Question]:
    every = [Question(url, reader.key, method, htmx) for method in METHODS for htmx in (False, True)]
    if reader.account is None:
        return every
    return [*every, *(Question(url, reader.key, method, False, token=True) for method in ("GET", "POST"))]
