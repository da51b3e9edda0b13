"""What waits for a second person in the demo: what is protected is asked for, and nobody has answered."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from varn.mechanisms.access.viewer import viewer_of
from varn.mechanisms.approvals.actions import ask_approval, close_bootstrapping
from varn.mechanisms.door.actions import create_account
from varn.mechanisms.protecting import AwaitsApproval
from varn.overview.demo.events import Event
from varn.overview.demo.founding import address_of
from varn.overview.demo.place import Place
from varn.overview.demo.story import Asked

AGO = timedelta(hours=2)


def requests(place: Place, told: tuple[Asked, ...], at: datetime) -> Iterator[Event]:
    """Somebody wants an administrator more, and asked a while before the demo begins."""
    for asked in told:
        yield Event(at=at - AGO, what=_ask, given=(place, asked))


def _ask(at: datetime, place: Place, asked: Asked) -> None:
    by = viewer_of(place.administrator, at=at)
    close_bootstrapping(by=by, at=at)
    try:
        create_account(
            email=address_of(asked.administrator),
            name=asked.administrator,
            language="sv",
            is_administrator=True,
            by=by,
            at=at,
        )
    except AwaitsApproval as awaiting:
        ask_approval(approval=awaiting.approval, reason=asked.reason, by=by, at=at)
