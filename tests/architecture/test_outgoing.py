"""No address that a person has given is ever asked: only the modules named here can call out at all."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import SOURCE, parsed, sources

CALLERS = {
    "aiohttp", "ftplib", "http.client", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket", "telnetlib",
    "urllib.request", "urllib3", "websockets", "xmlrpc", "django.core.mail",
}  # fmt: skip
# Who may, and what they ask.
MAY = {
    "overview/serving.py": "whether a port of this machine is free",
    "mechanisms/notices/delivering.py": "the mail server of the installation",
    "mechanisms/notices/faults.py": "the names of the mail server's faults; it asks nothing",
}
MAY_BEGINNING = {
    "mechanisms/directory/": "the municipality's own identity provider, as an administrator has configured it",
}


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_the_named_can_call_out(path: Path) -> None:
    place = str(path.relative_to(SOURCE))
    if place not in MAY and not place.startswith(tuple(MAY_BEGINNING)):
        assert list(_callers(parsed(path))) == []


@pytest.mark.parametrize(
    "line",
    [
        "import requests",
        "from urllib.request import urlopen",
        "from urllib import request",
        "import http.client",
        "import socket",
    ],
)
def test_one_that_could_call_out_is_found(line: str) -> None:
    assert list(_callers(ast.parse(line)))


def _callers(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name for name in names if any(name == each or name.startswith(f"{each}.") for each in CALLERS))
