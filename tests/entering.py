"""Coming in by the front door in tests: an app for codes for the cast, and the code that it shows now."""

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from tests.people import PASSWORD
from varn.mechanisms.access.models import Account

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# Seconds from reading a code to its being tried, on a slow machine.
ENOUGH = 4


def give_code_app(account: Account) -> Authenticator:
    """The account has an app for codes whose secret the tests know."""
    app: Authenticator = TOTP.activate(account, SECRET).instance
    return app


def code_now(steps: int = 0, *, secret: str = SECRET) -> str:
    """What the app shows, or shows so many steps later. In tests a step to either side will do, and each once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD + steps))


def living_code(*, secret: str = SECRET) -> str:
    """What the app shows, with time enough left to give it where a code lives for half a minute and no longer."""
    left = app_settings.TOTP_PERIOD - time.time() % app_settings.TOTP_PERIOD
    if left < ENOUGH:
        time.sleep(left)
    return code_now(secret=secret)


def wait_for_the_next_code() -> None:
    """The app shows another code than before."""
    time.sleep(app_settings.TOTP_PERIOD - time.time() % app_settings.TOTP_PERIOD + 0.1)


def add_code_app(client: Client, path: str) -> HttpResponse:
    """The answer when an app for codes has been added at this page, without any script."""
    secret = client.get(path).context["secret"].replace(" ", "")
    answer = client.post(path, {"code": code_now(secret=secret)})
    assert "codes" in answer.context, answer.text
    return answer


def come_in(client: Client, account: Account, **more: str) -> HttpResponse:
    """The answer to the last step, when password and code have been given."""
    first = client.post("/sign-in/", {"email": account.email, "password": PASSWORD, **more})
    assert first["Location"] == "/sign-in/second/"
    return client.post("/sign-in/second/", {"code": code_now()})
