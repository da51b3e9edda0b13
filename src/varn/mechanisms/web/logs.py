"""Lines of the log: one for each event, each with the number of its request, none with content or a person in it."""

import logging
import traceback
from pathlib import Path

from django.http import HttpRequest

from varn.mechanisms.web.numbers import number

# Who writes addresses, hosts and what was sent into what they say.
OF_REQUESTS = ("django.request", "django.security", "django.server")
FRAMES = 6


class Line(logging.Formatter):
    """`2026-11-23T10:00:00+0100 ERROR name request=… what=…`.

    Of a request it says method, route and status, never the address itself, which may hold a secret, a name or a
    question. Of a fault it says its kind and where in the code it arose, never its words, which may hold a value.
    """

    default_time_format = "%Y-%m-%dT%H:%M:%S%z"
    default_msec_format = ""

    def format(self, record: logging.LogRecord) -> str:
        parts = [self.formatTime(record), record.levelname, record.name, f"request={number()}", _said(record)]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(f"fault={fault(record.exc_info[1])}")
        return _on_one_line(" ".join(part for part in parts if part))


def route_of(request: HttpRequest | None) -> str:
    """The name of the page that was asked for, or "-" where no page is."""
    match = getattr(request, "resolver_match", None)
    return match.view_name or match.route if match else "-"


def fault(error: BaseException) -> str:
    """The kind of the fault and those before it, and the nearest places in the code."""
    kinds: list[str] = []
    beneath: BaseException | None = error
    while beneath is not None and len(kinds) < FRAMES:
        kinds.append(type(beneath).__name__)
        beneath = beneath.__cause__ or beneath.__context__
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    places = [f"{Path(frame.filename).parent.name}/{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    return "<".join(kinds) + "@" + ">".join(places)


def _said(record: logging.LogRecord) -> str:
    if not record.name.startswith(OF_REQUESTS):
        return record.getMessage()
    request = getattr(record, "request", None)
    method = getattr(request, "method", None) or "-"
    status = getattr(record, "status_code", "-")
    return f"method={method if method.isalpha() else '?'} route={route_of(request)} status={status}"


def _on_one_line(text: str) -> str:
    return "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in text)
