"""What the queue holds: signed JSON, never a pickle. Who can write to the queue's file cannot make the worker run code.

The signature is checked before anything is read, and what is read can only be plain values and huey's own tuples.
"""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

from huey.registry import Message
from huey.serializer import Serializer
from huey.utils import Error

TAG = "__varn__"
SIGNATURE_LENGTH = hashlib.sha256().digest_size


class Forged(ValueError):
    """The queue holds something that this installation did not write."""


class JsonSerializer(Serializer):
    """A huey serializer: 32 bytes of HMAC-SHA256, then the message as JSON."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._key = hmac.new(secret.encode(), b"varn.mechanisms.jobs.queue", hashlib.sha256).digest()

    def _serialize(self, data: Any) -> bytes:
        text = json.dumps(_plain(data), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        return self._signature(text) + text

    def _deserialize(self, data: bytes) -> Any:
        data = bytes(data)
        signature, text = data[:SIGNATURE_LENGTH], data[SIGNATURE_LENGTH:]
        if not hmac.compare_digest(signature, self._signature(text)):
            raise Forged("The signature of a message in the queue is wrong")
        return _restored(json.loads(text))

    def _signature(self, text: bytes) -> bytes:
        return hmac.new(self._key, text, hashlib.sha256).digest()


def _plain(value: Any) -> Any:
    """The value as JSON can hold it; what JSON lacks is written as a tagged object. Anything else is a `TypeError`."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return {TAG: "moment", "is": value.isoformat()}
    if isinstance(value, timedelta):
        return {TAG: "duration", "is": [value.days, value.seconds, value.microseconds]}
    for name, kind in TUPLES.items():
        if isinstance(value, kind):
            return {TAG: name, "is": [_plain(part) for part in value]}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        if TAG in value or not all(isinstance(key, str) for key in value):
            raise TypeError("A queue holds only objects with plain text as keys")
        return {key: _plain(part) for key, part in value.items()}
    raise TypeError(f"A queue does not hold {type(value).__name__}")


def _restored(value: Any) -> Any:
    if isinstance(value, list):
        return [_restored(part) for part in value]
    if not isinstance(value, dict):
        return value
    tag = value.get(TAG)
    if tag is None:
        return {key: _restored(part) for key, part in value.items()}
    if tag == "moment":
        return datetime.fromisoformat(value["is"])
    if tag == "duration":
        days, seconds, microseconds = value["is"]
        return timedelta(days=days, seconds=seconds, microseconds=microseconds)
    parts = [_restored(part) for part in value["is"]]
    return tuple(parts) if tag == "tuple" else TUPLES[tag](*parts)


# A named tuple is also a tuple, so the plain one comes last.
TUPLES: dict[str, type[tuple[Any, ...]]] = {"message": Message, "error": Error, "tuple": tuple}
