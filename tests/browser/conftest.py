"""A real Chromium for the tests marked `browser`: the one that `bin/test` found, or the one on the path."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.serving import prepare, served
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


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the demo municipality as `bin/demo` fills it."""
    home = tmp_path_factory.mktemp("demo")
    prepare(home, "demo", "--no-serve", "--yes")
    return home


@pytest.fixture(scope="session")
def demo_site(demo_home: Path) -> Iterator[str]:
    """The address of the demo municipality, served. No worker sends its mails, so that they can be read."""
    with served(demo_home, "--no-work") as address:
        yield address


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "sv-SE", "timezone_id": "Europe/Stockholm"}
