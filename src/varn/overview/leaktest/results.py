"""What the leak test has asked and found, in one process or in several."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from varn.overview.leaktest.judging import Finding


@dataclass(kw_only=True)
class Result:
    """What was asked and what was found. `table` is what each reader got, by URL."""

    requests: int = 0
    findings: list[Finding] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)
    canaries: int = 0
    urls: int = 0
    table: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The result as another process or program reads it."""
        return {
            "requests": self.requests,
            "canaries": self.canaries,
            "urls": self.urls,
            "reached": sorted(self.reached),
            "done": sorted(self.done),
            "undone": sorted(self.undone),
            "findings": [finding.as_data() for finding in self.findings],
            "table": self.table,
        }


def merged(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What several parts found, as one."""
    whole = dict(parts[0]) | {"requests": sum(part["requests"] for part in parts)}
    whole["reached"] = sorted({url for part in parts for url in part["reached"]})
    whole["done"] = sorted({url for part in parts for url in part["done"]})
    whole["undone"] = sorted({url for part in parts for url in part["undone"]} - set(whole["done"]))
    whole["findings"] = [finding for part in parts for finding in part["findings"]]
    table: dict[str, Any] = {}
    for part in parts:
        for url, readers in part["table"].items():
            for reader, row in readers.items():
                table.setdefault(url, {}).setdefault(reader, {}).update(row)
    whole["table"] = table
    return whole
