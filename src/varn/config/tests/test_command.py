"""What the command says when it cannot do what it is asked: a sentence and a code, never a traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3]


def said(home: Path, *words: str, **environment: str) -> str:
    """What the command wrote before it gave up."""
    given = {"VARN_HOME": str(home), "PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"], **environment}
    command = [sys.executable, "-m", "varn.config.command", *words]
    ended = subprocess.run(command, env=given, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    return ended.stderr


def test_an_unknown_command_is_told_what_there_is(tmp_path: Path) -> None:
    assert "serve" in said(tmp_path, "severe")
    assert "There is no command called severe." in said(tmp_path, "severe", VARN_LANGUAGE="en")


def test_a_data_folder_that_cannot_be_is_told_with_the_way_to_choose_another(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    told = said(tmp_path / "taken" / "home", "serve")
    assert str(tmp_path / "taken" / "home") in told
    assert "VARN_HOME" in told


@pytest.mark.parametrize("address", ["sqlite:////nowhere/at/all.sqlite3", "postgres://a:b@127.0.0.1:1/c", "nonsense"])
def test_a_database_that_cannot_be_reached_is_said_in_a_sentence(tmp_path: Path, address: str) -> None:
    assert said(tmp_path, "serve", VARN_DATABASE_URL=address).strip().endswith(".")


def test_work_before_there_are_tables_says_what_to_run_first(tmp_path: Path) -> None:
    assert "varn migrate" in said(tmp_path, "work", "--once")


def test_a_port_that_is_taken_or_none_is_said(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        taken = str(listener.getsockname()[1])
        assert said(tmp_path, "serve", "--port", taken).startswith(f"Port {taken}")
    assert "65535" in said(tmp_path, "serve", "--port", "70000")


def test_a_file_that_is_not_there_is_said_by_its_name(tmp_path: Path) -> None:
    assert str(tmp_path / "units.csv") in said(tmp_path, "import", "units", str(tmp_path / "units.csv"))
