"""What a break-glass account never has."""

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.door.queries import break_glass_of
from varn.mechanisms.moves.making import Refused


def refuse_sealed(account: Account) -> None:
    """Raises `Refused` for a break-glass account: what is made behind a broken seal would open it for longer."""
    if break_glass_of(account.pk) is not None:
        raise Refused(Refusal("door:refusal.only_sealed"))
