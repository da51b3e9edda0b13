"""T-CON-1, edits: of fifty who change one record at once none writes over what they have not seen."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.harness.test_four_eyes_at_once import address  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]


def figures(folder: Path, address: str, *options: str) -> dict[str, Any]:  # noqa: F811
    """What the program says of one meeting of fifty."""
    kept = {key: value for key, value in os.environ.items() if key != "VARN_DATABASE_URL"}
    environment = kept | {
        "VARN_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "varn.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    if address:
        environment["VARN_DATABASE_URL"] = address
    command = [sys.executable, "-m", "tests.harness.edits_at_once", *options]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def test_of_fifty_at_once_one_is_first_and_the_others_are_shown_both_texts(
    address: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    got = figures(tmp_path, address)
    assert got["first answers"] == {"302": 1, "409": 49}
    assert (got["saved"], got["in the trail"], got["written over unseen"]) == (50, 50, 0)


def test_without_the_guard_what_nobody_saw_is_written_over(tmp_path: Path) -> None:
    assert figures(tmp_path, "", "--unguarded")["written over unseen"] > 0
