"""Decisions and assignments of the large municipality. The area has no bulk action, so the rows are written here."""

from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from bench.filling.organisation import AT, COMMITTEES, TODAY, Place
from varn.areas.decisions.actions import create_body
from varn.areas.decisions.models import (
    Assignment,
    Body,
    Clause,
    Deadline,
    Decision,
    Dispatch,
    Meeting,
    Reach,
    Recipient,
)
from varn.areas.decisions.rules import Rank, text_hash
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.moves.models import Move
from varn.mechanisms.search.indexing import index

PER_DEPARTMENT = 67
DAYS_BETWEEN = 60
AT_A_TIME = 1_000
WORDS = (
    *("trygghet", "lokaler", "larm", "plan", "uppföljning", "skola", "omsorg"),
    *("trafik", "park", "bibliotek", "avtal", "utbildning", "risk", "samverkan"),
)
OPEN = ("received", "planned", "under_way", "partly_reported", "reported_back")


@transaction.atomic
def fill(place: Place) -> None:
    """The decisions of each department, two assignments and two recipients each; one assignment in twelve is open."""
    for number, code in enumerate(place.committees):
        unit = place.units[code]
        create_body(name=unit.name, rank=Rank.COMMITTEE, unit=unit, by=place.by, at=AT)
        body, departments = Body.objects.get(unit=unit), place.departments[number::COMMITTEES]
        for turn, department in enumerate(departments):
            _fill_department(body, department, place, turn=turn, of=len(departments))


def _fill_department(body: Body, code: str, place: Place, *, turn: int, of: int) -> None:
    """The department's decisions are every `of`-th of its committee's, which it shares with the others."""
    decisions = written(
        [_decision(body, of * number + turn, code, days=number * DAYS_BETWEEN) for number in range(PER_DEPARTMENT)]
    )
    clauses = written([_clause(decision, position) for decision in decisions for position in (1, 2)])
    office = place.offices[place.departments.index(code)]
    assignments = written([_assignment(clause, number, body, office) for number, clause in enumerate(clauses)])
    written([_deadline(assignment) for assignment in assignments])
    recipients = written([_recipient(decision) for decision in decisions])
    units = [place.units[f"{code}-{number % 4}"] for number in range(2 * len(decisions))]
    dispatches = written([_dispatch(recipients[number // 2], unit, number) for number, unit in enumerate(units)])
    written([_reach(decision, body.unit, "body") for decision in decisions])
    written([_reach(each.decision, place.units[code], "assignee", assignment=each) for each in assignments])
    written([_reach(each.decision, each.unit, "recipient", dispatch=each) for each in dispatches])
    _remember(decisions)
    _remember(assignments)
    index(*decisions, *assignments)


def _decision(body: Body, number: int, code: str, *, days: int) -> Decision:
    day = TODAY - timedelta(days=1 + days)
    meeting, _ = Meeting.objects.get_or_create(body=body, date=day)
    title = " ".join(WORDS[(number * step) % len(WORDS)] for step in (1, 3, 5)).capitalize()
    text = f"{title}. " + " ".join(WORDS) * 20
    return Decision(
        reference=f"BES-{day.year}-{code}{number:04}",
        body=body,
        meeting=meeting,
        date=day,
        year=day.year,
        paragraph=str(number + 1),
        title=title,
        case_number=f"{code} {day.year}-{number}",
        text=text,
        sha256=text_hash(text),
        state="binding" if days > 30 else "posted",
    )


def _clause(decision: Decision, position: int) -> Clause:
    text = f"Förvaltningschefen får i uppdrag att {decision.title.lower()}, del {position}."
    return Clause(
        decision=decision, position=position, number=str(position), text=text, sha256=text_hash(text), kind="assigns"
    )


def _assignment(clause: Clause, number: int, body: Body, office: models.Model) -> Assignment:
    decision = clause.decision
    is_open = number % 12 == 0
    return Assignment(
        reference=f"UPP{decision.reference[3:]}-{clause.position}",
        decision=decision,
        clause=clause,
        giver=body,
        assignee=office.name,
        office=office,
        text=clause.text,
        due_date=decision.date + timedelta(days=300),
        state=OPEN[number // 12 % len(OPEN)] if is_open else "closed",
        from_date=decision.date,
        until_date=None if is_open else min(TODAY, decision.date + timedelta(days=250)),
    )


def _deadline(assignment: Assignment) -> Deadline:
    return Deadline(
        assignment=assignment,
        words="inom tio månader",
        kind="day",
        first_date=assignment.from_date,
        last_date=assignment.due_date,
        interpreted_by="Läsare",
        from_at=_noon(assignment.from_date),
    )


def _recipient(decision: Decision) -> Recipient:
    return Recipient(decision=decision, position=1, text="Förvaltningen", purpose="information")


def _dispatch(recipient: Recipient, unit: models.Model, number: int) -> Dispatch:
    sent = _noon(recipient.decision.date)
    answered = None if number % 50 == 0 else sent + timedelta(days=3)
    return Dispatch(
        recipient=recipient,
        decision=recipient.decision,
        unit=unit,
        name=unit.name,
        sent_at=sent,
        acknowledged_at=answered,
    )


def _reach(decision: Decision, unit: models.Model, ground: str, **of: models.Model) -> Reach:
    return Reach(decision=decision, unit=unit, ground=ground, from_at=_noon(decision.date), **of)


def _remember(things: list[models.Model]) -> None:
    """Each thing has a move in its history and an entry in the trail."""
    kind = ContentType.objects.get_for_model(things[0])
    written(
        [
            Move(content_type=kind, object_id=one.pk, name="begin", target=one.state, made_at=AT, actor="Läsare")
            for one in things
        ]
    )
    verb = f"{type(things[0]).lifecycle.name}:register"
    written(
        [
            Entry(at=AT, actor="Läsare", verb=verb, content_type=kind, object_id=one.pk, reference=one.reference)
            for one in things
        ]
    )


def written(rows: list) -> list:
    """The rows, written a thousand at a time."""
    return type(rows[0]).objects.bulk_create(rows, batch_size=AT_A_TIME)


def _noon(day: date) -> datetime:
    return AT.replace(year=day.year, month=day.month, day=day.day, hour=12)
