from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from tests.people import AT, Member
from varn.mechanisms.access.models import Account
from varn.mechanisms.door import actions
from varn.mechanisms.notices.models import Mail

ClientOf = Callable[[Member], Client]
NEW = {"name": "Gun Gran", "email": "gun@ekby.example", "language": "sv"}


@pytest.fixture
def frida(client_of: ClientOf, frida_administrator: Member) -> Client:
    return client_of(frida_administrator)


def test_a_new_account_waits_for_its_password_and_its_owner_is_sent_a_link(frida: Client) -> None:
    page = frida.post("/accounts/create/", NEW)
    account = Account.objects.get(email="gun@ekby.example")
    mail = Mail.objects.get(to="gun@ekby.example")
    assert not account.has_usable_password()
    assert "/password/" in mail.body
    assert "/password/" in page.text


def test_an_address_in_use_is_refused_in_words_and_nothing_is_lost(frida: Client) -> None:
    page = frida.post("/accounts/create/", NEW | {"email": "FRIDA@ekby.example"})
    assert "There is already an account" in page.text
    assert 'value="Gun Gran"' in page.text


def test_a_closed_account_is_out_at_once(frida: Client, client_of: ClientOf, bo_coordinator: Member) -> None:
    bos = client_of(bo_coordinator)
    frida.post(f"/accounts/{bo_coordinator.account.pk}/close/")
    assert bos.get("/my-account/").status_code == 302


def test_a_reset_password_opens_nothing_and_signs_out(
    frida: Client, client_of: ClientOf, bo_coordinator: Member
) -> None:
    bos = client_of(bo_coordinator)
    frida.post(f"/accounts/{bo_coordinator.account.pk}/reset_password/")
    bo_coordinator.account.refresh_from_db()
    assert not bo_coordinator.account.has_usable_password()
    assert bos.get("/my-account/").status_code == 302


def test_a_closed_account_can_be_opened_again_with_a_new_link(frida: Client, bo_coordinator: Member) -> None:
    frida.post(f"/accounts/{bo_coordinator.account.pk}/close/")
    frida.post(f"/accounts/{bo_coordinator.account.pk}/open/")
    bo_coordinator.account.refresh_from_db()
    assert bo_coordinator.account.is_active
    assert not bo_coordinator.account.has_usable_password()


def test_the_owner_is_told_what_has_happened_to_the_account_in_their_own_language(
    frida: Client, bo_coordinator: Member
) -> None:
    frida.post("/accounts/create/", NEW)
    for verb in ("reset_password", "close", "open"):
        frida.post(f"/accounts/{bo_coordinator.account.pk}/{verb}/")
    said = [mail.subject for mail in Mail.objects.order_by("pk")]
    assert said == [
        "Välj lösenord till Värn",
        "Välj ett nytt lösenord till Värn",
        "Ditt konto i Värn är öppnat igen",
    ]


def test_nobody_closes_their_own_account(frida: Client, frida_administrator: Member) -> None:
    page = frida.post(f"/accounts/{frida_administrator.account.pk}/close/")
    assert "You cannot close your own account" in page.text
    frida_administrator.account.refresh_from_db()
    assert frida_administrator.account.is_active


@pytest.mark.parametrize("state", ["open", "waiting", "closed"])
def test_the_list_is_filtered_by_state(frida: Client, bo_coordinator: Member, state: str) -> None:
    frida.post("/accounts/create/", NEW)
    frida.post(f"/accounts/{bo_coordinator.account.pk}/close/")
    table = frida.get("/accounts/", {"state": state}).context["table"]
    expected = {"open": "Frida Forsman", "waiting": "Gun Gran", "closed": "Bo Berglund"}
    assert [row.record.name for row in table.page.object_list] == [expected[state]]


def test_an_accounts_history_is_shown_on_its_page(frida: Client, bo_coordinator: Member) -> None:
    frida.post(f"/accounts/{bo_coordinator.account.pk}/close/")
    page = frida.get(f"/accounts/{bo_coordinator.account.pk}/")
    assert [entry.actor for entry in page.context["history"]] == ["Frida Forsman"]


@pytest.mark.parametrize("path", ["/accounts/", "/accounts/create/", "/accounts/1/", "/accounts/1/close/"])
def test_accounts_do_not_exist_for_others(client_of: ClientOf, anna_head_of_security: Member, path: str) -> None:
    assert client_of(anna_head_of_security).get(path).status_code == 404


def test_an_action_asks_for_the_right_itself(anna_head_of_security: Member, bo_coordinator: Member) -> None:
    with pytest.raises(PermissionDenied):
        actions.close_account(account=bo_coordinator.account, by=anna_head_of_security.viewer, at=AT)


def test_nobody_chooses_anothers_password(anna_head_of_security: Member, bo_coordinator: Member) -> None:
    with pytest.raises(PermissionDenied):
        actions.choose_password(
            account=bo_coordinator.account, password="x" * 20, by=anna_head_of_security.viewer, at=AT
        )


def test_one_may_be_somebody_else_in_a_demo_only(
    client_of: ClientOf, settings, bo_coordinator: Member, frida_administrator: Member
) -> None:
    client = Client()
    path = f"/demo/people/{bo_coordinator.account.pk}/be/"
    assert {client.get("/demo/people/").status_code, client.post(path).status_code} == {404}
    settings.DEMO = True
    assert "Bo Berglund" in client.get("/demo/people/").text
    assert client.post(path).status_code == 302
    assert client.get("/my-account/").context["viewer"].name == "Bo Berglund"


def test_in_a_demo_one_shows_again_who_one_is_by_choosing_anew(
    client: Client, settings, bo_coordinator: Member
) -> None:
    bo_coordinator.account.set_unusable_password()
    bo_coordinator.account.save()
    settings.DEMO = True
    client.post(f"/demo/people/{bo_coordinator.account.pk}/be/")
    page = client.get("/sign-in/again/?next=/my-account/").text
    assert '<p><a href="/demo/people/">' in page


def test_the_accounts_can_be_taken_out_as_a_file(frida: Client) -> None:
    file = b"".join(frida.get("/accounts/", {"format": "csv"}).streaming_content).decode()
    assert "Frida Forsman" in file


def test_whoever_chooses_a_password_is_told_what_it_must_be(frida: Client) -> None:
    page = frida.get("/my-account/password/").text
    assert "at least" in page
    assert "lambda" not in page
