"""The list of protected actions as data, read once from protected.toml."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.utils.module_loading import import_string

from varn.mechanisms.approvals.permissions import Deciding


class Carried(StrEnum):
    """Who carries out what has been approved: the engine, at once; or whoever asked, who then does it once more."""

    AT_ONCE = "at_once"
    BY_REQUESTER = "by_requester"


@dataclass(frozen=True, kw_only=True)
class Protected:
    """One action that nobody does alone.

    `deed` is the dotted path of the action. `thing` names the argument that the action is done to, empty where it makes
    one. `decided_by` is the permission to approve it, asked on that thing unless it is `closed_to_approver`; then the
    request calls it by nothing but the field `named_by`, and `kept_out` is the dotted path of the query that says of
    several such things which people a case in each is kept from. `outside_line`: the one who approves stands neither
    above nor below the one who asks. With `counted` only more than `threshold` in that argument is protected.
    `passing` are fields of the things that may change while the request waits. `beside` are arguments that say nothing
    of what is done, and are never stored: a secret that is made for each call, or what was worked out beforehand.
    `expires` is a rule of the lawbook.
    """

    key: str
    deed: str
    decided_by: Deciding
    why_sv: str
    why_en: str
    expires: str
    thing: str = ""
    named_by: str = ""
    closed_to_approver: bool = False
    kept_out: str = ""
    outside_line: bool = False
    counted: str = ""
    threshold: int = 0
    carried: Carried = Carried.AT_ONCE
    passing: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def asked_on_thing(self) -> bool:
        """Whether the right to approve is asked on the thing itself."""
        return bool(self.thing) and not self.closed_to_approver

    def name_of(self, thing: object) -> str:
        """What a request calls the thing."""
        return str(getattr(thing, self.named_by) if self.named_by else thing)[:200]

    def kept_from(self, person_id: int | None, things: Collection[int], at: datetime) -> set[int]:
        """Those of the things, by number, in which some case is kept from the person."""
        kept_out = import_string(self.kept_out)(things, at) if self.kept_out and things else {}
        return {number for number, people in kept_out.items() if person_id in people}

    def is_below(self, arguments: Mapping[str, Any]) -> bool:
        """Whether these arguments are too few to need anybody else."""
        return bool(self.counted) and int(arguments.get(self.counted, 0)) <= self.threshold


def load(path: Path) -> dict[str, Protected]:
    """Every protected action by its key. Raises `ValueError` for a field that is unknown or a value that is not one."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: _row(key, row) for key, row in table.items()}


def _row(key: str, row: Mapping[str, Any]) -> Protected:
    unknown = row.keys() - {field.name for field in fields(Protected)}
    if unknown:
        raise ValueError(f"The protected action {key} has unknown fields: {', '.join(sorted(unknown))}")
    values = dict(row) | {"decided_by": Deciding(row["decided_by"])}
    values["carried"] = Carried(row.get("carried", Carried.AT_ONCE))
    values |= {name: tuple(row.get(name, ())) for name in ("passing", "beside")}
    return Protected(key=key, **values)


PROTECTED = load(Path(__file__).with_name("protected.toml"))
