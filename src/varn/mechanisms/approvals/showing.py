"""Requests and the list of protected actions in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.approvals.declared import Protected
from varn.mechanisms.approvals.models import Approval
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.ui.history import Told, told_entry
from varn.mechanisms.ui.words import language


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One thing that will be done: the deed in words, to what, and each field's old and new value."""

    reference: str
    told: Told


@dataclass(frozen=True, kw_only=True)
class ShownProtected:
    """One protected action as the page has it. `roles` are the glossary keys of the roles that may approve it."""

    row: Protected
    why: str
    roles: list[str]
    days: int


def effects_of(approval: Approval) -> list[Effect]:
    """What exactly will be done, as the rehearsal of the action wrote it."""
    return [_effect(approval, effect) for effect in approval.payload["effects"]]


def shown_protected(rows: Iterable[Protected], *, day: date) -> list[ShownProtected]:
    """The protected actions, each with why, who approves it and for how many days a request stands."""
    chosen = installation()
    return [
        ShownProtected(row=row, why=why_of(row), roles=roles_deciding(row), days=chosen.days(row.expires, on=day))
        for row in rows
    ]


def why_of(row: Protected) -> str:
    """Why the action is protected, in the reader's language."""
    return row.why_sv if language() == "sv" else row.why_en


def roles_deciding(row: Protected) -> list[str]:
    """The glossary keys of the roles whose holders may approve the action."""
    return [f"access:role.{role.key}" for role in ROLES.values() if row.decided_by in role.permissions]


def _effect(approval: Approval, effect: dict[str, Any]) -> Effect:
    entry = Entry(
        at=approval.requested_at,
        account_id=approval.requested_by_id,
        actor=approval.requested_by.name,
        verb=effect["verb"],
        changes=effect["changes"],
    )
    return Effect(reference=effect["reference"], told=told_entry(entry, apps.get_model(effect["model"])))
