import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.people import AT, Member, Municipality, join
from varn.areas.decisions import actions
from varn.areas.decisions.actions import (
    acknowledge_by_link,
    acknowledge_dispatch,
    dispatch_decision,
    post_decision,
    receive_assignment,
    register_decision,
    remind_dispatch,
    verify_decision,
)
from varn.areas.decisions.jobs import escalate_overdue, gain_force, remind_recipients, tell_overdue
from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment, Decision, Dispatch, Recipient
from varn.areas.decisions.queries import (
    To,
    answering_on_no_line,
    assignments,
    awaited_alone,
    awaited_from,
    decisions,
    expansions_of,
    sent_in_part,
)
from varn.areas.decisions.tests.bodies import DECIDED, Bodies
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.installation.models import Setting
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.notices.models import Mail, Notice
from varn.mechanisms.search.finding import find
from varn.mechanisms.web.chance import without_chance


@pytest.fixture
def decision(bodies: Bodies, eva_secretary: Member, municipality: Municipality) -> Decision:
    for unit in municipality.units.values():
        if unit.kind in ("committee", "department"):
            unit.email = f"{unit.code}@ekby.example"
            unit.save()
    return register_decision(paragraph=DECIDED, by=eva_secretary.viewer, at=AT)


def recipient(decision: Decision, place: int) -> Recipient:
    return decision.recipients.get(position=place)


def send(decision: Decision, eva: Member, *places: int) -> list[Dispatch]:
    lines = expansions_of(decision, viewer=eva.viewer)
    to = [to for line in lines if line.recipient.position in places for to in line.to]
    return dispatch_decision(decision=decision, to=to, by=eva.viewer, at=AT)


def by_hand(decision: Decision, eva: Member) -> Dispatch:
    to = To(recipient=recipient(decision, 5), name="Kansliet", email="kansliet@ekby.example")
    return dispatch_decision(decision=decision, to=[to], by=eva.viewer, at=AT)[0]


def secret() -> str:
    return re.search(r"/link/([\w-]+)/", Mail.objects.latest("pk").body)[1]


def states(decision: Decision) -> set[str]:
    return set(decision.assignments.values_list("state", flat=True))


def link_viewer():
    return system_viewer(at=AT, job="link")


def test_recipients_are_expanded_as_the_organisation_stood_on_the_day_of_the_decision(
    decision: Decision, eva_secretary: Member, anna_head_of_security: Member, municipality: Municipality
) -> None:
    unit = municipality.units["30"]
    unit.until_date = DECIDED.date
    unit.save()
    lines = expansions_of(decision, viewer=eva_secretary.viewer)
    assert [[to.name for to in line.to] for line in lines] == [
        ["Kommunstyrelsen", "Socialnämnden"],
        ["Bildningsförvaltningen", "Kommunledningsförvaltningen", "Socialförvaltningen"],
        ["Ekby Fastigheter AB"],
        ["Anna Ahlberg"],
        [],
    ]
    assert lines[4].is_unmatched


def test_the_stranger_sees_nothing_until_her_department_is_sent_the_decision(
    client: Client, decision: Decision, eva_secretary: Member, cecilia_head_of_department: Member
) -> None:
    cecilia = cecilia_head_of_department
    client.force_login(cecilia.account)
    page = reverse("decisions:decision-detail", args=[decision.reference])
    export = reverse("decisions:decision-list") + "?format=csv"
    assert client.get(page).status_code == 404
    assert decisions(viewer=cecilia.viewer).count() == assignments(viewer=cecilia.viewer).count() == 0
    assert find("säkerhetsarbetet", viewer=cecilia.viewer) == []
    assert decision.reference not in b"".join(client.get(export).streaming_content).decode()
    send(decision, eva_secretary, 2)
    assert client.get(page).status_code == 200
    assert decisions(viewer=cecilia.viewer).count() == 1
    assert [group.kind for group in find("säkerhetsarbetet", viewer=cecilia.viewer)]
    assert decision.reference in b"".join(client.get(export).streaming_content).decode()


def test_seeing_a_decision_gives_no_right_to_change_it(
    client: Client, decision: Decision, eva_secretary: Member, municipality: Municipality
) -> None:
    gun = join("Gun Gren", municipality, "committee_secretary", "20")
    send(decision, eva_secretary, 1)
    client.force_login(gun.account)
    assert client.get(reverse("decisions:decision-detail", args=[decision.reference])).status_code == 200
    assert client.get(reverse("decisions:decision-annul", args=[decision.reference])).status_code == 404
    assert client.post(reverse("decisions:decision-annul", args=[decision.reference])).status_code == 403
    reference = decision.assignments.first().reference
    assert client.post(reverse("decisions:assignment-close", args=[reference])).status_code == 403


def test_a_dispatch_gives_notice_to_those_who_may_receive(
    decision: Decision, eva_secretary: Member, cecilia_head_of_department: Member, bo_coordinator: Member
) -> None:
    send(decision, eva_secretary, 2)
    told = set(Notice.objects.filter(kind="decisions:notice.dispatched").values_list("account__name", flat=True))
    assert told == {"Cecilia Cederholm", "Bo Berglund"}


def test_a_reminder_is_told_from_the_first_notice_and_both_are_done_when_it_is_acknowledged(
    decision: Decision, eva_secretary: Member, cecilia_head_of_department: Member, client: Client
) -> None:
    dispatch = send(decision, eva_secretary, 2)[0]
    remind_dispatch(dispatch=dispatch, by=eva_secretary.viewer, at=AT)
    client.force_login(cecilia_head_of_department.account)
    page = reverse("notices:notice-list")
    told = [(says, is_settled) for _, says, is_settled in client.get(page).context["rows"]]
    first = f"Din bekräftelse av {decision.reference} väntas"
    assert told == [(f"Påminnelse: {first[0].lower()}{first[1:]}", False), (first, False)]
    acknowledge_dispatch(dispatch=dispatch, answer="", by=cecilia_head_of_department.viewer, at=AT)
    client.post(reverse("notices:notice-read-all"))
    shown = client.get(page)
    assert [is_settled for _, _, is_settled in shown.context["rows"]] == [True, True]
    assert not shown.context["has_unread"]


def test_an_assignment_is_dispatched_only_when_whoever_answers_for_it_is_sent_the_decision(
    decision: Decision, eva_secretary: Member, cecilia_head_of_department: Member, david_chief_executive: Member
) -> None:
    send(decision, eva_secretary, 2)
    assert states(decision) == {AssignmentState.DECIDED}
    (line,) = answering_on_no_line(
        decision, expansions_of(decision, viewer=eva_secretary.viewer), viewer=eva_secretary.viewer
    )
    assert (line.recipient.text, [to.name for to in line.to]) == ("Kommundirektören", ["David Dahlin"])
    dispatch_decision(decision=decision, to=line.to, by=eva_secretary.viewer, at=AT)
    assert states(decision) == {AssignmentState.DISPATCHED}
    assert answering_on_no_line(decision, [], viewer=eva_secretary.viewer) == []


def test_an_assignment_that_is_linked_to_a_unit_that_has_the_decision_is_dispatched(
    decision: Decision, eva_secretary: Member, cecilia_head_of_department: Member, municipality: Municipality
) -> None:
    send(decision, eva_secretary, 2)
    first = decision.assignments.order_by("pk")[0]
    actions.match_assignment(assignment=first, unit=municipality.units["31"], by=eva_secretary.viewer, at=AT)
    first.refresh_from_db()
    assert first.state == AssignmentState.DISPATCHED


def test_whoever_sends_is_shown_those_who_answer_and_told_which_lines_wait(
    client: Client, decision: Decision, eva_secretary: Member, david_chief_executive: Member
) -> None:
    client.force_login(eva_secretary.account)
    page = reverse("decisions:decision-dispatch", args=[decision.reference])
    fields = client.get(page).context["form"].fields
    proposed = next(name for name in fields if name.startswith("to-new-"))
    told = client.post(page, {proposed: "on"}, follow=True)
    assert "5 rader i protokollet väntar på mottagare" in told.content.decode()
    assert told.content.decode().count("Väntar på mottagare") == 5
    assert [line.text for line in sent_in_part(since=decision.date, viewer=eva_secretary.viewer)[decision]][-1] == (
        "Kommunkansliet (uppdrag)"
    )


def test_nobody_is_sent_the_same_decision_twice(decision: Decision, eva_secretary: Member) -> None:
    by_hand(decision, eva_secretary)
    with pytest.raises(Refused):
        by_hand(decision, eva_secretary)
    assert Dispatch.objects.count() == 1


def test_whoever_cannot_be_reached_is_refused_and_nothing_is_sent(decision: Decision, eva_secretary: Member) -> None:
    with pytest.raises(Refused):
        send(decision, eva_secretary, 3)
    assert not Dispatch.objects.exists()


def test_a_mail_holds_a_link_and_nothing_of_the_decision(decision: Decision, eva_secretary: Member) -> None:
    dispatch = by_hand(decision, eva_secretary)
    mail = Mail.objects.get()
    for word in (decision.title, "393", decision.case_number, decision.reference, "Kommunstyrelsen"):
        assert word not in mail.subject + mail.body.replace(secret(), "")
    assert secret() not in dispatch.token_hash


def test_a_link_acknowledges_once(decision: Decision, eva_secretary: Member) -> None:
    dispatch = by_hand(decision, eva_secretary)
    key = secret()
    acknowledge_by_link(secret=key, answer="Vi bokar ett möte.", by=link_viewer(), at=AT)
    dispatch.refresh_from_db()
    assert (dispatch.acknowledged_at, dispatch.acknowledged_by, dispatch.answer) == (
        AT,
        "Kansliet",
        "Vi bokar ett möte.",
    )
    with pytest.raises(Refused):
        acknowledge_by_link(secret=key, answer="", by=link_viewer(), at=AT)


def test_a_link_works_through_its_last_day_and_no_longer(decision: Decision, eva_secretary: Member) -> None:
    by_hand(decision, eva_secretary)
    with pytest.raises(Refused):
        acknowledge_by_link(secret=secret(), answer="", by=link_viewer(), at=AT + timedelta(days=31))
    acknowledge_by_link(secret=secret(), answer="", by=link_viewer(), at=AT + timedelta(days=30))


def test_a_reminder_brings_a_new_link_and_ends_the_old(decision: Decision, eva_secretary: Member) -> None:
    dispatch = by_hand(decision, eva_secretary)
    old = secret()
    remind_dispatch(dispatch=dispatch, by=eva_secretary.viewer, at=AT)
    with pytest.raises(Refused):
        acknowledge_by_link(secret=old, answer="", by=link_viewer(), at=AT)
    acknowledge_by_link(secret=secret(), answer="", by=link_viewer(), at=AT)


def test_opening_the_page_of_a_link_acknowledges_nothing_and_tells_nothing(
    client: Client, decision: Decision, eva_secretary: Member
) -> None:
    by_hand(decision, eva_secretary)
    good = client.get(reverse("decisions:dispatch-link", args=[secret()]))
    made_up = client.get(reverse("decisions:dispatch-link", args=["a" * 43]))
    assert good.status_code == made_up.status_code == 200
    strip = re.compile(rb"/link/[\w-]*/")
    assert strip.sub(b"", without_chance(good.content)) == strip.sub(b"", without_chance(made_up.content))
    assert Dispatch.objects.get().acknowledged_at is None


def test_a_link_shows_the_decision_until_it_is_acknowledged_and_once_with_that(
    client: Client, decision: Decision, eva_secretary: Member
) -> None:
    by_hand(decision, eva_secretary)
    Dispatch.objects.update(token_expires_at=AT + timedelta(days=36500))
    address, words = reverse("decisions:dispatch-link", args=[secret()]), decision.clauses.first().text
    shown = client.post(address, {"show": "1"}).content.decode()
    assert words in shown
    assert 'name="answer"' in shown
    assert Dispatch.objects.get().acknowledged_at is None
    assert words in client.post(address, {"answer": "Vi bokar ett möte."}).content.decode()
    assert words not in client.post(address, {"show": "1"}).content.decode()
    client.post(address, {"answer": "Något annat."})
    assert Dispatch.objects.get().answer == "Vi bokar ett möte."


def test_whoever_has_a_link_sees_which_assignments_are_their_own(
    client: Client, decision: Decision, eva_secretary: Member
) -> None:
    by_hand(decision, eva_secretary)
    Dispatch.objects.update(token_expires_at=AT + timedelta(days=36500))
    decision.assignments.filter(text="bygga upp säkerhetsarbetet").update(assignee="Kansliet")
    page = client.post(reverse("decisions:dispatch-link", args=[secret()]), {"show": "1"})
    assert [row.text for row in page.context["own"]] == ["bygga upp säkerhetsarbetet"]


@pytest.mark.parametrize("said", [{"show": "1"}, {"answer": ""}])
def test_used_replaced_old_and_unknown_links_answer_alike(
    client: Client, decision: Decision, eva_secretary: Member, said: dict[str, str]
) -> None:
    strip = re.compile(rb"/link/[\w-]*/")

    def answer(key: str) -> bytes:
        page = client.post(reverse("decisions:dispatch-link", args=[key]), said)
        return strip.sub(b"", without_chance(page.content))

    dispatch = by_hand(decision, eva_secretary)
    replaced = secret()
    remind_dispatch(dispatch=dispatch, by=eva_secretary.viewer, at=AT)
    key = secret()
    too_old = answer(key)
    Dispatch.objects.update(token_expires_at=AT + timedelta(days=36500))
    assert b"registrerad" in client.post(reverse("decisions:dispatch-link", args=[key]), {"answer": ""}).content
    assert {too_old, answer(key), answer(replaced)} == {answer("b" * 43)}


def test_only_the_recipient_acknowledges(
    decision: Decision, eva_secretary: Member, cecilia_head_of_department: Member, bo_coordinator: Member,
    anna_head_of_security: Member,
) -> None:  # fmt: skip
    sent = send(decision, eva_secretary, 2)
    to_education = next(each for each in sent if each.name == "Bildningsförvaltningen")
    for other in (bo_coordinator, anna_head_of_security):
        with pytest.raises(PermissionDenied):
            acknowledge_dispatch(dispatch=to_education, answer="", by=other.viewer, at=AT)
    acknowledge_dispatch(dispatch=to_education, answer="Tas upp.", by=cecilia_head_of_department.viewer, at=AT)
    assert to_education.pk in Dispatch.objects.filter(acknowledged_by="Cecilia Cederholm").values_list("pk", flat=True)


def test_what_is_sent_to_a_person_is_acknowledged_by_nobody_else_in_the_unit(
    decision: Decision, eva_secretary: Member, anna_head_of_security: Member, david_chief_executive: Member
) -> None:
    (dispatch,) = send(decision, eva_secretary, 4)
    with pytest.raises(PermissionDenied):
        acknowledge_dispatch(dispatch=dispatch, answer="", by=david_chief_executive.viewer, at=AT)
    acknowledge_dispatch(dispatch=dispatch, answer="", by=anna_head_of_security.viewer, at=AT)
    assert Dispatch.objects.get(pk=dispatch.pk).acknowledged_at == AT


def test_the_unacknowledged_are_reminded_after_fourteen_days_and_once(
    decision: Decision, eva_secretary: Member
) -> None:
    dispatch = by_hand(decision, eva_secretary)
    for days, count in ((13, 0), (14, 1), (15, 0)):
        at = AT + timedelta(days=days)
        assert remind_recipients(by=system_viewer(at=at, job="remind"), at=at) == count
    dispatch.refresh_from_db()
    assert dispatch.reminded_at == AT + timedelta(days=14)


def test_an_overdue_assignment_is_told_to_the_office_and_later_to_the_chief_executive(
    bodies: Bodies, eva_secretary: Member, david_chief_executive: Member, anna_head_of_security: Member
) -> None:
    register_decision(paragraph=replace(DECIDED, recipients=()), by=eva_secretary.viewer, at=AT)
    Assignment.objects.update(due_date=AT.date())
    told = []
    for days in (0, 1, 2, 14, 15, 16):
        at = AT + timedelta(days=days)
        by = system_viewer(at=at, job="overdue")
        told.append((tell_overdue(by=by, at=at), escalate_overdue(by=by, at=at)))
    assert told == [(0, 0), (2, 0), (0, 0), (0, 0), (0, 2), (0, 0)]
    kinds = Notice.objects.filter(account=david_chief_executive.account).values_list("kind", flat=True)
    assert sorted(kinds) == ["decisions:notice.escalated"] * 2 + ["decisions:notice.overdue"] * 2


def test_nobody_is_told_that_an_assignment_is_overdue_which_is_not(
    bodies: Bodies, eva_secretary: Member, david_chief_executive: Member
) -> None:
    register_decision(paragraph=replace(DECIDED, recipients=()), by=eva_secretary.viewer, at=AT)
    Assignment.objects.update(due_date=AT.date())
    assignment, before = Assignment.objects.first(), Entry.objects.count()
    for tell in (actions.tell_overdue, actions.escalate_assignment):
        with pytest.raises(Refused) as refused:
            tell(assignment=assignment, by=system_viewer(at=AT, job="overdue"), at=AT)
        assert refused.value.refusal.key == "decisions:refusal.not_overdue"
    assert Entry.objects.count() == before


def test_the_trail_tells_the_notice_of_being_overdue_and_the_raising_apart(
    bodies: Bodies, eva_secretary: Member, david_chief_executive: Member
) -> None:
    register_decision(paragraph=replace(DECIDED, recipients=()), by=eva_secretary.viewer, at=AT)
    Assignment.objects.update(due_date=AT.date() - timedelta(days=1))
    assignment = Assignment.objects.first()
    actions.tell_overdue(assignment=assignment, by=eva_secretary.viewer, at=AT)
    actions.escalate_assignment(assignment=assignment, by=system_viewer(at=AT, job="overdue"), at=AT)
    verbs = [entry.verb.rpartition(":")[2] for entry in history_of(assignment, viewer=eva_secretary.viewer)]
    assert {"tell_overdue", "escalate"} <= set(verbs)


def test_a_posted_decision_gains_force_when_the_time_to_appeal_is_out(
    decision: Decision, eva_secretary: Member
) -> None:
    verify_decision(decision=decision, date=date(2021, 12, 20), by=eva_secretary.viewer, at=AT)
    post_decision(decision=decision, date=date(2022, 2, 10), by=eva_secretary.viewer, at=AT)
    counts = []
    for days in (2, 3):
        at = AT + timedelta(days=days)
        counts.append(gain_force(by=system_viewer(at=at, job="gain_force"), at=at))
    decision.refresh_from_db()
    assert (counts, decision.state, str(decision.binding_date)) == ([0, 1], "binding", "2022-03-04")


def test_whoever_cannot_be_reached_is_noted_once_and_the_run_does_not_fail_for_it(
    decision: Decision, eva_secretary: Member
) -> None:
    lost = by_hand(decision, eva_secretary)
    to = To(recipient=recipient(decision, 5), name="Växeln", email="vaxeln@ekby.example")
    (reached,) = dispatch_decision(decision=decision, to=[to], by=eva_secretary.viewer, at=AT)
    Dispatch.objects.filter(pk=lost.pk).update(email="")
    counts = []
    for days in (14, 15):
        at = AT + timedelta(days=days)
        counts.append(remind_recipients(by=system_viewer(at=at, job="remind"), at=at))
    lost.refresh_from_db()
    reached.refresh_from_db()
    noted = AT + timedelta(days=14)
    assert counts == [2, 0]
    assert (lost.unreachable_at, lost.reminded_at, reached.reminded_at) == (noted, None, noted)


def test_whoever_could_not_be_reached_is_reminded_when_there_is_a_way(
    decision: Decision, eva_secretary: Member
) -> None:
    lost = by_hand(decision, eva_secretary)
    for days, email in ((14, ""), (15, "kansliet@ekby.example")):
        Dispatch.objects.filter(pk=lost.pk).update(email=email)
        at = AT + timedelta(days=days)
        assert remind_recipients(by=system_viewer(at=at, job="remind"), at=at) == 1
    lost.refresh_from_db()
    assert (lost.unreachable_at, lost.reminded_at) == (None, AT + timedelta(days=15))


def test_the_secretary_is_told_whom_a_reminder_did_not_reach(
    client: Client, decision: Decision, eva_secretary: Member
) -> None:
    lost = by_hand(decision, eva_secretary)
    Dispatch.objects.filter(pk=lost.pk).update(email="")
    client.force_login(eva_secretary.account)
    said = client.post(reverse("decisions:dispatch-remind", args=[lost.pk]), follow=True).content.decode()
    assert "Kansliet kunde inte nås: det finns varken konto eller e-postadress." in said
    assert "kunde inte nås: varken konto eller adress" in said
    assert "Det gick inte att nå Kansliet" in client.get("/my-day/").content.decode()


def test_a_link_is_good_for_the_municipality_s_own_number_of_days(decision: Decision, eva_secretary: Member) -> None:
    Setting.objects.update_or_create(pk=1, defaults={"reminders": {"L03": 3}})
    by_hand(decision, eva_secretary)
    with pytest.raises(Refused):
        acknowledge_by_link(secret=secret(), answer="", by=link_viewer(), at=AT + timedelta(days=4))
    acknowledge_by_link(secret=secret(), answer="", by=link_viewer(), at=AT + timedelta(days=3))


def test_whoever_has_just_acknowledged_is_not_reminded(decision: Decision, eva_secretary: Member) -> None:
    dispatch = by_hand(decision, eva_secretary)
    acknowledge_by_link(secret=secret(), answer="", by=link_viewer(), at=AT)
    with pytest.raises(Refused):
        remind_dispatch(dispatch=dispatch, by=eva_secretary.viewer, at=AT)


def test_taking_up_an_assignment_acknowledges_the_decision_that_waits_for_the_same_person(
    decision: Decision, eva_secretary: Member, david_chief_executive: Member, municipality: Municipality
) -> None:
    david = david_chief_executive
    assignment = decision.assignments.first()
    to = [
        To(recipient=recipient(decision, 5), name="David", person_id=david.person.pk),
        To(
            recipient=recipient(decision, 4),
            name="Vård",
            unit_id=municipality.units["21"].pk,
            email="vard@ekby.example",
        ),
    ]
    mine, theirs = dispatch_decision(decision=decision, to=to, by=eva_secretary.viewer, at=AT)
    for office_ids, count in (([assignment.office_id], 0), ([], 1)):
        alone = awaited_alone(david.viewer, office_ids=office_ids)
        assert alone.filter(person=david.person).count() == count
    receive_assignment(assignment=assignment, by=david.viewer, at=AT)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.acknowledged_by, theirs.acknowledged_at) == (david.viewer.name, None)


def test_whoever_sends_is_not_told_of_what_others_can_acknowledge(
    decision: Decision, eva_secretary: Member, bo_coordinator: Member
) -> None:
    send(decision, eva_secretary, 2)
    told = set(Notice.objects.values_list("account__name", flat=True))
    assert "Bo Berglund" in told
    assert "Eva Edvall" not in told
    asked = {row.name for row in awaited_from(eva_secretary.viewer, decision)}
    assert "Socialförvaltningen" not in asked
