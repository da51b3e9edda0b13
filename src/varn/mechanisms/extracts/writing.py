"""An extract as data for a machine, and in words for a reader: the same, kind by kind."""

from pathlib import Path
from typing import Any

from varn.kernel.glossary import GLOSSARY
from varn.kernel.lawbook import LAW
from varn.kernel.personal import Kept, Withheld
from varn.mechanisms.exports.pdf import pdf_bytes
from varn.mechanisms.extracts.declared import key_of
from varn.mechanisms.extracts.gathering import Extract, Part
from varn.mechanisms.extracts.saying import said, told_moment

FORMAT = "varn-register-extract"
VERSION = 1
TEMPLATE = Path(__file__).with_name("extract.typ")
STATEMENTS = ("whole", "secrecy", "free_text", "rights")


def as_data(extract: Extract, *, language: str = "sv") -> dict[str, Any]:
    """The extract as plain values with its words in the language: what the JSON file, the PDF and the page show."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": extract.at.isoformat(timespec="seconds"),
        "made_said": told_moment(extract.at),
        "about": {
            "name": extract.about.name,
            "employee_id": extract.about.employee_id,
            "emails": sorted(extract.about.emails),
        },
        "statements": {key: word(f"personal:statement.{key}", language) for key in STATEMENTS},
        "labels": {key: word(f"personal:label.{key}", language) for key in LABELS},
        "rows": extract.count,
        "parts": [_part(part, language) for part in extract.parts],
    }


LABELS = (
    "title", "made", "purpose", "ground", "retention", "source", "withheld", "rows", "none", "unsure", "about",
    "employee_id",
)  # fmt: skip


def as_pdf(extract: Extract, *, language: str = "sv") -> bytes:
    """The extract as a PDF that a screen reader reads."""
    return pdf_bytes(TEMPLATE, as_data(extract, language=language))


def word(key: str, language: str) -> str:
    """The glossary's word."""
    return GLOSSARY.word(key, language)


def label_of_model(kept: Kept, language: str) -> str:
    """What rows of this kind are called: several of them."""
    term = GLOSSARY[key_of(kept.model)]
    return ((term.sv_plural if language == "sv" else term.en_plural) or term.word(language)).capitalize()


def label_of_field(name: str, language: str) -> str:
    """What a field is called."""
    own = f"personal:field.{name}"
    return word(own if own in GLOSSARY else f"field.{name}", language).capitalize()


def withheld_of(kept: Kept, language: str) -> list[dict[str, Any]]:
    """The fields that are not given out, reason by reason. What says nothing of anybody is not spoken of."""
    reasons = [why for why in Withheld if why is not Withheld.TECHNICAL]
    named = [(why, [name for name, said in kept.withheld.items() if said is why]) for why in reasons]
    return [{"why": word(f"personal:withheld.{why}", language), "fields": names} for why, names in named if names]


def retention_of(kept: Kept, language: str) -> str:
    """How long such rows are kept, in the words of the lawbook."""
    rule = LAW[kept.retention].rule
    return f"{rule.meaning_sv if language == 'sv' else rule.meaning_en} ({kept.retention})"


def _part(part: Part, language: str) -> dict[str, Any]:
    kept = part.kept
    return {
        "model": kept.model,
        "title": label_of_model(kept, language),
        "purpose": word(f"personal:purpose.{kept.purpose}", language),
        "ground": word(f"personal:ground.{kept.ground}", language),
        "source": word(f"personal:source.{kept.source}", language),
        "retention": retention_of(kept, language),
        "withheld": withheld_of(kept, language),
        "fields": {name: label_of_field(name, language) for name in kept.shown},
        "rows": [
            {
                "values": dict(row.values),
                "said": {name: said(kept, row, name, language=language) for name in row.values},
                "unsure": row.is_unsure,
            }
            for row in part.rows
        ],
    }
