"""Every kind of row about people, as the apps' own `personal_data.toml` say it."""

from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models

from varn.kernel.personal import Kept, load_kept

FILE = "personal_data.toml"


@cache
def kept_about_people() -> dict[str, Kept]:
    """The kinds of rows by the label of their model, app by app. Two that say the same are refused."""
    found: dict[str, Kept] = {}
    for config in apps.get_app_configs():
        path = Path(config.path) / FILE
        if not config.name.startswith("varn.") or not path.is_file():
            continue
        for kept in load_kept(path, app=config.label):
            if kept.model in found:
                raise ValueError(f"Two files say what is kept in {kept.model}")
            found[kept.model] = kept
    return found


def key_of(model: str) -> str:
    """The glossary's key of a model by its label ("organisation.GroupMapping")."""
    app, _, name = model.partition(".")
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
    return f"{app}:{snake}"


def model_of(kept: Kept) -> type[models.Model]:
    """The model of this kind of row."""
    return apps.get_model(kept.model)
