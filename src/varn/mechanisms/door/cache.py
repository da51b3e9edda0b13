"""The cache of the installation, kept in its own database: every process counts the same attempts.

What it holds is JSON: nothing that lies in the database is ever unpickled. Keys are kept as their hashes, so that no
address of a person or of a machine can be read out of them.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
ROWS = "varn.mechanisms.door.models.Cached"


class RowCache(BaseCache):
    """Holds what can be written as JSON, a row for each key, on whichever database the installation uses."""

    def __init__(self, _place: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """The value is held if nothing was; of several at once exactly one is told that it was the first."""
        row = {"value": value, "until_at": self._until(timeout)}
        name = self._name(key, version)
        try:
            with transaction.atomic():
                if not _rows().filter(key=name, until_at__lte=timezone.now()).update(**row):
                    _rows().create(key=name, **row)
        except IntegrityError:
            return False
        return True

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is held, as long as its time is not over."""
        held = _rows().filter(key=self._name(key, version), until_at__gt=timezone.now()).values_list("value", flat=True)
        return next(iter(held), default)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """The value is held in place of any other."""
        row = {"value": value, "until_at": self._until(timeout)}
        _rows().update_or_create(key=self._name(key, version), defaults=row)

    @transaction.atomic
    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """What is held is held for so long from now."""
        held = _rows().filter(key=self._name(key, version), until_at__gt=timezone.now())
        return bool(held.update(until_at=self._until(timeout)))

    @transaction.atomic
    def delete(self, key: str, version: int | None = None) -> bool:
        """Nothing is held."""
        return bool(_rows().filter(key=self._name(key, version)).delete()[0])

    @transaction.atomic
    def clear(self) -> None:
        """Nothing is held at all."""
        _rows().all().delete()

    def _name(self, key: str, version: int | None) -> str:
        return sha256(self.make_key(key, version=version).encode()).hexdigest()

    def _until(self, timeout: Any) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return FOREVER if seconds is None else timezone.now() + timedelta(seconds=seconds)


def _rows() -> "models.Manager[Any]":
    """The rows. Django makes its caches before there are models, so the model is looked up when it is asked for."""
    manager: models.Manager[Any] = import_string(ROWS).objects
    return manager
