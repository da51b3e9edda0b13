"""Who the recipients of a decision are, as the organisation stood on the day of the decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from varn.areas.decisions.models import Assignment, Decision, Dispatch, Recipient
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.rules import Addressee, AddresseeKind, addressee
from varn.areas.organisation.queries import (
    account_ids_appointed,
    appointments,
    deputies_for_all,
    find_unit,
    holder_of,
    offices_named,
    people_named,
    unit_opened_to,
    units_of_kind,
)
from varn.mechanisms.access.viewer import Viewer, system_viewer

KINDS = {
    AddresseeKind.ALL_COMMITTEES: "committee",
    AddresseeKind.ALL_DEPARTMENTS: "department",
    AddresseeKind.ALL_COMPANIES: "company",
}
# What an appointment has to open for somebody to receive a decision under their own account.
RECEIVES = (Permission.READ_DECISIONS, Permission.ACKNOWLEDGE)


@dataclass(frozen=True, kw_only=True)
class To:
    """One to whom a decision goes: a unit or a person, or somebody written by hand with an address."""

    recipient: Recipient
    name: str
    unit_id: int | None = None
    person_id: int | None = None
    email: str = ""

    @property
    def key(self) -> str:
        """What tells this one from the others on the same line of recipients."""
        return f"{self.recipient.pk or 'new'}-{self.unit_id or 0}-{self.person_id or 0}"


@dataclass(frozen=True, kw_only=True)
class Expansion:
    """One line of recipients, whom it means, and whom of them it has been sent to."""

    recipient: Recipient
    addressee: Addressee
    to: tuple[To, ...]
    sent: tuple[Dispatch, ...]

    @property
    def key(self) -> str:
        """What tells this line from the others. One that the minutes do not have is told by whom it means."""
        return str(self.recipient.pk or self.to[0].key)

    @property
    def is_added(self) -> bool:
        """Whether the minutes have no such line: it is proposed for the sake of an assignment."""
        return self.recipient.pk is None

    @property
    def is_archive(self) -> bool:
        """Whether the line names a file rather than somebody who can answer."""
        return self.addressee.kinds == (AddresseeKind.ARCHIVE,)

    @property
    def is_group(self) -> bool:
        """Whether the line means all units of a kind, such as "Samtliga nämnder"."""
        return bool(KINDS.keys() & set(self.addressee.kinds))

    @property
    def is_unmatched(self) -> bool:
        """Whether nobody was found, so that a person must say who it is."""
        return not self.to and not self.is_archive


def expansions_of(decision: Decision, *, viewer: Viewer) -> list[Expansion]:
    """Every line of recipients of a decision the reader may see, expanded as of the day of the decision."""
    rows = Recipient.objects.visible_to(viewer).filter(decision=decision).prefetch_related("dispatches")
    everybody = system_viewer(at=viewer.at, job="recipients")
    return [_expansion(row, decision.date, everybody) for row in rows]


def seen_in(dispatch: Dispatch, day: date) -> int | None:
    """The unit in which the decision is seen for this recipient: the person's by appointment, otherwise the unit."""
    own = unit_opened_to(dispatch.person, day, permissions=RECEIVES) if dispatch.person is not None else None
    return own or dispatch.unit_id


def accounts_of(dispatch: Dispatch, day: date) -> list[int]:
    """The accounts that may receive for the recipient on the day: the person's own, or those in the unit itself.

    None for a person whose appointments do not open the decision: they would be led to a page that they may not see.
    """
    if dispatch.person is not None:
        if unit_opened_to(dispatch.person, day, permissions=RECEIVES) is None:
            return []
        received_by = [dispatch.person, *deputies_for_all(dispatch.person, day)]
        return [person.account_id for person in received_by if person.account_id]
    if dispatch.unit_id is None:
        return []
    return sorted(account_ids_appointed([dispatch.unit_id], day, permission=Permission.ACKNOWLEDGE, overview=False))


def can_be_reached(dispatch: Dispatch, day: date) -> bool:
    """Whether there is an account to notify on the day, or an address to write to."""
    return bool(dispatch.email or accounts_of(dispatch, day))


def accounts_answering_for(assignment: Assignment, day: date, *, viewer: Viewer) -> list[int]:
    """The accounts of the office's holder on the day, of the delegate, and of the support.

    Where a unit answers and no office of it, the accounts of those in the unit itself who may receive for it.
    """
    holder = holder_of(assignment.office, day, viewer=viewer) if assignment.office else None
    people = [person for person in (holder, assignment.delegated_to, assignment.support) if person]
    reached = [*people, *(deputy for person in people for deputy in deputies_for_all(person, day))]
    named = [person.account_id for person in reached if person.account_id]
    if assignment.office is None and assignment.unit_id is not None:
        named += sorted(account_ids_appointed([assignment.unit_id], day, permission=Permission.RECEIVE, overview=False))
    return list(dict.fromkeys(named))


def chief_executive_accounts(day: date) -> list[int]:
    """The accounts of the municipality's chief executive on the day."""
    units = units_of_kind("municipality", day)
    return sorted(account_ids_appointed(units, day, functions=["chief_executive"]))


def _expansion(recipient: Recipient, day: date, viewer: Viewer) -> Expansion:
    meant = addressee(recipient.text)
    to = {each.key: each for each in _found(recipient, meant, day, viewer)}
    sent = tuple(dispatch for dispatch in recipient.dispatches.all() if dispatch.taken_back_at is None)
    return Expansion(recipient=recipient, addressee=meant, to=tuple(to.values()), sent=sent)


def _found(recipient: Recipient, meant: Addressee, day: date, viewer: Viewer) -> Iterator[To]:
    for kind in meant.kinds:
        if kind in KINDS:
            for unit in units_of_kind(KINDS[kind], day):
                yield To(recipient=recipient, name=unit.name, unit_id=unit.pk, email=unit.email)
        elif kind is AddresseeKind.HOLDER:
            yield from _people(recipient, meant.holder, viewer) or _holders(recipient, meant.name, day, viewer)
        elif kind is AddresseeKind.NAMED:
            yield from _named(recipient, meant.name, day, viewer)


def _named(recipient: Recipient, name: str, day: date, viewer: Viewer) -> list[To]:
    unit = find_unit(name, day)
    if unit is not None:
        return [To(recipient=recipient, name=unit.name, unit_id=unit.pk, email=unit.email)]
    return _holders(recipient, name, day, viewer) or _people(recipient, name, viewer)


def _people(recipient: Recipient, name: str, viewer: Viewer) -> list[To]:
    found = list(people_named(name, viewer=viewer)[:2])
    return [_to_person(recipient, person) for person in found] if len(found) == 1 else []


def _holders(recipient: Recipient, name: str, day: date, viewer: Viewer) -> list[To]:
    """The holder of the office or function of this name, where exactly one person held it on the day."""
    holders = [holder_of(office, day, viewer=viewer) for office in offices_named(name)[:2]]
    if not holders:
        titles = {name, name.removesuffix("en"), name.removesuffix("n")}
        same = Q(*[("function__name_sv__iexact", title) for title in titles], _connector=Q.OR)
        rows = appointments(viewer=viewer).standing(day).filter(same, person__isnull=False)
        holders = list({row.person_id: row.person for row in rows[:2]}.values())
    return [_to_person(recipient, holders[0])] if len(holders) == 1 and holders[0] else []


def _to_person(recipient: Recipient, person: object) -> To:
    return To(recipient=recipient, name=person.name, unit_id=person.unit_id, person_id=person.pk, email=person.email)
