"""`varn decision parse FILE --json [--out DIR]`: prints what the reader found, or writes one file per input."""

import argparse
import json
import sys
from pathlib import Path

from .as_json import as_json
from .errors import Unreadable
from .files import read_file


def main(argv: list[str] | None = None) -> int:
    """0 when every file was read; 1 and a sentence on the error stream for each one that could not be."""
    options = _parser().parse_args(argv)
    failed = 0
    for path in options.files:
        try:
            found = [as_json(paragraph) for paragraph in read_file(path)]
        except Unreadable as problem:
            print(f"{path}: {problem.swedish} [{problem.code}]", file=sys.stderr)
            failed = 1
            continue
        except OSError as problem:
            print(f"{path}: filen går inte att öppna ({problem.strerror}).", file=sys.stderr)
            failed = 1
            continue
        _write(found, path, options.out)
    return failed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="varn decision parse", description="Read minutes into clauses, assignments and recipients."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="text, PDF or DOCX")
    parser.add_argument("--json", action="store_true", help="print JSON (the only form there is)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write one JSON file per input into this folder")
    return parser


def _write(found: list[dict[str, object]], path: Path, out: Path | None) -> None:
    words = json.dumps(found, ensure_ascii=False, indent=2)
    if out is None:
        print(words)
        return
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{path.stem}.json").write_text(words + "\n", encoding="utf-8")
