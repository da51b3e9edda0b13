"""The forms of the door."""

from typing import Any

from allauth.mfa.base.internal.flows import check_rate_limit
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from varn.mechanisms.access.models import Account
from varn.mechanisms.ui.forms import EmailField, Form

Password = forms.PasswordInput
WRONG = "wrong"


class SignInForm(Form):
    """The address and the password. Whether either is right is the view's to find out."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"), max_length=1000, strip=False, widget=Password(attrs={"autocomplete": "current-password"})
    )


class AccountForm(Form):
    """Whom the account is for."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = EmailField(
        label=_("E-mail address"), help_text=_("The link for choosing a password is sent to this address.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    is_administrator = forms.BooleanField(
        label=_("Administrator of the installation"),
        help_text=_("Runs the installation: accounts, mail, jobs and settings. It opens no area’s content."),
        required=False,
    )


class NewPasswordForm(Form):
    """A new password, written twice."""

    password = forms.CharField(
        label=_("New password"),
        max_length=1000,
        strip=False,
        widget=Password(attrs={"autocomplete": "new-password"}),
        help_text=lazy(lambda: " ".join(map(str, password_validators_help_texts())), str)(),
    )
    again = forms.CharField(
        label=_("New password once more"),
        max_length=1000,
        strip=False,
        widget=Password(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        """A password that the rules accept for this account."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same; only the password goes on."""
        values = super().clean() or {}
        again = values.pop("again", None)
        if "password" in values and again is not None and again != values["password"]:
            raise ValidationError({"again": _("The two passwords are not the same.")})
        return values


class OwnPasswordForm(NewPasswordForm):
    """The password one has, and the new one."""

    current = forms.CharField(
        label=_("Password now"),
        max_length=1000,
        strip=False,
        widget=Password(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "password", "again")

    def clean_current(self) -> str:
        """The password that the account has."""
        forget = check_rate_limit(self.account)
        current = str(self.cleaned_data["current"])
        if not self.account.check_password(current):
            raise ValidationError(_("That is not your password."), code=WRONG)
        forget()
        return current

    def clean(self) -> dict[str, Any]:
        """Only the new password goes on."""
        values = super().clean()
        values.pop("current", None)
        return values


class FeedbackForm(Form):
    """What could not be used, where, and where the answer should go."""

    text = forms.CharField(
        label=_("What could you not use, and how did you try?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    page = forms.CharField(label=_("On which page?"), max_length=300, required=False)
    email = EmailField(
        label=_("Your e-mail address"), help_text=_("Needed only if you want an answer."), required=False
    )


class AnswerForm(Form):
    """The answer to a piece of feedback."""

    answer = forms.CharField(label=_("Answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))


class TokenForm(Form):
    """What the token is for, and for how long."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("What uses it, such as the sheet of the follow-up.")
    )
    days = forms.IntegerField(label=_("Valid for how many days?"), min_value=1, initial=30)

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.fields["days"]
        days.help_text = _("At most %(most)s.") % {"most": most}
        days.initial = min(30, most)


class BreakGlassForm(Form):
    """Why the break-glass account is entered."""

    reason = forms.CharField(
        label=_("Why do you come in by the break-glass account?"),
        help_text=_("It stands in the trail, and is read by all administrators."),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
