"""A municipality where four eyes are demanded: those who ask, and those who may say yes."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.people import AT, START, Member, Municipality, join
from varn.areas.organisation.models import Function, Person
from varn.mechanisms.access.models import Account
from varn.mechanisms.approvals.models import InForce

SOON = AT + timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Frida runs the installation and asks. Anna, David and Stina may approve. Bo may nothing of it."""

    municipality: Municipality
    frida: Member
    anna: Member
    david: Member
    stina: Member
    bo: Member


@pytest.fixture
def cast(municipality: Municipality) -> Cast:
    """Everybody has come in before, and nobody acts alone any longer."""
    InForce.objects.create(pk=1, since=AT)
    return assemble(municipality)


def assemble(municipality: Municipality) -> Cast:
    """The people, each tied to their account."""
    _strategists(municipality)
    cast = Cast(
        municipality=municipality,
        frida=tied(join("Frida Forsman", municipality), municipality),
        anna=join("Anna Ahlberg", municipality, "head_of_security", "1"),
        david=join("David Dahlin", municipality, "chief_executive", "1"),
        stina=join("Stina Strand", municipality, "security_strategist", "1"),
        bo=join("Bo Berglund", municipality, "security_coordinator", "21"),
    )
    Account.objects.update(last_login=AT)
    return cast


def tied(member: Member, municipality: Municipality) -> Member:
    """The administrator stands in the register too, without any appointment."""
    name = member.account.name
    person = Person.objects.create(
        employee_id=name.split()[0].lower(),
        name=name,
        sort_name=name.lower(),
        account=member.account,
        from_date=START,
        unit=municipality.units["11"],
    )
    return Member(person=person, account=member.account)


def _strategists(municipality: Municipality) -> None:
    values = {"name_sv": "Säkerhetsstrateg", "name_en": "Security strategist", "tier": "strategic", "position": 80}
    strategist = Function.objects.update_or_create(
        key="security_strategist", defaults=values | {"role": "security_strategist"}
    )[0]
    municipality.functions["security_strategist"] = strategist
