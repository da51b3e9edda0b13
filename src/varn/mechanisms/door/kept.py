"""What somebody wrote in a form, kept while they show again who they are."""

from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse

from varn.mechanisms.access.request import Request

KEPT = "varn_kept_form"
# What a form is sent with, and what must never lie anywhere: it is written anew.
NOT_KEPT = ("csrfmiddlewaretoken", "once", "password", "again", "current", "code")
MOST_LETTERS = 200_000


@dataclass(frozen=True, kw_only=True)
class KeptForm:
    """The page that the form was sent to, and its fields as they were written."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool


def keep(request: Request) -> str:
    """The fields are kept in the session, and the address of the page where they wait is returned.

    Files are not kept, nor passwords; what is too long for a session is not kept either, and the page says so.
    """
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in NOT_KEPT for value in map(str, values)
    ]
    is_short = sum(len(value) for _name, value in fields) <= MOST_LETTERS
    request.session[KEPT] = {
        "path": request.get_full_path(),
        "fields": fields if is_short else [],
        "had_files": bool(request.FILES) or not is_short,
    }
    return reverse("door:kept-form")


def kept_form(session: SessionBase) -> KeptForm | None:
    """The form that waits, if one does."""
    kept = session.get(KEPT)
    if not kept:
        return None
    return KeptForm(
        path=kept["path"], fields=[(name, value) for name, value in kept["fields"]], had_files=kept["had_files"]
    )


def forget(request: Request) -> None:
    """The form that is sent now waits no longer; one that was written for another page does."""
    kept = request.session.get(KEPT)
    if kept and kept["path"] == request.get_full_path():
        del request.session[KEPT]
