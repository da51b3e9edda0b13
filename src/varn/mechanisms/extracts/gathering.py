"""Gathering an extract: each kind of row, those of it that are about the person, and the values that are given out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet

from varn.kernel.personal import Kept
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.extracts.declared import kept_about_people, key_of, model_of
from varn.mechanisms.extracts.secrecy import Things, kept_from, secret_kinds

PERSON = "organisation.Person"


@dataclass(frozen=True, kw_only=True)
class About:
    """Whom an extract is about, by everything that their rows are known by. `viewer` is the person as a reader."""

    viewer: Viewer
    name: str
    employee_id: str = ""
    emails: frozenset[str] = frozenset()

    @property
    def person_id(self) -> int | None:
        """The number of the person."""
        return self.viewer.person_id

    @property
    def account_id(self) -> int | None:
        """The number of the account."""
        return self.viewer.account_id


@dataclass(frozen=True, kw_only=True)
class Given:
    """One row: its values by field. `is_unsure` when only a name or an e-mail address says that it is the person's.

    `beside` is the glossary's key of the kind of thing that it is noted of.
    """

    values: Mapping[str, str]
    is_unsure: bool = False
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """The rows of one kind."""

    kept: Kept
    rows: list[Given] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Extract:
    """All that is kept about a person at a moment, kind by kind, with the kinds of which there is nothing."""

    about: About
    at: datetime
    parts: list[Part]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(part.rows) for part in self.parts)


def gather(about: About, *, at: datetime) -> Extract:
    """The extract. Kinds that are secret are left out of it whether or not there is a row of them."""
    hidden, kinds = kept_from(about.viewer), secret_kinds()
    own = dict(_own_things(about))
    parts = [
        Part(kept=kept, rows=list(_given(kept, about, own, hidden, kinds)))
        for kept in kept_about_people().values()
        if not kept.secret
    ]
    return Extract(about=about, at=at, parts=parts)


def _own_things(about: About) -> Iterator[tuple[int, set[int]]]:
    """The things that are the person's own: what is noted beside them is about the person too."""
    if about.account_id is not None:
        yield ContentType.objects.get_for_model(Account).pk, {about.account_id}
    if about.person_id is None:
        return
    yield ContentType.objects.get_for_model(apps.get_model(PERSON)).pk, {about.person_id}
    for kept in kept_about_people().values():
        if "person" in kept.person:
            model = model_of(kept)
            rows = model._base_manager.filter(person=about.person_id).values_list("pk", flat=True)
            yield ContentType.objects.get_for_model(model).pk, set(rows)


def _given(kept: Kept, about: About, own: Mapping[int, set[int]], hidden: Things, secret: list[int]) -> Iterator[Given]:
    model = model_of(kept)
    surely, unsurely = _by_key(kept, about), _by_name(kept, about)
    if _is_noted(model):
        for kind, numbers in own.items():
            surely |= Q(content_type=kind, object_id__in=numbers)
    rows = _open(model, hidden, secret)
    related = [name for name in kept.shown if _field(model, name).related_model]
    found = rows.filter(surely) if surely else rows.none()
    sure = set()
    for row in found.select_related(*related).order_by("pk").distinct():
        sure.add(row.pk)
        yield Given(values=_values(row, kept), beside=_beside(row))
    if unsurely:
        for row in rows.filter(unsurely).select_related(*related).order_by("pk").distinct():
            if row.pk not in sure:
                yield Given(values=_values(row, kept), is_unsure=True, beside=_beside(row))


def _by_key(kept: Kept, about: About) -> Q:
    found = Q()
    for paths, known in (
        ((*kept.person, *kept.number), about.person_id),
        (kept.account, about.account_id),
        (kept.employee, about.employee_id or None),
    ):
        for path in paths if known is not None else ():
            found |= Q(**{path: known})
    return found


def _by_name(kept: Kept, about: About) -> Q:
    found = Q()
    for path in kept.name if about.name else ():
        found |= Q(**{path: about.name})
    for path in kept.email:
        for address in about.emails:
            found |= Q(**{f"{path}__iexact": address})
    return found


def _open(model: type[models.Model], hidden: Things, secret: list[int]) -> QuerySet[Any]:
    rows = model._base_manager.exclude(pk__in=hidden.get(model, set()))
    if _is_noted(model):
        rows = rows.exclude(content_type__in=secret)
        for other, numbers in hidden.items():
            kind = ContentType.objects.get_for_model(other).pk
            rows = rows.exclude(content_type=kind, object_id__in=numbers)
    return rows


def _is_noted(model: type[models.Model]) -> bool:
    """Whether the rows stand beside things of any kind."""
    names = {each.name for each in model._meta.concrete_fields}
    return {"content_type", "object_id"} <= names


def _beside(row: Any) -> str:
    kind = getattr(row, "content_type_id", None)
    model = ContentType.objects.get_for_id(kind).model_class() if kind else None
    return key_of(model._meta.label) if model else ""


def _values(row: Any, kept: Kept) -> dict[str, str]:
    values = {name: _text(getattr(row, name)) for name in kept.shown}
    return {name: value for name, value in values.items() if value}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str) if value else ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)
