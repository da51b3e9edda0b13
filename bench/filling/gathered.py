"""What gathers in an installation that has been used for some years: so much for each department.

Written row by row as the tables are, since no action makes these in bulk.
"""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet

from bench.filling.decisions import WORDS, written
from bench.filling.organisation import AT, READERS, START, Place
from varn.areas.decisions.models import Assignment, Closing, Decision, Reading
from varn.areas.organisation.actions import set_requirement
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import viewer_of
from varn.mechanisms.door.models import Feedback
from varn.mechanisms.imports.models import Run as Import
from varn.mechanisms.jobs.models import Run
from varn.mechanisms.jobs.registry import jobs
from varn.mechanisms.notices.models import Mail, Notice

# How many of each for every department; runs for every job, notices for every reader.
ACCOUNTS, FEEDBACK, IMPORTS, MAILS, NOTICES, READINGS, RUNS = 10, 2, 3, 100, 10, 4, 40
# One decision in so many says that something is done whose assignment is not found.
DECISIONS_PER_CLOSING = 5
TEXT = " ".join(WORDS)
CHECKSUM = "0" * 56


@transaction.atomic
def fill(place: Place) -> None:
    """Beside every department: accounts, imports, mails, notices, runs of every job, feedback, minutes, closings."""
    count = len(place.departments)
    written([_account(number) for number in range(ACCOUNTS * count)])
    written([_feedback(number) for number in range(FEEDBACK * count)])
    written([_import(number) for number in range(IMPORTS * count)])
    written([_mail(number) for number in range(MAILS * count)])
    written(
        [
            _notice(assignment, reader)
            for reader in Account.objects.filter(email__in=READERS.values())
            for assignment in _told(reader)[: NOTICES * count]
        ]
    )
    written([_reading(place, number) for number in range(READINGS * count)])
    written([_run(name, number) for name in jobs() for number in range(RUNS * count)])
    written([_closing(decision) for decision in Decision.objects.order_by("pk")[::DECISIONS_PER_CLOSING]])
    for code in place.departments:
        unit, function = place.units[code], place.functions["security_coordinator"]
        set_requirement(function=function, unit_kind=unit.kind, unit=unit, from_date=START, by=place.by, at=AT)


def _told(reader: Account) -> QuerySet[Assignment]:
    """What the reader sees: nobody is told of anything else."""
    return Assignment.objects.visible_to(viewer_of(reader, at=AT)).order_by("-pk")


def _account(number: int) -> Account:
    email = f"account{number}@bench.example"
    return Account(email=email, name=f"Person {number * 7919 % 10_007}", password="!", created_at=AT)


def _feedback(number: int) -> Feedback:
    received = _before(hours=number * 7)
    return Feedback(
        reference=f"SYN-{number:06}",
        text=f"Sidan går inte att läsa upp: {TEXT}",
        page="/decisions/",
        email=f"someone{number}@bench.example",
        received_at=received,
        law="L01",
        state="received" if number % 10 == 0 else "answered",
    )


def _import(number: int) -> Import:
    is_checked = number % 10 == 0
    return Import(
        reference=f"IMP-{number:06}",
        kind=("units", "people", "appointments")[number % 3],
        file_name=f"fil-{number}.xlsx",
        sha256=f"{CHECKSUM}{number:08}",
        state="checked" if is_checked else "applied",
        counts={"new": 90, "changed": 10},
        rows=[{"code": str(row), "name": TEXT} for row in range(100)] if is_checked else [],
        report={"changes": [{"row": row, "label": TEXT} for row in range(50)]},
        made_by="Läsare",
        created_at=_before(hours=number * 5),
    )


def _mail(number: int) -> Mail:
    state = "failed" if number % 50 == 7 else "queued" if number % 50 == 8 else "sent"
    queued = _before(minutes=number * 13)
    return Mail(
        to=f"account{number % 500}@bench.example",
        subject="Något väntar på dig i Värn",
        state=state,
        attempts=8 if state == "failed" else 1,
        next_at=queued,
        last_error="recipient_refused" if state == "failed" else "",
        created_at=queued,
        sent_at=queued + timedelta(minutes=1) if state == "sent" else None,
    )


def _notice(assignment: Assignment, reader: Account) -> Notice:
    return Notice(
        account=reader,
        kind="decisions:notice.overdue",
        values={"reference": assignment.reference},
        url=f"/decisions/assignments/{assignment.reference}/",
        content_type=ContentType.objects.get_for_model(Assignment),
        object_id=assignment.pk,
        created_at=_before(minutes=assignment.pk),
        read_at=None if assignment.pk % 4 == 0 else AT,
    )


def _reading(place: Place, number: int) -> Reading:
    code = place.committees[number % len(place.committees)]
    return Reading(
        reference=f"LAS-{number:06}",
        unit=place.units[code],
        file_name=f"Protokoll {code} {number}.pdf",
        sha256=f"{CHECKSUM}{number:08}",
        paragraphs=[{"paragraph": str(one), "title": WORDS[one % len(WORDS)], "text": TEXT * 15} for one in range(20)],
        created_at=_before(hours=number * 6),
        discarded_at=AT if number % 3 == 0 else None,
    )


def _run(name: str, number: int) -> Run:
    started, failed = _before(minutes=number), number % 200 == 9
    return Run(
        name=name,
        due_at=started,
        started_at=started,
        started_by=name,
        ended_at=started + timedelta(seconds=1),
        outcome="failed" if failed else "succeeded",
        count=None if failed else number % 3,
        error="TimeoutError" if failed else "",
    )


def _closing(decision: Decision) -> Closing:
    return Closing(
        decision=decision,
        body_name="Kommunfullmäktige",
        date=decision.date - timedelta(days=700),
        paragraph="7",
        point="1",
        outcome="Uppdraget förklaras fullgjort",
        made_at=AT,
    )


def _before(**much: int) -> datetime:
    return AT - timedelta(**much)
