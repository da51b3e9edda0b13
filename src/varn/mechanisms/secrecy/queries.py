"""Reading what stands beside a record, compartments and their members, and finding a record by its reference."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Exists, OuterRef, Q, QuerySet

from varn.mechanisms.access.models import Account, Compartment, Marking, Membership, Share, Subject
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.querysets import may, visible
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.secrecy.organisation import organisation
from varn.mechanisms.secrecy.records import guarded_models, is_seen


@dataclass(frozen=True, kw_only=True)
class Named:
    """A row beside a record with the name of the person or the unit that it is about."""

    row: Any
    name: str


def subjects_of(thing: Any, *, viewer: Viewer) -> list[Named] | None:
    """Whom the case concerns at the moment, for whoever may read that of this case; `None` for others."""
    if not may(viewer, Permission.READ_SUBJECTS, thing):
        return None
    rows = list(Subject.objects.about(thing).holding(viewer.at))
    names = organisation().people_known([row.person_id for row in rows])
    return [Named(row=row, name=names[row.person_id].name) for row in rows]


def subject_for(pk: int, *, viewer: Viewer, to: str) -> tuple[Subject, Any] | None:
    """The subject with its case, for whoever may do that with the case; `None` for others."""
    return _beside(Subject.objects.holding(viewer.at).filter(pk=pk), viewer, to)


def shares_of(thing: Any, *, viewer: Viewer) -> list[Named]:
    """With whom the record is shared at the moment, for whoever sees it. Who is protected is named to nobody else."""
    if not is_seen(thing, viewer):
        return []
    rows = list(Share.objects.about(thing).holding(viewer.at))
    units = organisation().units_known([row.unit_id for row in rows if row.unit_id])
    people = organisation().people_known([row.person_id for row in rows if row.person_id], viewer=viewer)
    named = ((row, units.get(row.unit_id) or people.get(row.person_id)) for row in rows)
    return [Named(row=row, name=known.name) for row, known in named if known is not None]


def share_for(pk: int, *, viewer: Viewer, to: str) -> tuple[Share, Any] | None:
    """The share with its record, for whoever may do that with the record; `None` for others."""
    return _beside(Share.objects.holding(viewer.at).filter(pk=pk), viewer, to)


def compartments(*, viewer: Viewer, to: str | None = None) -> QuerySet[Compartment]:
    """The compartments whose member the reader is."""
    return Compartment.objects.visible_to(viewer, to).select_related("responsible")


def members_of(compartment: Compartment, *, viewer: Viewer) -> list[Membership]:
    """The members at the moment, and those who were, for a member."""
    return list(Membership.objects.visible_to(viewer).filter(compartment=compartment).select_related("account"))


def memberships(*, viewer: Viewer, to: str) -> QuerySet[Membership]:
    """The memberships that hold, in the compartments where the reader may do that."""
    return Membership.objects.visible_to(viewer, to).holding(viewer.at).select_related("account", "compartment")


def records_in(compartment: Compartment, *, viewer: Viewer) -> list[Any]:
    """The records that lie in the compartment and that the reader sees."""
    markings = Marking.objects.holding(viewer.at).filter(compartment=compartment)
    found: list[Any] = []
    for model in guarded_models().values():
        lying = markings.filter(
            content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name
        )
        found += visible(model, viewer).filter(pk__in=lying.order_by().values("object_id"))
    return found


def record_meant(text: str, *, viewer: Viewer) -> Any | None:
    """The record that the reference, or "kind:id", names, if the reader sees it."""
    kind, _colon, number = text.strip().rpartition(":")
    for name, model in guarded_models().items():
        if name == kind and number.isdigit():
            return visible(model, viewer).filter(pk=int(number)).first()
        if not kind and _has_reference(model):
            found = visible(model, viewer).filter(reference__iexact=text.strip()).first()
            if found is not None:
                return found
    return None


def account_meant(text: str, *, viewer: Viewer) -> Account | None:
    """The account of the person with this employee id or name, whom the reader sees; a job may name its address."""
    known = organisation().person_meant(text, viewer=viewer)
    if known is None:
        return Account.objects.filter(email__iexact=text.strip()).first() if viewer.is_system else None
    return Account.objects.filter(pk=known.account_id or 0).first()


def is_today(viewer: Viewer, membership: Membership) -> bool:
    """Whether the membership holds at the reader's moment."""
    over = membership.ended_at or membership.until_at
    return membership.from_at <= viewer.at and (over is None or over > viewer.at)


def _beside(rows: QuerySet[Any], viewer: Viewer, to: str) -> tuple[Any, Any] | None:
    """The row with its record. What stands beside another's record is asked for as what does not exist."""
    through = Q(pk__in=[])
    for model in guarded_models().values():
        behind = visible(model, viewer, to).filter(pk=OuterRef("object_id"))
        through |= Q(content_type=ContentType.objects.get_for_model(model)) & Q(Exists(behind))
    row = rows.filter(through).first()
    if row is None:
        return None
    thing = visible(row.content_type.model_class(), viewer, to).filter(pk=row.object_id).first()
    return (row, thing) if thing is not None else None


def _has_reference(model: Any) -> bool:
    try:
        return bool(model._meta.get_field("reference"))
    except FieldDoesNotExist:
        return False
