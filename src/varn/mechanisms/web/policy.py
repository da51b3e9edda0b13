"""The content security policy: what a page may load and run, and what a file that is taken out may do (nothing)."""

from typing import Any

from csp.constants import NONCE, NONE, SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

REPORT_PATH = "/csp/"
# Pictures may come as `data:` because the style sheet of the kit draws its tick marks and arrows so: a picture runs
# nothing. There are no Trusted Types: htmx 2 writes HTML without them (docs/decisions/0014).
PAGES: dict[str, list[Any]] = {
    "default-src": [NONE],
    "script-src": [SELF, NONCE, "'strict-dynamic'"],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "object-src": [NONE],
    "report-uri": [REPORT_PATH],
}
FILES: dict[str, Any] = {
    "default-src": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "sandbox": True,
}


class Policy(CSPMiddleware):
    """Every answer has its policy: a page the strict one with its own nonce, everything else that of files."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and not _is_page(response):
            parts.config = FILES
        return parts


def _is_page(response: HttpResponseBase) -> bool:
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return is_html and "Content-Disposition" not in response.headers
