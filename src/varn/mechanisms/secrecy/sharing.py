"""Shares as they stand: what is shared, with whom, and which soon run out."""

from datetime import datetime, timedelta
from typing import Any

from varn.mechanisms.access.models import Share
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.secrecy.organisation import organisation

WARNED = "L41"


def ending_shares(*, by: Viewer, at: datetime) -> list[Share]:
    """The shares that run out within the days that the local rule says, of which nobody was told."""
    soon = at + timedelta(days=installation().days(WARNED, on=by.day))
    return list(Share.objects.holding(at).filter(until_at__lte=soon, warned_at=None).order_by("pk"))


def shared_name(unit_id: int | None, person_id: int | None) -> str:
    """With whom it is shared, by name."""
    known = organisation().units_known([unit_id]) if unit_id else organisation().people_known([person_id or 0])
    return next((one.name for one in known.values()), "")


def thing_of(share: Share) -> Any:
    """The record that is shared."""
    model: Any = share.content_type.model_class()
    return model._base_manager.get(pk=share.object_id)
