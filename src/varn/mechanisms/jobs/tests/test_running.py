from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from huey.contrib.djhuey import HUEY

from tests.people import AT, Member
from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.installation.models import Setting
from varn.mechanisms.jobs import registry
from varn.mechanisms.jobs.actions import start_run
from varn.mechanisms.jobs.jobs import tidy_runs
from varn.mechanisms.jobs.models import Outcome, Run
from varn.mechanisms.jobs.queries import standings
from varn.mechanisms.jobs.registry import Job, UnknownJob, job_of, jobs, jobs_in
from varn.mechanisms.jobs.running import LONGEST_RUN, carry_out, due_jobs, open_run, run_due, run_job
from varn.mechanisms.moves.making import Refused

pytestmark = pytest.mark.django_db
CALLS: list[tuple[str, datetime]] = []


@scheduled("0 * * * *", name="jobs:tidy_runs")
def counted(*, by: Viewer, at: datetime) -> int:
    """A job that counts its calls."""
    CALLS.append((by.name, at))
    return len(CALLS)


@scheduled("0 * * * *", name="notices:tidy")
def broken(*, by: Viewer, at: datetime) -> None:
    """A job that fails."""
    raise ValueError("the disk is full")


@pytest.fixture(autouse=True)
def two_jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    CALLS.clear()
    own = [_job(counted), _job(broken)]
    registry.jobs.cache_clear()
    monkeypatch.setattr(registry, "_jobs_of", lambda app: own if app == "varn.mechanisms.jobs" else [])
    yield
    registry.jobs.cache_clear()


def _job(function) -> Job:
    mark = function.mark
    return Job(name=mark.name, line=mark.line, schedule=mark.schedule, function=function)


def _run(name: str, at: datetime) -> Run | None:
    return run_job(job_of(name), at=at)


def test_a_job_runs_as_the_system_under_its_own_name() -> None:
    _run("jobs:tidy_runs", AT)
    assert CALLS == [("jobs:tidy_runs", AT)]


def test_each_run_stands_on_record() -> None:
    run_due(at=AT)
    runs = {run.name: (run.outcome, run.count, run.error) for run in Run.objects.all()}
    assert runs == {
        "jobs:tidy_runs": (Outcome.SUCCEEDED, 1, ""),
        "notices:tidy": (Outcome.FAILED, None, "ValueError: the disk is full"),
    }


def test_what_has_run_is_not_due_until_its_next_moment() -> None:
    run_due(at=AT)
    assert due_jobs(AT + timedelta(minutes=59)) == []
    assert len(due_jobs(AT + timedelta(minutes=60))) == 2


def test_after_a_stop_of_days_each_job_runs_once() -> None:
    run_due(at=AT)
    later = AT + timedelta(days=3, minutes=20)
    assert len(run_due(at=later)) == 2
    assert run_due(at=later) == []


def test_the_same_job_never_runs_twice_at_a_time() -> None:
    open_run(job_of("jobs:tidy_runs"), at=AT, started_by="another worker")
    assert _run("jobs:tidy_runs", AT + timedelta(minutes=1)) is None
    assert CALLS == []


def test_the_database_itself_refuses_a_twin() -> None:
    Run.objects.create(name="x", started_at=AT, started_by="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(name="x", started_at=AT, started_by="b")


def test_two_workers_that_see_the_same_moment_run_it_once() -> None:
    moment = AT.replace(minute=0)
    assert run_job(job_of("jobs:tidy_runs"), at=AT, due_at=moment) is not None
    assert run_job(job_of("jobs:tidy_runs"), at=AT, due_at=moment) is None


def test_a_run_whose_worker_died_is_lost_and_the_job_runs_again() -> None:
    dead = open_run(job_of("jobs:tidy_runs"), at=AT, started_by="dead")
    assert _run("jobs:tidy_runs", AT + LONGEST_RUN) is not None
    dead.refresh_from_db()
    assert dead.outcome == Outcome.LOST


def test_a_worker_that_comes_back_does_not_overwrite_that_it_was_lost() -> None:
    late = open_run(job_of("jobs:tidy_runs"), at=AT, started_by="late")
    _run("jobs:tidy_runs", AT + LONGEST_RUN)
    carry_out(late, at=AT)
    late.refresh_from_db()
    assert late.outcome == Outcome.LOST


def test_the_page_of_jobs_knows_the_last_run_the_last_failure_and_the_next_moment(frida_administrator: Member) -> None:
    run_due(at=AT)
    shown = {each.job.name: each for each in standings(viewer=frida_administrator.viewer, at=AT)}
    assert shown["notices:tidy"].is_failing
    assert not shown["jobs:tidy_runs"].is_failing
    assert shown["jobs:tidy_runs"].last_failure is None
    assert shown["jobs:tidy_runs"].next_at == datetime(2022, 3, 1, 10, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_a_job_started_by_hand_stands_in_the_trail_and_runs_when_the_change_stands(
    frida_administrator: Member, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        run = start_run(name="jobs:tidy_runs", by=frida_administrator.viewer, at=AT)
        assert CALLS == []
    run.refresh_from_db()
    assert (run.outcome, run.started_by) == (Outcome.SUCCEEDED, "Frida Forsman")
    assert Entry.objects.filter(verb="jobs:run:start").count() == 1


def test_a_job_that_is_running_is_not_started_again(frida_administrator: Member) -> None:
    open_run(job_of("jobs:tidy_runs"), at=AT, started_by="worker")
    with pytest.raises(Refused):
        start_run(name="jobs:tidy_runs", by=frida_administrator.viewer, at=AT)


def test_only_who_may_can_start_a_job(bo_coordinator: Member) -> None:
    with pytest.raises(PermissionDenied):
        start_run(name="jobs:tidy_runs", by=bo_coordinator.viewer, at=AT)


def test_there_is_no_job_of_a_name_nobody_declared() -> None:
    with pytest.raises(UnknownJob):
        job_of("no:such")


def test_two_jobs_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    registry.jobs.cache_clear()
    monkeypatch.setattr(registry, "_jobs_of", lambda app: [_job(counted)])
    with pytest.raises(ValueError, match="Two jobs"):
        jobs()


def test_old_runs_are_forgotten_save_the_last_of_each_job() -> None:
    for days in (0, 1):
        _run("jobs:tidy_runs", AT + timedelta(days=days))
    _run("notices:tidy", AT)
    Run.objects.filter(name="notices:tidy").update(started_at=AT, ended_at=AT)
    Run.objects.update(ended_at=AT + timedelta(days=1, hours=1))
    viewer = Viewer(name="test", at=AT, is_system=True)
    assert tidy_runs(by=viewer, at=AT + timedelta(days=31)) == 1
    assert Run.objects.count() == 2


def test_the_municipality_decides_how_long_a_run_can_be_seen() -> None:
    Setting.objects.update_or_create(pk=1, defaults={"accent": "#0b5c7a", "reminders": {"L07": 300}})
    for days in (0, 1):
        _run("jobs:tidy_runs", AT + timedelta(days=days))
    Run.objects.update(ended_at=AT + timedelta(days=1, hours=1))
    assert tidy_runs(by=Viewer(name="test", at=AT, is_system=True), at=AT + timedelta(days=31)) == 0


def test_what_the_queue_remembers_of_tasks_that_are_done_is_forgotten() -> None:
    HUEY.put_result("djt.1", {"status": "SUCCESSFUL"})
    tidy_runs(by=Viewer(name="test", at=AT, is_system=True), at=AT)
    assert HUEY.result_count() == 0


def test_work_once_runs_what_is_due_and_says_what_failed() -> None:
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("work", "--once", stdout=said)
    assert "jobs:tidy_runs: gick bra (1)" in said.getvalue()
    assert "notices:tidy: ValueError" in said.getvalue()


def test_only_marked_functions_are_jobs() -> None:
    assert {job.name for job in jobs_in(__import__("sys").modules[__name__])} == {"jobs:tidy_runs", "notices:tidy"}


class TestPages:
    def test_the_pages_show_jobs_and_their_runs(self, client: Client, frida_administrator: Member) -> None:
        run_due(at=AT)
        client.force_login(frida_administrator.account)
        assert "the disk is full" in client.get("/jobs/").content.decode()
        assert "the disk is full" in client.get("/jobs/notices:tidy/").content.decode()
        assert client.get("/jobs/notices:tidy/start/").status_code == 200
        assert client.get("/jobs/no:such/").status_code == 404

    def test_the_runs_of_a_job_can_be_taken_out(self, client: Client, frida_administrator: Member) -> None:
        run_due(at=AT)
        client.force_login(frida_administrator.account)
        taken = b"".join(client.get("/jobs/jobs:tidy_runs/", {"format": "csv"}).streaming_content)
        assert len(taken.splitlines()) == 2

    def test_a_job_is_started_from_its_page(self, client: Client, frida_administrator: Member) -> None:
        client.force_login(frida_administrator.account)
        assert client.post("/jobs/jobs:tidy_runs/start/").status_code == 302
        assert Run.objects.filter(started_by="Frida Forsman").exists()

    def test_the_pages_do_not_exist_for_others(self, client: Client, bo_coordinator: Member) -> None:
        client.force_login(bo_coordinator.account)
        assert client.get("/jobs/").status_code == 404
        assert client.post("/jobs/jobs:tidy_runs/start/").status_code == 403
