"""What groups of the directory give: who has it, who is to have it, and what stands against it.

What the directory changes is worked out without a reader: it is the directory that asks.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import F, QuerySet

from varn.areas.organisation.models import GroupAppointment, GroupMapping, Person
from varn.areas.organisation.queries.giving import fault_of_giving
from varn.areas.organisation.queries.scopes import require_in_all
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.directory.models import DirectoryGroup
from varn.mechanisms.directory.permissions import Permission as Directory

AT_A_TIME = 1_000
# A mapping and a person.
Key = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Who is to be appointed by which mapping, and which appointments are to end, because of who is in which group."""

    begins: list[tuple[GroupMapping, Person]]
    ends: list[GroupAppointment]


@dataclass(frozen=True, kw_only=True)
class Member:
    """One who is in the group of a mapping, with what it gave; or the reason why it gave nothing."""

    person: Person
    given: GroupAppointment | None
    refusal: Refusal | None


def group_mappings(*, viewer: Viewer) -> QuerySet[GroupMapping]:
    """What groups give, as far as the reader may see it."""
    return GroupMapping.objects.visible_to(viewer).select_related("group", "function", "unit", "made_by")


def groups_to_map(*, viewer: Viewer) -> QuerySet[DirectoryGroup]:
    """The groups of which it can be said what they give."""
    return DirectoryGroup.objects.visible_to(viewer, Directory.READ_GROUPS).standing()


def given_by(*, groups: Collection[int], viewer: Viewer) -> Mapping[int, list[str]]:
    """What each of these groups gives, in words, by its id; as far as the reader may see it."""
    said: dict[int, list[str]] = {pk: [] for pk in groups}
    for mapping in group_mappings(viewer=viewer).standing().filter(group__in=groups):
        said[mapping.group_id].append(f"{mapping.function.name}, {mapping.unit.name}")
    return said


def fault_of_mapping(mapping: GroupMapping, *, by: Viewer, permission: str) -> Refusal | None:
    """Why the reader may not say that the group gives this, or `None`: nobody gives more than by an appointment."""
    require_in_all(permission, by=by, units=[mapping.unit.pk])
    role = ROLES.get(mapping.function.role)
    if role is None or role.time_limited:
        return Refusal("organisation:refusal.group_gives_without_end")
    return fault_of_giving(mapping.function, [mapping.unit.pk], permission=permission, by=by)


def fault_of_member(mapping: GroupMapping, person: Person) -> Refusal | None:
    """Why the group gives this person nothing, or `None`. Nobody who runs the installation gets rights by a group."""
    if person.account is not None and person.account.is_administrator:
        return Refusal("organisation:refusal.group_gives_no_administrator")
    if mapping.made_by_id == person.pk:
        return Refusal("organisation:refusal.group_gives_not_its_maker")
    return None


def turn_of(employee_ids: Collection[str] | None = None, *, mapping: GroupMapping | None = None) -> Turn:
    """What is to begin and to end, of these people or in one mapping, for groups and appointments to agree."""
    wanted = _wanted(employee_ids, mapping)
    held = _held(employee_ids, mapping)
    people = {person.pk: person for person in _people({pk for _, pk in wanted.keys() - held.keys()})}
    begins = [(wanted[key], people[key[1]]) for key in sorted(wanted.keys() - held.keys())]
    begins = [(row, person) for row, person in begins if fault_of_member(row, person) is None]
    return Turn(begins=begins, ends=[held[key] for key in sorted(held.keys() - wanted.keys())])


def members_of(mapping: GroupMapping, *, viewer: Viewer) -> list[Member]:
    """Those in the group whom the reader may see, by name, each with what the mapping gave or why it gave nothing."""
    if not GroupMapping.objects.visible_to(viewer).filter(pk=mapping.pk).exists():
        return []
    ids = mapping.group.memberships.filter(user__is_active=True).values("user__employee_id")
    people = Person.objects.visible_to(viewer).filter(employee_id__in=ids).select_related("account")
    given = {each.person_id: each for each in mapping.given.lasting().select_related("appointment")}
    return [
        Member(person=person, given=given.get(person.pk), refusal=fault_of_member(mapping, person))
        for person in people.order_by("sort_name", "pk")[:AT_A_TIME]
    ]


def _wanted(employee_ids: Collection[str] | None, mapping: GroupMapping | None) -> dict[Key, GroupMapping]:
    """Whom each mapping that holds is to give something, by the mapping and the person."""
    rows = GroupMapping.objects.standing().filter(group__memberships__user__is_active=True)
    rows = rows if mapping is None else rows.filter(pk=mapping.pk)
    rows = rows.annotate(employee_id=F("group__memberships__user__employee_id")).select_related("function", "unit")
    found = list(rows if employee_ids is None else rows.filter(group__memberships__user__employee_id__in=employee_ids))
    people = dict(
        row
        for part in _parts(sorted({row.employee_id for row in found}))
        for row in Person.objects.filter(employee_id__in=part).values_list("employee_id", "pk")
    )
    return {(row.pk, people[row.employee_id]): row for row in found if row.employee_id in people}


def _held(employee_ids: Collection[str] | None, mapping: GroupMapping | None) -> dict[Key, GroupAppointment]:
    rows = GroupAppointment.objects.lasting().select_related("appointment", "mapping", "person")
    rows = rows if mapping is None else rows.filter(mapping=mapping)
    rows = rows if employee_ids is None else rows.filter(person__employee_id__in=employee_ids)
    return {(row.mapping_id, row.person_id): row for row in rows}


def _people(ids: Collection[int]) -> list[Person]:
    return [
        person
        for part in _parts(sorted(ids))
        for person in Person.objects.filter(pk__in=part).select_related("account")
    ]


def _parts(values: list) -> list[list]:
    return [values[start : start + AT_A_TIME] for start in range(0, len(values), AT_A_TIME)]
