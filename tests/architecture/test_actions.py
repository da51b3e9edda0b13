"""Every action is atomic and trailed, says what is true afterwards, and is called by name with `by` and `at`."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.tree import ROOT, files_of_room, parsed


def _actions() -> Iterator:
    for path in files_of_room("actions"):
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield pytest.param(node, id=f"{path.relative_to(ROOT / 'src' / 'varn')}:{node.name}")


@pytest.mark.parametrize("node", _actions())
def test_an_action_is_one_trailed_deed(node: ast.FunctionDef) -> None:
    assert "action" in {ast.unparse(decorator) for decorator in node.decorator_list}


@pytest.mark.parametrize("node", _actions())
def test_an_action_says_what_is_true_afterwards(node: ast.FunctionDef) -> None:
    assert ast.get_docstring(node)


@pytest.mark.parametrize("node", _actions())
def test_an_action_takes_its_parts_by_name_and_who_and_when(node: ast.FunctionDef) -> None:
    assert not node.args.args
    assert {"by", "at"} <= {argument.arg for argument in node.args.kwonlyargs}
