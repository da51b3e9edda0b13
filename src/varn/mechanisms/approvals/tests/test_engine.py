"""The way of one request: prepared, asked, decided, done once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from tests.people import AT
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.approvals import actions
from varn.mechanisms.approvals.actions import AwaitsApproval
from varn.mechanisms.approvals.declared import PROTECTED
from varn.mechanisms.approvals.jobs import expire
from varn.mechanisms.approvals.lifecycle import ApprovalState
from varn.mechanisms.approvals.models import Approval, InForce
from varn.mechanisms.approvals.queries import waiting_for
from varn.mechanisms.approvals.tests.conftest import SOON, Cast, assemble
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.audit.trail import Refused
from varn.mechanisms.notices.models import Mail, Notice

pytestmark = pytest.mark.django_db
# The list says where the actions are: they lie above the engine.
reset_password = import_string(PROTECTED["access:account:reset_password"].deed)
create_account = import_string(PROTECTED["access:account:make_administrator"].deed)
REASON = "Bo har glömt sitt lösenord och ringde mig."


def requested(cast: Cast) -> Approval:
    """Frida wants to reset Bo's password."""
    with pytest.raises(AwaitsApproval) as awaiting:
        reset_password(account=cast.bo.account, by=cast.frida.viewer, at=AT)
    return awaiting.value.approval


def asked(cast: Cast) -> Approval:
    """Frida has asked, and said why."""
    return actions.ask_approval(approval=requested(cast), reason=REASON, by=cast.frida.viewer, at=AT)


def is_reset(cast: Cast) -> bool:
    """Whether Bo's password opens nothing any longer."""
    return not Account.objects.get(pk=cast.bo.account.pk).has_usable_password()


def test_what_nobody_does_alone_becomes_a_request_and_is_not_done(cast: Cast) -> None:
    approval = requested(cast)
    assert approval.state == ApprovalState.PREPARED
    assert not is_reset(cast)
    assert not Entry.objects.filter(verb="access:account:reset_password").exists()


def test_a_request_that_nobody_has_sent_is_seen_by_nobody_else(cast: Cast) -> None:
    requested(cast)
    assert not waiting_for(cast.anna.viewer).exists()
    assert not Approval.objects.visible_to(cast.anna.viewer).exists()


def test_the_request_is_made_once_however_often_it_is_tried(cast: Cast) -> None:
    assert requested(cast) == requested(cast)


def test_it_says_beforehand_what_the_trail_will_say_afterwards(cast: Cast) -> None:
    approval = asked(cast)
    actions.approve_approval(approval=approval, by=cast.anna.viewer_at(SOON), at=SOON)
    done = Entry.objects.get(verb="access:account:reset_password")
    assert [effect["verb"] for effect in approval.payload["effects"]] == [done.verb]
    assert (done.account, done.reference) == (cast.frida.account, approval.payload["effects"][0]["reference"])


def test_another_person_approves_and_it_is_done_once(cast: Cast) -> None:
    approval = actions.approve_approval(approval=asked(cast), by=cast.anna.viewer_at(SOON), at=SOON)
    assert (approval.state, approval.decided_by, approval.executed_at) == ("executed", cast.anna.account, SOON)
    assert is_reset(cast)
    with pytest.raises(Refused):
        actions.approve_approval(approval=approval, by=cast.david.viewer_at(SOON), at=SOON)
    assert Entry.objects.filter(verb="access:account:reset_password").count() == 1


def test_a_denied_request_is_not_done_and_tells_why(cast: Cast) -> None:
    approval = actions.deny_approval(approval=asked(cast), reason="Ring Bo.", by=cast.anna.viewer_at(SOON), at=SOON)
    assert (approval.state, approval.decision_reason, is_reset(cast)) == ("denied", "Ring Bo.", False)


def test_nobody_denies_without_a_reason(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.deny_approval(approval=asked(cast), reason=" ", by=cast.anna.viewer_at(SOON), at=SOON)


def test_the_one_who_asked_takes_it_back(cast: Cast) -> None:
    approval = actions.withdraw_approval(approval=asked(cast), by=cast.frida.viewer_at(SOON), at=SOON)
    with pytest.raises(Refused):
        actions.approve_approval(approval=approval, by=cast.anna.viewer_at(SOON), at=SOON)
    assert not is_reset(cast)


def test_nobody_else_takes_it_back(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.withdraw_approval(approval=asked(cast), by=cast.anna.viewer_at(SOON), at=SOON)


def test_a_job_approves_nothing(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.approve_approval(approval=asked(cast), by=system_viewer(at=SOON, job="approvals:expire"), at=SOON)


def test_after_three_days_a_request_is_over(cast: Cast) -> None:
    approval, late = asked(cast), AT + timedelta(days=3)
    with pytest.raises(Refused) as refused:
        actions.approve_approval(approval=approval, by=cast.anna.viewer_at(late), at=late)
    assert refused.value.refusal.key == "approvals:refusal.expired"
    assert expire(by=system_viewer(at=late, job="approvals:expire"), at=late) == 1
    approval.refresh_from_db()
    assert (approval.state, is_reset(cast)) == ("expired", False)


def test_those_who_may_approve_are_told_without_being_told_what(cast: Cast) -> None:
    approval = asked(cast)
    told = Notice.objects.filter(kind="approvals:notice.waiting")
    assert {notice.account.name for notice in told} == {"Anna Ahlberg", "David Dahlin"}
    mails = Mail.objects.filter(to__in=[cast.anna.account.email, cast.david.account.email])
    assert {mail.subject for mail in mails} == {"Något väntar på dig i Värn"}
    assert not [mail for mail in mails if "Bo" in mail.subject + mail.body or "lösenord" in mail.subject + mail.body]
    assert all(approval.reference in mail.body for mail in mails)


def test_only_what_i_may_decide_is_counted_for_me(cast: Cast) -> None:
    asked(cast)
    everybody = (cast.anna, cast.david, cast.frida, cast.bo)
    counted = {who.account.name: waiting_for(who.viewer).count() for who in everybody}
    assert counted == {"Anna Ahlberg": 1, "David Dahlin": 1, "Frida Forsman": 0, "Bo Berglund": 0}


def test_whoever_may_not_do_it_at_all_makes_no_request(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        reset_password(account=cast.anna.account, by=cast.bo.viewer, at=AT)
    assert not Approval.objects.exists()


def test_what_would_be_refused_anyhow_is_refused_at_once(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        create_account(
            email=cast.bo.account.email, name="Bo", language="sv", is_administrator=True, by=cast.frida.viewer, at=AT
        )
    assert refused.value.refusal.key == "access:refusal.address_taken"


def test_an_ordinary_account_is_made_by_one_alone(cast: Cast) -> None:
    create_account(email="ny@ekby.example", name="Nils", language="sv", by=cast.frida.viewer, at=AT)
    assert Account.objects.filter(email="ny@ekby.example").exists()


def test_an_account_that_is_nobody_in_the_register_cannot_ask(cast: Cast) -> None:
    cast.frida.person.account = None
    cast.frida.person.save()
    with pytest.raises(Refused) as refused:
        reset_password(account=cast.bo.account, by=cast.frida.viewer, at=AT)
    assert refused.value.refusal.key == "approvals:refusal.no_person"


def test_where_nobody_else_may_approve_it_is_said(cast: Cast) -> None:
    Account.objects.filter(pk__in=[cast.anna.account.pk, cast.david.account.pk]).update(is_active=False)
    with pytest.raises(Refused) as refused:
        reset_password(account=cast.bo.account, by=cast.frida.viewer, at=AT)
    assert refused.value.refusal.key == "approvals:refusal.nobody_can"
    assert not Approval.objects.exists()


def test_while_somebody_sets_up_the_installation_alone_they_do_it_alone(municipality) -> None:
    cast = assemble(municipality)
    Account.objects.exclude(pk=cast.frida.account.pk).update(last_login=None)
    reset_password(account=cast.bo.account, by=cast.frida.viewer, at=AT)
    assert is_reset(cast)
    assert not InForce.objects.exists()


def test_from_when_another_has_come_in_nobody_acts_alone_and_nothing_takes_that_back(municipality) -> None:
    cast = assemble(municipality)
    expire(by=system_viewer(at=AT, job="approvals:expire"), at=AT)
    Account.objects.exclude(pk=cast.frida.account.pk).update(is_active=False)
    with pytest.raises(Refused):
        reset_password(account=cast.bo.account, by=cast.frida.viewer, at=AT)
    assert InForce.objects.get().since == AT


@pytest.mark.parametrize("field", ["account", "person"])
def test_the_database_lets_nobody_decide_their_own(cast: Cast, field: str) -> None:
    approval = asked(cast)
    own = {"account": {"decided_by": approval.requested_by_id}, "person": {"decided_person": approval.requested_person}}
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(**own[field])


def test_the_database_holds_nothing_done_that_nobody_approved(cast: Cast) -> None:
    approval = asked(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(executed_at=SOON)


def test_what_could_not_be_done_says_why_in_words(cast: Cast) -> None:
    approval = asked(cast)
    Account.objects.filter(pk=cast.bo.account.pk).update(email="annan@ekby.example")
    approval = actions.approve_approval(approval=approval, by=cast.anna.viewer_at(SOON), at=SOON)
    assert (approval.state, approval.outcome) == ("failed", "approvals:refusal.changed")
    assert Refusal(approval.outcome).key == "approvals:refusal.changed"
    assert not is_reset(cast)


def test_that_somebody_signed_in_meanwhile_changes_nothing_that_matters(cast: Cast) -> None:
    approval = asked(cast)
    Account.objects.filter(pk=cast.bo.account.pk).update(last_login=SOON)
    assert actions.approve_approval(approval=approval, by=cast.anna.viewer_at(SOON), at=SOON).state == "executed"
