"""The demo's decisions: brought by the reader of minutes, confirmed, dispatched, acknowledged and worked on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from varn.areas.decisions import actions
from varn.areas.decisions.models import Assignment, Decision, Dispatch
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import answering_on_no_line, body_called, expansions_of, understand
from varn.areas.decisions.rules import ConfirmedDecision, Rank, proposed
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.moves.making import Refused, make
from varn.overview.demo.days import Days
from varn.overview.demo.events import Event
from varn.overview.demo.place import Place
from varn.overview.demo.story import EXECUTIVE_BOARD, Acknowledgement, Minutes, Step

MOVES = ("receive", "plan", "start")


class NothingDecided(Exception):
    """No § of the minutes decides anything."""


class NotStated(Exception):
    """The minutes do not say, and nobody else has said, by whom, when or under which § they were decided."""

    def __init__(self, what: Sequence[str]) -> None:
        self.what = what
        super().__init__(", ".join(what))


def decisions(place: Place, told: tuple[Minutes, ...]) -> Iterator[Event]:
    """Everything that happens to the decisions of the story."""
    for minutes in told:
        given = (place, minutes)
        yield Event(at=place.days.moment(minutes.registered, 14), what=_register, given=given)
        yield Event(at=place.days.moment(minutes.verified, 9), what=_verify, given=given)
        yield Event(at=place.days.moment(minutes.posted, 9), what=_post, given=given)
        yield Event(at=place.days.moment(minutes.dispatched, 10), what=_dispatch, given=given)
        for each in minutes.acknowledged:
            yield Event(at=place.days.moment(each.at, 11), what=_acknowledge, given=(place, minutes, each))
        for work in minutes.work:
            for step in work.steps:
                moment = place.days.moment(step.at, 12)
                yield Event(at=moment, what=_take_step, given=(place, minutes, work.clause, step))


def excerpt(minutes: Minutes, days: Days) -> str:
    """The excerpt with its days filled in."""
    values = {"date": minutes.date, **minutes.values}
    return minutes.template.format_map(days.words(values) | {"case_year": str(days.day(minutes.date).year)})


def confirmed(
    paragraphs: Sequence[Mapping[str, Any]], *, body: str, day: date | None, paragraph: str
) -> ConfirmedDecision:
    """The first § that decides something, with what it leaves out as it is told here.

    Raises `NothingDecided`, and `NotStated` for what neither the text nor the caller says.
    """
    found = next((paragraph for paragraph in paragraphs if paragraph["clauses"]), None)
    if found is None:
        raise NothingDecided
    understood = proposed(found, body=body, day=day)
    known = replace(
        understood,
        body=understood.body[:1].upper() + understood.body[1:],
        paragraph=understood.paragraph or paragraph,
        title=understood.title or understood.clauses[0].text,
    )
    lacking = [name for name in ("body", "date", "paragraph") if not getattr(known, name)]
    if lacking:
        raise NotStated(lacking)
    return known


def _make_body(place: Place, name: str, at: datetime) -> None:
    """A body that the demo's municipality does not have decides for the whole of it."""
    rank = Rank.COUNCIL if "fullmäktige" in name.lower() else Rank.COMMITTEE
    actions.create_body(name=name, rank=rank, unit=place.units["AK"], by=place.founder(at), at=at)


def _register(at: datetime, place: Place, minutes: Minutes) -> None:
    by = place.viewer(minutes.secretary, at)
    content = minutes.content or excerpt(minutes, place.days).encode()
    board = body_called(EXECUTIVE_BOARD)
    understood = understand(name=minutes.file, content=content, viewer=by)
    reading = actions.read_minutes(minutes=understood, body=board, by=by, at=at)
    told = {"body": minutes.body, "day": place.days.day(minutes.date), "paragraph": minutes.paragraph}
    paragraph = confirmed(reading.paragraphs, **told)
    if body_called(paragraph.body) is None:
        _make_body(place, paragraph.body, at)
    place.decisions[minutes.file] = actions.register_decision(paragraph=paragraph, reading=reading, by=by, at=at)


def _verify(at: datetime, place: Place, minutes: Minutes) -> None:
    decision, day = _decision(place, minutes), place.days.day(minutes.verified)
    actions.verify_decision(decision=decision, date=day, by=place.viewer(minutes.secretary, at), at=at)


def _post(at: datetime, place: Place, minutes: Minutes) -> None:
    decision, day = _decision(place, minutes), place.days.day(minutes.posted)
    actions.post_decision(decision=decision, date=day, by=place.viewer(minutes.secretary, at), at=at)


def _dispatch(at: datetime, place: Place, minutes: Minutes) -> None:
    by, decision = place.viewer(minutes.secretary, at), _decision(place, minutes)
    lines = expansions_of(decision, viewer=by)
    lines += answering_on_no_line(decision, lines, viewer=by)
    to = [each for line in lines for each in line.to]
    if to:
        actions.dispatch_decision(decision=decision, to=to, by=by, at=at)


def _acknowledge(at: datetime, place: Place, minutes: Minutes, said: Acknowledgement) -> None:
    by = place.viewer(said.by, at)
    waiting = Dispatch.objects.visible_to(by, Permission.ACKNOWLEDGE).filter(
        decision=place.decisions[minutes.file], acknowledged_at=None
    )
    for dispatch in waiting:
        actions.acknowledge_dispatch(dispatch=dispatch, answer=said.answer, by=by, at=at)


def _take_step(at: datetime, place: Place, minutes: Minutes, clause: int, step: Step) -> None:
    by = place.viewer(step.by, at)
    assignment = _assignment(place, minutes, clause)
    given = {"assignment": assignment, "by": by, "at": at}
    if step.what in MOVES:
        make(assignment, step.what, by=by, at=at)
    elif step.what == "delegate":
        actions.delegate_assignment(delegated_to=place.people[step.to], **given)
    elif step.what == "support":
        actions.support_assignment(support=place.people[step.to], **given)
    elif step.what == "note":
        actions.note_progress(text=step.text, **given)
    elif step.what == "report_part":
        actions.report_part(text=step.text, **given)
    elif step.what == "propose_report":
        actions.propose_report(text=step.text, **given)
    elif step.what == "report_back" and step.meeting:
        meeting = place.days.day(step.meeting)
        actions.report_back(body=assignment.giver, meeting_date=meeting, text=step.text, **given)
    else:
        raise ValueError(f"The story knows no step called {step.what}")


def _decision(place: Place, minutes: Minutes) -> Decision:
    return Decision.objects.get(pk=place.decisions[minutes.file].pk)


def _assignment(place: Place, minutes: Minutes, clause: int) -> Assignment:
    found = Assignment.objects.filter(decision=place.decisions[minutes.file], clause__position=clause).first()
    if found is None:
        raise Refused(Refusal("decisions:refusal.no_such_clause"))
    return found
