"""The leak test itself: the world is planted, everything is asked, and what was found is told."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatch
from typing import Any

from varn.kernel.planting import EVERYWHERE
from varn.mechanisms.jobs.registry import jobs
from varn.mechanisms.jobs.running import carry_out, open_run
from varn.overview.leaktest import counting
from varn.overview.leaktest.addresses import NoFixture, Target, Whose, knows, patterns, targets
from varn.overview.leaktest.asking import METHODS, Answer, Asked, Asker, Body
from varn.overview.leaktest.cast import Reader
from varn.overview.leaktest.harvesting import Harvest, gather
from varn.overview.leaktest.judging import Finding, Kind, compare, judge, told_wrongly
from varn.overview.leaktest.rows import GROUND, Change, Ledger
from varn.overview.leaktest.world import SPECIAL, World, build, fixtures

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
SIDES = (("21", "211"), ("31", "311"))
# In a sample, those who are asked with and without the others' records.
FEW = ("coordinator", "employee")


class Stopped(Exception):
    """Something was found, and that is enough."""


@dataclass(frozen=True)
class Question:
    """One way of asking for one kind of page, about the reader's own, their line's, somebody else's and nobody's."""

    url: str
    reader: str
    method: str
    htmx: bool
    token: bool = False


@dataclass(frozen=True, kw_only=True)
class Order:
    """How much is asked: all of it, or a sample of so many requests; the part of several that this process asks."""

    seed: int
    sample: int | None = None
    only: str = "*"
    part: int = 0
    parts: int = 1
    goes_on: bool = False


@dataclass(kw_only=True)
class Result:
    """What was asked and what was found. `table` is what each reader got, by URL."""

    requests: int = 0
    findings: list[Finding] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)
    canaries: int = 0
    urls: int = 0
    table: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The result as another process or program reads it."""
        return {
            "requests": self.requests,
            "canaries": self.canaries,
            "urls": self.urls,
            "reached": sorted(self.reached),
            "done": sorted(self.done),
            "undone": sorted(self.undone),
            "findings": [finding.as_data() for finding in self.findings],
            "table": self.table,
        }


def merged(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What several parts found, as one."""
    whole = dict(parts[0]) | {"requests": sum(part["requests"] for part in parts)}
    whole["reached"] = sorted({url for part in parts for url in part["reached"]})
    whole["done"] = sorted({url for part in parts for url in part["done"]})
    whole["undone"] = sorted({url for part in parts for url in part["undone"]} - set(whole["done"]))
    whole["findings"] = [finding for part in parts for finding in part["findings"]]
    table: dict[str, Any] = {}
    for part in parts:
        for url, readers in part["table"].items():
            for reader, row in readers.items():
                table.setdefault(url, {}).setdefault(reader, {}).update(row)
    whole["table"] = table
    return whole


class Examination:
    """One run in the database of this process, which must be empty and is not tidied."""

    def __init__(self, order: Order, *, at: datetime, say: Callable[[int], None] = lambda count: None) -> None:
        self.order, self.result, self.ledger = order, Result(), Ledger()
        self.asker, self.say = Asker(self.ledger), say
        self.urls = [url for url in patterns() if fnmatch(url, order.only)]
        self.world: World = build(at=at)
        self.harvest = Harvest()
        self.random = random.Random(order.seed)

    def run(self) -> Result:
        """Everything is asked; the first thing found ends it, unless the order says otherwise."""
        with self.asker.open():
            try:
                self._plant_and_count()
                self._look_at_what_was_told()
                self.harvest = gather(self.asker, self.world, self.urls)
                self._ask_everything()
                self._let_jobs_run()
                self._miss_nothing()
            except Stopped:
                pass
        result = self.result
        result.urls = len(self.urls)
        result.requests, result.canaries = self.asker.count, len(self.world.canaries.known)
        result.done, result.undone = self.harvest.done, self.harvest.undone
        return result

    def plant(self) -> None:
        """All departments have their records, without anything being asked meanwhile."""
        self._stand()
        self._plant(SIDES[0])
        self._plant(SIDES[1], SPECIAL)

    def ask(self, question: Question) -> None:
        """The question is put about every record, and the answers are judged."""
        reader = self.world.readers[question.reader]
        try:
            asked = targets(question.url, reader, self.world)
        except NoFixture:
            self._found([Finding(kind=Kind.UNREACHED, asked=None, what=question.url)])
            return
        for way, bodies in self._ways(question, asked):
            self._ask_about(question, reader, asked, way, bodies)
        self.result.reached.add(question.url)

    def _plant_and_count(self) -> None:
        """One side has its records, then the other; whoever sees nothing of the second sees no difference."""
        self._stand()
        first, second = SIDES if self.order.part % 2 == 0 else SIDES[::-1]
        self._plant(first)
        readers = counting.unconcerned(self.world, {*second, *SPECIAL})
        if self.order.sample is not None:
            readers = [reader for reader in readers if reader.key in FEW]
        urls = [url for url in self.urls if self._is_declared(url)]
        before = counting.shown(self.asker, self.world, readers, urls)
        self._plant(second, SPECIAL)
        after = counting.shown(self.asker, self.world, readers, urls)
        self._found(counting.compared(before, after, self.asker))

    def _stand(self) -> None:
        self.ledger.claim(GROUND)
        self.world.stand()
        self.ledger.claim(EVERYWHERE)
        for reader in self.world.readers.values():
            if reader.account is not None:
                self.world.give(reader)
                self.ledger.claim(f"of {reader.key}")

    def _plant(self, side: Sequence[str], special: Iterable[str] = ()) -> None:
        for code in side:
            self.world.plant(code)
            self.ledger.claim(code)
        for name in special:
            self.world.plant_special(name)
            self.ledger.claim(name)

    def _is_declared(self, url: str) -> bool:
        try:
            targets(url, self.world.readers["coordinator"], self.world)
        except NoFixture:
            return False
        return True

    def _look_at_what_was_told(self) -> None:
        """No mail and no notice says to anybody what is not theirs; and every text has its canary."""
        self._judge_told(self.ledger.as_changes("Mail", "Notice"))
        unplanted: dict[str, str] = {}
        for room in fixtures():
            unplanted |= getattr(room, "UNPLANTED", {})
        missing = self.ledger.texts_without_canaries(unplanted)
        self._found(Finding(kind=Kind.UNPLANTED, asked=None, what=name) for name in missing)

    def _ask_everything(self) -> None:
        questions = self._questions()
        for question in questions:
            if self._has_asked_enough() and question.url in self.result.reached:
                continue
            self.ask(question)
            self.say(self.asker.count)

    def _has_asked_enough(self) -> bool:
        return self.order.sample is not None and self.asker.count >= self.order.sample

    def _questions(self) -> list[Question]:
        """In an order of chance that the seed decides: of each URL one first, so that every sample reaches them all."""
        every = [
            Question(url=url, reader=reader, method=method, htmx=htmx)
            for url in self.urls
            for reader in self.world.readers
            for method in METHODS
            for htmx in (False, True)
        ]
        every += [
            Question(url, reader.key, method, False, token=True)
            for url in self.urls
            for reader in self.world.readers.values()
            if reader.account is not None
            for method in ("GET", "POST")
        ]
        self.random.shuffle(every)
        firsts: dict[str, Question] = {}
        for question in every:
            firsts.setdefault(question.url, question)
        mine = [one for number, one in enumerate(every) if number % self.order.parts == self.order.part]
        return [*firsts.values(), *(one for one in mine if one is not firsts[one.url])]

    def _ways(self, question: Question, asked: Sequence[Target]) -> Iterator[tuple[str, Mapping[str, Body]]]:
        """What is added to the address, and what is sent to each: nothing, and what the form would send."""
        empty: dict[str, Body] = {target.path: {} for target in asked}
        if question.method == "GET":
            is_list = asked[0].whose is Whose.NONE
            files = [] if question.htmx else self.harvest.offers.get(question.url, [])
            for way in ("", *counting.ways(is_list, files)):
                yield way, empty
            return
        foreign = [target for target in asked if target.whose is not Whose.GHOST][-1]
        theirs = self.harvest.body(question.url, foreign.path)
        if question.method not in UNSAFE or question.method == "POST" or not theirs:
            yield "", empty
        if question.method in UNSAFE and theirs:
            reader = self.world.readers[question.reader]
            own = {one.path: self.harvest.body(question.url, one.path) for one in asked if knows(reader, one)}
            yield "", {target.path: own.get(target.path) or theirs for target in asked} | {asked[-1].path: theirs}

    def _ask_about(
        self, question: Question, reader: Reader, asked: Sequence[Target], way: str, bodies: Mapping[str, Body]
    ) -> None:
        answers: list[tuple[Target, Answer]] = []
        for target in asked:
            path, body = f"{target.path}{way}", bodies[target.path]
            token = self.world.token_of(reader) if question.token else ""
            method, htmx = question.method, question.htmx
            answer = self.asker.ask(Asked(reader=reader, method=method, path=path, htmx=htmx, body=body, token=token))
            answers.append((target, answer))
            self._found(judge(answer, target, self.world))
            if not way and not body:
                self._write_down(question, target, answer)
        ghost, nothing = answers[-1]
        if ghost.whose is Whose.GHOST:
            for target, answer in answers[:-1]:
                if not knows(reader, target) and bodies[target.path] == bodies[ghost.path]:
                    self._compare((target, answer), (ghost, nothing))

    def _compare(self, theirs: tuple[Target, Answer], ghost: tuple[Target, Answer]) -> None:
        """A difference that is still there when both are asked again is one: what lay in memory is the same by then."""
        (target, first), (absent, nothing) = theirs, ghost
        difference = compare(first, nothing, target.hidden, absent.hidden)
        if difference is not None:
            again, none = self.asker.ask(first.asked), self.asker.ask(nothing.asked)
            difference = compare(again, none, target.hidden, absent.hidden)
        self._found([difference] if difference else [])

    def _write_down(self, question: Question, target: Target, answer: Answer) -> None:
        if not question.htmx and not question.token and question.method in ("GET", "POST"):
            row = self.result.table.setdefault(question.url, {}).setdefault(question.reader, {})
            row[f"{question.method} {target.whose}"] = answer.word

    def _let_jobs_run(self) -> None:
        """What happens by itself tells nobody what is not theirs. It is not undone: it comes last."""
        for job in jobs().values():
            run = open_run(job, at=self.world.at, started_by=job.name)
            if run is not None:
                carry_out(run, at=self.world.at)
        self._judge_told(self.ledger.changes({"notices_mail", "notices_notice"}))

    def _judge_told(self, changes: Sequence[Change]) -> None:
        self._found(
            Finding(kind=Kind.TOLD, asked=None, what=what)
            for change in changes
            for what in told_wrongly(change, self.world)
        )

    def _miss_nothing(self) -> None:
        missed = sorted(set(self.urls) - self.result.reached)
        self._found(Finding(kind=Kind.UNREACHED, asked=None, what=url) for url in missed)

    def _found(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.result.findings.append(finding)
            if not self.order.goes_on:
                raise Stopped
