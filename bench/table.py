"""The figures of bench.pages as Markdown: first the worst of all lists, then every page.

    python -m bench.table figures.json

The first page of a list may cost twelve statements, and at ten times the rows at most 1.2 times the CPU.
"""

import json
import sys
from pathlib import Path
from typing import Any

MOST_STATEMENTS = 12
MOST_GROWTH = 1.2
# From here on a page is asked for more rounds.
NEAR = 1.1
HEADING = (
    "| page | reader | statements | CPU, least | growth | CPU, median | growth | p50 | p95 | rounds | within |",
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
)


def growth(row: dict[str, Any]) -> tuple[float, float]:
    """How many times a tenth's CPU the whole costs: by the least of all rounds, and by the middle one."""
    return row["least"][1] / row["least"][0], row["middle"][1] / row["middle"][0]


def table(rows: list[dict[str, Any]]) -> str:
    """Every page, a tenth and the whole side by side; what lies beyond a bound is marked."""
    return "\n".join([*HEADING, *map(_line, rows)])


def worst(rows: list[dict[str, Any]]) -> str:
    """How many lists were measured, the most of everything among them, and which lie beyond a bound."""
    lists = [row for row in rows if row["is_list"]]
    beyond = [f"{row['page']} ({row['reader']})" for row in lists if _verdict(row) != "yes"]
    least, middle = (max(lists, key=lambda row: growth(row)[which]) for which in (0, 1))
    most = max(lists, key=lambda row: row["statements"])
    return (
        f"{len({row['page'] for row in lists})} lists, {len(lists)} with each reader who may see them. "
        f"Most statements: {most['statements']} ({most['page']}, {most['reader']}). "
        f"Most growth by the least: {growth(least)[0]:.2f} ({least['page']}, {least['reader']}); "
        f"by the median: {growth(middle)[1]:.2f} ({middle['page']}, {middle['reader']}). "
        f"Beyond a bound: {', '.join(beyond) or 'none'}."
    )


def _line(row: dict[str, Any]) -> str:
    least, middle = growth(row)
    cells = [
        row["page"],
        row["reader"],
        str(row["statements"]),
        _pair(row["least"], 1),
        f"{least:.2f}",
        _pair(row["middle"], 1),
        f"{middle:.2f}",
        _pair(row["p50"], 0),
        _pair(row["p95"], 0),
        str(row["rounds"]),
        _verdict(row) if row["is_list"] else "–",
    ]
    return f"| {' | '.join(cells)} |"


def _pair(values: list[float], decimals: int) -> str:
    return " → ".join(f"{value:.{decimals}f}" for value in values)


def _verdict(row: dict[str, Any]) -> str:
    """Within, beyond by every measure, or beyond by the median alone, which what else the machine does can cause."""
    least, middle = growth(row)
    if row["statements"] > MOST_STATEMENTS or least > MOST_GROWTH:
        return "**no**"
    return "yes" if middle <= MOST_GROWTH else "by the least"


if __name__ == "__main__":
    figures = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(worst(figures), table(figures), sep="\n\n")
