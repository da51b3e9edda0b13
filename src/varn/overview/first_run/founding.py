"""Whoever sets an installation up acts with every right until it is ready, and the trail shows their name."""

from datetime import datetime

from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer


def founder(account: Account, *, at: datetime) -> Viewer:
    """The account's viewer with every right, as long as nobody is appointed to anything."""
    return Viewer(name=account.name, at=at, account_id=account.pk, is_system=True)
