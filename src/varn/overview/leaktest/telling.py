"""What the leak test says: the table of who got what, the figures, and what was found, with how to ask it again."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from varn.overview.leaktest.addresses import Whose
from varn.overview.leaktest.cast import load_cast
from varn.overview.leaktest.judging import Kind

SAID = {
    Kind.CANARY: gettext_noop("Somebody was shown words that are not theirs"),
    Kind.LOG: gettext_noop("Words of a record stood in the log"),
    Kind.TOLD: gettext_noop("A mail or a notice said what is not its reader's"),
    Kind.ORACLE: gettext_noop("What is not one's own looks otherwise than what does not exist"),
    Kind.WRITE: gettext_noop("Somebody changed what is not theirs"),
    Kind.COUNT: gettext_noop("A page shows that others have records"),
    Kind.BROKEN: gettext_noop("A request was answered by a fault"),
    Kind.FILE: gettext_noop("Words of a record were left in a file"),
    Kind.UNREACHED: gettext_noop("An address has no fixture and was not reached"),
    Kind.UNPLANTED: gettext_noop("No canary sits in a text, and nobody has said why"),
}
COLUMNS = (("GET", Whose.OWN), ("GET", Whose.FOREIGN), ("POST", Whose.OWN), ("POST", Whose.FOREIGN))


def table(rows: Mapping[str, Any]) -> Iterator[str]:
    """Who got what at every address: four letters for each reader."""
    parts = [part for part in load_cast() if any(part.key in row for row in rows.values())]
    yield _(
        "What each reader got at every address: GET of their own, GET of others', POST of their own, POST of others'."
    )
    yield _(
        "o the page · g sent on · s to sign in · n does not exist · f may not · - no such verb · b refused as faulty"
    )
    yield _("Where an address is about no record, the first and the third letter say what was answered.")
    for number, part in enumerate(parts, 1):
        yield f"{number:>4}  {part.name} ({part.key})"
    width = max((len(url) for url in rows), default=0)
    yield " " * width + " " + " ".join(f"{number:<4}" for number in range(1, len(parts) + 1))
    for url in sorted(rows):
        yield f"{url:<{width}} " + " ".join(_cell(rows[url].get(part.key, {})) for part in parts)


def figures(result: Mapping[str, Any]) -> Iterator[str]:
    """How much was asked and reached, and how much of it was wrong."""
    counts = {kind: sum(1 for one in result["findings"] if one["kind"] == kind) for kind in Kind}
    yield _("%(requests)d requests, %(canaries)d canaries in %(roles)d readers' municipality") % {
        "requests": result["requests"],
        "canaries": result["canaries"],
        "roles": len(load_cast()),
    }
    reached, of = len(result["reached"]), result["urls"]
    yield _("%(reached)d of %(of)d addresses reached") % {"reached": reached, "of": of}
    done, known = len(result["done"]), len(result["done"]) + len(result["undone"])
    yield _("%(done)d of %(known)d forms did what they are for") % {"done": done, "known": known}
    for kind in Kind:
        yield f"{counts[kind]:>6}  {_(SAID[kind])}"


def finding(one: Mapping[str, Any]) -> Iterator[str]:
    """One thing that was found."""
    yield f"{_(SAID[Kind(one['kind'])])}: {one['what']}"
    if one["request"]:
        yield _("Asked: %(request)s") % {"request": one["request"]}


def _cell(row: Mapping[str, str]) -> str:
    letters = [row.get(f"{method} {whose}") or row.get(f"{method} {_else(whose)}", "·") for method, whose in COLUMNS]
    return "".join(letter[:1] if len(letter) > 1 else letter for letter in letters)


def _else(whose: Whose) -> Whose:
    return Whose.NONE if whose is Whose.OWN else Whose.SPECIAL
