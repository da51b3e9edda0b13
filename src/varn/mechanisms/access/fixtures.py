"""What the leak test plants of accounts: one that is nobody's in particular."""

from collections.abc import Iterator

from varn.kernel.planting import Plot, Thing
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.permissions import Permission

UNPLANTED = {
    "Account.password": "a hash",
    "Account.language": "one of two languages",
    "Compartment.reference": "a number that the product gives",
    "Compartment.kind": "a key of the product's own",
    "Membership.role": "a key of the product's own",
    "Subject.capacity": "a key of the product's own",
}


def stand(plot: Plot) -> Iterator[Thing]:
    """An account that no person has, which only those who run the installation know of."""
    words = plot.words(general=(Permission.READ_ACCOUNTS,))
    account = Account.objects.create(
        email=f"{words.key('Account.email')}@ekby.example", name=words("Account.name"), created_at=plot.at
    )
    keys = {"pk": account.pk}
    yield Thing(name="access:account", keys=keys, record=account, read=Permission.READ_ACCOUNTS)
    yield Thing(name="access:demo", keys=keys, record=account, read=Permission.READ_ACCOUNTS)
