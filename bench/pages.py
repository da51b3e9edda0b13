"""What the pages cost at a tenth of the volume and at the whole: SQL statements, CPU milliseconds, time to answer.

    python -m bench.pages figures.json TENTH FULL     measures two installations that bench.volume filled
    python -m bench.table figures.json                the figures as Markdown tables

TENTH and FULL are folders (`VARN_HOME`), each with `=URL` after it where the data lies in PostgreSQL. Both are asked in
turns, round by round, so that what else the machine does falls on both. A page that comes near the bound is
asked for more rounds, and all rounds count.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.table import NEAR, growth

WARM = 2
# A page near the bound is asked for so many times as many rounds again.
MORE = 3
READERS = ("head", "coordinator", "secretary", "administrator")
OK, CLOSED = 200, (403, 404)


class Installation:
    """One filled installation, in a process of its own: its folder, with `=URL` if its data lies elsewhere."""

    def __init__(self, place: str) -> None:
        home, _, url = place.partition("=")
        environment = os.environ | {"VARN_HOME": home} | ({"VARN_DATABASE_URL": url} if url else {})
        command = [sys.executable, "-m", "bench.asking"]
        self.process = subprocess.Popen(
            command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.pages: list[dict[str, Any]] = self._heard()

    def ask(self, do: str, **question: Any) -> dict[str, Any]:
        """The answer to one question."""
        self.process.stdin.write(json.dumps({"do": do} | question) + "\n")
        self.process.stdin.flush()
        return self._heard()

    def close(self) -> None:
        """The process ends."""
        self.process.stdin.close()
        self.process.wait()

    def _heard(self) -> Any:
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("The installation could not be asked; its own words stand above.")
        return json.loads(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="where the figures go")
    parser.add_argument("places", nargs=2, metavar="PLACE", help="a tenth, and the whole")
    parser.add_argument("--rounds", type=int, default=15, help="how often each page is asked for (15)")
    parser.add_argument("--only", default="", help="pages whose address holds this")
    options = parser.parse_args()
    both = [Installation(place) for place in options.places]
    try:
        rows = list(measured(both, options.only, options.rounds))
    finally:
        for one in both:
            one.close()
    options.file.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def measured(both: Sequence[Installation], only: str, rounds: int) -> Iterator[dict[str, Any]]:
    """The figures of every page for every reader who may see it. Stops if nobody may see a page."""
    for pages in zip(*(one.pages for one in both), strict=True):
        if only not in pages[0]["address"]:
            continue
        rows = [row for reader in READERS for row in _of(both, reader, pages, rounds)]
        if not rows:
            raise SystemExit(f"Nobody may see {pages[0]['address']}")
        yield from rows


def _of(
    both: Sequence[Installation], reader: str, pages: Sequence[dict[str, Any]], rounds: int
) -> Iterator[dict[str, Any]]:
    asked = [{"reader": reader, "address": page["address"]} for page in pages]
    first = [one.ask("first", times=WARM, **question) for one, question in zip(both, asked, strict=True)]
    if all(answer["status"] in CLOSED for answer in first):
        return
    if any(answer["status"] != OK for answer in first):
        raise SystemExit(f"{reader} gets {[answer['status'] for answer in first]} from {asked[0]['address']}")
    runs: list[list[dict[str, float]]] = [[], []]
    _ask_in_turns(both, asked, runs, rounds)
    row = _figures(reader, pages[0], first, runs)
    if max(growth(row)) > NEAR:
        _ask_in_turns(both, asked, runs, MORE * rounds)
        row = _figures(reader, pages[0], first, runs)
    least, middle = growth(row)
    print(f"{reader:14} {row['page']:32} {row['statements']:3} statements {least:6.2f} {middle:6.2f}", flush=True)
    yield row


def _ask_in_turns(both: Sequence[Installation], asked: Sequence[dict[str, Any]], runs: list, rounds: int) -> None:
    """Each round asks both, and every second round the other one first."""
    for number in range(rounds):
        for which in (0, 1) if number % 2 else (1, 0):
            runs[which].append(both[which].ask("once", **asked[which]))


def _figures(reader: str, page: dict[str, Any], first: Sequence[dict[str, Any]], runs: list) -> dict[str, Any]:
    """The figures of one page; those that are pairs are of a tenth and of the whole."""
    cpu = [[run["cpu"] for run in each] for each in runs]
    wall = [[run["wall"] for run in each] for each in runs]
    return {
        "reader": reader,
        "page": page["name"],
        "is_list": page["is_list"],
        "rounds": len(runs[0]),
        "statements": max(answer["statements"] for answer in first),
        "least": [min(each) for each in cpu],
        "middle": [statistics.median(each) for each in cpu],
        "p50": [statistics.median(each) for each in wall],
        "p95": [statistics.quantiles(each, n=20)[-1] for each in wall],
    }


if __name__ == "__main__":
    main()
