"""Finding somebody's words in a text, however its lines were broken."""

LONGEST = 20_000


def find_verbatim(text: str, words: str) -> tuple[int, int] | None:
    """Where the words stand in the text, as a half-open place; `None` if they do not stand there.

    White space, soft hyphens and words parted at the end of a line make no difference. Everything else does.
    """
    wanted = "".join(words.replace("\u00ad", "").split())
    if not wanted or len(wanted) > LONGEST:
        return None
    return _place(text, wanted, joins_parted_words=True) or _place(text, wanted, joins_parted_words=False)


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
