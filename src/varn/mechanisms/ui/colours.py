"""Contrast between two colours as WCAG 2.2 counts it, and the shades that an accent colour needs."""

import re
from collections.abc import Mapping

Rgb = tuple[int, int, int]

COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)
DARK_BACKGROUND: Rgb = (23, 24, 26)
DARK_SURFACE: Rgb = (38, 40, 43)
LEAST_CONTRAST = 4.5


def parse(text: str) -> Rgb:
    """The colour written as "#rrggbb"; `ValueError` for anything else."""
    if not COLOUR.fullmatch(text):
        raise ValueError(f"{text!r} is not a colour")
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def contrast(one: Rgb, other: Rgb) -> float:
    """The ratio from 1 to 21 between the lighter and the darker of the two."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def for_dark(accent: Rgb) -> Rgb:
    """The same colour, made lighter until it can be read on a dark surface."""
    shade = accent
    for step in range(21):
        shade = _mix(accent, WHITE, step / 20)
        if contrast(shade, DARK_SURFACE) >= LEAST_CONTRAST:
            break
    return shade


def light_shades(accent: Rgb) -> Mapping[str, str]:
    """The accent's design tokens on white: from the faintest surface to the strongest text."""
    return {
        "background-default": _hex(WHITE),
        "background-tinted": _hex(_mix(accent, WHITE, 0.93)),
        "surface-default": _hex(WHITE),
        "surface-tinted": _hex(_mix(accent, WHITE, 0.88)),
        "surface-hover": _hex(_mix(accent, WHITE, 0.8)),
        "surface-active": _hex(_mix(accent, WHITE, 0.72)),
        "border-subtle": _hex(_mix(accent, WHITE, 0.6)),
        "border-default": _hex(accent),
        "border-strong": _hex(_mix(accent, BLACK, 0.15)),
        "text-subtle": _hex(_mix(accent, BLACK, 0.15)),
        "text-default": _hex(_mix(accent, BLACK, 0.55)),
        "base-default": _hex(accent),
        "base-hover": _hex(_mix(accent, BLACK, 0.15)),
        "base-active": _hex(_mix(accent, BLACK, 0.3)),
        "base-contrast-subtle": _hex(WHITE),
        "base-contrast-default": _hex(WHITE),
    }


def dark_shades(accent: Rgb) -> Mapping[str, str]:
    """The same tokens on a dark surface: light text, dark tinted surfaces, black on the accent itself."""
    return {
        "background-default": _hex(DARK_BACKGROUND),
        "background-tinted": _hex(_mix(accent, DARK_BACKGROUND, 0.92)),
        "surface-default": _hex(DARK_SURFACE),
        "surface-tinted": _hex(_mix(accent, DARK_SURFACE, 0.85)),
        "surface-hover": _hex(_mix(accent, DARK_SURFACE, 0.78)),
        "surface-active": _hex(_mix(accent, DARK_SURFACE, 0.7)),
        "border-subtle": _hex(_mix(accent, DARK_SURFACE, 0.6)),
        "border-default": _hex(accent),
        "border-strong": _hex(_mix(accent, WHITE, 0.3)),
        "text-subtle": _hex(_mix(accent, WHITE, 0.25)),
        "text-default": _hex(_mix(accent, WHITE, 0.75)),
        "base-default": _hex(accent),
        "base-hover": _hex(_mix(accent, WHITE, 0.2)),
        "base-active": _hex(_mix(accent, WHITE, 0.4)),
        "base-contrast-subtle": _hex(BLACK),
        "base-contrast-default": _hex(BLACK),
    }


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
