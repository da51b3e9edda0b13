"""Going on from a right password: what lies between it and being signed in is django-allauth's to ask for."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from varn.mechanisms.access.models import Account


def enter_by_password(request: HttpRequest, account: Account, *, onward: str) -> HttpResponse:
    """The way to the next step, and `onward` after the last of them. The password has been asked for."""
    entering = Login(user=account, redirect_url=onward)
    response: HttpResponse = perform_password_login(request, {"email": account.email}, entering)
    return response
