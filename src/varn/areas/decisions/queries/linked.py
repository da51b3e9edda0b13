"""What whoever holds the link of a dispatch may see: the decision, and what of it they answer for."""

from datetime import datetime

from django.db.models import Q, QuerySet

from varn.areas.decisions.models import Assignment, Dispatch
from varn.areas.decisions.rules import secret_hash
from varn.mechanisms.access.seeing import is_restricted


def opened_by_link(secret: str, *, at: datetime) -> Dispatch | None:
    """The dispatch whose link this is, until it is acknowledged or the link is too old.

    A link opens nothing that not everybody in a unit may see: whoever holds it has no function and is no member.
    """
    mine = Dispatch.objects.standing().filter(token_hash=secret_hash(secret), acknowledged_at=None)
    found = mine.filter(token_expires_at__gt=at).select_related("decision__body", "recipient", "person").first()
    return None if found is not None and is_restricted(found.decision, at) else found


def answered_for_by(dispatch: Dispatch) -> QuerySet[Assignment]:
    """The open assignments of the decision that the recipient answers for, by its unit, its person or its words."""
    own = Q(assignee__iexact=dispatch.name) | Q(assignee__iexact=dispatch.recipient.text)
    if dispatch.unit_id is not None:
        own |= Q(office__unit=dispatch.unit_id) | Q(office=None, unit=dispatch.unit_id)
    if dispatch.person_id is not None:
        own |= Q(delegated_to=dispatch.person_id)
    return Assignment.objects.filter(own, decision=dispatch.decision_id).open().order_by("pk")
