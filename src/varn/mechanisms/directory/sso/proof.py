"""What a provider has proven of somebody, whichever way it said it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from varn.kernel.lifecycle import Refusal
from varn.kernel.secrecy import holds_personal_number
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.directory.sso.config import Provider
from varn.mechanisms.moves.making import Refused

LONGEST_UID = 191
LONGEST_ID = 40


class NotProven(Exception):
    """Nothing has been proven: what came in is not what the provider would have sent. `why` names no person."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Proof:
    """That the subject is the person of this employee id, how surely, and since when."""

    provider: Provider
    subject: str
    employee_id: str
    level: Assurance
    proven_at: datetime
    groups: tuple[str, ...] | None = None
    name: str = ""
    email: str = ""

    @property
    def uid(self) -> str:
        """Issuer and subject as one key."""
        whole = f"{self.provider.issuer}|{self.subject}"
        return whole if len(whole) <= LONGEST_UID else sha256(whole.encode()).hexdigest()


def proof_of(provider: Provider, *, subject: str, said: Mapping[str, Any], context: str, proven_at: datetime) -> Proof:
    """What the attributes say of the person. A personal identity number is refused and kept nowhere."""
    employee_id = _one(said, provider.employee_id)
    if not employee_id or len(employee_id) > LONGEST_ID:
        raise Refused(Refusal("directory:refusal.no_employee_id"))
    if holds_personal_number(employee_id) or holds_personal_number(subject):
        raise Refused(Refusal("directory:refusal.personal_number_in_sign_in"))
    groups = said.get(provider.groups) if provider.groups else None
    name, email = _one(said, provider.full_name), _one(said, provider.email)
    return Proof(
        provider=provider,
        subject=subject,
        employee_id=employee_id,
        level=provider.levels.get(context, Assurance.PASSWORD),
        proven_at=proven_at,
        groups=None if not provider.groups else tuple(str(each)[:255] for each in _all(groups)),
        name="" if holds_personal_number(name) else name[:200],
        email="" if holds_personal_number(email) else email[:254],
    )


def _one(said: Mapping[str, Any], name: str) -> str:
    values = _all(said.get(name))
    return str(values[0]).strip() if len(values) == 1 else ""


def _all(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
