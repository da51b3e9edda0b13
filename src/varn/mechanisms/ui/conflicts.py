"""Two who change the same record: nobody writes over what they have not seen, and nothing that was written is lost."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import BadRequest
from django.db import models, transaction
from django.utils.translation import gettext as _

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.queries import history_of, latest_entry_of
from varn.mechanisms.ui.words import actor, written
from varn.mechanisms.web.once import ReadAgain, refuse_a_second_time

OPENED, THEIRS, ALL = "opened", "theirs", "*"
SALT = "varn.ui.opened"
Value = str | list[str]


class Stored(dict[str, Any]):
    """What a form of change opens with. Its `names` are those of the record, which somebody else may change.

    What is added with `|` is a proposal (a day to begin with), and no matter of conflict.
    """

    def __init__(self, thing: models.Model, values: Mapping[str, Any]) -> None:
        self.thing = thing
        self.names = frozenset(values)
        self.entry = latest_entry_of(thing)
        # What lies beside the record itself is read after the number of its last entry, never before.
        super().__init__({name: value() if callable(value) else value for name, value in values.items()})

    def __or__(self, more: Any) -> "Stored":  # type: ignore[override]
        joined = Stored.__new__(Stored)
        dict.__init__(joined, {**self, **more})
        joined.thing, joined.names, joined.entry = self.thing, self.names - set(more), self.entry
        return joined


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field that somebody else has changed: what it was, what it is now, and what the reader wrote.

    `is_yours` when the reader changed it too; otherwise theirs stands in the form.
    """

    name: str
    label: str
    was: str
    theirs: str
    yours: str
    is_yours: bool


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """What differs, and who changed it last, where the reader may see that."""

    differences: list[Difference]
    actor: str
    at: datetime | None


def opened_with(form: Any) -> str:
    """What the form carries of what it was opened with, signed. After a conflict it is what stands now."""
    if form.standing is None:
        return ""
    if form.is_bound and form.conflict is None and form.data.get(OPENED):
        return str(form.data[OPENED])
    return signing.dumps(dict(_standing_values(form)), salt=SALT, compress=True)


@contextmanager
def unchanged(thing: models.Model, entry: int) -> Iterator[None]:
    """A transaction in which the record is locked and is as it was when the reader's page read it."""
    with transaction.atomic():
        locked = type(thing)._base_manager.select_for_update(of=("self",)).filter(pk=thing.pk).first()
        refuse_a_second_time()
        known = thing.get_deferred_fields()
        names = [field.attname for field in thing._meta.concrete_fields if field.attname not in known]
        if locked is None or any(getattr(locked, name) != getattr(thing, name) for name in names):
            raise ReadAgain
        if latest_entry_of(thing) != entry:
            raise ReadAgain
        yield


def conflict_of(form: Any, viewer: Viewer) -> Conflict | None:
    """What somebody else has changed of what the form shows. What only they have changed is put into the form."""
    if form.standing is None:
        return None
    was, theirs = _opened(form), dict(_standing_values(form))
    differences = [
        _difference(form, name, was.get(name, ""), now)
        for name, now in theirs.items()
        if was.get(name, "") != now and _sent_value(form, name) != now
    ]
    if not differences:
        return None
    take(form, [each.name for each in differences if not each.is_yours])
    last = history_of(form.standing.thing, viewer=viewer).first()
    who = "" if last is None else last.actor if last.account_id else actor(last.actor)
    return Conflict(differences=differences, actor=who, at=last.at if last else None)


def take(form: Any, names: Iterable[str]) -> None:
    """The form holds what stands now in these fields, and what was written in all others."""
    data = form.data.copy()
    for name, value in _standing_values(form):
        if name not in names:
            continue
        if isinstance(form.fields[name], forms.BooleanField):
            data.pop(name, None)
            if value == "True":
                data[name] = "on"
        elif isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = value
    form.data, form._errors = data, None


def asked_to_take(form: Any) -> list[str]:
    """The fields in which the reader takes over what stands now, where that is what they pressed."""
    asked: list[str] = form.data.getlist(THEIRS) if form.standing is not None and form.is_bound else []
    return list(form.standing.names) if ALL in asked else asked


def is_opened(form: Any) -> bool:
    """Whether the form says what it was opened with."""
    return bool(form.data.get(OPENED))


def _opened(form: Any) -> dict[str, Value]:
    try:
        said: dict[str, Value] = signing.loads(form.data[OPENED], salt=SALT)
    except (signing.BadSignature, KeyError) as error:
        raise BadRequest("The form does not say what it was opened with.") from error
    return said


def _standing_values(form: Any) -> Iterator[tuple[str, Value]]:
    """The record's fields as the form writes them."""
    for name, field in form.fields.items():
        if name in form.standing.names and not isinstance(field, forms.FileField):
            yield name, _plain(field.prepare_value(form.standing.get(name)))


def _sent_value(form: Any, name: str) -> Value:
    value = _plain(form[name].data)
    return str(bool(form[name].data)) if isinstance(form.fields[name], forms.BooleanField) else value


def _plain(value: Any) -> Value:
    if value is None:
        return ""
    if isinstance(value, list | tuple | set | models.QuerySet):
        return [str(_plain(each)) for each in value]
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()


def _difference(form: Any, name: str, was: Value, now: Value) -> Difference:
    sent = _sent_value(form, name)
    field = form.fields[name]
    return Difference(
        name=name,
        label=str(form[name].label),
        was=_told(field, was),
        theirs=_told(field, now),
        yours=_told(field, sent),
        is_yours=sent != was,
    )


def _told(field: forms.Field, value: Value) -> str:
    """The value in words: that of a choice is what the reader may choose."""
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value == "True" else _("No")
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ()) if not isinstance(label, list)}
    if isinstance(value, list):
        return ", ".join(choices.get(each, each) for each in value) or written("")
    return choices.get(value, "" if isinstance(field, forms.ModelChoiceField) else value) or written("")
