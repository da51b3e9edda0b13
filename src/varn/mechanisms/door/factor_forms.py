"""The forms by which somebody makes a factor, or shows one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthCodeAgainForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy as _

from varn.mechanisms.access.models import Account
from varn.mechanisms.door.sealing import Unopened, seal, unseal
from varn.mechanisms.ui.forms import Form

SECRET = "varn_new_code_app"
LONGEST_NAME = 60
# What the readers of JSON, CBOR and keys say of what no browser has written, and of a signature that is not right.
MALFORMED = (AttributeError, InvalidSignature, LookupError, NotImplementedError, RecursionError, TypeError, ValueError)


class _CodeField(forms.CharField):
    """A code, from an app or from paper: the keys of figures are offered, and what the browser has received."""

    def __init__(self, **kwargs: Any) -> None:
        asked = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
        super().__init__(max_length=30, widget=asked, **kwargs)


@contextmanager
def _malformed_is_wrong() -> Iterator[None]:
    """What cannot be read is an answer that is not right, and nothing worse."""
    try:
        yield
    except MALFORMED as fault:
        raise get_adapter().validation_error("incorrect_code") from fault


class _CredentialField(forms.JSONField):
    """What the browser says of a passkey, as an object."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        """The object; anything else is refused."""
        with _malformed_is_wrong():
            said = super().to_python(value)
        if said is not None and not isinstance(said, dict):
            raise get_adapter().validation_error("incorrect_code")
        return said


class _ShowsPasskey:
    """A form that takes a passkey's answer, and whatever a program sends instead of one."""

    def clean_credential(self) -> Authenticator:
        """The passkey that answered."""
        with _malformed_is_wrong():
            return super().clean_credential()  # type: ignore[misc]


class PasskeyForm(AddWebAuthnForm, Form):
    """A new passkey: its name, and what the browser says of it."""

    passwordless = None
    credential = _CredentialField()

    def build(self) -> None:
        """The name says where the passkey lies."""
        self.fields["name"] = forms.CharField(
            label=_("Name of the passkey"),
            required=False,
            help_text=_("Such as the computer, the phone or the security key that it lies on."),
            max_length=LONGEST_NAME,
        )

    def clean(self) -> dict[str, Any]:
        """The passkey answers what was asked."""
        with _malformed_is_wrong():
            return super().clean()


class PasskeyNameForm(Form):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=LONGEST_NAME)


class CodeAppForm(Form):
    """A new app for codes: the first code that it shows. Its secret lies sealed in the session until then."""

    code = _CodeField(label=_("The code that the app shows"))

    def __init__(self, *args: Any, account: Account, session: SessionBase, **kwargs: Any) -> None:
        self.account = account
        self.session = session
        super().__init__(*args, **kwargs)
        self.secret = self._kept() if self.is_bound else ""
        if not self.secret:
            self.secret = generate_totp_secret()
            session[SECRET] = seal(self.secret)

    def clean_code(self) -> str:
        """The code of the secret, at this time."""
        forget = check_rate_limit(self.account)
        code = str(self.cleaned_data["code"])
        if not validate_totp_code(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        forget()
        return code

    def clean(self) -> dict[str, Any]:
        """Only the secret goes on."""
        super().clean()
        return {"secret": self.secret}

    def _kept(self) -> str:
        try:
            return unseal(self.session.get(SECRET, ""))
        except Unopened:
            return ""


class CodeForm(AuthenticateForm, Form):
    """The code of the app, or a recovery code, after the password."""

    code = _CodeField(label=_("Code"))


class CodeAgainForm(AllauthCodeAgainForm, Form):
    """The code of the app, or a recovery code, once more."""

    code = _CodeField(label=_("Code"))


class ShownPasskeyForm(_ShowsPasskey, AuthenticateWebAuthnForm, Form):
    """A passkey after the password."""

    credential = _CredentialField()


class PasskeyAgainForm(_ShowsPasskey, ReauthenticateWebAuthnForm, Form):
    """A passkey once more."""

    credential = _CredentialField()


class PasskeyAloneForm(_ShowsPasskey, LoginWebAuthnForm, Form):
    """A passkey instead of a password."""

    credential = _CredentialField()


class PasswordAgainForm(Form):
    """The password once more, of somebody who has nothing else."""

    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """The password that the account has."""
        forget = check_rate_limit(self.account)
        password = str(self.cleaned_data["password"])
        if not self.account.check_password(password):
            raise forms.ValidationError(_("That is not your password."), code="wrong")
        forget()
        return password
