"""Whether an incoming assignment is one that a lower body has proposed: judged by case number and words alone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

# How alike the words of the two must be, of at most 1, for the proposed one to be suggested. Tried on proposals that
# were decided with another deadline or another order of words; two assignments of one case lie well below.
NEAR = 0.75


@dataclass(frozen=True, kw_only=True)
class Wording:
    """An assignment as its § words it: who is to do what, the number of its case, and the numbers that are named."""

    assignee: str
    text: str
    case_number: str = ""
    related: frozenset[str] = frozenset()

    @property
    def numbers(self) -> frozenset[str]:
        """Every case number of the §."""
        return self.related | ({self.case_number} if self.case_number else frozenset())


def is_same_case(one: Wording, other: Wording) -> bool:
    """Whether the case of the one is the case of the other, or is named in its §."""
    return one.case_number in other.numbers or other.case_number in one.numbers


def is_same_words(one: Wording, other: Wording) -> bool:
    """Whether both say the same of the same, but for capital letters, spaces and full stops."""
    return _plain(one) == _plain(other)


def nearness(one: Wording, other: Wording) -> float:
    """How alike the words are, from 0 to 1: the part of their letters that stand in the same order in both."""
    return SequenceMatcher(None, _plain(one), _plain(other), autojunk=False).ratio()


def may_be_meant(proposed: Wording, incoming: Wording) -> bool:
    """Whether a person is asked if the incoming assignment is the proposed one: of the same case, or the same words."""
    return is_same_case(proposed, incoming) or is_same_words(proposed, incoming)


def suggested(incoming: Wording, proposed: Collection[tuple[str, Wording]]) -> str:
    """The reference of the proposed assignment to suggest: of the same case, and with words that are `NEAR`.

    Of several the nearest; empty where none is near enough.
    """
    near = [(nearness(each, incoming), reference) for reference, each in proposed if is_same_case(each, incoming)]
    best, reference = max(near, default=(0.0, ""))
    return reference if best >= NEAR else ""


def certain(incoming: Wording, proposed: Collection[tuple[str, Wording]]) -> str:
    """The reference of the proposed assignment that is adopted without asking: of the same case and in the same words.

    Empty where none is, or more than one.
    """
    same = [reference for reference, each in proposed if is_same_case(each, incoming) and is_same_words(each, incoming)]
    return same[0] if len(same) == 1 else ""


def nearest_text(words: str, texts: Iterable[str]) -> int:
    """The place, counted from nought, of the text whose words are nearest; the first of several that are as near."""
    ratios = [SequenceMatcher(None, _bare(words), _bare(text), autojunk=False).ratio() for text in texts]
    return ratios.index(max(ratios))


def _plain(words: Wording) -> str:
    return f"{_bare(words.assignee)}: {_bare(words.text)}"


def _bare(words: str) -> str:
    return " ".join(words.lower().split()).rstrip(".,;")
