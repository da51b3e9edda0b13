"""The leak test finds every kind of fault that is sown, reaches every address, and finds nothing else."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from tests.access import faults
from varn.overview.leaktest.addresses import NoFixture, targets
from varn.overview.leaktest.harvesting import gather
from varn.overview.leaktest.judging import Kind
from varn.overview.leaktest.running import Examination, Order, Question, Stopped
from varn.overview.leaktest.world import fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.long]

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


def _found(examination: Examination, question: Question) -> Kind | None:
    """What kind of thing the question finds first."""
    examination.result.findings.clear()
    with suppress(Stopped):
        examination.ask(question)
    return examination.result.findings[0].kind if examination.result.findings else None
