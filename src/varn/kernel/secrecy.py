"""What must never come in from outside: personal identity numbers, and the mark of a protected identity.

Both are looked for only so that they can be refused. Nothing here keeps or repeats what it found.
"""

import re
from collections.abc import Iterator
from typing import Any

# Ten or twelve digits as a Swedish personal identity number or coordination number is written.
NUMBER = re.compile(r"(?<![0-9A-Za-z])((?:18|19|20)?)([0-9]{2})([0-9]{2})([0-9]{2})([-+ ]?)([0-9]{4})(?![0-9A-Za-z])")
# What is added to the day of birth in a coordination number.
COORDINATION = 60
# How those who keep directories mark that somebody's identity is protected, without spaces and hyphens.
PROTECTED = (
    "skyddadidentitet", "skyddadepersonuppgifter", "skyddadfolkbokföring", "sekretessmark", "fingeradepersonuppgifter",
    "kvarskrivning", "protectedidentity",
)  # fmt: skip
# Numbers to call have the length of a personal identity number without its century, and are not taken for one.
TO_CALL = "phone"


def holds_personal_number(text: str, *, with_century: bool = False) -> bool:
    """Whether a personal identity number stands in the text. `with_century`: only one of twelve digits."""
    return any(_is_one(*found.groups(), with_century=with_century) for found in NUMBER.finditer(text))


def marks_protection(text: str) -> bool:
    """Whether the text says that an identity is protected."""
    plain = re.sub(r"[\W_]", "", text).casefold()
    return any(word in plain for word in PROTECTED)


def told_in(payload: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text and number of a structure, each after the name of the field that it stands in."""
    if isinstance(payload, dict):
        for key, value in payload.items():
            yield from told_in(value, name if str(key).casefold() == "value" else str(key))
    elif isinstance(payload, list | tuple):
        for value in payload:
            yield from told_in(value, name)
    elif payload is not None and payload is not False:
        yield name, str(payload)


def has_personal_number(payload: Any) -> bool:
    """Whether a personal identity number stands anywhere in the structure."""
    return any(
        holds_personal_number(text, with_century=TO_CALL in name.casefold()) or holds_personal_number(name)
        for name, text in told_in(payload)
    )


def has_protected_identity(payload: Any) -> bool:
    """Whether the structure says anywhere that the identity of somebody is protected: as a field, or in a text."""
    return any(marks_protection(name) or marks_protection(text) for name, text in told_in(payload))


def _is_one(century: str, year: str, month: str, day: str, mark: str, last: str, *, with_century: bool) -> bool:
    if with_century and not century:
        return False
    born = int(day) - COORDINATION if int(day) > COORDINATION else int(day)
    return 1 <= int(month) <= 12 and 1 <= born <= 31 and _sum_is_even(year + month + day + last)


def _sum_is_even(ten: str) -> bool:
    """The last digit of ten controls the others."""
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(ten)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
