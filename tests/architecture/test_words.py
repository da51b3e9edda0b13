"""One thing has one word in each language: every model, state, move, permission and refusal stands in the glossary."""

import ast

import pytest

from tests.architecture.tree import lifecycles, own_models, parsed, permissions, sources
from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.ui.history import UNTOLD


def _refusals() -> set[str]:
    calls = [node for path in sources() for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    return {
        call.args[0].value
        for call in calls
        if getattr(call.func, "id", "") == "Refusal" and call.args and isinstance(call.args[0], ast.Constant)
    }


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


MODELS = [f"{model._meta.app_label}:{_snake(model.__name__)}" for model in own_models()]
STATES = [f"{name}.{state}" for name, model in lifecycles().items() for state in model.lifecycle.states]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("key", sorted({*MODELS, *STATES, *permissions(), *_refusals()}))
def test_a_thing_has_its_word(key: str, language: str) -> None:
    assert GLOSSARY.word(key, language).strip()


def changed_fields() -> set[str]:
    """The names that stand in the trail: what `change` is given by name, and the keys of `changes`."""
    calls = [node for path in sources() for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    named = {
        keyword.arg
        for call in calls
        if getattr(call.func, "id", "") == "change"
        for keyword in call.keywords
        if keyword.arg
    }
    written = [
        key
        for call in calls
        for keyword in call.keywords
        if keyword.arg == "changes"
        for part in ast.walk(keyword.value)
        if isinstance(part, ast.Dict)
        for key in part.keys
    ]
    return named | {key.value for key in written if isinstance(key, ast.Constant)}


@pytest.mark.parametrize("name", sorted(name for name in changed_fields() if not name.endswith(UNTOLD)))
def test_a_field_in_the_history_has_its_word(name: str) -> None:
    assert f"field.{name}" in GLOSSARY
