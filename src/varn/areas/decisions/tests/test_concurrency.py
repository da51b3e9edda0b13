import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[5]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What two threads on one database file got when they did the same thing at the same moment."""
    home = tmp_path_factory.mktemp("twice")
    kept = {key: value for key, value in os.environ.items() if key != "VARN_DATABASE_URL"}
    environment = kept | {
        "VARN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "varn.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    command = [sys.executable, "-m", "varn.areas.decisions.tests.twice_at_once"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_same_section_registered_twice_at_once_is_one_decision(results: dict[str, object]) -> None:
    assert (results["registered"], results["decisions"]) == (["AlreadyRegistered", "Decision"], 1)


def test_a_link_used_twice_at_once_acknowledges_once(results: dict[str, object]) -> None:
    assert results["acknowledged"] == ["Dispatch", "Refused"]


def test_an_assignment_closed_twice_at_once_is_closed_once(results: dict[str, object]) -> None:
    assert (results["closings"], results["state"]) == (1, "closed")
