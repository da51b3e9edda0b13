"""What the directory sends and asks for. What cannot be kept or must never come in is refused before it is used."""

import json
from typing import Any, TypeVar

from django.core.exceptions import ValidationError as NoValue
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from scim2_models import InvalidFilterException, InvalidSyntaxException, InvalidValueException, NotFoundException

from varn.kernel.lifecycle import Refusal
from varn.kernel.secrecy import has_personal_number, has_protected_identity
from varn.mechanisms.directory.models import DirectoryGroup, DirectoryUser
from varn.mechanisms.directory.scim import filters
from varn.mechanisms.directory.scim.answers import refused
from varn.mechanisms.directory.scim.resources import MOST_IN_A_PAGE
from varn.mechanisms.moves.making import Refused

M = TypeVar("M", bound=Model)
# No resource and no change of one lies so deep.
DEEPEST = 20
LONGEST_FILTER = 4_000


def body_of(request: HttpRequest) -> Any:
    """What was sent, if it can be kept and holds nothing that must never come in."""
    try:
        sent = json.loads(request.body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InvalidSyntaxException(detail="That is no JSON.") from error
    if not isinstance(sent, dict) or not _can_be_kept(sent):
        raise InvalidSyntaxException(detail="That is no resource.")
    if has_personal_number(sent):
        raise Refused(Refusal("directory:refusal.personal_number"))
    if has_protected_identity(sent):
        raise Refused(Refusal("directory:refusal.protected_identity"))
    return sent


def as_asked(request: HttpRequest) -> HttpRequest:
    """The request with what its body asks for in place of its address."""
    asked = QueryDict(mutable=True)
    for name, value in body_of(request).items():
        asked[name] = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    vars(request)["GET"] = asked
    return request


def filtered(request: HttpRequest, rows: QuerySet[Any], columns: filters.Columns, kind: Any) -> QuerySet[Any]:
    """The rows that the request asks for; all of them where it does not say."""
    text = request.GET.get("filter")
    if not text:
        return rows
    if len(text) > LONGEST_FILTER:
        raise InvalidFilterException(detail=f"At most {LONGEST_FILTER} characters: filter")
    try:
        return rows.filter(pk__in=rows.filter(filters.asked_for(text, columns, kind)).values("pk"))
    except (NoValue, TypeError) as error:
        raise InvalidFilterException(detail="That value cannot be compared.") from error


def page_of(request: HttpRequest) -> tuple[int, int]:
    """The first one wanted, counted from 1, and how many at the most."""
    try:
        start = int(request.GET.get("startIndex", 1))
        count = int(request.GET.get("count", MOST_IN_A_PAGE))
    except ValueError as error:
        raise InvalidValueException(detail="startIndex and count are numbers.") from error
    return min(max(start, 1), 2**31), min(max(count, 0), MOST_IN_A_PAGE)


def found(rows: QuerySet[M], key: str) -> M:
    """The row of this id."""
    row = rows.filter(uuid=filters.key_of(key)).first()
    if row is None:
        raise NotFoundException(detail="There is nothing here.")
    return row


def stale(request: HttpRequest, row: DirectoryUser | DirectoryGroup) -> HttpResponse | None:
    """Why it may not be changed by who has read another version of it."""
    wanted = request.headers.get("If-Match")
    if wanted in (None, "*", f'W/"{row.version}"'):
        return None
    return refused(412, "It has been changed since it was read.")


def wants_members(request: HttpRequest) -> bool:
    """Whether those who are in a group are to be told with it."""
    excluded = request.GET.get("excludedAttributes", "").casefold().split(",")
    asked = request.GET.get("attributes", "").casefold()
    return "members" not in [name.strip() for name in excluded] and (not asked or "members" in asked)


def _can_be_kept(sent: Any, depth: int = 0) -> bool:
    """Whether it is no deeper than anything that is used here, and all its text is text that a database holds."""
    if depth > DEEPEST:
        return False
    if isinstance(sent, dict):
        return all(_can_be_kept(each, depth + 1) for pair in sent.items() for each in pair)
    if isinstance(sent, list):
        return all(_can_be_kept(each, depth + 1) for each in sent)
    return not isinstance(sent, str) or filters.is_text(sent)
