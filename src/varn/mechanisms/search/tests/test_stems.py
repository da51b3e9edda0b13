import pytest
from hypothesis import given
from hypothesis import strategies as st

from varn.mechanisms.search.stems import LONGEST_WORD, MARK, MOST_WORDS, mark, marked, stems_of, words_of


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Kommunens säkerhetsorganisation", "kommun"),
        ("förvaltningarna", "förvaltning"),
        ("KS 2021-53", "ks 2021-53"),
        ("KS 2021-53", "KS-2021-53"),
        ("KS2021/53", "KS 2021-53"),
        ("UPP-2026-0001", "upp-2026-0001"),
        ("§ 393", "§393"),
        ("§393", "§ 393"),
        ("enligt 5 §", "§ 5"),
        ("Åre ÄNG Öland", "åre äng öland"),
        ("cafe\u0301", "café"),
        ("2021:53", "2021-53"),
    ],
)
def test_a_text_is_found_by_the_question(text: str, question: str) -> None:
    held = set(stems_of(text).split(" "))
    assert all({word.text, word.stem} & held for word in words_of(question))


@pytest.mark.parametrize(
    ("text", "question"),
    [("§ 39", "§ 393"), ("KS 2021-531", "KS 2021-53"), ("Åre", "Are"), ("BES-2026-0001", "UPP-2026-0001")],
)
def test_a_text_is_not_found_by_another_number_or_letter(text: str, question: str) -> None:
    held = set(stems_of(text).split(" "))
    assert not all({word.text, word.stem} & held for word in words_of(question))


@given(st.text(max_size=2000))
def test_the_stems_of_any_text_are_words_of_bounded_length(text: str) -> None:
    stems = stems_of(text)
    assert all(0 < len(stem) <= LONGEST_WORD and stem == stem.strip() for stem in stems.split(" ") if stems)
    assert "\x00" not in stems


@given(st.text(max_size=2000))
def test_any_question_becomes_a_bounded_number_of_words(question: str) -> None:
    assert len(words_of(question)) <= MOST_WORDS


def test_a_question_of_signs_alone_has_no_words() -> None:
    assert words_of("🙂 \"' () * : - \x00") == ()


@given(st.text(max_size=200), st.sampled_from([mark(7), mark(7, in_title=True), mark(170)]))
def test_no_word_looks_like_the_word_of_another_kind(text: str, sign: str) -> None:
    assert not any(stem[MARK - 1 : MARK] == sign[-1] for stem in stems_of(text).split())
    assert all(stem.startswith(sign) for stem in marked(stems_of(text), sign).split())
