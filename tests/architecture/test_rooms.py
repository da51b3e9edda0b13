"""The same rooms in every area, and the rules of style that a reader of syntax can check."""

import ast

import pytest

from tests.architecture.tree import AREAS, SOURCE, parsed, sources

ROOMS = {
    "__init__", "rules", "permissions", "lifecycle", "models", "queries", "actions", "forms", "exports", "importers",
    "views", "jobs", "retention", "urls", "apps", "templates", "static", "locale", "migrations", "tests", "management",
    "reader", "fixtures",
}  # fmt: skip
DRAWERS = {"utils", "helpers", "common", "misc"}


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_only_the_rooms_there_are(area: str) -> None:
    found = {path.stem for path in (SOURCE / "areas" / area).iterdir() if path.name != "__pycache__"}
    data = {path.stem for path in (SOURCE / "areas" / area).glob("*.toml")}
    assert found - data <= ROOMS


@pytest.mark.parametrize("area", AREAS)
def test_an_area_says_in_one_paragraph_what_it_is(area: str) -> None:
    module = parsed(SOURCE / "areas" / area / "__init__.py")
    assert ast.get_docstring(module)
    assert len(module.body) == 1


def test_there_is_no_drawer_for_what_has_no_room() -> None:
    assert [path for path in sources(tests=True) if path.stem in DRAWERS or DRAWERS & set(path.parts)] == []


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_is_imported_inside_a_function(path) -> None:
    functions = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef)]
    inside = [
        f"{path.name}:{inner.lineno}"
        for function in functions
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_is_imported_wholesale_and_no_save_is_overridden(path) -> None:
    nodes = list(ast.walk(parsed(path)))
    assert not [node for node in nodes if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"]
    assert not [
        node for node in nodes if isinstance(node, ast.FunctionDef) and node.name == "save" and _in_models(path)
    ]


def _in_models(path) -> bool:
    return "models" in (path.stem, path.parent.name)
