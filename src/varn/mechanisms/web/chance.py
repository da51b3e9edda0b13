"""What differs by chance alone between two answers that say the same: tokens, keys, nonces, numbers."""

import re

from varn.mechanisms.web.numbers import LENGTH, LETTERS

CHANCE = (
    re.compile(rb'name="(?:csrfmiddlewaretoken|once|opened)" value="[^"]*"'),
    re.compile(rb'nonce="[^"]*"'),
    re.compile(rb'data-options="[^"]*"'),
    re.compile(rb'class="(?:code-picture|secret)".*?</(?:div|strong)>', re.DOTALL),
    re.compile(rb'class="number">[' + LETTERS.encode() + rb"]{%d}<" % LENGTH),
)


def without_chance(body: bytes) -> bytes:
    """The page without what is random in it, for whoever compares two answers."""
    for each in CHANCE:
        body = each.sub(b"", body)
    return body
