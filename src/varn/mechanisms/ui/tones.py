"""Which colour and icon a state has: data beside each area, in its `tones.toml`."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.apps import apps


class Tone(StrEnum):
    """What a colour means. A colour never stands alone: a word and an icon say the same."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The colour and the icon of one state."""

    tone: Tone = Tone.NEUTRAL
    icon: str = "circle"


def tone_of(key: str) -> Mark:
    """The mark of this glossary key; neutral where the area has said nothing."""
    return _marks().get(key, Mark())


@cache
def _marks() -> dict[str, Mark]:
    marks: dict[str, Mark] = {}
    for app in apps.get_app_configs():
        path = Path(app.path) / "tones.toml"
        if app.name.startswith("varn.") and path.is_file():
            rows = tomllib.loads(path.read_text(encoding="utf-8"))
            marks |= {key: Mark(tone=Tone(row["tone"]), icon=row["icon"]) for key, row in rows.items()}
    return marks
