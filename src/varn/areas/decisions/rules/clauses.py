"""What a clause does, read from its words."""

import re

from varn.areas.decisions.rules.kinds import ClauseKind

# What an extension is about, so that an agreement or a permit that is extended is not taken for one.
GIVEN = r"\b(?:uppdrag(?:et|en)|tidsfristen|tiden för (?:redovis|återrapport|återredovis|rapport))"
# The first kind whose words stand in the clause. What gives somebody something to do comes before what it is about.
WORDS: tuple[tuple[ClauseKind, str], ...] = (
    (ClauseKind.CLOSES, r"förklaras (?:som |vara )?(?:fullgj|avslut|slutför)|(?:uppdrag|motion)\w* (?:avskriv|avslut)"),
    (ClauseKind.EXTENDS, rf"{GIVEN}[^.;]*\bförläng(?:s|d|as|es)\b|\bförläng(?:er|a)\b[^.;]{{0,40}}{GIVEN}"),
    (ClauseKind.ASSIGNS, r"\b(?:får|ges|ger? [^,.;]{2,80}?) i uppdrag\b|\buppdra[rs]?\b|\båläggs?\b"),
    (ClauseKind.REPEALS, r"\bupphäv|\bupphör att gälla\b|\bsätts? ur kraft\b"),
    (ClauseKind.ALLOCATES, r"\banslå|\banvisa|\bbevilja\w* (?:\w+ )?(?:medel|bidrag|anslag)|\btilläggsanslag|\bavsätt"),
    (ClauseKind.ADOPTS, r"\bfastställ|\banta(?:r|s|ga)?\b|\bgodkän|\bbifall|\butse[rs]?\b|\bvälj[es]|\binför"),
)
PATTERNS = tuple((kind, re.compile(words)) for kind, words in WORDS)


def clause_kind(text: str, *, for_body: str | None = None) -> ClauseKind:
    """The kind of a clause by its words. What is only for a higher body is a proposal, whatever it says.

    A clause without any of the words only notes something. A person may correct it.
    """
    if for_body:
        return ClauseKind.PROPOSES
    lowered = " ".join(text.lower().split())
    return next((kind for kind, words in PATTERNS if words.search(lowered)), ClauseKind.NOTES)
