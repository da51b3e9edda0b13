"""Every app with records says to the leak test what to plant of them, or why no words can sit in a text."""

from tests.architecture.tree import own_apps, own_models, rooms
from varn.overview.leaktest.rows import texts
from varn.overview.leaktest.world import fixtures

HOW = ("stand", "plant", "give", "answers")


def test_every_app_with_texts_has_fixtures() -> None:
    having = {module.__name__.rpartition(".")[0] for module in rooms("fixtures")}
    wanting = {config.name for config in own_apps() if any(texts(model) for model in config.get_models())}
    assert wanting - having == set()


def test_the_leak_test_reads_every_room_of_fixtures() -> None:
    assert {module.__name__ for module in fixtures()} == {module.__name__ for module in rooms("fixtures")}


def test_a_room_of_fixtures_plants_something_or_says_why_not() -> None:
    for module in rooms("fixtures"):
        assert any(hasattr(module, how) for how in HOW) or module.UNPLANTED, module.__name__


def test_whoever_leaves_a_text_without_words_says_why() -> None:
    known = {model.__name__ for model in own_models()}
    known |= {f"{model.__name__}.{field.name}" for model in own_models() for field in texts(model)}
    for module in rooms("fixtures"):
        for name, why in getattr(module, "UNPLANTED", {}).items():
            assert name in known, module.__name__
            assert why.strip(), name
