"""Nobody gives rights that they do not have, and registers that are everybody's are changed by who may everywhere."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.people import AT, START, Member, Municipality, appoint, join
from varn.areas.organisation import actions
from varn.areas.organisation.models import Appointment, Function, Office, Person, Unit
from varn.areas.organisation.permissions import Permission
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.moves.making import Refused

SYSTEM = system_viewer(at=AT, job="test")


def _refusal(call: Callable, **values: object) -> str:
    with pytest.raises(Refused) as refused:
        call(**values, at=AT)
    return refused.value.refusal.key.removeprefix("organisation:refusal.")


def _proposal(municipality: Municipality, person: Person, function: str, unit: str) -> dict:
    return {
        "person": person,
        "function": municipality.functions[function],
        "units": [municipality.units[unit]],
        "from_date": START,
        "share": Decimal("0.1"),
        "appointed_by": "x",
        "is_confirmed": True,
    }


@pytest.fixture
def gun(municipality: Municipality) -> Person:
    return actions.create_person(
        employee_id="gun", name="Gun Granlund", unit=municipality.units["31"], from_date=START, by=SYSTEM, at=AT
    )


@pytest.fixture
def stina(municipality: Municipality) -> Viewer:
    """Strategist of one committee: her overview ends where the committee does."""
    municipality.functions["security_strategist"] = Function.objects.get(key="security_strategist")
    return join("Stina Ström", municipality, "security_strategist", "30").viewer


@pytest.mark.parametrize("function", ["head_of_security", "committee_secretary", "chief_executive"])
def test_a_head_of_department_neither_proposes_nor_accepts_who_has_more_rights(
    municipality: Municipality, cecilia_head_of_department: Member, gun: Person, function: str
) -> None:
    viewer = cecilia_head_of_department.viewer
    said = _proposal(municipality, gun, function, "31")
    assert _refusal(actions.propose_appointment, **said, by=viewer) == "beyond_own_rights"
    proposed = actions.propose_appointment(**said, by=SYSTEM, at=AT)
    with pytest.raises(PermissionDenied):
        actions.accept_appointment(appointment=proposed, by=viewer, at=AT)


def test_a_head_of_department_appoints_the_coordinator(
    municipality: Municipality, cecilia_head_of_department: Member, gun: Person
) -> None:
    said = _proposal(municipality, gun, "security_coordinator", "31")
    one = actions.propose_appointment(**said, by=cecilia_head_of_department.viewer, at=AT)
    actions.accept_appointment(appointment=one, by=cecilia_head_of_department.viewer, at=AT)
    assert one.state == "active"


def test_the_chief_executive_appoints_the_secretary(
    municipality: Municipality, david_chief_executive: Member, gun: Person
) -> None:
    said = _proposal(municipality, gun, "committee_secretary", "1")
    assert actions.propose_appointment(**said, by=david_chief_executive.viewer, at=AT).pk


def test_a_function_that_holds_an_office_gives_the_offices_rights_along(
    municipality: Municipality, cecilia_head_of_department: Member, gun: Person
) -> None:
    office = Office.objects.create(
        name="Samordningen", unit=municipality.units["31"], function=municipality.functions["security_coordinator"]
    )
    above = _proposal(municipality, gun, "committee_secretary", "31") | {"person": None, "office": office}
    one = actions.propose_appointment(**above, by=SYSTEM, at=AT)
    actions.accept_appointment(appointment=one, by=SYSTEM, at=AT)
    said = _proposal(municipality, gun, "security_coordinator", "31")
    viewer = cecilia_head_of_department.viewer
    assert _refusal(actions.propose_appointment, **said, by=viewer) == "beyond_own_rights"


def test_nobody_changes_their_own_appointment(municipality: Municipality, anna_head_of_security: Member) -> None:
    own = appoint(
        anna_head_of_security.person, municipality.functions["security_coordinator"], municipality.units["21"]
    )
    said = {"effective_date": AT.date(), "from_date": START, "until_date": None, "share": Decimal(1), "deputy": None}
    said |= {"units": [municipality.units["21"]], "appointment": own, "by": anna_head_of_security.viewer}
    assert _refusal(actions.change_appointment, **said) == "own_change"


@pytest.mark.parametrize("key", ["head_of_security", "security_coordinator"])
def test_the_head_of_security_raises_no_function_above_their_own_rights(
    municipality: Municipality, anna_head_of_security: Member, key: str
) -> None:
    function = municipality.functions[key]
    said = {"name_sv": "x", "name_en": "y", "tier": function.tier, "position": 1, "by": anna_head_of_security.viewer}
    raised = said | {"function": function, "role": "committee_secretary"}
    assert _refusal(actions.change_function, **raised) == "beyond_own_rights"
    assert _refusal(actions.create_function, **said, role="committee_secretary") == "beyond_own_rights"


def test_nobody_changes_the_role_of_a_function_that_they_have(
    municipality: Municipality, anna_head_of_security: Member
) -> None:
    function = municipality.functions["security_coordinator"]
    appoint(anna_head_of_security.person, function, municipality.units["21"])
    said = {"function": function, "name_sv": "x", "name_en": "y", "tier": function.tier, "position": 1}
    viewer = anna_head_of_security.viewer
    assert _refusal(actions.change_function, **said, role="manager", by=viewer) == "own_function"
    assert actions.change_function(**said, role=function.role, by=viewer, at=AT).name_sv == "x"


def test_nobody_lets_another_sign_in_as_somebody_with_more_rights(
    municipality: Municipality, anna_head_of_security: Member, eva_secretary: Member, gun: Person
) -> None:
    account = Account.objects.create(email="ny@ekby.example", name="Ny", created_at=AT)
    said = {"account": account, "by": anna_head_of_security.viewer}
    assert _refusal(actions.link_account, person=eva_secretary.person, **said) == "beyond_own_rights"
    assert actions.link_account(person=gun, **said, at=AT).account == account


def test_nobody_makes_themselves_the_holder_of_an_office_with_rights(
    municipality: Municipality, anna_head_of_security: Member
) -> None:
    office = Office.objects.get(name="Kommundirektören")
    said = _proposal(municipality, None, "security_coordinator", "21") | {"office": office}
    one = actions.propose_appointment(**said, by=SYSTEM, at=AT)
    actions.accept_appointment(appointment=one, by=SYSTEM, at=AT)
    own = {"office": office, "name": "x", "unit": municipality.units["21"], "by": anna_head_of_security.viewer}
    function = municipality.functions["security_coordinator"]
    appoint(anna_head_of_security.person, function, municipality.units["21"])
    assert _refusal(actions.change_office, **own, function=function) == "own_function"


def test_a_strategist_of_one_committee_changes_its_units_and_no_others(
    municipality: Municipality, stina: Viewer
) -> None:
    assert set(Unit.objects.visible_to(stina, Permission.MOVE_UNIT).values_list("code", flat=True)) == {
        "30",
        "31",
        "311",
    }
    assert Unit.objects.visible_to(stina).count() == Unit.objects.count()
    own, other = municipality.units["311"], municipality.units["211"]
    assert actions.rename_unit(unit=own, name="Skolan", from_date=AT.date(), by=stina, at=AT).name == "Skolan"
    for call in (
        lambda: actions.rename_unit(unit=other, name="x", from_date=AT.date(), by=stina, at=AT),
        lambda: actions.move_unit(unit=own, parent=municipality.units["21"], from_date=AT.date(), by=stina, at=AT),
        lambda: actions.create_unit(
            code="9", kind="unit", name="x", parent=municipality.units["21"], from_date=START, by=stina, at=AT
        ),
    ):
        with pytest.raises(PermissionDenied):
            call()


def test_what_is_everybodys_is_changed_only_over_the_whole_municipality(
    municipality: Municipality, stina: Viewer
) -> None:
    function = municipality.functions["security_coordinator"]
    office = Office.objects.get(name="Kommundirektören")
    assert not may(stina, Permission.CHANGE_FUNCTION, function)
    assert not may(stina, Permission.CHANGE_OFFICE, office)
    said = {"function": function, "from_date": START, "by": stina, "at": AT}
    with pytest.raises(PermissionDenied):
        actions.set_requirement(**said, unit_kind="department")
    with pytest.raises(PermissionDenied):
        actions.set_requirement(**said, unit_kind="", unit=municipality.units["21"])
    assert actions.set_requirement(**said, unit_kind="", unit=municipality.units["31"]).unit_kind == "department"


def test_only_what_the_reader_may_give_has_a_button(
    municipality: Municipality, cecilia_head_of_department: Member, gun: Person
) -> None:
    for function in ("security_representative", "head_of_security"):
        actions.propose_appointment(**_proposal(municipality, gun, function, "31"), by=SYSTEM, at=AT)
    open_to = Appointment.objects.visible_to(cecilia_head_of_department.viewer, Permission.ACCEPT)
    assert [one.function.key for one in open_to.filter(person=gun)] == ["security_representative"]


def test_a_function_whose_name_gives_no_key_says_so(municipality: Municipality) -> None:
    said = {"name_sv": "Å", "tier": "", "role": "auditor", "by": SYSTEM}
    assert _refusal(actions.create_function, **said, name_en="–") == "function_without_letters"
    assert _refusal(actions.create_function, **said, name_en="Head of security") == "function_exists"
