"""A directory that is let in, and how it speaks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone
from scim2_client.engines.wsgi import WSGISCIMClient

from tests.people import Municipality
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.directory.actions import create_token
from varn.mechanisms.directory.secrets import new_secret

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
Speak = Callable[..., Any]


@pytest.fixture
def secret(municipality: Municipality) -> str:
    """What the directory shows."""
    made, at = new_secret(), timezone.now()
    create_token(name="Katalogen", secret=made, by=system_viewer(at=at, job="test"), at=at)
    return made


@pytest.fixture
def speak(client: Client, secret: str) -> Speak:
    """The directory asks or says something, with its token; the answer comes back."""

    def say(verb: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {} if body is None else {"data": body, "content_type": "application/json"}
        shown = {"Authorization": f"Bearer {secret}"} | headers
        return getattr(client, verb)(f"/scim/v2/{path}", headers=shown, **sent)

    return say


@pytest.fixture
def tester(secret: str) -> WSGISCIMClient:
    """What scim2-tester speaks with."""
    return WSGISCIMClient(
        _application, base_url="http://localhost/scim/v2", headers={"Authorization": f"Bearer {secret}"}
    )


def _application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """The product, with every check of forms that it has, within the test's own connection to the database."""
    response = ClientHandler(enforce_csrf_checks=True)(environ)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.content]


def user(employee_id: str, user_name: str = "", **more: Any) -> dict[str, Any]:
    """A user as the directory sends them."""
    department = {"department": more.pop("department")} if "department" in more else {}
    return {
        "schemas": [USER, ENTERPRISE],
        "userName": user_name or f"{employee_id}@ekby.example",
        ENTERPRISE: {"employeeNumber": employee_id} | department,
    } | more


def patch(*operations: dict[str, Any]) -> dict[str, Any]:
    """A change as the directory sends it."""
    return {"schemas": [PATCH], "Operations": list(operations)}
