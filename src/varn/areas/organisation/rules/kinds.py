"""The kinds of units, and which of them may lie under which."""

from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is. A committee and a company are authorities of their own: the border that a scope stops at."""

    MUNICIPALITY = "municipality"
    COMMITTEE = "committee"
    DEPARTMENT = "department"
    COMPANY = "company"
    OPERATION = "operation"
    UNIT = "unit"
    PLACE = "place"


AUTHORITIES = (UnitKind.COMMITTEE, UnitKind.COMPANY)

# What has a head of its own and stands as a row in the coverage matrix.
HEADED = (UnitKind.DEPARTMENT, UnitKind.COMPANY)

WITHIN_A_DEPARTMENT = (UnitKind.DEPARTMENT, UnitKind.COMPANY, UnitKind.OPERATION)

MAY_LIE_UNDER: dict[UnitKind, tuple[UnitKind, ...]] = {
    UnitKind.MUNICIPALITY: (),
    UnitKind.COMMITTEE: (UnitKind.MUNICIPALITY,),
    UnitKind.DEPARTMENT: (UnitKind.COMMITTEE, UnitKind.MUNICIPALITY),
    UnitKind.COMPANY: (UnitKind.MUNICIPALITY, UnitKind.COMPANY),
    UnitKind.OPERATION: WITHIN_A_DEPARTMENT,
    UnitKind.UNIT: (*WITHIN_A_DEPARTMENT, UnitKind.UNIT),
    UnitKind.PLACE: (*WITHIN_A_DEPARTMENT, UnitKind.UNIT),
}

# The units that a person supplied under an agreement may be appointed in: named departments and what lies within them.
OPEN_TO_SUPPLIED = (UnitKind.DEPARTMENT, UnitKind.OPERATION, UnitKind.UNIT, UnitKind.PLACE)


def may_lie_under(kind: str, parent_kind: str | None) -> bool:
    """Whether a unit of this kind may lie under one of that kind; only the municipality lies under nothing."""
    allowed = MAY_LIE_UNDER[UnitKind(kind)]
    return not allowed if parent_kind is None else parent_kind in allowed


def is_authority(kind: str) -> bool:
    """Whether a unit of this kind is an authority of its own."""
    return kind in AUTHORITIES
