"""What a plan comes to: how many of each, what the page shows of it, and a fingerprint of every row."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from varn.mechanisms.imports.importer import Outcome, Planned

ERRORS_SHOWN = 500
CHANGES_SHOWN = 100


def counts_of(plan: Sequence[Planned]) -> dict[str, int]:
    """How many rows there are of each outcome."""
    found = Counter(planned.outcome for planned in plan)
    return {outcome.value: found[outcome] for outcome in Outcome}


def report_of(plan: Sequence[Planned]) -> dict[str, list[dict[str, Any]]]:
    """The first errors and the first changes, as plain data."""
    errors = [planned for planned in plan if planned.outcome is Outcome.ERROR]
    changes = [planned for planned in plan if planned.outcome in (Outcome.NEW, Outcome.CHANGED)]
    return {
        "errors": [plain(planned) for planned in errors[:ERRORS_SHOWN]],
        "changes": [plain(planned) for planned in changes[:CHANGES_SHOWN]],
    }


def fingerprints_of(plan: Sequence[Planned]) -> list[str]:
    """For each row what it would do, as a short digest: two plans that would do the same are equal."""
    return [_digest(plain(planned)) for planned in plan]


def plain(planned: Planned) -> dict[str, Any]:
    """One planned row as plain data."""
    return {
        "row": planned.row.number,
        "outcome": planned.outcome.value,
        "label": planned.label,
        "changes": {column: list(pair) for column, pair in planned.changes.items()},
        "problems": [
            {
                "column": problem.column,
                "reason": problem.reason.key,
                "values": {name: str(value) for name, value in problem.reason.values.items()},
            }
            for problem in planned.problems
        ],
    }


def _digest(data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
