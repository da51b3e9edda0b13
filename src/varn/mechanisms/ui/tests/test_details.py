from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from tests.people import AT, Member, Municipality, appoint
from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import Appointment
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.trail import record
from varn.mechanisms.moves.making import begin
from varn.mechanisms.ui.tones import Tone
from varn.mechanisms.ui.words import written

ClientOf = Callable[[Member], Client]


@pytest.fixture
def proposed(municipality: Municipality, bo_coordinator: Member) -> Appointment:
    thing = appoint(bo_coordinator.person, municipality.functions["security_representative"], municipality.units["211"])
    thing.state = AppointmentState.PROPOSED
    thing.from_date = date(2099, 1, 1)
    thing.save()
    begin(thing, by=bo_coordinator.viewer, at=AT)
    return thing


def _url(thing: Appointment, verb: str = "") -> str:
    return f"/organisation/appointments/{thing.reference}/" + (f"{verb}/" if verb else "")


def test_the_page_shows_state_facts_and_the_moves_one_may_make(
    client_of: ClientOf, proposed: Appointment, anna_head_of_security: Member
) -> None:
    page = client_of(anna_head_of_security).get(_url(proposed))
    assert [move.name for move in page.context["moves"]] == ["accept", "decline", "withdraw"]
    assert _url(proposed, "accept") in page.text


def test_a_closed_move_says_why_and_is_no_button(
    client_of: ClientOf, proposed: Appointment, anna_head_of_security: Member
) -> None:
    Appointment.objects.filter(pk=proposed.pk).update(state=AppointmentState.ACTIVE, until_date=None)
    page = client_of(anna_head_of_security).get(_url(proposed))
    closed = [move for move in page.context["moves"] if move.closed]
    assert closed
    assert all(move.url not in page.text and move.closed in page.text for move in closed)


def test_the_history_says_who_did_what_with_old_and_new_value(
    client_of: ClientOf, proposed: Appointment, anna_head_of_security: Member
) -> None:
    ends = {"until_date": (None, date(2022, 7, 1)), "warned_of": (None, date(2022, 7, 1))}
    changes = ends | {"state": ("proposed", "accepted")}
    record("organisation:appointment:change", proposed, by=anna_head_of_security.viewer, at=AT, changes=changes)
    (entry,) = client_of(anna_head_of_security).get(_url(proposed)).context["history"]
    assert entry.actor == "Anna Ahlberg"
    assert {(change.old, change.new) for change in entry.changes} == {("", "2022-06-30"), ("Proposed", "Accepted")}
    assert {change.label for change in entry.changes} == {"Through", "Reminded of the last day", "State"}


def test_the_history_tells_a_job_by_its_word_and_a_moment_by_its_time(
    client_of: ClientOf, proposed: Appointment, anna_head_of_security: Member
) -> None:
    by = system_viewer(at=AT, job="organisation:follow_the_calendar")
    changes = {"documents": (None, AT), "share": (Decimal("0.50"), Decimal("1.00")), "parent_id": (1, 2)}
    record("organisation:appointment:change", proposed, by=by, at=AT, changes=changes)
    (entry,) = client_of(anna_head_of_security).get(_url(proposed)).context["history"]
    assert entry.actor == "Värn, by itself (let appointments and units follow the calendar)"
    told = {change.label: (change.old, change.new) for change in entry.changes}
    assert told == {"Documents handed over": ("", written(AT)), "Share of full time": ("50%", "100%")}


def test_what_ends_the_thing_stands_last_and_is_never_the_first_button(
    client_of: ClientOf, proposed: Appointment, anna_head_of_security: Member
) -> None:
    page = client_of(anna_head_of_security).get(_url(proposed))
    assert [move.tone for move in page.context["moves"]] == [Tone.NEUTRAL, Tone.DANGER, Tone.DANGER]
    assert page.text.count('data-variant="secondary" data-color="danger"') == 2


def test_a_move_is_made_and_said(client_of: ClientOf, proposed: Appointment, anna_head_of_security: Member) -> None:
    client = client_of(anna_head_of_security)
    page = client.post(_url(proposed, "accept"), {"reason": ""}, follow=True)
    proposed.refresh_from_db()
    assert proposed.state == AppointmentState.ACCEPTED
    assert page.request["PATH_INFO"] == _url(proposed)
    assert "accepted" in page.text


def test_a_reason_that_is_required_is_asked_for_and_what_was_written_is_kept(
    client_of: ClientOf, proposed: Appointment, anna_head_of_security: Member
) -> None:
    page = client_of(anna_head_of_security).post(_url(proposed, "decline"), {"reason": "  "})
    assert "reason" in page.context["form"].errors
    assert 'href="#id_reason"' in page.text
    proposed.refresh_from_db()
    assert proposed.state == AppointmentState.PROPOSED


def test_a_move_that_does_not_start_here_is_refused_in_words(
    client_of: ClientOf, proposed: Appointment, anna_head_of_security: Member
) -> None:
    client = client_of(anna_head_of_security)
    client.post(_url(proposed, "accept"), {"reason": ""})
    again = client.post(_url(proposed, "accept"), {"reason": ""})
    assert again.status_code == 200
    assert "This cannot be done now" in again.text


def test_the_page_of_a_move_says_what_will_happen_and_carries_the_stop_text(
    client_of: ClientOf, proposed: Appointment, anna_head_of_security: Member
) -> None:
    page = client_of(anna_head_of_security).get(_url(proposed, "decline"))
    assert "Declined" in page.text
    assert "Write nothing classified" in page.text


def test_what_may_be_seen_but_not_done_has_no_page_and_is_forbidden(
    client_of: ClientOf, proposed: Appointment, bo_coordinator: Member
) -> None:
    client = client_of(bo_coordinator)
    assert client.get(_url(proposed)).status_code == 200
    assert client.get(_url(proposed, "accept")).status_code == 404
    assert client.post(_url(proposed, "accept")).status_code == 403


def test_what_may_not_be_seen_does_not_exist(
    client_of: ClientOf, proposed: Appointment, cecilia_head_of_department: Member
) -> None:
    client = client_of(cecilia_head_of_department)
    assert {client.get(_url(proposed)).status_code, client.get(_url(proposed, "accept")).status_code} == {404}
    assert client.post(_url(proposed, "accept")).status_code == 404
