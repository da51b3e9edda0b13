"""What browsers tell of pages that broke the policy: how often and which rule, and nothing of whom or where."""

import json
import logging
from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from varn.mechanisms.access.doors import public
from varn.mechanisms.web.policy import PAGES

LARGEST = 16 * 1024
# Beyond so many a process only counts.
MOST_LINES = 100

counted: Counter[str] = Counter()
logger = logging.getLogger(__name__)


@public
@csrf_exempt
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """A breach is counted and, for the first hundred, written in the log by the name of its rule alone."""
    rule = _rule(request)
    counted[rule] += 1
    if counted.total() <= MOST_LINES:
        logger.warning("policy rule=%s count=%s", rule, counted[rule])
    return HttpResponse(content_type="text/plain")


def _rule(request: HttpRequest) -> str:
    """The rule that was broken, if it is one of ours. Whatever else was sent is not looked at."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            return "too-large"
        said = json.loads(request.read(LARGEST))["csp-report"]
        name = str(said.get("effective-directive") or said.get("violated-directive", "")).split(" ")[0]
    except (ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError):
        return "unreadable"
    return name if name.removesuffix("-elem").removesuffix("-attr") in PAGES else "other"
