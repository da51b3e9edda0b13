"""How the stories use the product: somebody sits down at a browser, sends forms and reads pages."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.people import Member


def sit(member: Member) -> Client:
    """A browser in which the person has signed in."""
    client = Client()
    client.force_login(member.account)
    return client


def send(client: Client, name: str, values: dict[str, object] | None = None, *args: object) -> HttpResponse:
    """The form is taken, and the reader is sent on."""
    response = client.post(reverse(name, args=args), values or {})
    form = response.context.get("form") if response.context else None
    assert response.status_code == 302, (response.status_code, form.errors if form else "")
    return response


def refusal(client: Client, name: str, values: dict[str, object], *args: object) -> str:
    """The page on which the form came back."""
    response = client.post(reverse(name, args=args), values)
    assert response.status_code == 200
    return response.content.decode()


def read(client: Client, name: str, *args: object, **query: object) -> str:
    """The page as the reader sees it."""
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()
