"""What is written in the log, and what is answered when nothing else answers: never content, never a person."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
from django.http import HttpRequest
from django.test import Client

from varn.mechanisms.web import reports
from varn.mechanisms.web.answers import ALWAYS, last_resort
from varn.mechanisms.web.logs import Line
from varn.mechanisms.web.numbers import number

pytestmark = pytest.mark.django_db
SECRET = "Ordning Reda 010203"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the installation's log would hold."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Line())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def line(message: str, *args: object, name: str = "varn.test", **more: object) -> str:
    record = logging.LogRecord(name, logging.WARNING, __file__, 1, message, args, None)
    vars(record).update(more)
    return Line().format(record)


def test_a_fault_is_logged_by_its_kind_and_place_and_never_by_its_words(
    client: Client, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(reports, "_rule", broken)
    client.raise_request_exception = False
    answer = client.post(f"/csp/?utm_source={SECRET}", SECRET, content_type="text/plain")
    (said,) = log.getvalue().splitlines()
    assert f"request={answer['X-Request-Id']}" in said
    assert "route=web:report status=500 fault=ValueError@" in said
    assert SECRET not in said
    assert "Ordning" not in said


@pytest.mark.parametrize("path", ["/nowhere/{}/", "/about/?nobody={}", "/static/{}"])
def test_an_address_never_stands_in_the_log(client: Client, log: io.StringIO, path: str) -> None:
    client.get(path.format("hemlig-01"))
    assert "request=" in log.getvalue()
    assert "hemlig-01" not in log.getvalue()


def test_one_event_is_one_line_whatever_is_in_it() -> None:
    said = line("job failed name=%s", "x\n2026-11-23T10:00:00+0100 CRITICAL forged\r\x1b[2J\u2028")
    assert len(said.splitlines()) == 1
    assert "\x1b" not in said
    assert "name=x\\x0a2026" in said


def test_a_line_is_read_by_a_machine_part_by_part() -> None:
    request = HttpRequest()
    request.method = "GET"
    moment, level, name, *parts = line("Not Found: /x", name="django.request", request=request, status_code=404).split()
    assert (moment[10], level, name) == ("T", "WARNING", "django.request")
    assert dict(part.split("=") for part in parts) == {
        "request": number(), "method": "GET", "route": "-", "status": "404",
    }  # fmt: skip


def test_an_unknown_verb_is_not_repeated() -> None:
    request = HttpRequest()
    request.method = "GET\n1"
    assert "method=? " in line("x", name="django.request", request=request)


def test_what_nothing_else_caught_is_answered_with_a_number_and_no_words(log: io.StringIO) -> None:
    def broken(_environ: object, _start: object) -> list[bytes]:
        raise RuntimeError(SECRET)

    told: list[tuple[str, dict[str, str]]] = []
    page = b"".join(last_resort(broken)({}, lambda status, headers: told.append((status, dict(headers)))))
    ((status, headers),) = told
    assert status == "500 Internal Server Error"
    assert headers.items() >= ALWAYS.items()
    assert (headers["Cache-Control"], headers["Content-Security-Policy"]) == ("no-store", "default-src 'none'")
    assert SECRET not in page.decode()
    assert "fault=RuntimeError@" in log.getvalue()
    assert SECRET not in log.getvalue()
    assert sys.exception() is None


@pytest.fixture
def counted() -> Iterator[None]:
    reports.counted.clear()
    yield
    reports.counted.clear()


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    ("sent", "rule"),
    [
        ({"csp-report": {"effective-directive": "script-src-elem", "document-uri": SECRET}}, "script-src-elem"),
        ({"csp-report": {"violated-directive": f"img-src {SECRET}"}}, "img-src"),
        ({"csp-report": {"effective-directive": SECRET}}, "other"),
        ({"csp-report": [SECRET]}, "unreadable"),
        ([SECRET], "unreadable"),
        ({"csp-report": {"effective-directive": SECRET * 2_000}}, "too-large"),
    ],
)
def test_a_breach_of_the_policy_is_counted_and_logged_by_its_rule_alone(
    client: Client, log: io.StringIO, sent: object, rule: str
) -> None:
    answer = client.post("/csp/", json.dumps(sent), content_type="application/csp-report")
    assert (answer.status_code, answer.content) == (200, b"")
    assert dict(reports.counted) == {rule: 1}
    assert f"policy rule={rule} count=1" in log.getvalue()
    assert "Ordning" not in log.getvalue()
