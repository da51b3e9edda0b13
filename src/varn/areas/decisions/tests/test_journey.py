"""The story of § 393 on the real text, from the dropped file to the board closing the assignment, deed by deed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from tests.people import AT, Member
from varn.areas.decisions.actions import (
    AlreadyRegistered,
    acknowledge_dispatch,
    delegate_assignment,
    dispatch_decision,
    interpret_deadline,
    note_progress,
    post_decision,
    propose_report,
    read_minutes,
    register_decision,
    report_back,
    report_part,
    verify_decision,
)
from varn.areas.decisions.models import Decision
from varn.areas.decisions.queries import balance_of, chain_of, expansions_of, understand
from varn.areas.decisions.rules import DeadlineKind, proposed
from varn.areas.decisions.tests.bodies import Bodies, closing
from varn.mechanisms.moves.making import make


@pytest.fixture
def decision(bodies: Bodies, eva_secretary: Member, examples: Path) -> Decision:
    content = (examples / "decision-ks-2021-12-14-393.txt").read_bytes()
    eva = eva_secretary.viewer
    minutes = understand(name="decision-ks-2021-12-14-393.txt", content=content, viewer=eva)
    reading = read_minutes(minutes=minutes, by=eva, at=AT)
    (found,) = reading.paragraphs
    return register_decision(paragraph=proposed(found, day=date(2021, 12, 14)), reading=reading, by=eva, at=AT)


def later(days: int) -> datetime:
    return AT + timedelta(days=days)


@pytest.mark.examples
def test_the_excerpt_becomes_a_decision_with_everything_it_names(decision: Decision, bodies: Bodies) -> None:
    assert (decision.body, decision.date, decision.paragraph) == (bodies.board, date(2021, 12, 14), "393")
    assert decision.case_number == "KS 2021-1028"
    assert [clause.kind for clause in decision.clauses.all()] == ["assigns", "assigns"]
    assert [assignment.office.name for assignment in decision.assignments.all()] == ["Kommundirektören"] * 2
    first = decision.assignments.first().deadlines.get()
    assert "under 2022" in first.words
    assert first.last_date in (date(2022, 12, 31), date(2023, 12, 31))
    assert [case.number for case in decision.relatedcases.all()] == ["KS 2021-53"]
    assert [len(motion.movers) for motion in decision.motions.all()] == [3]
    assert [basis.text[-10:] for basis in decision.basisdocuments.all()] == ["2021-12-06"]
    assert [row.purpose for row in decision.recipients.all()] == ["information"] * 4 + ["assignment"]
    mentioned = " ".join(row.text for row in decision.mentions.all())
    for words in ("bakgrundskontroll", "H-diariet", "Lejonfastigheter"):
        assert words in mentioned


@pytest.mark.examples
def test_the_whole_story_from_the_excerpt_to_the_closing(
    decision: Decision, bodies: Bodies, eva_secretary: Member, david_chief_executive: Member, bo_coordinator: Member
) -> None:
    eva, david = eva_secretary.viewer, david_chief_executive.viewer
    with pytest.raises(AlreadyRegistered):
        register_decision(paragraph=proposed(decision.reading.paragraphs[0], day=decision.date), by=eva, at=AT)
    verify_decision(decision=decision, date=date(2021, 12, 20), by=eva, at=AT)
    post_decision(decision=decision, date=date(2021, 12, 21), by=eva, at=AT)
    assert decision.appeal_until_date == date(2022, 1, 11)

    departments = [
        line for line in expansions_of(decision, viewer=eva) if line.recipient.text == "Samtliga förvaltningar"
    ]
    to_bo = [to for to in departments[0].to if to.name == "Socialförvaltningen"]
    (dispatch,) = dispatch_decision(decision=decision, to=to_bo, by=eva, at=AT)
    acknowledge_dispatch(dispatch=dispatch, answer="Vi utser ombud.", by=bo_coordinator.viewer, at=AT)

    build, buy = decision.assignments.all()
    make(build, "receive", by=david, at=AT)
    delegate_assignment(assignment=build, delegated_to=bo_coordinator.person, by=david, at=AT)
    interpret_deadline(
        assignment=build,
        kind=DeadlineKind.YEAR,
        first_date=date(2022, 1, 1),
        last_date=date(2023, 6, 30),
        by=david,
        at=AT,
    )
    bo = bo_coordinator.viewer_at(later(30))
    make(build, "start", by=bo, at=later(30))
    evidence = ContentFile("Förordnanden 1–7".encode(), name="underlag.txt")
    note_progress(
        assignment=build, text="Sju av tio förvaltningar har samordnare.", files=[evidence], by=bo, at=later(60)
    )
    report_part(assignment=build, text="Delrapport till styrelsen.", by=bo, at=later(90))
    propose_report(assignment=build, text="Organisationen är på plats.", by=bo, at=later(380))
    david = david_chief_executive.viewer_at(later(390))
    report_back(
        assignment=build,
        body=bodies.board,
        meeting_date=date(2023, 4, 11),
        case_number="KS 2023-7",
        text="Redovisas som fullgjort.",
        by=david,
        at=later(390),
    )
    end = timezone.make_aware(datetime(2023, 4, 13, 9, 0))
    closes = replace(closing(day=date(2023, 4, 11)), paragraph="120")
    closed_by = register_decision(paragraph=closes, by=eva_secretary.viewer_at(end), at=end)

    build.refresh_from_db()
    assert (build.state, build.until_date) == ("closed", date(2023, 4, 11))
    assert [row.assignment for row in balance_of(bodies.board, date(2023, 4, 10), viewer=eva).open] == [build, buy]
    assert [row.assignment for row in balance_of(bodies.board, date(2023, 4, 11), viewer=eva).open] == [buy]
    assert balance_of(bodies.board, date(2022, 5, 1), viewer=eva).open[0].note.author == "Bo Berglund"
    chain = chain_of(decision, viewer=eva, clause=1)
    assert closed_by in chain.after
    assert len(chain.links[0].assignments[0].notes.all()) == 3
