"""Where django-allauth asks this product: who comes in and how, what is written of it, and how secrets are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import system_viewer, viewer_of
from varn.mechanisms.door import actions
from varn.mechanisms.door.languages import remember_language
from varn.mechanisms.door.limits import count_failure, source_of
from varn.mechanisms.door.queries import comes_in_here
from varn.mechanisms.door.sealing import seal, unseal
from varn.mechanisms.installation.chosen import installation

WRONG = gettext_lazy("The address and the password do not open any account.")
MANY = gettext_lazy("There have been many attempts. Wait a while and try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Every way in is written in the trail, nobody makes an account for themselves, and nothing tells who has one."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": MANY,
        "rate_limited": MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the administrator, by import, or by the municipality's own directory."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the limits count by: where an attempt comes from."""
        return source_of(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What is tried, and from where, is counted together: nobody is locked out by what another does elsewhere."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}|{self.get_client_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Whoever has tried too often is not looked at; that they try is counted with all that fails."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            at = timezone.now()
            if count_failure(str(credentials.get("email", "")), at=at):
                actions.raise_alarm(by=system_viewer(at=at, job="actor.visitor"), at=at)
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Whose password it is. Where only the municipality's own directory lets in, it is nobody's but the break-glass
        account's: after the same work, with the same answer.
        """
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is None or comes_in_here(user.pk):
            return user
        self._count_as_wrong(request, **credentials)
        return None

    def _count_as_wrong(self, request: HttpRequest, **credentials: Any) -> None:
        """The attempt counts and is written down: else a right password would be known by its being free."""
        super().pre_authenticate(request, **credentials)
        self.authentication_failed(request, **credentials)

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **about: Any) -> HttpResponse | None:
        """Nobody comes in past the municipality's own directory where that is the only way."""
        steps = get_authentication_records(request, user)
        is_local = not any(step.get("method") == "socialaccount" for step in steps)
        if is_local and not comes_in_here(user.pk):
            return redirect(settings.LOGIN_URL)
        response: HttpResponse | None = super().pre_login(request, user, **about)
        return response

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """The account is entered, whichever way was taken, and the trail says so."""
        super().login(request, user)
        if isinstance(user, Account):
            at = timezone.now()
            actions.sign_in(account=user, by=viewer_of(user, at=at), at=at)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **about: Any) -> HttpResponse:
        """The way on, in the language that the account has chosen."""
        response: HttpResponse = super().post_login(request, user, **about)
        if isinstance(user, Account) and user.language:
            remember_language(response, user.language)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password stands in the trail; an unknown address costs and says the same."""
        at = timezone.now()
        actions.fail_sign_in(
            email=str(credentials.get("email", "")), by=system_viewer(at=at, job="actor.visitor"), at=at
        )

    def get_login_stages(self) -> list[str]:
        """What follows a right password: the second factor, or the making of one."""
        return ["allauth.mfa.stages.AuthenticateStage", "varn.mechanisms.door.stages.EnrolStage"]

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """A closed account is met like one that does not exist."""
        return redirect(settings.LOGIN_URL)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """What is said after a step is said by the door's own pages."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What the owner of an account is told is told by the door's own actions, in the same transaction."""


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed before they reach the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That code is not right, or has been used already."),
    }

    def encrypt(self, text: str) -> str:
        """The text sealed for the database."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The text that was sealed."""
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What the app for codes calls this installation."""
        return f"Värn {installation().name}".strip()

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """What a new passkey is called until its owner gives it another name."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}
