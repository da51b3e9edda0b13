"""`varn decision parse FILE… --json [--out DIR]`: prints what the reader found as one list, or writes one file each."""

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path

from .as_json import as_json
from .errors import Unreadable
from .files import read_file

Found = list[dict[str, object]]


def main(argv: list[str] | None = None) -> int:
    """0 when every file was read; 1 and a sentence on the error stream for each one that could not be."""
    options = _parser().parse_args(argv)
    failed, read = 0, {}
    for path in options.files:
        try:
            read[path] = [as_json(paragraph) for paragraph in read_file(path)]
        except Unreadable as problem:
            print(f"{path}: {problem.swedish} [{problem.code}]", file=sys.stderr)
            failed = 1
        except OSError as problem:
            print(f"{path}: filen går inte att öppna ({problem.strerror}).", file=sys.stderr)
            failed = 1
    if options.out:
        _write(read, options.out)
    elif read:
        _print(_words([paragraph for found in read.values() for paragraph in found]))
    return failed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="varn decision parse", description="Read minutes into clauses, assignments and recipients."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="text, PDF or DOCX")
    parser.add_argument("--json", action="store_true", help="print JSON (the only form there is)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write one JSON file per input into this folder")
    return parser


def _print(words: str) -> None:
    """The words on the output, for as long as somebody reads them: `| head` reads no more than it wants."""
    try:
        print(words, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(read: dict[Path, Found], out: Path) -> None:
    """One file for each input, named after it; with its ending too where two would have the same name."""
    out.mkdir(parents=True, exist_ok=True)
    stems = Counter(path.stem for path in read)
    for path, found in read.items():
        name = path.stem if stems[path.stem] == 1 else path.name
        (out / f"{name}.json").write_text(_words(found) + "\n", encoding="utf-8")


def _words(found: Found) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)
