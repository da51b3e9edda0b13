"""Who comes in and who stands in, and what two must agree on, in a municipality of some years."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from bench.filling.decisions import written
from bench.filling.organisation import AT, READERS, TODAY, Place
from varn.areas.organisation.models import Appointment, GroupMapping, Person, StandIn
from varn.mechanisms.access.models import Account, Compartment, Membership, MembershipRole
from varn.mechanisms.approvals.models import Approval, InForce
from varn.mechanisms.directory.models import DirectoryGroup

# How many of each for every department.
DEPUTIES, GROUPS, MAPPINGS, ASKED = 4, 4, 2, 6
GROUNDS = {
    f"{ground}_{what}": value
    for ground in ("trusted", "knowledgeable", "needed")
    for what, value in (("date", TODAY), ("by", "Läsare"))
}
A_DAY = timedelta(days=1)


@transaction.atomic
def fill(place: Place) -> None:
    """Beside every department: deputies, groups of the directory and what they give, requests that were answered.

    For every compartment a request waits to let somebody in. The head of security and the secretary are members.
    """
    InForce.objects.get_or_create(pk=1, defaults={"since": AT})
    count = len(place.departments)
    accounts = {key: Account.objects.get(email=email) for key, email in READERS.items()}
    deputies = Person.objects.order_by("pk")[: DEPUTIES * count]
    held = Appointment.objects.filter(state="active", person__isnull=False).order_by("pk")[: DEPUTIES * count]
    written([_deputy(*pair, number) for number, pair in enumerate(zip(held, reversed(deputies), strict=True))])
    groups = written([_group(number) for number in range(GROUPS * count)])
    written([_mapping(place, *pair) for pair in enumerate(groups[: MAPPINGS * count])])
    written([_asked(accounts, number) for number in range(ASKED * count)])
    rooms = Compartment.objects.order_by("pk")
    written([_member(room, account) for room in rooms for account in (accounts["head"], accounts["secretary"])])
    people = Person.objects.order_by("-pk").values_list("pk", flat=True)[: len(rooms)]
    written([_waiting(accounts["administrator"], *pair) for pair in zip(rooms, people, strict=True)])


def _deputy(appointment: Appointment, deputy: Person, number: int) -> StandIn:
    first = TODAY - timedelta(days=number % 400)
    is_over = number % 4 > 0
    return StandIn(
        reference=f"ERS-{number:06}",
        appointment=appointment,
        deputy=deputy,
        from_date=first,
        until_date=first + timedelta(days=7) if is_over else TODAY + timedelta(days=30),
        state="ended" if is_over else "appointed",
    )


def _group(number: int) -> DirectoryGroup:
    return DirectoryGroup(source="scim", name=f"SG-Behörighet-{number:05}", received_at=AT, changed_at=AT)


def _mapping(place: Place, number: int, group: DirectoryGroup) -> GroupMapping:
    return GroupMapping(
        reference=f"GRP-{number:06}",
        group=group,
        function=place.functions["security_representative"],
        unit=place.units[place.departments[number % len(place.departments)]],
        decided_by="Nämnden",
        ground="Delegationsordning",
        made_at=AT,
    )


def _asked(accounts: dict[str, Account], number: int) -> Approval:
    """Asked by one of the readers, and answered by another."""
    by, other = [("head", "secretary"), ("secretary", "head")][number % 2]
    state = ("executed", "denied", "expired")[number % 3]
    answer = {"executed": "approve", "denied": "deny"}.get(state, "")
    at = AT - A_DAY * (number % 700 + 4)
    return Approval(
        reference=f"GOD-{number:06}",
        action="access:account:open",
        about=f"Konto {number}",
        payload={"arguments": {}, "effects": []},
        payload_hash=f"{number:064}",
        requested_by=accounts[by],
        requested_as=by,
        reason="Behövs",
        requested_at=at,
        expires_at=at + 3 * A_DAY,
        decided_by=accounts[other] if answer else None,
        decided_at=at + A_DAY if answer else None,
        decision=answer,
        executed_at=at + A_DAY if state == "executed" else None,
        state=state,
    )


def _member(room: Compartment, account: Account) -> Membership:
    return Membership(
        compartment=room, account=account, role=MembershipRole.RESPONSIBLE, from_at=AT - 30 * A_DAY, **GROUNDS
    )


def _waiting(by: Account, room: Compartment, person: int) -> Approval:
    return Approval(
        reference=f"GOD-V{room.pk:05}",
        action="access:membership:let_in",
        content_type=ContentType.objects.get_for_model(Compartment),
        object_id=room.pk,
        about=room.reference,
        payload={"arguments": {}, "effects": []},
        payload_hash=f"V{room.pk:063}",
        requested_by=by,
        requested_person=person,
        reason="Behövs",
        requested_at=AT,
        expires_at=AT + 300 * A_DAY,
        state="waiting",
    )
