"""The tree as the architecture tests read it: which modules and declarations there are."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "varn"
AREAS = tuple(sorted(path.name for path in (SOURCE / "areas").iterdir() if (path / "apps.py").is_file()))
MECHANISMS = tuple(sorted(path.name for path in (SOURCE / "mechanisms").iterdir() if (path / "apps.py").is_file()))


def sources(*, tests: bool = False) -> Iterator[Path]:
    """Every Python file of the product, without migrations and, unless asked for, without tests."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).parts
        if "migrations" not in parts and (tests or "tests" not in parts):
            yield path


def parsed(path: Path) -> ast.Module:
    """The file as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def rooms(name: str) -> Iterator[ModuleType]:
    """The room of this name in every app that has it, file or package."""
    for config in own_apps():
        folder = Path(config.path)
        if (folder / f"{name}.py").is_file() or (folder / name / "__init__.py").is_file():
            yield import_module(f"{config.name}.{name}")


def files_of_room(name: str) -> Iterator[Path]:
    """The files of the room of this name in every app that has it."""
    for config in own_apps():
        folder = Path(config.path)
        yield from [folder / f"{name}.py"] if (folder / f"{name}.py").is_file() else []
        yield from sorted((folder / name).glob("*.py"))


def own_apps() -> list:
    """The apps of the product, without those of libraries."""
    return [config for config in apps.get_app_configs() if config.name.startswith("varn.")]


def own_models() -> list[type[models.Model]]:
    """Every model of the product."""
    return [model for config in own_apps() for model in config.get_models()]


def permissions() -> set[str]:
    """Every permission that some app declares."""
    declared = set()
    for module in rooms("permissions"):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum:
                declared |= {member.value for member in value}
    return declared


def lifecycles() -> dict[str, type[models.Model]]:
    """Every declared lifecycle's name, with the model that follows it."""
    return {model.lifecycle.name: model for model in own_models() if hasattr(model, "lifecycle")}
