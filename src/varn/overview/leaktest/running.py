"""The leak test itself: the world is planted, everything is asked, and what was found is told."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path

from django.conf import settings

from varn.kernel.planting import EVERYWHERE
from varn.mechanisms.jobs.registry import jobs
from varn.mechanisms.jobs.running import carry_out, open_run
from varn.overview.leaktest import counting
from varn.overview.leaktest.addresses import NoFixture, Target, Whose, knows, patterns, targets
from varn.overview.leaktest.asking import Answer, Asked, Asker, Body
from varn.overview.leaktest.cast import Reader
from varn.overview.leaktest.harvesting import Harvest, gather
from varn.overview.leaktest.judging import Finding, Kind, compare, judge, told_wrongly
from varn.overview.leaktest.leaving import left_in, marks
from varn.overview.leaktest.questions import Order, Question, questions
from varn.overview.leaktest.results import Result
from varn.overview.leaktest.rows import GROUND, Change, Ledger
from varn.overview.leaktest.world import SPECIAL, World, build, fixtures

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
SIDES = (("21", "211"), ("31", "311"))
# In a sample, those who are asked with and without the others' records.
FEW = ("coordinator", "employee")


class Stopped(Exception):
    """Something was found, and that is enough."""


class Examination:
    """One run in the database of this process, which must be empty and is not tidied.

    Afterwards nobody's words may lie in a file of these places.
    """

    def __init__(
        self,
        order: Order,
        *,
        at: datetime,
        say: Callable[[int], None] = lambda count: None,
        places: Sequence[Path] = (settings.HOME,),
    ) -> None:
        self.order, self.result, self.ledger = order, Result(), Ledger()
        self.asker, self.say = Asker(self.ledger), say
        self.urls = [url for url in patterns() if fnmatch(url, order.only)]
        self.world: World = build(at=at)
        self.harvest = Harvest()
        self.places = places
        self.before = marks(places)

    def run(self) -> Result:
        """Everything is asked; the first thing found ends it, unless the order says otherwise."""
        with self.asker.open():
            try:
                self._plant_and_count()
                self._look_at_what_was_told()
                self.harvest = gather(self.asker, self.world, self.urls)
                self._ask_everything()
                self._let_jobs_run()
                self._look_at_what_is_left()
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
        self.asker.forget()
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
        for question in questions(self.order, urls=self.urls, readers=list(self.world.readers.values())):
            if self._has_asked_enough() and question.url in self.result.reached:
                continue
            self.ask(question)
            self.say(self.asker.count)

    def _has_asked_enough(self) -> bool:
        return self.order.sample is not None and self.asker.count >= self.order.sample

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
            own = {
                one.path: self.harvest.body(question.url, one.path)
                for one in asked
                if one.whose is not Whose.GHOST and knows(reader, one)
            }
            yield "", {target.path: own.get(target.path) or theirs for target in asked}

    def _ask_about(
        self, question: Question, reader: Reader, asked: Sequence[Target], way: str, bodies: Mapping[str, Body]
    ) -> None:
        answers: dict[str, tuple[Target, Answer]] = {}
        for target in asked:
            path, body = f"{target.path}{way}", bodies[target.path]
            token = self.world.token_of(reader) if question.token else ""
            method, htmx = question.method, question.htmx
            answer = self.asker.ask(Asked(reader=reader, method=method, path=path, htmx=htmx, body=body, token=token))
            answers[target.path] = target, answer
            self._found(judge(answer, target, self.world))
            if not way and not body:
                self._write_down(question, target, answer)
        for target, answer in answers.values():
            absent = answers.get(target.absent)
            if absent and not knows(reader, target) and bodies[target.path] == bodies[target.absent]:
                self._compare((target, answer), absent)

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

    def _look_at_what_is_left(self) -> None:
        left = left_in(self.places, self.before)
        self._found(Finding(kind=Kind.FILE, asked=None, what=f"{name}: {token}") for name, token in left)

    def _miss_nothing(self) -> None:
        missed = sorted(set(self.urls) - self.result.reached)
        self._found(Finding(kind=Kind.UNREACHED, asked=None, what=url) for url in missed)

    def _found(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.result.findings.append(finding)
            if not self.order.goes_on:
                raise Stopped
