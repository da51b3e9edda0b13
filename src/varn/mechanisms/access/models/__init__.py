"""The tables of access: accounts; markings, compartments and their members; subjects of cases; and shares."""

from varn.mechanisms.access.models.accounts import Account, AccountManager, AccountQuerySet
from varn.mechanisms.access.models.compartments import Compartment, CompartmentKind, Membership, MembershipRole
from varn.mechanisms.access.models.markings import Marking
from varn.mechanisms.access.models.shares import Share
from varn.mechanisms.access.models.subjects import Capacity, Subject

__all__ = [
    "Account",
    "AccountManager",
    "AccountQuerySet",
    "Capacity",
    "Compartment",
    "CompartmentKind",
    "Marking",
    "Membership",
    "MembershipRole",
    "Share",
    "Subject",
]
