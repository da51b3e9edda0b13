"""Where sentences end in Swedish officialese."""

import re

_END = re.compile(r"[.!?][”\")]?(?=\s+[\"”(]?(?:[A-ZÅÄÖ]|\d{1,2}\.\s))")
_SHORT = re.compile(
    r"(?:\b(?:p|pkt|m\.?fl|m\.?m|t\.?ex|bl\.?a|s\.?k|nr|kap|dnr|inkl|exkl|ang|resp|tel|st|kl|ca|jfr|f\.?d|tf|ordf|dvs|d\.v\.s|o\.?s\.?v|fr\.o\.m|t\.o\.m|p\.g\.a|milj|mnkr|tkr|bil|avd|jan|feb|aug|sept|okt|nov|dec)|\b[A-ZÅÄÖ])\.$",
    re.IGNORECASE,
)


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of the sentences between two places of the text."""
    found: list[tuple[int, int]] = []
    begin = start
    for stop in _END.finditer(text, start, end):
        if _SHORT.search(text[max(begin, stop.start() - 12) : stop.start() + 1]):
            continue
        found.append(_tight(text, begin, stop.end()))
        begin = stop.end()
    found.append(_tight(text, begin, end))
    return [(a, b) for a, b in found if b > a]


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
