"""What a password may not be, besides too short: too long, or made of what everybody would try first.

There are no rules of composition: any characters, spaces too. Django's own validator refuses the passwords that are
most used. Here are refused those that consist of words that lie near at hand, of one short piece said again and again,
of a row of the keyboard, or of one much used password with figures or signs around it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from varn.mechanisms.installation.chosen import installation

# Words that anyone would try here. Those of the installation and of the person come to them.
NEAR = (
    "värn", "lösenord", "lösen", "password", "passord", "kommun", "kommunen", "kommunens", "kommunal", "säkerhet",
    "security", "beredskap", "hemlig", "hemligt", "secret", "admin", "administratör", "administrator", "inloggning",
    "login", "välkommen", "welcome", "sommar", "vinter", "höst", "vår", "sverige", "sweden", "januari", "februari",
    "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
)
# So much must be left when what lies near at hand is taken away.
LEFT = 8
SHORTEST_WORD = 3


class LongestPasswordValidator:
    """Refuses what is longer than a password field of any reasonable service."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError` for a password that is too long."""
        if len(password) > self.max_length:
            raise ValidationError(
                _("The password is longer than %(most)d characters."), "too_long", {"most": self.max_length}
            )

    def get_help_text(self) -> str:
        """What the rule asks."""
        return _("At most %(most)d characters; several words that belong together only for you are best.") % {
            "most": self.max_length
        }


class NearAtHandValidator:
    """Refuses what somebody who knows the municipality or the person would try first."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError` for a password that is little else than what lies near at hand."""
        text = _plain(password)
        if _is_repeated(text) or _is_row(text) or text.strip("0123456789") in self.common:
            raise ValidationError(_("The password is one of those that are tried first."), "tried_first")
        if len(_without(text, _words(user))) < LEFT:
            raise ValidationError(
                _("The password is made of words that lie near at hand, such as your name or the municipality’s."),
                "near_at_hand",
            )

    def get_help_text(self) -> str:
        """What the rule asks."""
        return _("Not your name, your address, the municipality’s name or other words that lie near at hand.")


def _words(user: Any) -> set[str]:
    host = settings.BASE_URL.partition("://")[2]
    said = (*NEAR, installation().name, host, getattr(user, "name", ""), getattr(user, "email", ""))
    return {word for word in _split(said) if len(word) >= SHORTEST_WORD}


def _split(said: Iterable[str]) -> Iterator[str]:
    for text in said:
        yield from (_plain(word) for word in re.split(r"[\W_]+", text))


def _plain(text: str) -> str:
    """Small letters and figures alone, without the marks above the letters."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if letter.isalnum())


def _without(text: str, words: set[str]) -> str:
    for word in sorted(words, key=lambda word: (-len(word), word)):
        text = text.replace(word, "")
    return text.strip("0123456789")


def _is_repeated(text: str) -> bool:
    """Whether it is one piece again and again, the last time perhaps not whole."""
    return any((text[:size] * len(text))[: len(text)] == text for size in range(1, len(text) // 2 + 1))


def _is_row(text: str) -> bool:
    return any(text in row * len(text) or text in row[::-1] * len(text) for row in ROWS)
