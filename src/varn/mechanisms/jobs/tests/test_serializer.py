"""The queue is data: what was not signed here is not read, and nothing read is ever code."""

import json
import pickle
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from huey import MemoryHuey, SqliteHuey
from huey.registry import Message
from huey.utils import Error
from hypothesis import given
from hypothesis import strategies as st

from varn.mechanisms.jobs.queue import SqliteQueue
from varn.mechanisms.jobs.serializer import SIGNATURE_LENGTH, Forged, JsonSerializer

SERIALIZER = JsonSerializer("a secret")
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(alphabet=st.characters(exclude_categories=("Cs",)))
    | st.datetimes()
    | st.timedeltas(),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(alphabet="abc"), inner),
    max_leaves=20,
)


@given(PLAIN)
def test_what_goes_in_comes_out(value: object) -> None:
    assert SERIALIZER.deserialize(SERIALIZER.serialize(value)) == value


def test_a_message_with_a_following_message_comes_out_as_one() -> None:
    after = Message(id="2", name="b", args=(), kwargs={})
    message = Message(
        id="1", name="a", args=(1, "x"), kwargs={"at": datetime(2022, 3, 1, tzinfo=UTC)}, on_complete=after
    )
    back = SERIALIZER.deserialize(SERIALIZER.serialize(message))
    assert isinstance(back, Message)
    assert isinstance(back.on_complete, Message)
    assert back == message


def test_an_error_comes_out_as_an_error() -> None:
    assert isinstance(SERIALIZER.deserialize(SERIALIZER.serialize(Error({"error": "x"}))), Error)


@given(st.binary(max_size=200))
def test_what_was_not_signed_here_is_refused(data: bytes) -> None:
    with pytest.raises(Forged):
        SERIALIZER.deserialize(data)


def test_a_pickle_is_never_read() -> None:
    with pytest.raises(Forged):
        SERIALIZER.deserialize(pickle.dumps({"a": 1}))


def test_another_installations_message_is_refused() -> None:
    with pytest.raises(Forged):
        SERIALIZER.deserialize(JsonSerializer("another secret").serialize("x"))


def test_a_changed_message_is_refused() -> None:
    data = bytearray(SERIALIZER.serialize({"run": 1}))
    data[-2] ^= 1
    with pytest.raises(Forged):
        SERIALIZER.deserialize(bytes(data))


@pytest.mark.parametrize("value", [object(), {1: 2}, {"__varn__": "message"}, b"bytes", {1, 2}])
def test_what_is_not_plain_is_refused_on_the_way_in(value: object) -> None:
    with pytest.raises(TypeError):
        SERIALIZER.serialize(value)


def test_what_lies_in_the_queues_file_is_json(tmp_path) -> None:
    queue = SqliteQueue("varn", secret="s", filename=str(tmp_path / "queue.sqlite3"))

    @queue.task(name="greet")
    def greet(name: str, later: timedelta) -> str:
        return f"hej {name}"

    greet("Bo", timedelta(minutes=1))
    (raw,) = queue.storage.enqueued_items()
    assert json.loads(bytes(raw)[SIGNATURE_LENGTH:])["__varn__"] == "message"
    assert queue.execute(queue.dequeue()) == "hej Bo"


def test_a_forged_message_in_the_queues_file_never_reaches_a_task(tmp_path) -> None:
    queue = SqliteQueue("varn", secret="s", filename=str(tmp_path / "queue.sqlite3"))
    SqliteHuey("varn", filename=str(tmp_path / "queue.sqlite3")).storage.enqueue(pickle.dumps("anything"))
    with pytest.raises(Forged):
        queue.dequeue()


def test_the_products_own_queue_signs() -> None:
    assert settings.HUEY["huey_class"].startswith("varn.mechanisms.jobs.queue.")
    assert isinstance(MemoryHuey("x", serializer=SERIALIZER).serializer, JsonSerializer)
