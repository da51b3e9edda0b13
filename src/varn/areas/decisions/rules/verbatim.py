"""Finding somebody's words in a text, however its lines were broken."""

from collections.abc import Iterable

LONGEST = 20_000
Span = tuple[int, int]


def find_verbatim(text: str, words: str) -> Span | None:
    """Where the words stand in the text, as a half-open place; `None` if they do not stand there.

    White space, soft hyphens and words parted at the end of a line make no difference. Everything else does.
    """
    wanted = "".join(words.replace("\u00ad", "").split())
    if not wanted or len(wanted) > LONGEST:
        return None
    return _place(text, wanted, joins_parted_words=True) or _place(text, wanted, joins_parted_words=False)


def find_at(text: str, words: str, places: Iterable[Span]) -> Span | None:
    """Where the words stand: at the first of these places where nothing but them stands, otherwise as anywhere."""
    for start, end in places:
        found = find_verbatim(text[start:end], words)
        if found and not text[start : start + found[0]].strip() and not text[start + found[1] : end].strip(" \n.,;"):
            return start + found[0], start + found[1]
    return find_verbatim(text, words)


def _place(text: str, wanted: str, *, joins_parted_words: bool) -> tuple[int, int] | None:
    places = [
        index
        for index, letter in enumerate(text)
        if not (letter.isspace() or letter == "\u00ad" or (joins_parted_words and _parts_a_word(text, index)))
    ]
    start = "".join(text[index] for index in places).find(wanted)
    if start < 0:
        return None
    return places[start], places[start + len(wanted) - 1] + 1


def _parts_a_word(text: str, index: int) -> bool:
    return text[index] == "-" and text[index + 1 : index + 2] in ("\n", "\r") and text[index - 1 : index].isalpha()
