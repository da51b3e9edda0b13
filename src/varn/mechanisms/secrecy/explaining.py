"""Why somebody sees a record, or does not: the very conditions of `visible_to`, asked one by one and told in words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db.models import Q

from varn.kernel.levels import Level
from varn.mechanisms.access.guards import Guard, in_conflict, outside
from varn.mechanisms.access.models import Compartment, Marking, Membership, Share, Subject
from varn.mechanisms.access.querysets import units_within
from varn.mechanisms.access.viewer import Scope, Viewer
from varn.mechanisms.secrecy.organisation import organisation
from varn.mechanisms.secrecy.records import guard_of, level_of, marking_of

# What somebody and something is called that the one who asks may not know of.
SOMEBODY, A_COMPARTMENT = "access:somebody", "access:a_compartment"


class Rule(StrEnum):
    """What must hold for somebody to see a record."""

    SCOPE = "scope"
    SHARE = "share"
    LEVEL = "level"
    COMPARTMENT = "compartment"
    CONFLICT = "conflict"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was asked: of which rule, whether it holds, and what it is about in the words that the page gives.

    `holds` is `None` where it is not told, or only says on what ground the record reaches somewhere.
    """

    rule: Rule
    key: str
    holds: bool | None
    values: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The rules in turn, with what was found under each.

    `sees` is the verdict of the rules that the one who asks may know of: without a right to read the subjects of cases
    it leaves conflicts out, and `is_whole` says so.
    """

    rules: dict[Rule, bool | None]
    findings: list[Finding]
    is_whole: bool

    @property
    def sees(self) -> bool:
        """Scope or share, level, compartment, and no conflict."""
        scope = self.rules[Rule.SCOPE] or self.rules[Rule.SHARE]
        others = (self.rules[Rule.LEVEL], self.rules[Rule.COMPARTMENT], self.rules[Rule.CONFLICT])
        return bool(scope) and all(held is not False for held in others)


def explain(thing: Any, *, reader: Viewer, by: Viewer, tells_conflicts: bool) -> Explanation:
    """Why the reader sees the record at their moment, or does not; conflicts only where they may be told.

    `by` is who asks: a compartment of which they are no member is not named to them, nor a person they may not know of.
    """
    guard = guard_of(type(thing))
    if guard is None:
        raise LookupError(type(thing).__name__)
    tells_conflict = guard.is_case and tells_conflicts
    rules: dict[Rule, bool | None] = {
        Rule.SCOPE: any(_holds(thing, scope, reader) for scope in _reading(thing, reader)),
        Rule.SHARE: _shares(thing, reader).exists() if _reading(thing, reader) and guard.is_case else False,
        Rule.LEVEL: not _markings(guard, thing, reader, guard.too_high(reader, _read(thing))),
        Rule.COMPARTMENT: not _markings(guard, thing, reader, outside(reader)),
        Rule.CONFLICT: not _in_conflict(thing, reader) if tells_conflict else None,
    }
    findings = [*_of_scopes(thing, reader), *_of_shares(thing, reader, by), *_of_level(thing, reader)]
    findings += [*_of_compartment(thing, reader, by), *(_of_conflict(thing, reader) if tells_conflict else ())]
    return Explanation(rules=rules, findings=findings, is_whole=tells_conflict or not guard.is_case)


def _read(thing: Any) -> str:
    return str(type(thing)._default_manager.all().read)


def _reading(thing: Any, reader: Viewer) -> tuple[Scope, ...]:
    return reader.scopes_for(_read(thing))


def _holds(thing: Any, scope: Scope, reader: Viewer) -> bool:
    """Whether this one scope holds the record by its units, shares left out."""
    alone = replace(reader, scopes=(scope,))
    rows = type(thing)._default_manager
    held: bool = getattr(rows, "held_by_units", rows.in_scope)(alone).filter(pk=thing.pk).exists()
    return held


def _shares(thing: Any, reader: Viewer) -> Any:
    units = units_within(_reading(thing, reader), reader)
    whom = Q(unit_id__in=units) | Q(person_id__in=sorted(reader.people))
    return Share.objects.about(thing).holding(reader.at).filter(whom)


def _markings(guard: Guard, thing: Any, reader: Viewer, closing: Q) -> bool:
    return bool(guard.markings(reader).filter(closing, object_id=thing.pk).exists())


def _in_conflict(thing: Any, reader: Viewer) -> bool:
    return bool(_subjects(thing, reader).filter(in_conflict(reader)).exists())


def _subjects(thing: Any, reader: Viewer) -> Any:
    return Subject.objects.about(thing).holding(reader.at)


def _of_scopes(thing: Any, reader: Viewer) -> Iterator[Finding]:
    names = organisation().units_known([scope.unit_id for scope in reader.scopes])
    opening = _reading(thing, reader)
    for scope in (one for one in reader.scopes if one.function):
        values = {"function": scope.function, "unit": names[scope.unit_id].name}
        if scope not in opening:
            yield Finding(rule=Rule.SCOPE, key="gives_no_reading", holds=False, values=values)
            continue
        held = _holds(thing, scope, reader)
        key = "everything" if held and scope.everything else "within" if held else "outside"
        yield Finding(rule=Rule.SCOPE, key=key, holds=held, values=values)
    for ground, unit_id in getattr(type(thing)._default_manager, "grounds", lambda *_: ())(thing, reader.at):
        known = organisation().units_known([unit_id])[unit_id].name
        yield Finding(rule=Rule.SCOPE, key=f"ground_{ground}", holds=None, values={"unit": known})


def _of_shares(thing: Any, reader: Viewer, by: Viewer) -> Iterator[Finding]:
    reached = set(_shares(thing, reader).values_list("pk", flat=True)) if _reading(thing, reader) else set()
    for share in Share.objects.about(thing).holding(reader.at):
        known = organisation().units_known([share.unit_id]) if share.unit_id else {}
        known = known or organisation().people_known([share.person_id or 0], viewer=by)
        name = next((each.name for each in known.values()), SOMEBODY)
        values = {"name": name, "until": f"{share.until_at:%Y-%m-%d}", "ground": share.ground}
        yield Finding(rule=Rule.SHARE, key="shared", holds=share.pk in reached, values=values)


def _of_level(thing: Any, reader: Viewer) -> Iterator[Finding]:
    level = level_of(thing, reader.at)
    marking = marking_of(thing, reader.at)
    values = {"level": f"level.{level.key}", "ground": marking.ground if marking else ""}
    yield Finding(rule=Rule.LEVEL, key="level", holds=None, values=values)
    if level < Level.SENSITIVE:
        return
    for scope in _reading(thing, reader):
        reaches = scope.level >= level
        key = "opens_level" if reaches else "level_too_low"
        told = {"function": scope.function, "level": f"level.{scope.level.key}"}
        yield Finding(rule=Rule.LEVEL, key=key, holds=reaches, values=told)
        if reaches and scope.overview:
            yield Finding(rule=Rule.LEVEL, key="no_overview", holds=None, values=told)


def _of_compartment(thing: Any, reader: Viewer, by: Viewer) -> Iterator[Finding]:
    marking: Marking | None = marking_of(thing, reader.at)
    if marking is None or marking.compartment is None:
        yield Finding(rule=Rule.COMPARTMENT, key="in_none", holds=None, values={})
        return
    member = Membership.objects.holding(reader.at).filter(compartment=marking.compartment, account=reader.account_id)
    is_named = Compartment.objects.visible_to(by).filter(pk=marking.compartment.pk).exists()
    values = {"compartment": marking.compartment.name if is_named else A_COMPARTMENT}
    key = "is_member" if member.exists() else "is_no_member"
    yield Finding(rule=Rule.COMPARTMENT, key=key, holds=member.exists(), values=values)


def _of_conflict(thing: Any, reader: Viewer) -> Iterator[Finding]:
    subjects = list(_subjects(thing, reader))
    names = organisation().people_known([subject.person_id for subject in subjects])
    against = set(_subjects(thing, reader).filter(in_conflict(reader)).values_list("pk", flat=True))
    for subject in subjects:
        own = subject.person_id in reader.people
        key = "is_subject" if own else "in_line" if subject.pk in against else "not_in_line"
        values = {"name": names[subject.person_id].name, "capacity": subject.capacity_key}
        yield Finding(rule=Rule.CONFLICT, key=key, holds=subject.pk not in against, values=values)
    if not subjects:
        yield Finding(rule=Rule.CONFLICT, key="concerns_nobody", holds=None, values={})
