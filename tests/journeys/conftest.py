"""Everybody in the stories, at their desks."""

import pytest
from django.test import Client

from tests.journeys.desk import sit
from tests.people import Member, Municipality, join
from varn.areas.decisions.tests.bodies import Bodies, build_bodies


@pytest.fixture
def bodies(municipality: Municipality) -> Bodies:
    """The council, the executive board and two committees."""
    return build_bodies(municipality)


@pytest.fixture
def anna(anna_head_of_security: Member) -> Client:
    return sit(anna_head_of_security)


@pytest.fixture
def bo(bo_coordinator: Member) -> Client:
    return sit(bo_coordinator)


@pytest.fixture
def cecilia(cecilia_head_of_department: Member) -> Client:
    return sit(cecilia_head_of_department)


@pytest.fixture
def david(david_chief_executive: Member) -> Client:
    return sit(david_chief_executive)


@pytest.fixture
def eva(eva_secretary: Member) -> Client:
    return sit(eva_secretary)


@pytest.fixture
def frida(frida_administrator: Member) -> Client:
    return sit(frida_administrator)


@pytest.fixture
def greta(municipality: Municipality) -> Client:
    """The head of Bo's department."""
    return sit(join("Greta Grahn", municipality, "head_of_department", "21"))
