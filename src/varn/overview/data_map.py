"""The data map as a page of the documentation: each field of each record, who may see it, why, and how long."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.apps import apps
from django.db import models

from varn.kernel.glossary import GLOSSARY
from varn.kernel.markdown import table
from varn.kernel.personal import Kept
from varn.mechanisms.access.querysets import ChildQuerySet
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.extracts.declared import kept_about_people
from varn.mechanisms.extracts.writing import retention_of

GROUNDS = {"obligation": "legal obligation (GDPR 6.1 c)", "public_task": "task in the public interest (GDPR 6.1 e)"}
WITHHELD = {
    "others": "about others",
    "secrecy": "secret by law",
    "security": "protects the way in",
    "technical": "says nothing",
}
HEAD = ("field", "given in a register extract")


def data_map_markdown() -> str:
    """Every record of the product, app by app, as the declarations, the role table and the lawbook say it."""
    kept = kept_about_people()
    own = sorted((model for model in apps.get_models() if model.__module__.startswith("varn.")), key=_app)
    parts = [_app_markdown(app, of_app, kept) for app, of_app in groupby(own, key=_app)]
    return (
        "# Data map\n\nEach field of each record: who may see it, why it is kept, on what ground, and how long. What "
        "is said of people is what a register extract gives (`personal_data.toml` of each app); who may see a row is "
        "the role table, within the reader's units; a rule of the lawbook without a value is the municipality's to "
        "decide.\n\n"
        + "\n".join(parts)
    )


def _app_markdown(app: str, of_app: Iterable[type[models.Model]], kept: dict[str, Kept]) -> str:
    records = (_record(model, kept.get(model._meta.label)) for model in of_app)
    return f"## {app}\n\n" + "\n".join(records)


def _record(model: type[models.Model], kept: Kept | None) -> str:
    facts = [f"who: {_who(model, kept)}", *([f"why and how long: {_why(kept)}"] if kept else [])]
    if not kept:
        facts.append("holds nothing about a person")
    lines = "".join(f"- {fact}\n" for fact in facts)
    return f"### {model.__name__}\n\n{lines}\n{table(HEAD, _fields(model, kept))}"


def _who(model: type[models.Model], kept: Kept | None) -> str:
    """The roles that hold the right which opens the row, and what may close it."""
    manager = model._default_manager.all()
    if isinstance(manager, ChildQuerySet):
        return f"whoever may see its {manager.parent}"
    right = kept.read if kept else getattr(manager, "read", "")
    closed = ", unless its level, its compartment or a conflict closes it" if getattr(manager, "guards", ()) else ""
    if right:
        return f"{_roles(str(right))}{closed}"
    if any(field.name == "object_id" for field in model._meta.concrete_fields):
        return "whoever may see what it is about"
    return "its own reader, or nobody: it is read by the product alone"


def _roles(right: str) -> str:
    roles = [GLOSSARY.word(f"access:role.{role.key}", "en") for role in ROLES.values() if right in role.permissions]
    return ", ".join(roles) or "nobody by role"


def _why(kept: Kept) -> str:
    parts = (kept.purpose, GROUNDS[kept.ground], f"from {kept.source}", retention_of(kept, "en"))
    return "; ".join(map(str, parts))


def _fields(model: type[models.Model], kept: Kept | None) -> Iterator[tuple[str, str]]:
    for field in model._meta.concrete_fields:
        if kept is None:
            yield field.name, "–"
        elif field.name in kept.withheld:
            yield field.name, f"no: {WITHHELD[kept.withheld[field.name]]}"
        else:
            yield field.name, "yes" if field.name in kept.shown and not kept.secret else "no"


def _app(model: type[models.Model]) -> str:
    return model._meta.app_label
