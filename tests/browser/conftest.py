"""A real Chromium for the tests marked `browser`: the one that `bin/test` found, or the one on the path."""

import os
from typing import Any

import pytest

from tests.services import Missing, find_chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    try:
        chromium = os.environ.get("VARN_CHROMIUM") or find_chromium()
    except Missing as reason:
        pytest.skip(str(reason))
    # Chromium keeps no sandbox for root, and small machines have little shared memory.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*sandbox, "--disable-dev-shm-usage"]}
