"""A view loads its thing, asks one query or one action, and renders: questions to the database stand in `queries`."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db.models import QuerySet

from tests.architecture.tree import SOURCE, files_of_room, parsed

# What a query is asked by. The names in WHEN are also those of dictionaries, lists and words, told apart by what they
# are called with.
QUESTIONS = {name for name, value in vars(QuerySet).items() if callable(value) and not name.startswith("_")}
WHEN: dict[str, Callable[[ast.Call], bool]] = {
    "count": lambda call: not call.args,
    "get": lambda call: not call.args,
    "values": lambda call: bool(call.args or call.keywords),
    "update": lambda call: not call.args,
}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
# For saying what a function takes; whatever else `django.db.models` has is for asking.
TYPES = {"Model", "QuerySet"}


@pytest.mark.parametrize("path", list(files_of_room("views")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_view_asks_the_database_nothing_but_what_the_reader_may_see(path: Path) -> None:
    assert [f"{path.name}:{line}: {what}" for line, what in _questions(parsed(path))] == []


@pytest.mark.parametrize(
    "line",
    [
        "Unit.objects.all()",
        "Unit.objects.get(pk=1)",
        "Unit.objects.visible_to(viewer).filter(pk=1)",
        "queries.units(viewer=viewer).order_by('name')",
        "queries.units(viewer=viewer).count()",
        "queries.units(viewer=viewer).values('pk')",
        "unit.people.first()",
        "manager = Unit.objects",
        "from django.db.models import Q",
    ],
)
def test_a_question_in_a_view_is_found(line: str) -> None:
    assert list(_questions(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "get_object_or_404(Unit.objects.visible_to(viewer, to), pk=pk)",
        "queries.units_on(day, viewer=viewer).standing(day)",
        "request.GET.get('page', '1')",
        "','.join(names.values())",
        "text.count('§')",
        "from django.db.models import Model, QuerySet",
    ],
)
def test_loading_a_thing_and_reading_a_dictionary_are_no_questions(line: str) -> None:
    assert not list(_questions(ast.parse(line)))


def _questions(module: ast.Module) -> Iterator[tuple[int, str]]:
    attributes = [node for node in ast.walk(module) if isinstance(node, ast.Attribute)]
    seen_only = [node.value for node in attributes if node.attr == "visible_to"]
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _asks(node, node.func.attr):
            yield node.lineno, ast.unparse(node.func)
        elif isinstance(node, ast.Attribute) and node.attr in MANAGERS and node not in seen_only:
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models"):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name not in TYPES)


def _asks(call: ast.Call, name: str) -> bool:
    return name in QUESTIONS and WHEN.get(name, lambda _: True)(call)
