"""The days of a decision after the meeting: shown as they are by the day itself, and corrected when mistyped."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people import AT, Member
from varn.areas.decisions.actions import (
    annul_decision,
    correct_days,
    gain_force,
    post_decision,
    register_decision,
    verify_decision,
)
from varn.areas.decisions.lifecycle import DecisionState
from varn.areas.decisions.models import Decision
from varn.areas.decisions.tests.bodies import DECIDED, Bodies
from varn.areas.decisions.tests.test_views import told
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.moves.making import Refused

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=600)


@pytest.fixture
def eva(bodies: Bodies, eva_secretary: Member) -> Viewer:
    return eva_secretary.viewer_at(LATER)


@pytest.fixture
def decision(eva: Viewer) -> Decision:
    """Posted Wednesday 2021-12-22, so that it can be appealed through 2022-01-12."""
    row = register_decision(paragraph=DECIDED, by=eva, at=AT)
    verify_decision(decision=row, date=date(2021, 12, 21), by=eva, at=LATER)
    return post_decision(decision=row, date=date(2021, 12, 22), by=eva, at=LATER)


def page_of(decision: Decision, client: Client, eva_secretary: Member) -> str:
    client.force_login(eva_secretary.account)
    return told(client.get(reverse("decisions:decision-detail", args=[decision.reference])))


def test_the_page_says_that_a_decision_is_binding_when_its_day_has_come_before_any_nightly_work(
    decision: Decision, client: Client, eva_secretary: Member
) -> None:
    page = page_of(decision, client, eva_secretary)
    assert decision.state == DecisionState.POSTED
    assert "Laga kraft sedan" in page
    assert "2022-01-13" in page


def test_the_page_says_from_when_at_the_earliest_a_posted_decision_is_binding(
    decision: Decision, client: Client, eva_secretary: Member
) -> None:
    now = timezone.now()
    correct_days(
        decision=decision, posted_date=timezone.localdate(now), reason="Ny.", by=eva_secretary.viewer_at(now), at=now
    )
    page = page_of(decision, client, eva_secretary)
    assert "Får laga kraft tidigast" in page
    assert (decision.appeal_until_date + timedelta(days=1)).isoformat() in page
    assert "Laga kraft sedan" not in page


def test_a_mistyped_day_is_corrected_and_the_days_of_the_law_are_counted_anew(decision: Decision, eva: Viewer) -> None:
    correct_days(decision=decision, posted_date=date(2021, 12, 29), reason="Skrev fel dag.", by=eva, at=LATER)
    decision.refresh_from_db()
    assert (decision.posted_date, decision.appeal_until_date) == (date(2021, 12, 29), date(2022, 1, 19))
    entry = next(each for each in history_of(decision, viewer=eva) if each.verb == "decisions:decision:correct_days")
    assert entry.reason == "Skrev fel dag."
    assert entry.changes["posted_date"] == ["2021-12-22", "2021-12-29"]


def test_a_day_is_not_corrected_without_a_reason_nor_to_one_that_cannot_be(decision: Decision, eva: Viewer) -> None:
    for wrong in ({"reason": " "}, {"posted_date": date(2021, 12, 20)}, {"verified_date": date(2021, 12, 23)}):
        with pytest.raises(Refused):
            correct_days(decision=decision, by=eva, at=LATER, **{"reason": "Fel dag."} | wrong)


def test_a_decision_that_a_wrong_day_made_binding_is_posted_again(decision: Decision, eva: Viewer) -> None:
    gain_force(decision=decision, by=system_viewer(at=LATER, job="test"), at=LATER)
    correct_days(decision=decision, posted_date=eva.day, reason="Fel år.", by=eva, at=LATER)
    decision.refresh_from_db()
    assert (decision.state, decision.binding_date) == (DecisionState.POSTED, None)


def test_a_binding_decision_stays_binding_from_its_new_day(decision: Decision, eva: Viewer) -> None:
    gain_force(decision=decision, by=system_viewer(at=LATER, job="test"), at=LATER)
    correct_days(decision=decision, posted_date=date(2021, 12, 29), reason="Fel dag.", by=eva, at=LATER)
    decision.refresh_from_db()
    assert (decision.state, decision.binding_date) == (DecisionState.BINDING, date(2022, 1, 20))


def test_an_annulled_decision_has_no_days_to_correct(decision: Decision, eva: Viewer) -> None:
    annul_decision(decision=decision, reason="Fel protokoll.", by=eva, at=LATER)
    with pytest.raises(Refused):
        correct_days(decision=decision, posted_date=date(2021, 12, 29), reason="Fel dag.", by=eva, at=LATER)


def test_the_form_shows_the_days_that_are_given_and_corrects_them(
    decision: Decision, client: Client, eva_secretary: Member
) -> None:
    assert "Rätta dagarna" in page_of(decision, client, eva_secretary)
    address = reverse("decisions:decision-correct_days", args=[decision.reference])
    assert "2021-12-22" in told(client.get(address))
    client.post(address, {"verified_date": "2021-12-21", "posted_date": "2021-12-29", "reason": "Fel dag."})
    decision.refresh_from_db()
    assert decision.posted_date == date(2021, 12, 29)
