"""The glossary's words and the sentences of refusals, in the reader's language."""

from datetime import date

from django.utils import formats
from django.utils.translation import get_language, gettext

from varn.kernel.glossary import GLOSSARY, Form
from varn.kernel.lifecycle import Refusal


def word(key: str) -> str:
    """The word for a model, a state, a move, a permission or any other key of the glossary."""
    return GLOSSARY.word(str(key), language())


def words(key: str) -> str:
    """The same word in the plural."""
    return GLOSSARY.word(str(key), language(), Form.PLURAL)


def explanation(key: str) -> str:
    """The sentence that explains the thing, or nothing when none is written."""
    return GLOSSARY.explanation(str(key), language()) if key in GLOSSARY else ""


def sentence(refusal: Refusal) -> str:
    """Why it is refused, as a sentence. A value that is itself a key of the glossary is written as its word."""
    values = {name: _written(value) for name, value in refusal.values.items()}
    return GLOSSARY.sentence(refusal.key, language(), values)


def language() -> str:
    """The language the page is written in: "sv" or "en"."""
    return (get_language() or "sv").partition("-")[0]


def written(value: object) -> str:
    """A value as a page writes it: a day in Swedish order, yes or no, a dash for nothing, otherwise its text."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, date | int | float):
        return formats.localize(value, use_l10n=True)
    return str(value)


def _written(value: object) -> str:
    text = str(value)
    return word(text) if text in GLOSSARY else written(value)
