"""Every action is atomic and trailed, says what is true afterwards, and is called by name with `by` and `at`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files_of_room, parsed

# Deeds that ask nobody's right, and why they need not.
ASKS_NOTHING = {
    "exports:record_export": "the view of the list has asked, and what leaves is what its reader may see",
    "door:enter_anew": "whoever came in has shown who they are; their owner is told",
    "door:enter_after_failures": "whoever came in has shown who they are; their owner is told",
    "door:raise_alarm": "it only tells the administrators",
    "door:sign_in": "the password has been asked for",
    "door:fail_sign_in": "nobody was let in, and nothing but the trail is written",
    "door:send_feedback": "anyone may report a defect in accessibility",
    "decisions:acknowledge_by_link": "the link, which works once, is the right",
    "overview:found_municipality": "nobody has an account yet: the one-time code has been asked for",
    "overview:make_first_administrator": "nobody has an account yet: the one-time code has been asked for",
    "overview:appoint_first": "nobody has an appointment yet: the administrator of the first run does it",
    "overview:finish_first_run": "its view is open to the administrator of the first run only",
    "organisation:warn_of_ending": "the calendar does it, for every appointment that is about to end",
    "decisions:forget_extension": "the annulment that it belongs to has asked",
}
ASKING = ("require", "make", "may", "PermissionDenied")


def _actions() -> Iterator:
    for path in files_of_room("actions"):
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield pytest.param(node, id=f"{path.relative_to(ROOT / 'src' / 'varn')}:{node.name}")


@pytest.mark.parametrize("node", list(_actions()))
def test_an_action_is_one_trailed_deed(node: ast.FunctionDef) -> None:
    assert "action" in {ast.unparse(decorator) for decorator in node.decorator_list}


@pytest.mark.parametrize("node", list(_actions()))
def test_an_action_says_what_is_true_afterwards(node: ast.FunctionDef) -> None:
    assert ast.get_docstring(node)


@pytest.mark.parametrize("node", list(_actions()))
def test_an_action_takes_its_parts_by_name_and_who_and_when(node: ast.FunctionDef) -> None:
    assert not node.args.args
    assert {"by", "at"} <= {argument.arg for argument in node.args.kwonlyargs}


@pytest.mark.parametrize("node", list(_actions()))
def test_an_action_asks_for_a_right_or_is_a_named_exception(
    node: ast.FunctionDef, request: pytest.FixtureRequest
) -> None:
    path, _, name = request.node.callspec.id.rpartition(":")
    key = f"{_app_of(path)}:{name}"
    asks = any(each.lstrip("_").startswith(ASKING) for each in _said_in(ROOT / "src" / "varn" / path, name))
    assert asks != (key in ASKS_NOTHING)


def _app_of(path: str) -> str:
    parts = path.split("/")
    return parts[1] if parts[0] in ("areas", "mechanisms") else parts[0]


def _said_in(path: Path, name: str) -> set[str]:
    """What the function names, and what the other functions of its file that it names do."""
    functions = {node.name: node for node in parsed(path).body if isinstance(node, ast.FunctionDef)}
    said, waiting = set(), {name}
    while waiting:
        names = {part.id for part in ast.walk(functions[waiting.pop()]) if isinstance(part, ast.Name)}
        waiting |= (names & functions.keys()) - said
        said |= names
    return said
