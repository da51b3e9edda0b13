"""The leak test finds every kind of fault that is sown, reaches every address, and finds nothing else."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from tests.access import faults
from varn.overview.leaktest.addresses import NoFixture, targets
from varn.overview.leaktest.asking import Answer, Asked
from varn.overview.leaktest.harvesting import gather
from varn.overview.leaktest.judging import Kind
from varn.overview.leaktest.leaving import left_in, marks
from varn.overview.leaktest.questions import Order, Question
from varn.overview.leaktest.remembering import Memory, Tally
from varn.overview.leaktest.running import Examination, Stopped
from varn.overview.leaktest.world import fixtures

pytestmark = pytest.mark.django_db

BO = "coordinator"
DECISION, ASSIGNMENT = "decisions:decision-detail", "decisions:assignment-detail"
# Each kind of fault: where it is sown, what must find it, and the question that does.
FAULTS = {
    "fragment": (faults.fragment_without_filter, Kind.CANARY, Question("decisions:decision-list", BO, "GET", True)),
    "suggestion": (
        faults.suggestion_without_filter,
        Kind.CANARY,
        Question("organisation:person-suggest", BO, "GET", False),
    ),
    "export": (faults.export_without_filter, Kind.CANARY, Question("decisions:decision-list", BO, "GET", False)),
    "403 for 404": (faults.forbidden_instead_of_missing, Kind.ORACLE, Question(DECISION, BO, "GET", False)),
    "write": (faults.write_by_another_method, Kind.WRITE, Question(ASSIGNMENT, BO, "DELETE", False)),
    "mail subject": (faults.title_in_a_subject, Kind.TOLD, Question(DECISION, BO, "GET", False)),
    "history": (faults.line_of_history, Kind.CANARY, Question("organisation:coverage", BO, "GET", False)),
    "queries": (faults.one_question_more, Kind.ORACLE, Question(DECISION, BO, "GET", False)),
    "header": (faults.header_that_tells, Kind.ORACLE, Question(DECISION, BO, "HEAD", False)),
    "log": (faults.title_in_the_log, Kind.LOG, Question(DECISION, BO, "GET", False)),
}
# What has leaked once: a file and a share were asked for with more questions where they lay beside others' records, and
# what is told below of who supports a unit, and that the directory used its own token, were taken for leaks.
ONCE = (
    Question("attachments:attachment-download", BO, "GET", True),
    Question("secrecy:share-take_back", "managing_director", "GET", False),
    Question("secrecy:record-set_level", "stranger", "HEAD", True),
    Question("organisation:unit-detail", "stranger_manager", "GET", False),
    Question("directory:group-list", "head_of_security", "GET", False),
    Question("directory:scim-user", "directory", "PATCH", True),
)


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Examination]:
    """The municipality with everybody's records, before anything has been asked."""
    with django_db_blocker.unblock(), transaction.atomic():
        examination = Examination(Order(seed=1, sample=0), at=timezone.now())
        examination.plant()
        with examination.asker.open():
            examination.harvest = gather(examination.asker, examination.world, ["decisions:decision-list"])
            yield examination
        transaction.set_rollback(True)


def test_every_address_has_a_fixture(planted: Examination) -> None:
    reader, missing = planted.world.readers[BO], []
    for url in planted.urls:
        try:
            targets(url, reader, planted.world)
        except NoFixture:
            missing.append(url)
    assert missing == []


def test_a_canary_sits_in_every_text_unless_somebody_has_said_why_not(planted: Examination) -> None:
    unplanted = {name: why for room in fixtures() for name, why in getattr(room, "UNPLANTED", {}).items()}
    assert planted.ledger.texts_without_canaries(unplanted) == []


def test_every_canary_is_like_no_other(planted: Examination) -> None:
    assert len(planted.world.canaries.known) > 700


@pytest.mark.parametrize("name", FAULTS)
def test_a_question_that_finds_a_fault_finds_nothing_where_there_is_none(planted: Examination, name: str) -> None:
    assert _found(planted, FAULTS[name][2]) is None


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_that_is_sown_is_found(planted: Examination, name: str) -> None:
    fault, kind, question = FAULTS[name]
    with faults.sown(question.url, fault):
        assert _found(planted, question) == kind


def test_an_address_without_a_fixture_is_found(planted: Examination, monkeypatch: pytest.MonkeyPatch) -> None:
    for plot in planted.world.plots.values():
        monkeypatch.delitem(plot.things, "decisions:decision", raising=False)
    assert _found(planted, Question(DECISION, BO, "GET", False)) == Kind.UNREACHED


@pytest.mark.parametrize("question", ONCE, ids=lambda question: question.url)
def test_what_has_leaked_once_leaks_no_more(planted: Examination, question: Question) -> None:
    assert _found(planted, question) is None


def test_words_that_are_left_in_a_file_are_found(planted: Examination, tmp_path: Path) -> None:
    before, canary = marks([tmp_path]), next(iter(planted.world.canaries.known))
    (tmp_path / "kvar.csv").write_text(f"1;{canary}")
    assert list(left_in([tmp_path], before)) == [("kvar.csv", canary)]
    assert list(left_in([tmp_path], marks([tmp_path]))) == []


def test_a_deputy_reads_what_the_holder_reads(planted: Examination) -> None:
    assert _answer(planted, "deputy", DECISION).status == _answer(planted, "head_of_department", DECISION).status == 200


def test_the_directory_reads_its_own_groups_with_its_token_and_nothing_else(planted: Examination) -> None:
    groups = _answer(planted, "directory", "directory:scim-group-list")
    assert groups.status == 200
    assert {planted.world.canaries[token].field for token in groups.heard} == {"DirectoryGroup.name"}
    assert _answer(planted, "directory", "decisions:decision-list").heard == set()


@pytest.mark.parametrize("url", ["overview:my-day", "decisions:decision-list", DECISION])
def test_what_is_remembered_is_what_would_be_worked_out(planted: Examination, url: str) -> None:
    planted.asker.forget()
    worked_out, remembered = (_answer(planted, BO, url).plain(()) for _ in range(2))
    assert remembered == worked_out


def test_nothing_is_remembered_once_a_request_has_written() -> None:
    tally = Tally()
    memory = Memory(tally)
    assert memory.recall("scopes", lambda: 1) == memory.recall("scopes", lambda: 2) == 1
    tally.written.add("organisation_appointment")
    assert memory.recall("scopes", lambda: 2) == 2


def _answer(examination: Examination, key: str, url: str) -> Answer:
    reader = examination.world.readers[key]
    path = targets(url, reader, examination.world)[0].path
    return examination.asker.ask(Asked(reader=reader, method="GET", path=path))


def _found(examination: Examination, question: Question) -> Kind | None:
    """What kind of thing the question finds first."""
    examination.result.findings.clear()
    with suppress(Stopped):
        examination.ask(question)
    return examination.result.findings[0].kind if examination.result.findings else None


def test_a_pattern_that_names_no_address_is_no_proof() -> None:
    with pytest.raises(CommandError, match="comments:"):
        call_command("leaktest", only="comments:*")
