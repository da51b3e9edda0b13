"""What `varn serve` starts ends when `varn serve` is gone, also when that was killed and could say nothing."""

import os
import signal
import threading
import time

PARENT = "VARN_PARENT"
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_TO_STOP = 15


def hold_children() -> None:
    """The processes that this one starts from now on know whom to end with."""
    os.environ[PARENT] = str(os.getpid())


def end_with_parent() -> None:
    """This process is told to stop once the one that holds it is gone; it may finish what it does, but not for long.

    A process that nobody holds is left alone. The parent is looked at from time to time, because no other way of
    hearing of its end works on every platform.
    """
    parent = os.environ.pop(PARENT, None)
    if parent is not None:
        threading.Thread(target=_watch, args=[int(parent)], name="lifeline", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_STOP)
    os._exit(1)
