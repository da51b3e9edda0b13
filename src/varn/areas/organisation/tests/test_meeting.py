"""Several who do the same at the same moment, in threads of their own, on both engines (tests/meeting.py)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[5]
# Two runs of the tests, or two of their processes, may ask the same server at once.
DATABASE = f"varn_meeting_{os.getpid()}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database of its own, on the engine that the tests run on."""
    said = settings.DATABASES["default"]
    if "postgresql" not in said["ENGINE"]:
        yield f"sqlite:///{tmp_path_factory.mktemp('meeting') / 'meeting.sqlite3'}"
        return
    server = {"host": said["HOST"], "user": said["USER"], "dbname": "postgres", "autocommit": True}
    with psycopg.connect(**server) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
        yield f"postgres://{said['USER']}@/{said['HOST']}/{DATABASE}"
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


@pytest.fixture(scope="module")
def met(address: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list]:
    home = str(tmp_path_factory.mktemp("home"))
    environment = {**os.environ, "VARN_DATABASE_URL": address, "VARN_HOME": home, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.meeting"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("deed", ["propose", "unit", "requirement"])
def test_what_several_do_at_the_same_moment_comes_to_be_once(met: dict[str, list], deed: str) -> None:
    got, number = met[deed]
    assert number == 1
    assert "done" in got
    assert all(one == "done" or ":refusal." in one for one in got)


def test_two_units_do_not_come_to_lie_under_each_other(met: dict[str, list]) -> None:
    got, _ = met["circle"]
    assert got.count("done") == 1
    assert sum(":refusal." in one for one in got) == 1


def test_the_same_file_brought_in_several_times_at_once_is_brought_in_once(met: dict[str, list]) -> None:
    got, number = met["import"]
    assert number == 20
    assert got.count("done") == 1
    assert all(one in ("done", "changed") or ":refusal." in one for one in got)
