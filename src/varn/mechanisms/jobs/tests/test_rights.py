"""What a person started is done with the rights that person has when its turn comes, not with those of before."""

import pytest

from tests.architecture.tree import SOURCE, sources
from tests.people import AT, Member
from varn.mechanisms.jobs import registry
from varn.mechanisms.jobs.models import Outcome, Run
from varn.mechanisms.jobs.registry import Job, job_of
from varn.mechanisms.jobs.running import carry_out, open_run, run_job
from varn.mechanisms.jobs.tasks import carry_out_run

pytestmark = pytest.mark.django_db
NAME = "notices:tidy"
# Every place that hands something to the queue, and why it carries nobody's rights beyond their end.
ENQUEUING = {
    "mechanisms/jobs/actions.py": "a run that a person opened: asked for again in carry_out",
    "mechanisms/jobs/tasks.py": "what is due by itself: done in the system's name",
}


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    made: list[str] = []
    job = job_of(NAME)
    counted = Job(name=job.name, line=job.line, schedule=job.schedule, function=lambda *, by, at: made.append(by.name))
    monkeypatch.setattr("varn.mechanisms.jobs.running.job_of", lambda name: counted)
    return made


def started_by(member: Member) -> Run:
    run = open_run(registry.job_of(NAME), at=AT, started_by=member.account.name, account_id=member.account.pk)
    assert run is not None
    return run


def test_a_job_started_by_hand_is_done(frida_administrator: Member, calls: list[str]) -> None:
    assert carry_out(started_by(frida_administrator), at=AT).outcome == Outcome.SUCCEEDED
    assert calls == [NAME]


def test_a_job_whose_starter_lost_the_right_meanwhile_is_refused(frida_administrator: Member, calls: list[str]) -> None:
    run = started_by(frida_administrator)
    frida_administrator.account.is_administrator = False
    frida_administrator.account.save()
    carry_out_run.func(run.pk)
    run.refresh_from_db()
    assert (run.outcome, calls) == (Outcome.REFUSED, [])
    assert run.ended_at is not None


def test_a_job_whose_starters_account_was_closed_meanwhile_is_refused(
    frida_administrator: Member, calls: list[str]
) -> None:
    run = started_by(frida_administrator)
    frida_administrator.account.is_active = False
    frida_administrator.account.save()
    assert carry_out(Run.objects.get(pk=run.pk), at=AT).outcome == Outcome.REFUSED
    assert calls == []


def test_what_is_due_by_itself_asks_for_nobodys_rights(db: None, calls: list[str]) -> None:
    run = run_job(job_of(NAME), at=AT)
    assert run is not None
    assert (run.outcome, run.account) == (Outcome.SUCCEEDED, None)


def test_nothing_else_hands_work_to_the_queue() -> None:
    found = {str(path.relative_to(SOURCE)) for path in sources() if ".enqueue(" in path.read_text(encoding="utf-8")}
    assert found == set(ENQUEUING)
