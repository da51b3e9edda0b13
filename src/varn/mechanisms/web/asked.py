"""What a page asks for, and what was sent besides: only what the page reads is known to it."""

from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from varn.mechanisms.web import once

# What every form carries, and what some pages read only after the deed.
OF_EVERY_FORM = frozenset({"csrfmiddlewaretoken", once.FIELD, "opened", "theirs", "next"})
# What every list can be asked, even where it has nothing more to show, and what a link may propose to a form.
OF_EVERY_PAGE = frozenset({"next", "page", "sort", "columns", "format", "history", "unit", "function"})
# What mail programs and search engines hang on to a link. It is looked at nowhere, and must not break the link.
OF_OTHERS = ("utm_", "mc_", "pk_", "mtm_", "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "_hs", "vero_")


Base: Any = object


class _Asking(Base):
    """Remembers by which names it was asked."""

    asked: set[str]

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return bool(super().__contains__(key))

    def getlist(self, key: str, default: Any = None) -> Any:
        """All values of the name."""
        self.asked.add(key)
        return super().getlist(key, default)

    def values(self) -> Any:
        """Whoever takes the values of every name asks for every name."""
        self.asked.update(self)
        return super().values()

    def unknown(self, known: frozenset[str]) -> set[str]:
        """The names that nobody has asked for until now."""
        names = set(self) - self.asked - known
        return {name for name in names if not name.startswith(OF_OTHERS)}


class AskedFields(_Asking, QueryDict):
    """The fields of a form or of an address."""

    def __init__(self, given: QueryDict) -> None:
        super().__init__("", mutable=True, encoding=given.encoding)
        for name, values in given.lists():
            self.setlist(name, values)
        self._mutable = False
        self.asked = set()

    def copy(self) -> Any:
        """The same fields, which can be changed: what the copy is asked, the page has asked."""
        same = type(self)(self)
        same._mutable, same.asked = True, self.asked
        return same

    def __copy__(self) -> Any:
        return self.copy()

    def __deepcopy__(self, memo: Any) -> Any:
        return self.copy()


class AskedFiles(_Asking, MultiValueDict[str, Any]):
    """The files of a form."""

    def __init__(self, given: MultiValueDict[str, Any]) -> None:
        super().__init__(dict(given.lists()))
        self.asked = set()

    def is_left_empty(self, name: str, values: list[Any]) -> bool:
        """Whether it is a file that was asked for and not chosen: that one comes as an empty text of its name."""
        return name in self.asked and not any(values)


def let_pass(fields: Any, *names: str) -> None:
    """These the page may have offered when it was shown; they are known also where nothing asks for them now."""
    if isinstance(fields, AskedFields):
        fields.asked.update(names)


def unknown_to_the_form(fields: AskedFields, files: AskedFiles) -> set[str]:
    """The names among what was sent that nobody has asked for until now."""
    empty = {name for name, values in fields.lists() if files.is_left_empty(name, values)}
    return (fields.unknown(OF_EVERY_FORM) - empty) | files.unknown(OF_EVERY_FORM)
