"""T-WEB-1: every answer conforms. T-WEB-2: no change is accepted that a page of our own did not send."""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.access.asking import PATTERNS, Asking
from tests.access.conftest import asking  # noqa: F401
from tests.access.world import address
from tests.harness.web import faults
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.exports.actions import TAKE_OUT
from varn.mechanisms.ui.views import about
from varn.mechanisms.web.models import SentForm

pytestmark = [pytest.mark.django_db, pytest.mark.long]
READERS = ("anonymous", "administrator", "head_of_security")
VERBS = ("GET", "HEAD", "POST", "DELETE", "TRACE")
OUR_OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
FOREIGN = {
    "cross-site": {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": "navigate"},
    "same-site": {"HTTP_SEC_FETCH_SITE": "same-site"},
    "written": {"HTTP_SEC_FETCH_SITE": "none"},
    "foreign origin": {"HTTP_ORIGIN": "https://evil.example"},
    "null origin": {"HTTP_ORIGIN": "null"},
    "foreign page": {"HTTP_REFERER": "https://evil.example/a"},
    "nothing said": {},
    "no token": OUR_OWN,
    "wrong token": OUR_OWN | {"HTTP_X_CSRFTOKEN": "a" * 64},
}


@pytest.mark.parametrize("name", PATTERNS)
def test_every_answer_of_an_address_conforms(asking: Asking, name: str) -> None:  # noqa: F811
    wrong = [f"{role} {verb}: {fault}" for role, verb, answer in _crawled(asking, name) for fault in faults(answer)]
    assert wrong == []


def _crawled(asking: Asking, name: str) -> Iterator[tuple[str, str, HttpResponse]]:  # noqa: F811
    for role in READERS:
        client = asking.browser(role)
        client.raise_request_exception = False
        path = address(name, PATTERNS[name], asking.keys[role])
        for verb in VERBS:
            with transaction.atomic():
                answer = client.generic(verb, path)
                answer.asked_path = path
                yield role, verb, answer
                transaction.set_rollback(True)
        with transaction.atomic():
            answer = client.get(path, headers={"hx-request": "true"})
            answer.asked_path = path
            yield role, "HX", answer
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("path", "more", "status"),
    [
        ("/static/ui/ui.css", {}, 200),
        ("/static/ui/ui.js?h=000000000000", {}, 200),
        ("/static/vendor/icons.svg", {}, 200),
        ("/static/../../etc/passwd", {}, 404),
        ("/no/such/page/", {}, 404),
        ("/about", {}, 301),
        ("/about/%00", {}, 404),
        ("/about/?q=%00", {}, 400),
        ("/about/?q=%ff", {}, 400),
        ("/about/?nobody=asks", {}, 400),
        ("/about/", {"HTTP_HOST": "evil.example"}, 400),
        ("/static/ui/ui.css", {"HTTP_HOST": "evil.example"}, 400),
        ("/about/?q=" + "x" * 20_000, {}, 400),
        ("/about/", {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_DEST": "iframe"}, 403),
        ("/about/", {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": "no-cors"}, 403),
    ],
)
def test_what_is_no_page_conforms(client: Client, path: str, more: dict[str, str], status: int) -> None:
    answer = client.get(path, **more)
    assert answer.status_code == status
    assert list(faults(answer)) == []


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"HTTP_ORIGIN": "http://[::1"}, 403),
        ({"HTTP_REFERER": "http://[::1"}, 403),
        ({"content_type": "multipart/form-data; boundary=x; charset=hex"}, 400),
        ({"content_type": "application/x-www-form-urlencoded; charset=utf-16"}, 400),
    ],
)
def test_what_no_browser_says_of_itself_is_refused_and_breaks_nothing(
    client: Client, more: dict[str, str], status: int
) -> None:
    client.raise_request_exception = False
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'
    answer = client.generic("POST", "/sign-in/", body, **{"content_type": "multipart/form-data; boundary=x"} | more)
    assert (answer.status_code, list(faults(answer))) == (status, [])


def test_a_style_sheet_is_kept_only_under_the_address_of_its_own_content(client: Client) -> None:
    shown = client.get("/about/").text
    path = re.search(r"/static/ui/ui\.css\?h=[0-9a-f]{12}", shown).group()
    kept, other = client.get(path), client.get("/static/ui/ui.css?h=000000000000")
    assert kept["Cache-Control"] == "public, max-age=31536000, immutable"
    assert other["Cache-Control"] == "no-store"


def test_what_is_too_large_is_refused_before_it_is_read(client: Client) -> None:
    answer = client.generic("POST", "/sign-in/", b"x", CONTENT_LENGTH="999999999999")
    assert (answer.status_code, list(faults(answer))) == (413, [])


@pytest.mark.parametrize(("error", "status"), [(ValueError("Ordning Reda"), 500), (DatabaseError("disk is full"), 503)])
def test_a_fault_tells_nothing_and_conforms(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception, status: int
) -> None:
    def broken(*_args: object, **_more: object) -> HttpResponse:
        raise error

    monkeypatch.setattr(about, "render", broken)
    client.raise_request_exception = False
    answer = client.get("/about/")
    assert (answer.status_code, list(faults(answer))) == (status, [])
    assert answer["X-Request-Id"] in answer.text
    assert str(error) not in answer.text


def test_the_number_of_a_request_is_nobodys_choice(client: Client) -> None:
    numbers = {client.get("/about/", HTTP_X_REQUEST_ID="mine")["X-Request-Id"] for _ in range(20)}
    assert len(numbers) == 20
    assert "mine" not in numbers


def test_under_tls_the_cookies_are_bound_to_the_host_and_the_browser_is_told_to_stay(tmp_path: object) -> None:
    said = subprocess.run(
        [sys.executable, "-c", UNDER_TLS],
        env=os.environ
        | {"VARN_BASE_URL": "https://varn.example", "VARN_HOSTS": "varn.example", "VARN_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    assert said.split() == [
        "__Host-varn_session", "__Host-varn_language", "__Host-varn_theme", "True", "Strict", "True", "True",
        "max-age=63072000;", "includeSubDomains", "None",
    ]  # fmt: skip


UNDER_TLS = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "varn.config.settings"
django.setup()
from django.conf import settings
from django.test import Client
from varn.mechanisms.ui.themes import COOKIE
under = Client(HTTP_HOST="varn.example")
safe = under.get("/static/ui/ui.css", secure=True).headers.get("Strict-Transport-Security")
open = under.get("/static/ui/ui.css").headers.get("Strict-Transport-Security")
print(settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, COOKIE, settings.SESSION_COOKIE_SECURE,
      settings.SESSION_COOKIE_SAMESITE, settings.SESSION_COOKIE_HTTPONLY, settings.SECURE, safe, open)
"""


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        ({"X-Frame-Options": "SAMEORIGIN"}, "X-Frame-Options"),
        ({"Cache-Control": "max-age=60"}, "Cache-Control"),
        ({"Content-Security-Policy": "default-src *"}, "policy of a page"),
        ({"X-Request-Id": "1"}, "X-Request-Id"),
    ],
)
def test_an_answer_that_does_not_conform_is_found(client: Client, spoil: dict[str, str], named: str) -> None:
    answer = client.get("/about/")
    for header, value in spoil.items():
        answer[header] = value
    assert any(named in fault for fault in faults(answer))


@pytest.mark.parametrize(
    "seed", ["<script>1</script>", '<p onclick="x">', '<p style="x">', '<script src="/x.js"></script>']
)
def test_an_inline_script_or_style_is_found(client: Client, seed: str) -> None:
    answer = client.get("/about/")
    answer.content += seed.encode()
    assert list(faults(answer))


@pytest.mark.parametrize("name", [name for name in PATTERNS if name not in settings.OPEN_TO_OTHERS])
def test_nothing_is_accepted_that_our_own_page_did_not_send(asking: Asking, name: str) -> None:  # noqa: F811
    accepted = [
        (way, role, answer.status_code)
        for role in ("anonymous", "head_of_security", "administrator")
        for way, headers in FOREIGN.items()
        for answer, changed in [_sent(asking, name, role, headers)]
        if changed or not _is_refused(answer)
    ]
    assert accepted == []


def _is_refused(answer: HttpResponse) -> bool:
    return answer.status_code in (400, 401, 403, 404, 405) or "/sign-in/" in answer.headers.get("Location", "")


@pytest.mark.parametrize("name", PATTERNS)
def test_asking_for_a_page_changes_nothing(asking: Asking, name: str) -> None:  # noqa: F811
    """That somebody took a list out stands in the trail, and is all that asking leaves behind."""
    for role in ("anonymous", "head_of_security", "administrator"):
        with transaction.atomic():
            before = _written(besides=TAKE_OUT)
            asking.browser(role).get(address(name, PATTERNS[name], asking.keys[role]), {"next": "/"})
            assert _written(besides=TAKE_OUT) == before, role
            transaction.set_rollback(True)


def test_what_our_own_page_sends_is_accepted(asking: Asking) -> None:  # noqa: F811
    assert _own(asking).status_code == 302


def test_without_the_guards_the_same_requests_are_accepted(asking: Asking) -> None:  # noqa: F811
    guards = ("varn.mechanisms.web.origins.Origins", "django.middleware.csrf.CsrfViewMiddleware")
    bare = [each for each in settings.MIDDLEWARE if each not in guards]
    key = {"once": secrets.token_urlsafe(16)}
    with override_settings(MIDDLEWARE=bare):
        answer, changed = _sent(asking, "ui:saved_view-delete", "head_of_security", FOREIGN["cross-site"], key)
    assert (answer.status_code, changed) == (302, True)


def _own(asking: Asking) -> HttpResponse:  # noqa: F811
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = asking.sessions["head_of_security"]
    page = client.get("/about/").text
    fields = dict(re.findall(r'name="(csrfmiddlewaretoken|once)" value="([^"]+)"', page))
    with transaction.atomic():
        answer = client.post("/look/theme/", fields | {"theme": "dark"}, **OUR_OWN)
        transaction.set_rollback(True)
    return answer


def _sent(
    asking: Asking,  # noqa: F811
    name: str,
    role: str,
    headers: dict[str, str],
    fields: dict[str, str] | None = None,
) -> tuple[HttpResponse, bool]:
    """The answer to a change that comes from elsewhere, with the reader's own cookie, and whether anything changed."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if role in asking.sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = asking.sessions[role]
    with transaction.atomic():
        before = _written()
        answer = client.post(address(name, PATTERNS[name], asking.keys[role]), fields or {"next": "/"}, **headers)
        changed = _written() != before
        transaction.set_rollback(True)
    return answer, changed


def _written(*, besides: str = "") -> tuple[int, int]:
    return Entry.objects.exclude(verb=besides).count(), SentForm.objects.count()
