"""Reading the lawbook's TOML files, and laying a municipality's own files over them.

A file holds rules by id, each with its versions:

    [D15]
    kind = "deadline"
    track = "minutes"
    title_sv = "Protokollet ska justeras"
    title_en = "The minutes are verified"

    [[D15.versions]]
    from = 2018-01-01
    period = "P14D"
    calendar = "calendar"
    source = "KL 5:69, 6:35"
    verified = "V1"

The value is one of `period` (ISO 8601), `day` ("--10-31" every year, "2026-02-16" once), `amount` with `unit`, or
`text`. `marks.toml` says what the marks in `verified` mean. Whatever is misspelt is refused: a deadline must not vanish
quietly.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from varn.kernel.calendar import FixedDay, Period
from varn.kernel.provisions import Amount, Counting, DatedRule, Mark, Rule, RuleKind, RuleVersion, Value

Entry = dict[str, Any]

MARKS_FILE = "marks.toml"
VALUE_KEYS = ("period", "day", "amount", "text")
PROVENANCE_KEYS = ("source", "verified", "checked_date", "checked_by")
RULE_KEYS = {field.name for field in fields(Rule)} - {"id"} | {"versions"}
VERSION_KEYS = {
    *VALUE_KEYS,
    "unit",
    "from",
    "calendar",
    "urgency",
    *PROVENANCE_KEYS,
    "moves_to_working_day",
    "moves_source",
    "in_following_year",
}


class LawbookError(ValueError):
    """A lawbook file says something that cannot hold."""


def read_lawbook(folder: Path, local_folder: Path | None) -> tuple[dict[str, DatedRule], dict[str, Mark]]:
    """Every rule by id and every mark by key, as the two folders together say."""
    marks = _read_marks(folder / MARKS_FILE)
    entries = _read_entries(folder)
    for rule_id, entry in _read_entries(local_folder).items() if local_folder else ():
        entries[rule_id] = _laid_over(entries.get(rule_id, {}), entry)
    return {rule_id: _dated_rule(rule_id, entry, marks) for rule_id, entry in entries.items()}, marks


def _read_marks(path: Path) -> dict[str, Mark]:
    return {key: Mark(key=key, **words) for key, words in _read_toml(path).items()}


def _read_entries(folder: Path) -> dict[str, Entry]:
    if not folder.is_dir():
        raise LawbookError(f"There is no lawbook folder {folder}")
    entries: dict[str, Entry] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name == MARKS_FILE:
            continue
        for rule_id, entry in _read_toml(path).items():
            if rule_id in entries:
                raise LawbookError(f"{path.name}: {rule_id} is already written in this folder")
            _refuse_misspelt(rule_id, entry)
            entries[rule_id] = entry
    return entries


def _refuse_misspelt(rule_id: str, entry: Entry) -> None:
    versions = entry.get("versions", []) if isinstance(entry, dict) else None
    if not isinstance(versions, list):
        raise LawbookError(f"{rule_id} is not a rule with [[{rule_id}.versions]]")
    unknown = set(entry) - RULE_KEYS
    for version in versions:
        unknown |= set(version) - VERSION_KEYS
        for key in ("from", "checked_date"):
            if type(version.get(key, date.min)) is not date:
                raise LawbookError(f"{rule_id}: {key} is a day without quotation marks, such as 2018-01-01")
    if unknown:
        raise LawbookError(f"{rule_id} has unknown {sorted(unknown)}")


def _read_toml(path: Path) -> Entry:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise LawbookError(f"{path.name}: {fault}") from fault


def _laid_over(entry: Entry, local: Entry) -> Entry:
    """The rule as the municipality has it: its words win, and what it leaves unsaid stays as it was.

    A value of its own needs a source of its own: ours does not speak for it.
    """
    versions = {version.get("from"): version for version in entry.get("versions", ())}
    for version in local.get("versions", ()):
        below = versions.get(version.get("from"), {})
        if any(key in version for key in VALUE_KEYS):
            below = {key: said for key, said in below.items() if key not in (*VALUE_KEYS, "unit", *PROVENANCE_KEYS)}
        versions[version.get("from")] = {**below, **version, "is_local": True}
    return {**entry, **local, "versions": list(versions.values())}


def _dated_rule(rule_id: str, entry: Entry, marks: Mapping[str, Mark]) -> DatedRule:
    missing = {"kind", "track", "title_sv", "title_en", "versions"} - set(entry)
    if missing:
        raise LawbookError(f"{rule_id} lacks {sorted(missing)}")
    facts = {key: value for key, value in entry.items() if key != "versions"}
    rule = Rule(**{**facts, "id": rule_id, "kind": _member(RuleKind, entry["kind"], rule_id)})
    versions = sorted(
        (_version(rule, version, marks) for version in entry["versions"]), key=lambda each: each.from_date or date.min
    )
    days = [version.from_date for version in versions]
    if not days or len(set(days)) < len(days):
        raise LawbookError(f"{rule_id} must have versions, and only one from each day")
    return DatedRule(rule=rule, versions=tuple(versions))


def _version(rule: Rule, entry: Entry, marks: Mapping[str, Mark]) -> RuleVersion:
    if not entry.get("source"):
        raise LawbookError(f"{rule.id} names no source")
    if entry.get("verified") not in marks:
        raise LawbookError(f"{rule.id}: the mark {entry.get('verified')!r} is not among {sorted(marks)}")
    value = _value(rule.id, entry)
    counting = _member(Counting, entry["calendar"], rule.id) if "calendar" in entry else None
    version = RuleVersion(
        rule=rule,
        from_date=entry.get("from"),
        value=value,
        written=next((str(entry[key]) for key in VALUE_KEYS if key in entry), ""),
        calendar=counting,
        **{key: entry[key] for key in set(entry) - {*VALUE_KEYS, "unit", "from", "calendar"}},
    )
    _refuse_impossible_counting(version)
    return version


def _value(rule_id: str, entry: Entry) -> Value | None:
    keys = [key for key in VALUE_KEYS if key in entry]
    if len(keys) > 1 or ("amount" in entry) != ("unit" in entry):
        raise LawbookError(f"{rule_id} must have one value, and an amount its unit")
    try:
        match keys:
            case []:
                return None
            case ["period"]:
                return Period.parse(entry["period"])
            case ["day"]:
                return FixedDay.parse(entry["day"])
            case ["amount"]:
                return Amount(number=Decimal(str(entry["amount"])), unit=entry["unit"])
            case _:
                return str(entry["text"])
    except (ValueError, ArithmeticError) as fault:
        raise LawbookError(f"{rule_id}: {fault}") from fault


def _refuse_impossible_counting(version: RuleVersion) -> None:
    value, counting = version.value, version.calendar
    if isinstance(value, FixedDay) != (counting is Counting.FIXED):
        raise LawbookError(f"{version.rule.id}: a day of the calendar is counted as fixed, and nothing else is")
    if isinstance(value, Period):
        months = value.years or value.months
        if counting is Counting.CLOCK and months:
            raise LawbookError(f"{version.rule.id}: a clock does not count months")
        if counting is Counting.WORKING and value != Period(days=value.days):
            raise LawbookError(f"{version.rule.id}: working days are counted in days")
        if value.hours and counting is not Counting.CLOCK:
            raise LawbookError(f"{version.rule.id}: hours are counted by the clock")
    if version.moves_to_working_day and (version.counts_hours or not version.moves_source):
        raise LawbookError(f"{version.rule.id}: only a last day moves to a working day, and the source must be named")


def _member(kind: type[RuleKind] | type[Counting], key: str, rule_id: str) -> Any:
    try:
        return kind(key)
    except ValueError as fault:
        raise LawbookError(f"{rule_id}: {fault}") from fault
