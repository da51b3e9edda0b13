"""T-FUZZ-1: whatever is sent in whichever field of whichever form, no page breaks and nothing comes back unescaped.

The fields are read from the pages themselves. `VARN_FUZZ=1000` tries more of each form than the fifty of the suite.
"""

import os
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.asking import PATTERNS, Asking
from tests.access.conftest import asking  # noqa: F401
from tests.access.world import ROLES, address

pytestmark = [pytest.mark.django_db, pytest.mark.long]
EXAMPLES = int(os.environ.get("VARN_FUZZ", "50"))
MARK = "<q7x>"
NASTY = (
    "", " ", "\x00", "a\x00b", "a" * 1_000_000, "å" * 10_000, "\u202eabc\u202c", "\u200b", "\ufeff", "\ufffd",
    "\U0001f6e1" * 50,
    "0001-01-01", "9999-12-31", "2026-02-30", "-0001-01-01", "10000-01-01", "2026-W48", "-0", "−0", "0", "-1", "1e309",
    "NaN", "Infinity", "9" * 400, "0x1f", "1,5", "100 %", "²", "٣", "true", "None", "null", "[]", "{}", "__all__",
    "' OR 1=1 --", "../../etc/passwd", "%s%n", "{{ 7*7 }}", "\r\n\r\n", f"{MARK}<script>", f"\"'>{MARK}",
    f"</textarea>{MARK}",
)  # fmt: skip
# Small forms without a page of their own, by their buttons.
WITHOUT_A_PAGE = {
    "ui:theme": ("theme", "next"),
    "ui:saved_view-save": ("label", "page", "path", "query", "next"),
    "access:language": ("language", "next"),
    "organisation:handover-add": ("text",),
    "organisation:handover-complete": ("done",),
}


@pytest.mark.parametrize("name", PATTERNS)
def test_no_form_breaks_on_anything_that_is_sent(asking: Asking, name: str) -> None:  # noqa: F811
    found = _form_of(asking, name)
    if found is None:
        pytest.skip("no form that any reader of the world meets there")
    role, fields = found

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(st.fixed_dictionaries({}, optional={key: _values(field) for key, field in fields.items()}))
    def try_it(sent: dict[str, Any]) -> None:
        answer = _answer(asking, name, role, sent)
        assert answer.status_code < 500, (role, _short(sent))
        assert MARK not in answer.content.decode(errors="replace"), (role, _short(sent))

    try_it()


def test_at_least_so_many_forms_are_tried(asking: Asking) -> None:  # noqa: F811
    assert len([name for name in PATTERNS if _form_of(asking, name)]) >= 60


def test_a_page_that_gives_back_what_it_got_is_found(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr("varn.mechanisms.ui.views.shell.safe_next", lambda request: f"/?{request.POST.get('next')}")
    answer = _answer(asking, "ui:theme", "head_of_security", {"next": MARK})
    assert MARK not in answer.content.decode()
    assert MARK in HttpResponse(MARK).content.decode()


def _values(field: forms.Field | None) -> st.SearchStrategy[Any]:
    nasty = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))
    choices = [str(key) for key, _label in getattr(field, "choices", ()) if not isinstance(_label, list)][:20]
    known = st.sampled_from(choices) if choices else st.sampled_from(("1", "2026-06-01", "21", "Text", "on"))
    one = st.one_of(nasty, known, known)
    return st.one_of(one, st.lists(one, max_size=3)) if isinstance(field, forms.MultipleChoiceField) else one


def _form_of(asking: Asking, name: str) -> tuple[str, dict[str, forms.Field | None]] | None:  # noqa: F811
    """A reader who meets a form there, and its fields."""
    if name in WITHOUT_A_PAGE:
        return "head_of_security", dict.fromkeys(WITHOUT_A_PAGE[name])
    for role in (*ROLES[6:], *ROLES[:6]):
        with transaction.atomic():
            page = asking.browser(role).get(address(name, PATTERNS[name], asking.keys[role]))
            transaction.set_rollback(True)
        fields = dict(_fields_in(page)) if page.status_code == 200 and page.context else {}
        if fields:
            return role, fields
    return None


def _fields_in(page: HttpResponse) -> Iterator[tuple[str, forms.Field | None]]:
    for context in page.context:
        for value in context.flatten().values() if hasattr(context, "flatten") else ():
            if isinstance(value, forms.BaseForm):
                yield from ((value.add_prefix(key), field) for key, field in value.fields.items())


def _answer(asking: Asking, name: str, role: str, sent: dict[str, Any]) -> HttpResponse:  # noqa: F811
    client = asking.browser(role)
    client.raise_request_exception = False
    with transaction.atomic():
        path = address(name, PATTERNS[name], asking.keys[role])
        answer = client.post(path, sent | {"once": secrets.token_urlsafe(16)})
        if answer.status_code == 405:
            answer = client.get(path, {key: value for key, value in sent.items() if len(str(value)) < 2_000})
        transaction.set_rollback(True)
    return answer


def _short(sent: dict[str, Any]) -> dict[str, str]:
    return {key: repr(value)[:60] for key, value in sent.items()}
