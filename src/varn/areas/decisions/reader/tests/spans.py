"""Looking up the value of a field path in what the reader found."""

import re
from typing import Any


def value_at(found: dict[str, Any], path: str) -> Any:
    """`assignments[1].deadline.text` → that value."""
    value: Any = found
    for name, place in re.findall(r"(\w+)|\[(\d+)\]", path):
        value = value[name] if name else value[int(place)]
    return value


def broken_spans(found: dict[str, Any]) -> list[str]:
    """The paths whose place in the text does not hold their value."""
    return [
        path
        for path, (start, end) in found["spans"].items()
        if " ".join(found["text"][start:end].split()) != value_at(found, path)
    ]
