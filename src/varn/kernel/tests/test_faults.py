import errno
import os
from pathlib import Path
from sqlite3 import OperationalError

import pytest

from varn.kernel.faults import database_fault, fault_of, file_fault
from varn.kernel.glossary import GLOSSARY

PATH = Path("/srv/varn/units.csv")
NUMBERS = [errno.EACCES, errno.ENOSPC, errno.EISDIR, errno.ENOTDIR, errno.ENOENT, errno.EIO]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_stands_in_the_way_of_a_file_is_a_sentence_of_its_own(number: int, language: str) -> None:
    faults = [file_fault(OSError(each, os.strerror(each)), PATH) for each in NUMBERS]
    said = [GLOSSARY.sentence(fault.key, language, fault.values) for fault in faults]
    assert len(set(said)) == len(NUMBERS)
    assert said[NUMBERS.index(number)].endswith(".")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("database is locked", "kernel:refusal.database_busy"),
        ("no such table: jobs_run", "kernel:refusal.database_unprepared"),
        ('relation "jobs_run" does not exist', "kernel:refusal.database_unprepared"),
        ("connection failed: Connection refused", "kernel:refusal.database_away"),
        ('connection failed: FATAL: database "none" does not exist', "kernel:refusal.database_away"),
        ("file is not a database", "kernel:refusal.database_broken"),
    ],
)
def test_what_a_database_says_is_understood(said: str, key: str) -> None:
    fault = database_fault(OperationalError(said))
    assert fault is not None
    assert fault.key == key


def test_a_fault_of_the_program_itself_is_not_explained_away() -> None:
    assert database_fault(ValueError("database is locked")) is None
    assert database_fault(OperationalError('near "FORM": syntax error')) is None


def test_a_full_disk_is_found_beneath_what_a_library_made_of_it() -> None:
    try:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError as error:
        above = RuntimeError("could not be stored")
        above.__cause__ = error
    fault = fault_of(above)
    assert fault is not None
    assert fault.key == "kernel:refusal.disk_full"


def test_a_file_that_is_missing_is_a_fault_of_the_program() -> None:
    assert fault_of(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))) is None
