"""The role table as a security officer reads it: every role, who has it, two of them, and who may do one thing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import Member, appoint
from varn.areas.organisation import queries
from varn.areas.organisation.models import Appointment, StandIn
from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.told import every_permission, roles_with, told_roles
from varn.overview.documentation import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client: Client, anna_head_of_security: Member) -> Client:
    client.force_login(anna_head_of_security.account)
    return client


def said(response: object) -> str:
    return response.content.decode()


def test_every_role_is_shown_with_what_the_table_says_of_it(anna: Client) -> None:
    shown = anna.get("/organisation/roles/")
    assert [role.role for role, _count in shown.context["rows"]] == list(ROLES.values())


def test_a_role_that_no_appointment_gives_is_not_said_to_be_held_by_nobody(anna: Client) -> None:
    counts = re.findall(r'<td class="numbers end">(.*?)</td>', said(anna.get("/organisation/roles/")))
    given = {role.role.key: count for role, count in zip(told_roles(), counts, strict=True)}
    assert (given["administrator"], given["auditor"]) == ("–", "0")


def test_the_page_and_the_generated_documentation_say_the_same(anna: Client) -> None:
    written = pages()["generated/access.md"]
    for role in told_roles():
        page = anna.get(reverse("organisation:role-detail", args=[role.role.key]))
        assert page.context["role"] == role
        words = [
            f"{GLOSSARY.word(key, 'sv')} / {GLOSSARY.word(key, 'en')}" for key in (role.key, role.reach, role.level)
        ]
        assert f"| {' | '.join(words)} |" in written
        assert GLOSSARY.word(role.level, "sv") in said(page).lower()


def test_every_permission_of_the_table_stands_in_the_documentation() -> None:
    written = pages()["generated/access.md"]
    assert [each for each in every_permission() if f"`{each}`" not in written] == []


def test_how_many_have_a_role_is_told_to_those_who_may_see_appointments(
    client: Client, anna: Client, bo_coordinator: Member, frida_administrator: Member
) -> None:
    counts = {role.role.key: count for role, count in anna.get("/organisation/roles/").context["rows"]}
    assert (counts["security_coordinator"], counts["auditor"]) == (1, 0)
    client.force_login(frida_administrator.account)
    hidden = client.get("/organisation/roles/")
    assert not hidden.context["counts_are_shown"]
    assert {count for _role, count in hidden.context["rows"]} == {0}


def test_who_has_a_role_is_named_with_their_deputies(
    anna: Client, municipality, bo_coordinator: Member, anna_head_of_security: Member
) -> None:
    one = Appointment.objects.get(person=bo_coordinator.person)
    today = anna_head_of_security.viewer_at(anna_head_of_security.viewer.at).day
    StandIn.objects.create(
        reference="ERS-1",
        appointment=one,
        deputy=anna_head_of_security.person,
        from_date=today,
        until_date="2100-01-01",
    )
    page = said(anna.get("/organisation/roles/security_coordinator/"))
    assert "Bo Berglund" in page
    assert "ersättare för" in page.lower()


def test_two_roles_are_told_apart(anna: Client) -> None:
    shown = anna.get("/organisation/roles/compare/?one=auditor&other=manager").context["parts"]
    first, second, third = (count for _label, _things, count in shown)
    both = shown[-1][1]
    assert first == len(ROLES["auditor"].permissions - ROLES["manager"].permissions)
    assert second == len(ROLES["manager"].permissions - ROLES["auditor"].permissions)
    assert third == len(ROLES["auditor"].permissions & ROLES["manager"].permissions)
    assert {right for rights in both.values() for right in rights} <= ROLES["auditor"].permissions


def test_who_may_do_a_thing_is_told_from_the_thing(anna: Client, bo_coordinator: Member) -> None:
    page = anna.get("/organisation/roles/may/organisation:appointment:accept/")
    assert [role.role for role in page.context["roles"]] == roles_with("organisation:appointment:accept")
    assert "Anna Ahlberg" in said(page)
    assert "Bo Berglund" not in said(page)
    assert anna.get("/organisation/roles/may/organisation:nothing:do/").status_code == 404


def test_those_who_see_one_department_are_told_only_of_it(
    municipality, cecilia_head_of_department: Member, bo_coordinator: Member
) -> None:
    appoint(cecilia_head_of_department.person, municipality.functions["committee_secretary"], municipality.units["31"])
    found = queries.holdings_of(list(ROLES), viewer=cecilia_head_of_department.viewer)
    assert {holding.name for holding in found} == {"Cecilia Cederholm"}
