"""Fixtures that every test may ask for: the small municipality and its cast, and the real examples where they lie."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client
from django.utils import timezone, translation

from tests.people import Member, Municipality, build_municipality, join
from varn.mechanisms.access.assurance import Assurance, set_for

ROOT = Path(__file__).resolve().parent
SIGN_IN = Client._login


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request or a command leaves its language to whatever the thread does next; a test does not inherit it."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def strong_sign_in() -> Iterator[None]:
    """`force_login` signs somebody in as if they had shown a passkey this moment."""

    def signed_in_by_passkey(client: Client, user: AbstractBaseUser, backend: str | None = None) -> None:
        SIGN_IN(client, user, backend)
        session = client.session
        set_for(session, Assurance.PHISHING_RESISTANT, at=timezone.now(), way="passkey")
        session.save()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "_login", signed_in_by_passkey)
        yield


@pytest.fixture(autouse=True)
def weak_sign_in(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested of weaker sessions is marked `weak`, and gets one that says nothing of how it was entered."""
    if request.node.get_closest_marker("weak"):
        monkeypatch.setattr(Client, "_login", SIGN_IN)


@pytest.fixture
def municipality(db: None) -> Municipality:
    """Ekby: three committees with a department each, units below two of them, and a company."""
    return build_municipality()


@pytest.fixture
def anna_head_of_security(municipality: Municipality) -> Member:
    return join("Anna Ahlberg", municipality, "head_of_security", "1")


@pytest.fixture
def bo_coordinator(municipality: Municipality) -> Member:
    return join("Bo Berglund", municipality, "security_coordinator", "21")


@pytest.fixture
def cecilia_head_of_department(municipality: Municipality) -> Member:
    return join("Cecilia Cederholm", municipality, "head_of_department", "31")


@pytest.fixture
def david_chief_executive(municipality: Municipality) -> Member:
    return join("David Dahlin", municipality, "chief_executive", "1")


@pytest.fixture
def eva_secretary(municipality: Municipality) -> Member:
    return join("Eva Edvall", municipality, "committee_secretary", "1")


@pytest.fixture
def frida_administrator(municipality: Municipality) -> Member:
    return join("Frida Forsman", municipality)


@pytest.fixture
def examples() -> Path:
    """The folder of real minutes. A test that needs it is skipped, and says so, where it is absent."""
    folder = Path(os.environ.get("VARN_EXAMPLES", ROOT.parent / "shared" / "examples"))
    if not (folder / "minutes").is_dir():
        pytest.skip(f"THE REAL MINUTES ARE MISSING: {folder} (set VARN_EXAMPLES)")
    return folder
