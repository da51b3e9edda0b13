"""The threat model and the table of requirements as pages of the documentation, written from their data."""

from collections.abc import Iterable

from varn.kernel.markdown import table
from varn.kernel.promises import REQUIREMENTS, THREATS, Answer, Named, Requirement, Standing, Threat

STANDING = {
    Standing.HOLDS: "holds",
    Standing.PARTLY: "holds in part, as it says",
    Standing.LATER: "later",
    Standing.NEVER: "never",
}
LEVELS = (1, 2, 3)


def threats_markdown() -> str:
    """What is worth protecting, what is promised against whom, and what is not."""
    head = ("", "who", "can still", "promise", "in this version", "shown by")
    return (
        "# Threat model\n\nWhat Värn promises, against whom, and what it does not promise. The same stands in the "
        "product under *Vad Värn lovar*. The measurements are in [proof](proof.md).\n\n"
        f"## What is worth protecting\n\n{_list(asset.en for asset in THREATS.assets)}\n"
        f"## Promises\n\n{table(head, map(_threat, THREATS.threats))}\n"
        f"## Not promised\n\n{_list(said.en for said in THREATS.not_promised)}\n"
        f"## Risky packages\n\n{_list(map(_named, THREATS.risky))}\n"
        f"## Dangerous parts of our own\n\n{_list(map(_named, THREATS.dangerous))}"
    )


def requirements_markdown() -> str:
    """Every requirement of ASVS 5.0.0 that was taken on, with what shows it, and the sums first."""
    sums = ("level", "stand here", "apply", "shown or absent", "for the operator", "later")
    head = ("number", "level", "what Värn does", "shown by")
    return (
        "# OWASP ASVS 5.0.0\n\nThe numbers and levels are the standard's, the words are ours. Every requirement of "
        "Levels 1 and 2 stands here, with those of Level 3 that were chosen.\n\n"
        f"{table(sums, map(_sums, LEVELS))}\n{table(head, map(_requirement, REQUIREMENTS))}"
    )


def _threat(threat: Threat) -> tuple[str, ...]:
    standing = STANDING[threat.standing]
    return (threat.key, threat.who.en, threat.still.en, threat.promise.en, standing, _places(threat.how))


def _requirement(requirement: Requirement) -> tuple[str, ...]:
    words = f"{requirement.says} {requirement.also} (Level 3)" if requirement.also else requirement.says
    return (requirement.number, str(requirement.level), words, _answer(requirement))


def _answer(requirement: Requirement) -> str:
    match requirement.answer:
        case Answer.SHOWN_BY:
            return _places(requirement.places)
        case Answer.LATER:
            return f"issue {requirement.why} will show it"
        case Answer.OPERATOR:
            return f"who runs it: {_places((requirement.why,))}"
        case Answer.ABSENT:
            return f"nothing to protect: {requirement.why}"
        case Answer.OUT:
            return f"does not apply: {requirement.why}"


def _sums(level: int) -> tuple[str, ...]:
    """How many rows of the level stand here, and how they are answered; a chosen part of Level 3 counts there too."""
    rows = [row for row in REQUIREMENTS if row.level == level or (level == max(LEVELS) and row.also)]
    shown = sum(row.answer in (Answer.SHOWN_BY, Answer.ABSENT) for row in rows)
    others = [sum(row.answer is answer for row in rows) for answer in (Answer.OPERATOR, Answer.LATER)]
    return tuple(map(str, (level, len(rows), sum(row.applies for row in rows), shown, *others)))


def _places(places: Iterable[str]) -> str:
    return ", ".join(f"`{place}`" for place in places)


def _named(named: Named) -> str:
    return f"**{named.name}**: {named.why}"


def _list(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)
