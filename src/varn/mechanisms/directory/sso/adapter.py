"""Where django-allauth asks this product about sign-in providers: they stand in the file, and nowhere else."""

from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import Provider as AllauthProvider
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.http import HttpRequest

from varn.mechanisms.directory.sso import oidc, saml
from varn.mechanisms.directory.sso.config import Kind, providers
from varn.mechanisms.directory.sso.refusing import not_let_in

TIMEOUT_SECONDS = 10


class Adapter(DefaultSocialAccountAdapter):
    """Nobody makes an account for themselves by signing in elsewhere, and no e-mail address opens one."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The providers of the file. The database names none."""
        apps = [oidc.app_of(each) if each.kind is Kind.OIDC else saml.app_of(each) for each in providers().values()]
        return [app for app in apps if provider in (None, app.provider, app.provider_id)]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> AllauthProvider:
        """The provider of this key."""
        app = next(iter(self.list_apps(request, provider=provider)), None)
        if app is None:
            raise SocialApp.DoesNotExist
        kind = oidc.OidcProvider if app.provider == "openid_connect" else SAMLProvider
        return kind(request, app=app)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Accounts are made for people whom the organisation knows, before django-allauth is asked."""
        return False

    def get_requests_session(self) -> requests.Session:
        """Goes where it was sent and nowhere else, and does not wait for ever."""
        return _Session()

    def on_authentication_error(self, request: HttpRequest, provider: AllauthProvider, **about: Any) -> None:
        """Whatever was wrong, the page says the same."""
        raise ImmediateHttpResponse(not_let_in(request, key=provider.sub_id, why=_why(about)))


class _Session(requests.Session):
    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        return super().request(*args, **kwargs | {"timeout": TIMEOUT_SECONDS, "allow_redirects": False})


def _why(about: dict[str, Any]) -> str:
    exception = about.get("exception")
    return type(exception).__name__ if exception is not None else str(about.get("error", "unknown"))
