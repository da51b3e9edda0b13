"""The form in which a person confirms to whom a decision is sent, and the one in which a recipient answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.queries import Expansion, To
from varn.mechanisms.ui.forms import EmailField, Form
from varn.mechanisms.web.asked import let_pass


class DispatchForm(forms.Form):
    """Every line of recipients with those it means, ticked; and room for a name and an address by hand."""

    def __init__(self, *args: Any, expansions: Sequence[Expansion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [self._line(expansion) for expansion in expansions]

    def clean(self) -> dict[str, Any]:
        """Whoever is written by hand has both a name and an address, and somebody is chosen."""
        values = super().clean()
        for expansion, _choices in self.lines:
            name, email = f"name-{expansion.key}", f"email-{expansion.key}"
            if values.get(email) and not values.get(name):
                self.add_error(name, _("Write the name as well."))
            if values.get(name) and not values.get(email):
                self.add_error(email, _("Write the e-mail address as well."))
        if not self.errors and not self.chosen():
            self.add_error(None, _("Choose at least one recipient."))
        return values

    def chosen(self) -> list[To]:
        """Those whom the person has confirmed."""
        values = self.cleaned_data
        found = []
        for expansion, _choices in self.lines:
            found += [to for to in expansion.to if values.get(f"to-{to.key}")]
            name = values.get(f"name-{expansion.key}")
            if name:
                email = values[f"email-{expansion.key}"]
                found.append(To(recipient=expansion.recipient, name=name, email=email))
        return found

    def _line(self, expansion: Expansion) -> tuple[Expansion, list[str]]:
        sent = {(dispatch.unit_id, dispatch.person_id) for dispatch in expansion.sent}
        names = []
        let_pass(self.data, *(f"to-{to.key}" for to in expansion.to))
        for to in expansion.to:
            if not any(self._is(to, unit, person) for unit, person in sent):
                name = f"to-{to.key}"
                self.fields[name] = forms.BooleanField(label=to.name, required=False, initial=True)
                names.append(name)
        name, email = f"name-{expansion.key}", f"email-{expansion.key}"
        self.fields[name] = forms.CharField(label=_("Name"), required=False, max_length=300)
        self.fields[email] = EmailField(label=_("E-mail"), required=False)
        return expansion, [*names, name, email]

    def _is(self, to: To, unit: int | None, person: int | None) -> bool:
        return to.person_id == person if to.person_id else (to.unit_id == unit and person is None)

    def has_anybody(self) -> bool:
        """Whether anybody is left to send to: a tick, or a line that nobody was found for."""
        return any(len(names) > 2 or (line.is_unmatched and not line.sent) for line, names in self.lines)

    def shown(self) -> list[tuple[Expansion, list[forms.BoundField], list[forms.BoundField]]]:
        """Each line with its ticks, and its fields for somebody by hand."""
        return [
            (expansion, [self[name] for name in names[:-2]], [self[name] for name in names[-2:]])
            for expansion, names in self.lines
        ]


class AnswerForm(Form):
    """What the recipient does about the decision."""

    answer = forms.CharField(
        label=_("What we do"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
