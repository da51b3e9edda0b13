"""Every word of the glossary is said somewhere: one that nobody says misleads whoever looks for a name."""

import re
from functools import cache

import pytest

from tests.architecture.test_words import changed_fields
from tests.architecture.tree import SOURCE, lifecycles, own_models, permissions
from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.extracts.declared import kept_about_people, model_of
from varn.mechanisms.links import name_of

# The beginning of a key whose rest is put in as the program runs: f"decisions:rank.{rank}", prefix="jobs:outcome."
BEGINNING = re.compile(r"[\"'`]((?:[a-z_]+[:.])+(?:[a-z]+_)?)(?:\{|[\"'`])")
SPEAKING = (".py", ".html", ".txt", ".typ", ".toml")


@cache
def _texts() -> str:
    """All that the product says, without the glossary itself, the tests and the migrations."""
    paths = [path for path in sorted(SOURCE.rglob("*")) if path.suffix in SPEAKING]
    silent = {"glossary", "tests", "migrations"}
    return "\n".join(path.read_text("utf-8") for path in paths if not silent & set(path.relative_to(SOURCE).parts))


@cache
def _declared() -> frozenset[str]:
    """What is named by what it is: models, their fields and what their history tells, states, permissions."""
    models = {name_of(model) for model in [*own_models(), *map(model_of, kept_about_people().values())]}
    fields = {f"{name_of(model)}.{field.name}" for model in own_models() for field in model._meta.get_fields()}
    told = {f"{name_of(model)}.{name}" for model in own_models() for name in changed_fields()}
    states = {f"{name}.{state}" for name, model in lifecycles().items() for state in model.lifecycle.states}
    # The role table gathers permissions under the thing they are about.
    things = {permission.rpartition(":")[0] for permission in permissions()}
    return frozenset(things | models | fields | told | states | permissions())


@cache
def _put_in() -> frozenset[str]:
    return frozenset(BEGINNING.findall(_texts()))


def _is_said(key: str) -> bool:
    if key in _declared() or re.search(rf"[\"'`]{re.escape(key)}[\"'`{{]", _texts()):
        return True
    return any(key.startswith(each) and not re.search("[:.]", key[len(each) :]) for each in _put_in())


# The trade's own terms have no colon: they are there to be looked up, and not for the product to say.
@pytest.mark.parametrize("key", sorted(key for key in GLOSSARY if ":" in key))
def test_a_word_of_the_product_is_said(key: str) -> None:
    assert _is_said(key)
