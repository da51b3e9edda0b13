"""Whoever runs the installation makes accounts, and so gives nobody alone anything to do with them."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from tests.people import AT, START, Member, Municipality, join
from varn.areas.organisation import actions
from varn.areas.organisation.models import Appointment, Person
from varn.mechanisms.access.models import Account
from varn.mechanisms.approvals.actions import approve_approval, ask_approval
from varn.mechanisms.approvals.models import Approval, InForce
from varn.mechanisms.approvals.tests.conftest import SOON, Cast, assemble
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.door.actions.break_glass import make_break_glass, seal_break_glass
from varn.mechanisms.imports.actions import apply_run, check_file
from varn.mechanisms.imports.models import Run
from varn.mechanisms.imports.planning import judge, try_out
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.protecting import AwaitsApproval

pytestmark = pytest.mark.django_db
PEOPLE = "Anställningsnummer;Namn;Enhet (kod);Konto (e-post)\n"
APPOINTMENTS = "Anställningsnummer;Funktion;Enheter (koder);Från och med;Förordnad av\n"


@pytest.fixture
def cast(municipality: Municipality) -> Cast:
    InForce.objects.create(pk=1, since=AT)
    return assemble(municipality)


@pytest.fixture
def hidden(cast: Cast) -> Account:
    """An account that nobody knows of but the administrator who made it."""
    return Account.objects.create(email="dold@ekby.example", name="Anna Ahlberg", created_at=AT)


def checked(by: Member, kind: str, content: str) -> Run:
    tried = try_out(kind=kind, name="x.csv", content=content.encode(), viewer=by.viewer, at=AT)
    return check_file(tried=tried, by=by.viewer, at=AT)


def bring_in(by: Member, kind: str, content: str) -> Run:
    run = checked(by, kind, content)
    return apply_run(run=run, judged=judge(run, viewer=by.viewer, at=AT), by=by.viewer, at=AT)


def somebody(key: str = "sven") -> Person:
    return Person.objects.create(employee_id=key, name="Sven Svensson", sort_name="svensson", from_date=START)


def requested(by: Member, kind: str, content: str) -> Approval:
    with pytest.raises(AwaitsApproval) as awaiting:
        bring_in(by, kind, content)
    return ask_approval(approval=awaiting.value.approval, reason="Så är det", by=by.viewer, at=AT)


@pytest.mark.parametrize("row", ["anna;Anna Ahlberg;1;dold@ekby.example", "bo;Bo Berglund;21;dold@ekby.example"])
def test_a_file_makes_nobody_somebody_who_is_appointed(cast: Cast, hidden: Account, row: str) -> None:
    with pytest.raises(AwaitsApproval):
        bring_in(cast.frida, "people", PEOPLE + row)
    assert not Person.objects.filter(account=hidden).exists()


def test_nor_does_somebody_who_may_tie_accounts_and_makes_none(cast: Cast, hidden: Account) -> None:
    with pytest.raises(AwaitsApproval):
        bring_in(cast.anna, "people", PEOPLE + "stina;Stina Strand;1;dold@ekby.example")


@pytest.mark.parametrize("role", ["Säkerhetschef", "Säkerhetssamordnare", "Säkerhetsombud"])
def test_the_administrator_appoints_nobody_alone_by_a_file(cast: Cast, role: str) -> None:
    sven = somebody()
    approval = requested(cast.frida, "appointments", f"{APPOINTMENTS}sven;{role};1;2022-01-01;Jag")
    assert not Appointment.objects.filter(person=sven).exists()
    effects = {effect["verb"]: effect["changes"] for effect in approval.payload["effects"]}
    assert effects["imports:run:give_rights"] == {"rows": [None, f"sven {role}, 1, 2022-01-01"]}
    approval = approve_approval(approval=approval, by=cast.david.viewer_at(SOON), at=SOON)
    assert approval.state == "executed"
    assert Appointment.objects.get(person=sven).function.name_sv == role
    entry = Entry.objects.get(verb="imports:run:give_rights")
    assert entry.account == cast.frida.account
    assert Run.objects.get().state == "applied"


def test_what_the_file_would_do_by_now_is_not_what_was_approved(cast: Cast) -> None:
    sven = somebody()
    approval = requested(cast.frida, "appointments", f"{APPOINTMENTS}sven;Säkerhetsombud;1;2022-01-01;Jag")
    Person.objects.filter(pk=sven.pk).update(until_date="2021-01-01")
    approval = approve_approval(approval=approval, by=cast.david.viewer_at(SOON), at=SOON)
    assert (approval.state, approval.outcome) == ("failed", "imports:refusal.data_changed")
    assert not Appointment.objects.filter(person=sven).exists()


def test_on_the_page_it_becomes_a_request_that_stands(cast: Cast) -> None:
    somebody()
    run = checked(cast.frida, "appointments", f"{APPOINTMENTS}sven;Säkerhetschef;1;2022-01-01;Jag")
    frida = Client()
    frida.force_login(cast.frida.account)
    answer = frida.post(f"/imports/{run.reference}/apply/", {})
    approval = Approval.objects.get()
    assert answer["Location"].endswith(f"/{approval.reference}/ask/")
    assert approval.about == run.reference
    page = strip_tags(frida.get(answer["Location"]).content.decode())
    assert "sven Säkerhetschef, 1, 2022-01-01" in page


def test_who_appoints_and_makes_no_accounts_brings_in_alone_what_they_may_give(cast: Cast) -> None:
    somebody()
    bring_in(cast.anna, "appointments", f"{APPOINTMENTS}sven;Säkerhetssamordnare;21;2022-01-01;Jag")
    assert Appointment.objects.filter(person__employee_id="sven").exists()


def test_until_somebody_else_has_come_in_it_is_done_alone(municipality: Municipality) -> None:
    frida = join("Frida Forsman", municipality)
    somebody()
    bring_in(frida, "appointments", f"{APPOINTMENTS}sven;Säkerhetschef;1;2022-01-01;Jag")
    assert Entry.objects.filter(verb="imports:run:give_rights", account=frida.account).exists()


def test_the_administrator_says_alone_only_whose_account_it_is_of_those_who_have_nothing(
    cast: Cast, hidden: Account
) -> None:
    with pytest.raises(AwaitsApproval):
        actions.link_account(person=cast.bo.person, account=hidden, by=cast.frida.viewer, at=AT)
    assert actions.link_account(person=somebody(), account=hidden, by=cast.frida.viewer, at=AT).account == hidden


def test_who_makes_no_accounts_ties_alone_whoever_approves_nothing(cast: Cast, hidden: Account) -> None:
    assert actions.link_account(person=cast.bo.person, account=hidden, by=cast.anna.viewer, at=AT).account == hidden


def test_an_administrator_who_appoints_too_ties_nobody_alone(cast: Cast, hidden: Account) -> None:
    Account.objects.filter(pk=cast.anna.account.pk).update(is_administrator=True)
    cast.anna.account.refresh_from_db()
    with pytest.raises(AwaitsApproval):
        actions.link_account(person=somebody(), account=hidden, by=cast.anna.viewer, at=AT)


def test_nobody_alone_makes_another_administrators_account_a_persons(cast: Cast) -> None:
    """Otherwise whoever has its sealed password would approve what they have asked for."""
    spare = join("Nina Nord", cast.municipality)
    with pytest.raises(AwaitsApproval):
        actions.link_account(person=somebody(), account=spare.account, by=cast.frida.viewer, at=AT)


def test_a_break_glass_account_is_nobodys(municipality: Municipality) -> None:
    frida, spare = join("Frida Forsman", municipality), join("Nina Nord", municipality)
    sealed, _password = make_break_glass(account=spare.account, by=frida.viewer, at=AT)
    Person.objects.filter(pk=somebody().pk).update(account=spare.account)
    with pytest.raises(Refused) as refused:
        seal_break_glass(sealed=sealed, by=frida.viewer, at=AT)
    assert refused.value.refusal.key == "door:refusal.break_glass_is_somebodys"
    sealed.delete()
    with pytest.raises(Refused) as refused:
        make_break_glass(account=spare.account, by=frida.viewer, at=AT)
    assert refused.value.refusal.key == "door:refusal.break_glass_is_somebodys"


def test_the_history_of_one_names_nobody_who_came_in_with_them(cast: Cast) -> None:
    rows = "sven;Sven Svensson;21;\ngun;Gun Gunnarsson;31;\n"
    bring_in(cast.anna, "people", PEOPLE + rows)
    entry = Entry.objects.get(verb="organisation:person:import")
    assert entry.changes == {"count": [0, 2]}
