import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from django.db import connection

from varn.config.sqlite.engine import is_sound


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (3, 50, 7), (3, 44, 6)])
def test_a_build_with_the_fix_may_use_the_log(version: tuple[int, int, int]) -> None:
    assert is_sound(version)


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2), (3, 50, 6), (3, 44, 5), (3, 7, 0)])
def test_a_build_without_the_fix_may_not(version: tuple[int, int, int]) -> None:
    assert not is_sound(version)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded database only")
def test_a_connection_is_durable(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)


def test_many_writers_all_get_their_turn(tmp_path: Path) -> None:
    """Four processes write at once; each gets all its rows in, and none is locked out."""
    writer = textwrap.dedent(
        """
        import django
        django.setup()
        from django.db import connection, transaction
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS line (who INTEGER)")
        for _ in range(25):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("INSERT INTO line VALUES (%s)", [{who}])
        """
    )
    environment = {
        "VARN_HOME": str(tmp_path),
        "VARN_DATABASE_URL": f"sqlite:///{tmp_path / 'gate.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "varn.config.settings",
        "PATH": "",
    }
    crowd = [subprocess.Popen([sys.executable, "-c", writer.format(who=who)], env=environment) for who in range(4)]
    assert [process.wait(timeout=60) for process in crowd] == [0, 0, 0, 0]
    counted = subprocess.run(
        [sys.executable, "-c", COUNT], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert counted.stdout.strip() == "[(0, 25), (1, 25), (2, 25), (3, 25)]"


COUNT = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT who, COUNT(*) FROM line GROUP BY who ORDER BY who")
    print(cursor.fetchall())
"""
