"""Django's SQLite backend with a fair gate in front of write transactions.

SQLite hands its write lock to whoever happens to retry; under load one writer can starve. Every write transaction first
waits in line for a lock on a file beside the database, which the operating system hands out in order.
"""

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions take the gate when they begin and leave it when they end."""

    _gate: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_gate()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave_gate()
            raise

    def set_autocommit(self, autocommit: bool, *args: Any, **kwargs: Any) -> None:
        super().set_autocommit(autocommit, *args, **kwargs)
        if autocommit:
            self._leave_gate()

    def _close(self) -> None:
        super()._close()
        self._leave_gate()

    def _enter_gate(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._gate is not None or self.is_in_memory_db() or not name:
            return
        try:
            gate = os.open(f"{name}.gate", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise OperationalError(f"unable to open database file: {error.strerror}") from error
        fcntl.flock(gate, fcntl.LOCK_EX)
        self._gate = gate

    def _leave_gate(self) -> None:
        if self._gate is not None:
            os.close(self._gate)
            self._gate = None
