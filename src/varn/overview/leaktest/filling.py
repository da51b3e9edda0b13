"""The forms on a page, filled in as somebody would who means to get through."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from varn.overview.leaktest.asking import FILE, Body

TEXT = "Prov av läckagetestet"
# Days that forms ask for: one of these usually fits.
DAYS = (0, 1, -1, 40, -40, 400)
VALUES = {"email": "prov@ekby.example", "number": "1", "tel": "013-12 34 56", "url": "/", "color": "#0b5c7a"}
PASSWORD = "ett långt prov på lösenord 9"
SENT_AS_IS = ("hidden", "submit")
# What makes a form be done for sure: the question was asked once, and the answer is yes.
SKIPPED = ("reset", "button", "image")


@dataclass(kw_only=True)
class Field:
    """One field of a form: its kind, what stands in it, and what can be chosen."""

    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    multiple: bool = False
    required: bool = False


@dataclass(kw_only=True)
class Form:
    """A form as a browser sees it."""

    path: str
    method: str
    query: str = ""
    fields: dict[str, Field] = field(default_factory=dict)

    def bodies(self, today: date, known: Mapping[str, str]) -> Iterator[Body]:
        """The form filled in: what it demands, then all of it, with one day after the other where it asks for days.

        `known` are values that somebody who knows the organisation would write, by the name of the field.
        """
        has_days = any(each.kind == "date" for each in self.fields.values())
        for days in DAYS if has_days else DAYS[:1]:
            day = today + timedelta(days=days)
            whole = {name: known.get(name) or _value(each, day) for name, each in self.fields.items()}
            yield {
                name: value if self._is_demanded(name, known) else self.fields[name].value
                for name, value in whole.items()
                if not (known.get(name) == "" and name in known)
            }
            yield whole

    def _is_demanded(self, name: str, known: Mapping[str, str]) -> bool:
        field = self.fields[name]
        return name in known or field.required or field.kind in ("hidden", "submit", "checkbox", "radio", "select")


def forms_in(page: bytes, here: str) -> list[Form]:
    """Every form of the page at this address."""
    reader = _Reader(here)
    reader.feed(page.decode("utf-8", "replace"))
    return reader.forms


def _value(field: Field, day: date) -> object:
    if field.kind in SENT_AS_IS:
        return field.value
    if field.kind in ("select", "radio", "checkbox"):
        chosen = [value for value in field.chosen if value] or [value for value in field.options if value][:1]
        return chosen if field.multiple else (chosen or [""])[0]
    if field.kind == "file":
        return FILE
    if field.kind == "password":
        return PASSWORD
    if field.kind == "date":
        return day.isoformat()
    return field.value or VALUES.get(field.kind, TEXT)


class _Reader(HTMLParser):
    """Gathers the forms of one page."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._here, self._form, self._named = here, None, {}
        self._select: Field | None = None
        self._area: Field | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._begin(given)
            return
        form = self._named.get(given.get("form", "")) or self._form
        if form is None or "disabled" in given:
            return
        if tag == "option":
            self._option(given)
        elif given.get("name"):
            self._field(tag, given, form)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data.strip()

    def _begin(self, given: Mapping[str, str]) -> None:
        address = urlsplit(urljoin(self._here, given.get("action", "") or self._here))
        method = given.get("method", "get").lower()
        self._form = Form(path=address.path, method=method, query=address.query)
        self.forms.append(self._form)
        if given.get("id"):
            self._named[given["id"]] = self._form

    def _field(self, tag: str, given: Mapping[str, str], form: Form) -> None:
        name, kind = given["name"], {"textarea": "text", "select": "select"}.get(tag, given.get("type", "text"))
        if tag == "button":
            kind = given.get("type", "submit")
        if kind in SKIPPED or tag not in ("input", "select", "textarea", "button"):
            return
        if kind == "submit" and name in form.fields:
            return
        known = form.fields.setdefault(name, Field(kind=kind, multiple="multiple" in given))
        known.required = known.required or "required" in given
        if tag == "select":
            self._select = known
        elif tag == "textarea":
            self._area = known
        elif kind in ("radio", "checkbox"):
            known.options.append(given.get("value", "on"))
            known.chosen += [given.get("value", "on")] if "checked" in given else []
            known.multiple = known.multiple or (kind == "checkbox" and len(known.options) > 1)
        else:
            known.value = given.get("value", "")

    def _option(self, given: Mapping[str, str]) -> None:
        if self._select is not None:
            self._select.options.append(given.get("value", ""))
            self._select.chosen += [given.get("value", "")] if "selected" in given else []
