"""Two measurements of bench.pages, a tenth and the whole, as one Markdown table.

    python -m bench.table tenth.json full.json

A list page may cost twelve statements, and at ten times the rows at most 1.2 times the CPU.
"""

import json
import sys
from pathlib import Path
from typing import Any

MOST_STATEMENTS = 12
MOST_GROWTH = 1.2


def table(small: list[dict[str, Any]], large: list[dict[str, Any]]) -> str:
    """Both measurements side by side; what lies beyond a bound is marked."""
    lines = [
        "| reader | page | statements | CPU ms, a tenth | CPU ms, full | growth | p50 ms | p95 ms | within |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    before = {(row["reader"], row["page"]): row for row in small}
    for row in large:
        other = before[row["reader"], row["page"]]
        growth = row["cpu"] / other["cpu"]
        is_within = row["statements"] <= MOST_STATEMENTS and growth <= MOST_GROWTH
        verdict = ("yes" if is_within else "**no**") if row["is_list"] else "–"
        lines.append(
            f"| {row['reader']} | {row['page']} | {row['statements']} | {other['cpu']:.1f} | {row['cpu']:.1f} | "
            f"{growth:.2f} | {row['p50']:.0f} | {row['p95']:.0f} | {verdict} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(*[json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3]]))
