"""Where code speaks a language in which text could become a command, and that it does so only there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import SOURCE, parsed, sources

FILES = {str(path.relative_to(SOURCE)): path for path in sources()}
# The database's own words: one adapter for each need.
SPEAK_SQL = {
    "config/sqlite/base.py",
    "mechanisms/audit/protection.py",
    "mechanisms/imports/counting.py",
    "mechanisms/search/engines.py",
}
SQL = {"raw", "extra", "cursor", "RawSQL"}
# What is written straight into a page: each escapes what it is given before it marks anything.
WRITE_MARKUP = {"mechanisms/ui/words.py", "mechanisms/search/showing.py"}
MARKUP = {"mark_safe"}
# The only program that is started is Värn itself: the worker beside the server, and the halves of a leak test.
START_PROGRAMS = {"overview/leaktest/scratch.py", "overview/serving.py"}
NEVER_CALLED = {"eval", "exec", "__import__", "system", "popen"}
NEVER_IMPORTED = {"pickle", "marshal", "shelve", "yaml"}
# What may stand in an expression that is built: constants, other expressions, and what was escaped.
ESCAPING = {"escape", "any_of", "join"}


def test_only_the_adapters_speak_to_the_database_in_its_own_words() -> None:
    assert {name for name, path in FILES.items() if SQL & set(_called(path))} <= SPEAK_SQL


def test_markup_is_written_unescaped_only_where_it_was_escaped_before() -> None:
    assert {name for name, path in FILES.items() if MARKUP & set(_called(path))} <= WRITE_MARKUP


def test_nothing_is_evaluated_or_unpickled() -> None:
    assert {name for name, path in FILES.items() if NEVER_CALLED & set(_called(path))} == set()
    assert {name for name, path in FILES.items() if NEVER_IMPORTED & set(_imported(path))} == set()


def test_no_program_is_started_but_itself() -> None:
    assert {name for name, path in FILES.items() if "subprocess" in set(_imported(path))} == START_PROGRAMS


def test_what_goes_into_an_expression_is_escaped() -> None:
    put = {name: list(_put_into_expressions(path)) for name, path in FILES.items()}
    assert {name for name, values in put.items() if not all(map(_is_harmless, values))} == set()


@pytest.mark.parametrize(
    "code", ["re.compile(f'{word}')", "re.search(rf'^{asked.text}$', text)", "re.sub(f'{get(name)}', '', text)"]
)
def test_an_unescaped_word_would_be_found(code: str, tmp_path: Path) -> None:
    path = tmp_path / "seeded.py"
    path.write_text(code)
    assert not all(map(_is_harmless, _put_into_expressions(path)))


def _called(path: Path) -> Iterator[str]:
    """The last name of everything that is called."""
    return (_last_name(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def _put_into_expressions(path: Path) -> Iterator[ast.expr]:
    """What is put into the text of each regular expression that is built."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
            parts = node.args[0].values if isinstance(node.args[0], ast.JoinedStr) else []
            yield from (part.value for part in parts if isinstance(part, ast.FormattedValue))


def _is_harmless(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return _last_name(value.func) in ESCAPING
    return value.id.isupper() if isinstance(value, ast.Name) else _last_name(value) == "pattern"


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
