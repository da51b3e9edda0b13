"""The pages: asking, deciding, what waits, and that nobody reaches another's request."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people import Member
from varn.areas.organisation.models import Function
from varn.mechanisms.access.models import Account
from varn.mechanisms.approvals.models import Approval
from varn.mechanisms.approvals.tests.conftest import Cast
from varn.mechanisms.links import url_of, verb_url
from varn.mechanisms.notices.models import Notice
from varn.mechanisms.ui.conflicts import unchanged
from varn.mechanisms.web.once import ReadAgain, new_key

pytestmark = pytest.mark.django_db
REASON = "Bo har ringt och visat vem han är."


def browser(member: Member) -> Client:
    """The member has signed in."""
    client = Client()
    client.force_login(member.account)
    return client


def pressed(cast: Cast) -> tuple[Client, Approval]:
    """Frida has pressed the button that resets Bo's password."""
    client = browser(cast.frida)
    answer = client.post(reverse("access:account-reset_password", args=[cast.bo.account.pk]))
    approval = Approval.objects.get()
    assert answer["Location"] == verb_url(approval, "ask")
    return client, approval


def asked(cast: Cast) -> tuple[Client, Approval]:
    """Frida has said why, and sent it."""
    client, approval = pressed(cast)
    answer = client.post(verb_url(approval, "ask"), {"reason": REASON})
    assert answer["Location"] == url_of(approval)
    return client, approval


def is_reset(cast: Cast) -> bool:
    """Whether Bo's password opens nothing any longer."""
    return not Account.objects.get(pk=cast.bo.account.pk).has_usable_password()


def text(client: Client, url: str) -> str:
    """The page as it is read."""
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def test_the_button_leads_to_a_page_that_says_what_will_happen_and_asks_why(cast: Cast) -> None:
    client, approval = pressed(cast)
    page = text(client, verb_url(approval, "ask"))
    assert "Precis det här ska göras" in page
    assert "Bo Berglund" in page
    assert not is_reset(cast)
    assert client.post(verb_url(approval, "ask"), {"reason": " "}).status_code == 200
    approval.refresh_from_db()
    assert approval.state == "prepared"


def test_another_person_approves_on_the_page_and_it_is_done(cast: Cast) -> None:
    frida, approval = asked(cast)
    anna = browser(cast.anna)
    assert approval.reference in text(anna, reverse("approvals:approval-list"))
    assert REASON in text(anna, verb_url(approval, "approve"))
    answer = anna.post(verb_url(approval, "approve"), {"reason": ""}, follow=True)
    assert "åtgärden är utförd" in answer.content.decode()
    assert is_reset(cast)
    assert "Anna Ahlberg" in text(frida, url_of(approval))
    assert approval.reference in text(anna, reverse("approvals:approval-decided"))


def test_looking_at_the_page_approves_nothing(cast: Cast) -> None:
    _, approval = asked(cast)
    anna = browser(cast.anna)
    for method in ("get", "head", "put", "patch", "delete", "options"):
        getattr(anna, method)(verb_url(approval, "approve"))
    assert not is_reset(cast)


def test_the_one_who_asked_has_no_button_and_may_not_approve(cast: Cast) -> None:
    frida, approval = asked(cast)
    page = text(frida, url_of(approval))
    assert verb_url(approval, "approve") not in page
    assert verb_url(approval, "withdraw") in page
    assert frida.get(verb_url(approval, "approve")).status_code == 404
    assert frida.post(verb_url(approval, "approve"), {"reason": "ja"}).status_code == 403
    assert not is_reset(cast)


def test_for_others_a_request_does_not_exist(cast: Cast) -> None:
    _, approval = asked(cast)
    bo = browser(cast.bo)
    for verb in ("detail", "ask", "approve", "deny", "withdraw"):
        address = reverse(f"approvals:approval-{verb}", args=[approval.reference])
        assert bo.get(address).status_code == bo.post(address).status_code - (1 if verb == "detail" else 0) == 404


def test_a_denial_reaches_the_one_who_asked_with_its_reason(cast: Cast) -> None:
    frida, approval = asked(cast)
    browser(cast.anna).post(verb_url(approval, "deny"), {"reason": "Ring honom först."})
    assert "Ring honom först." in text(frida, url_of(approval))
    assert Notice.objects.filter(account=cast.frida.account, kind="approvals:notice.denied").exists()


def test_what_was_changed_meanwhile_is_said_to_both(cast: Cast) -> None:
    frida, approval = asked(cast)
    Account.objects.filter(pk=cast.bo.account.pk).update(name="Bo Bergström")
    answer = browser(cast.anna).post(verb_url(approval, "approve"), follow=True)
    assert "Du godkände, men åtgärden utfördes inte. Något har ändrats" in answer.content.decode()
    assert "Något har ändrats sedan begäran gjordes" in text(frida, url_of(approval))
    assert not is_reset(cast)


def test_a_request_that_is_over_is_refused_in_a_sentence(cast: Cast) -> None:
    _, approval = asked(cast)
    past = timezone.now() - timedelta(minutes=1)
    Approval.objects.filter(pk=approval.pk).update(requested_at=past - timedelta(days=3), expires_at=past)
    answer = browser(cast.anna).post(verb_url(approval, "approve"), {"reason": ""})
    assert "Begäran förföll" in answer.content.decode()
    assert not is_reset(cast)


def test_the_number_in_the_navigation_counts_what_i_may_decide(cast: Cast) -> None:
    frida, _ = asked(cast)
    assert 'bar-count">1<' in text(browser(cast.anna), reverse("approvals:approval-own"))
    assert 'bar-count">1<' not in text(frida, reverse("approvals:approval-own"))


def test_my_day_has_what_waits_for_me_with_its_button(cast: Cast) -> None:
    _, approval = asked(cast)
    page = text(browser(cast.anna), reverse("overview:my-day"))
    assert verb_url(approval, "approve") in page
    assert "Begäran från Frida Forsman väntar på ditt godkännande." in page
    assert approval.reference not in text(browser(cast.bo), reverse("overview:my-day"))


def test_the_list_of_what_nobody_does_alone_says_why_and_who_approves(cast: Cast) -> None:
    page = text(browser(cast.anna), reverse("approvals:protected_action-list"))
    assert "Ingen får ensam öppna någon annans konto." in page
    assert "Krävs här sedan" in page
    assert browser(cast.bo).get(reverse("approvals:protected_action-list")).status_code == 404


def test_somebody_who_is_nobody_in_the_register_is_told_so_on_the_form(cast: Cast) -> None:
    cast.frida.person.account = None
    cast.frida.person.save()
    answer = browser(cast.frida).post(reverse("access:account-reset_password", args=[cast.bo.account.pk]))
    assert "inte kopplat till en person i registret" in answer.content.decode()


def changed_role(cast: Cast) -> HttpResponse:
    """Anna sends the form of a function as her browser has it, with another role."""
    anna, function = browser(cast.anna), Function.objects.get(key="security_coordinator")
    path = reverse("organisation:function-change", args=[function.pk])
    form = anna.get(path).context["form"]
    body = {field.html_name: field.value() for field in form} | {"opened": form.opened_with, "once": new_key()}
    answer = anna.post(path, body | {"role": "security_representative"})
    assert Function.objects.get(pk=function.pk).role == "security_coordinator"
    assert anna.get(answer["Location"]).status_code == 200
    return answer


def test_a_form_of_change_becomes_a_request_that_stands(cast: Cast) -> None:
    answer = changed_role(cast)
    assert answer["Location"] == verb_url(Approval.objects.get(), "ask")


def test_what_is_asked_once_more_after_another_was_first_becomes_a_request_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = iter([True])

    @contextmanager
    def overtaken(thing: Function, entry: int) -> Iterator[None]:
        if next(first, False):
            raise ReadAgain
        with unchanged(thing, entry):
            yield

    monkeypatch.setattr("varn.mechanisms.ui.forms.unchanged", overtaken)
    answer = changed_role(cast)
    assert next(first, None) is None
    assert answer["Location"] == verb_url(Approval.objects.get(), "ask")
