"""What every row of the confirmation form does: it shows one part of a decision, and asks for what is uncertain."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, ClassVar

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.rules import anchor_of, reasons_about
from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.ui.words import word
from varn.mechanisms.web.asked import let_pass

OTHER_DOUBT = "decisions:doubt.other"


def doubt_key(reason: str) -> str:
    """The glossary's key for the reader's reason; a general one for a reason without a word of its own."""
    key = f"decisions:doubt.{reason}"
    return key if key in GLOSSARY else OTHER_DOUBT


class Sketch(forms.Form):
    """A form that may be shown as a person left it, without errors: `settled` is false until it is sent to count."""

    def __init__(self, *args: Any, settled: bool = True, **kwargs: Any) -> None:
        self.settled = settled
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Nothing stands against what is not yet sent to count."""
        super().full_clean()
        if not self.settled:
            self.errors.clear()


class Row(Sketch):
    """One part of the decision. Its initial `path` says what the reader called it; what is uncertain must be ticked."""

    confirmed = forms.BooleanField(required=False, label=_("Checked against the text"))
    wide: ClassVar[Sequence[str]] = ("text",)
    # What a row is asked besides, as long as its other fields say so.
    offered: ClassVar[Sequence[str]] = ()
    main = "text"

    def __init__(
        self,
        *args: Any,
        doubted: Sequence[tuple[str, str]],
        words: Mapping[str, str],
        places: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        let_pass(self.data, *(self.add_prefix(name) for name in self.offered))
        path = self.initial.get("path", "")
        self.is_new = not path
        self.anchor = anchor_of(path) if path else self.prefix
        self.in_text = places.get(path, "")
        self.source = words.get(path, "")
        self.reasons = [doubt_key(reason) for reason in reasons_about(path, doubted)]
        self.is_doubted = bool(self.reasons)
        if not self.is_doubted:
            del self.fields["confirmed"]

    def has_changed(self) -> bool:
        """A row that the reader proposed counts even when the person changed nothing in it."""
        return "path" in self.initial or super().has_changed()

    def clean(self) -> dict[str, Any]:
        """What is uncertain has been checked, unless the row is taken away."""
        values = super().clean()
        if self.is_doubted and not values.get("confirmed") and not values.get("DELETE"):
            self.add_error("confirmed", _("Check this against the text, and tick that you have."))
        return values

    def shown(self) -> Iterator[tuple[forms.BoundField, bool]]:
        """The fields that a person fills in, without the tick and the removal, and whether each takes a whole line."""
        for field in self.visible_fields():
            if field.name not in ("confirmed", "DELETE"):
                yield field, field.name in self.wide

    def doubt(self, reason: str) -> None:
        """The row is uncertain for this reason too, and must be ticked."""
        self.reasons.append(doubt_key(reason))
        self.is_doubted = True
        self.fields.setdefault("confirmed", deepcopy(self.base_fields["confirmed"]))

    @property
    def is_unsure(self) -> bool:
        """Whether something uncertain in it is not yet ticked."""
        return self.is_doubted and not self["confirmed"].value()

    @property
    def is_open(self) -> bool:
        """Whether it must be looked into: uncertain, wrong, or just added."""
        return self.is_new or self.is_unsure or bool(self.errors)

    @property
    def line(self) -> str:
        """What the part says, in one line."""
        return self.said(self.main)

    @property
    def notes(self) -> list[str]:
        """What else is understood about it, in short."""
        return []

    @property
    def quoted(self) -> str:
        """The words it came from, where they are not the ones it shows already."""
        return "" if " ".join(self.said(self.main).split()) == self.source else self.source

    def said(self, name: str) -> str:
        """What the field holds now, in words."""
        value = self[name].value()
        return "" if value is None else str(value)

    def chosen(self, name: str, prefix: str) -> str:
        """The glossary's word for what is chosen in the field; empty for nothing, or nothing known."""
        key = f"{prefix}{self.said(name)}"
        return word(key) if key in GLOSSARY else ""

    def day(self, name: str) -> str:
        """The day in the field as it is written in Swedish order."""
        value = self[name].value()
        return date_format(value, "Y-m-d") if hasattr(value, "year") else str(value or "")
