"""The forms of the first run."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varn.areas.organisation.models import Function, Person
from varn.areas.organisation.queries import functions, people
from varn.mechanisms.access.models import Account
from varn.mechanisms.ui.forms import DayField, EmailField, Form
from varn.mechanisms.ui.words import language
from varn.overview.first_run.code import is_right

# Whom the first run asks for: those who must be there before anybody else can be appointed.
FIRST_FUNCTIONS = ("chief_executive", "head_of_security", "security_strategist", "committee_secretary")


class CodeForm(Form):
    """The code that stands on the console."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("It was written last on a line where Värn was started. Capital letters or not."),
    )

    def clean_code(self) -> str:
        """The right code."""
        code = self.cleaned_data["code"]
        if not is_right(code):
            raise ValidationError(_("That is not the code. A new one is written each time Värn is started."))
        return code


class MunicipalityForm(Form):
    """What the municipality is called, and how its units name it in an import."""

    name = forms.CharField(label=_("Name of the municipality"), max_length=120, help_text=_("As in “Ekby kommun”."))
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("The unit code that stands for the whole municipality in your lists of units, such as 1."),
    )
    from_date = DayField(
        label=_("From"),
        help_text=_("The first day that Värn should know the organisation on, before your first decision."),
    )


class AdministratorForm(Form):
    """The first account."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    email = EmailField(label=_("Your e-mail"), help_text=_("You sign in with it."))
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    again = forms.CharField(
        label=_("Password once more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=_("Nobody else can set it for you yet."),
    )

    def build(self) -> None:
        """The help says what a password must be."""
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """A password that the policy allows."""
        password = self.cleaned_data["password"]
        known = {name: self.cleaned_data.get(name, "") for name in ("name", "email")}
        validate_password(password, Account(**known))
        return password

    def clean(self) -> dict[str, Any]:
        """What the account is made of; the password was written the same twice."""
        values = super().clean()
        again = values.pop("again", None)
        if again is not None and "password" in values and again != values["password"]:
            self.add_error("again", ValidationError(_("The two passwords are not the same.")))
        return values


class LevelsForm(Form):
    """The first holders of the functions that everything else waits for."""

    from_date = DayField(label=_("From"))

    def build(self) -> None:
        """One field for each function, in the order of the functions."""
        for function in functions(viewer=self.viewer).filter(key__in=FIRST_FUNCTIONS):
            self.fields[function.key] = _PeopleField(
                label=function.name_sv if language() == "sv" else function.name_en,
                required=False,
                help_text=_("Name or employee number. Several people on a line each."),
                viewer=self.viewer,
            )

    def clean(self) -> dict[str, Any]:
        """The people by function."""
        values = super().clean()
        return {"from_date": values.get("from_date"), "people": dict(self._chosen(values))}

    def _chosen(self, values: dict[str, Any]) -> Iterator[tuple[Function, list[Person]]]:
        for function in functions(viewer=self.viewer).filter(key__in=FIRST_FUNCTIONS):
            if values.get(function.key):
                yield function, values[function.key]


class _PeopleField(forms.CharField):
    """People by name or employee number, one on each line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, *, viewer: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.viewer = viewer

    def clean(self, value: Any) -> list[Person]:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        return [self._person(line) for line in lines if line]

    def _person(self, said: str) -> Person:
        everyone = people(viewer=self.viewer)
        found = list(everyone.filter(employee_id__iexact=said)[:2]) or list(everyone.filter(name__iexact=said)[:2])
        if not found:
            raise ValidationError(gettext("Nobody is called %(said)s. Import the person first.") % {"said": said})
        if len(found) > 1:
            raise ValidationError(gettext("Several are called %(said)s. Give the employee number.") % {"said": said})
        return found[0]
