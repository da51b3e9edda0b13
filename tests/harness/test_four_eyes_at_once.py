"""T-CON-1: exactly one of eight who approve, and of eight who grant and revoke; on the suite’s own database."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A database that only this module uses: rows of the trail cannot be deleted. Empty for a file of its own."""
    default = settings.DATABASES["default"]
    if "postgresql" not in default["ENGINE"]:
        yield ""
        return
    psycopg = pytest.importorskip("psycopg")
    name = f"at_once_{uuid.uuid4().hex[:8]}"
    where = {"host": default["HOST"], "port": default["PORT"], "user": default["USER"], "password": default["PASSWORD"]}
    given = {key: value for key, value in where.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    yield f"{os.environ['VARN_DATABASE_URL'].rpartition('/')[0]}/{name}"
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def results(address: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What eight threads got, round after round."""
    kept = {key: value for key, value in os.environ.items() if key != "VARN_DATABASE_URL"}
    environment = kept | {
        "VARN_HOME": str(tmp_path_factory.mktemp("eight")),
        "DJANGO_SETTINGS_MODULE": "varn.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    if address:
        environment["VARN_DATABASE_URL"] = address
    command = [sys.executable, "-m", "tests.harness.four_eyes_at_once", str(ROUNDS)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_of_eight_who_approve_exactly_one_does(results: dict[str, Any]) -> None:
    assert results["approved"] == {"Approval": ROUNDS, "Refused": 7 * ROUNDS}


def test_what_was_approved_is_done_exactly_once(results: dict[str, Any]) -> None:
    assert results["resets"] == results["executed"]


def test_one_word_stands_where_some_approve_and_the_other_takes_back(results: dict[str, Any]) -> None:
    assert results["withdrawn or approved"] == {"Approval": ROUNDS, "Refused": 7 * ROUNDS}
    assert results["settled"] == 2 * ROUNDS


def test_one_word_stands_where_some_accept_and_some_decline(results: dict[str, Any]) -> None:
    assert results["accepted or declined"] == {"Appointment": ROUNDS, "Refused": 7 * ROUNDS}
    assert results["appointments settled"] == ROUNDS


def test_a_member_is_let_in_once_and_one_who_answers_for_the_compartment_stays(results: dict[str, Any]) -> None:
    assert results["let in"] == {"Membership": ROUNDS, "Refused": 7 * ROUNDS}
    out = results["let out"]
    # Whoever has left the compartment has no right there any longer, and is told no more.
    assert (out["Membership"], out.get("Refused", 0) + out.get("PermissionDenied", 0)) == (ROUNDS, 7 * ROUNDS)
    assert results["members"] == ROUNDS


def test_each_thing_stands_in_one_state_and_nothing_locked(results: dict[str, Any]) -> None:
    assert (results["standing moves"], results["deadlocks"]) == (0, 0)
