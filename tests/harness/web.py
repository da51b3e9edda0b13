"""What every answer must have on it (T-WEB-1): read from the answer alone, whatever made it."""

import re
from collections.abc import Iterator

from django.http import HttpResponse

from tests.access.asking import body
from varn.mechanisms.web.answers import ALWAYS, KEPT, NEVER_KEPT
from varn.mechanisms.web.numbers import HEADER, LENGTH, LETTERS

NUMBER = re.compile(f"[{LETTERS}]{{{LENGTH}}}")
PAGE = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "report-uri": "/csp/",
}
FILE = {
    "default-src": "'none'",
    "sandbox": "",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
INLINE = (
    re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    re.compile(r"<[a-z][^>]*\s(?:on[a-z]+|style)\s*=", re.IGNORECASE),
    re.compile(r"<style\b|javascript:", re.IGNORECASE),
)
SCRIPT = re.compile(r"<script\b[^>]*>")


def faults(response: HttpResponse) -> Iterator[str]:
    """What is wrong with the answer's headers, policy, cookies and page; nothing for one that conforms."""
    for name, value in ALWAYS.items():
        if response.headers.get(name) != value:
            yield f"{name}: {response.headers.get(name)}"
    if not NUMBER.fullmatch(response.headers.get(HEADER, "")):
        yield f"{HEADER}: {response.headers.get(HEADER)}"
    yield from _faults_of_keeping(response)
    yield from _faults_of_cookies(response)
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and "Content-Disposition" not in response
    policy = _policy(response)
    if not is_page:
        if policy != FILE:
            yield f"policy of a file: {policy}"
        return
    script = policy.pop("script-src", "")
    if policy != PAGE:
        yield f"policy of a page: {policy}"
    yield from _faults_of_scripts(script, body(response, plain=False).decode())


def _policy(response: HttpResponse) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in response.headers.get("Content-Security-Policy", "").split(";")]
    return {name: value for name, _space, value in parts if name}


def _faults_of_keeping(response: HttpResponse) -> Iterator[str]:
    kept, path = response.headers.get("Cache-Control"), getattr(response, "asked_path", "")
    may_be_kept = path.startswith("/static/") or path.startswith("/look/")
    if kept != NEVER_KEPT and not (may_be_kept and kept == KEPT):
        yield f"Cache-Control: {kept}"


def _faults_of_cookies(response: HttpResponse) -> Iterator[str]:
    for name, cookie in response.cookies.items():
        is_going = cookie["max-age"] == 0
        if not is_going and not (cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["path"] == "/"):
            yield f"cookie {name}"
        if cookie["domain"]:
            yield f"cookie {name} for {cookie['domain']}"


def _faults_of_scripts(allowed: str, page: str) -> Iterator[str]:
    nonce = re.search(r"'nonce-([^']{22,})'", allowed)
    if "unsafe" in allowed or "'strict-dynamic'" not in allowed:
        yield f"script-src {allowed}"
    for script in SCRIPT.findall(page):
        if nonce is None or f'nonce="{nonce[1]}"' not in script:
            yield f"a script without the nonce: {script}"
    for pattern in INLINE:
        yield from (f"inline: {found.group()[:60]}" for found in pattern.finditer(page))
