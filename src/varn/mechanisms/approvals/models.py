from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.module_loading import import_string

from varn.kernel.lifecycle import Lifecycle
from varn.mechanisms.access.querysets import visible
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.approvals.declared import PROTECTED, Protected
from varn.mechanisms.approvals.lifecycle import APPROVAL, ApprovalState
from varn.mechanisms.approvals.permissions import Permission
from varn.mechanisms.moves.making import state_constraint

DECIDES = (Permission.APPROVE, Permission.DENY)
OWN = (Permission.ASK, Permission.WITHDRAW, Permission.EXECUTE)
# What is protected, and the kind of thing that it is done to.
Kind = tuple[Protected, int | None]


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """A request is seen by the one who asked, by those who may decide it while it waits, and by the one who did."""

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The requests that this reader may see, or, with `to`, those that they may do that with."""
        if viewer.is_system:
            return self
        if viewer.account_id is None:
            return self.none()
        if to in DECIDES:
            return self.filter(decidable_by(viewer))
        own = Q(requested_by=viewer.account_id)
        if to in OWN:
            return self.filter(own)
        if to is not None:
            return self.none()
        return self.filter(own | Q(decided_by=viewer.account_id) | decidable_by(viewer))

    def waiting(self) -> Self:
        """Those that wait for somebody's decision."""
        return self.filter(state=ApprovalState.WAITING)


def decidable_by(viewer: Viewer) -> Q:
    """The condition that a request waits and that this reader may decide it: another person, with the right to approve
    just that there, and outside the line of the one who asks where that is demanded.
    """
    within = Q(pk__in=[])
    if viewer.person_id is None or not viewer.may_any(DECIDES):
        return within
    asked = _waiting_for_the_rights_of(viewer)
    people = {person for (row, _kind), of_kind in asked.items() if row.outside_line for _thing, person in of_kind}
    in_line = in_one_line(viewer.person_id, people, day=viewer.day)
    for (row, kind), of_kind in asked.items():
        things = {thing for thing, _person in of_kind if thing is not None}
        within |= Q(action=row.key, content_type=kind) & _within_rights(row, kind, things, in_line, viewer)
    return Q(state=ApprovalState.WAITING) & another_person(viewer) & within


def _waiting_for_the_rights_of(viewer: Viewer) -> dict[Kind, list[tuple[int | None, int | None]]]:
    """What waits for a right that the viewer has somewhere, kind by kind: each thing's number, and who asks."""
    asked: dict[Kind, list[tuple[int | None, int | None]]] = defaultdict(list)
    fields = ("action", "content_type", "object_id", "requested_person")
    for action, kind, thing, person in Approval.objects.waiting().order_by().values_list(*fields):
        row = PROTECTED.get(action)
        if row is not None and viewer.may(row.decided_by):
            asked[row, kind].append((thing, person))
    return asked


def another_person(viewer: Viewer) -> Q:
    """The condition that whoever asked is somebody else: neither the same account nor the same person."""
    other = ~Q(requested_by=viewer.account_id) & ~Q(requested_person=viewer.person_id)
    return other & Q(requested_person__isnull=False)


def in_one_line(person: int | None, others: Collection[int | None], *, day: date) -> set[int]:
    """Those of the others who stand in the line of command over the person on the day, or the person over them."""
    people = {one for one in others if one is not None}
    if person is None or not people:
        return set()
    over = import_string(settings.APPROVALS_LINE)({person, *people}, day)
    return {other for other in people if other in over[person] or person in over[other]}


def _within_rights(
    row: Protected, kind: int | None, things: Collection[int], in_line: Collection[int], viewer: Viewer
) -> Q:
    """The condition that the reader may approve this action on this kind of thing: right, line and conflict."""
    mine = Q() if not row.asked_on_thing else Q(pk__in=[])
    model: Any = ContentType.objects.get_for_id(kind).model_class() if kind else None
    if row.asked_on_thing and model is not None:
        mine = Q(Exists(visible(model, viewer, row.decided_by).filter(pk=OuterRef("object_id"))))
    if row.outside_line:
        mine &= ~Q(requested_person__in=in_line)
    if row.kept_out:
        mine &= ~Q(object_id__in=row.kept_from(viewer.person_id, things, viewer.at))
    return mine


class Approval(models.Model):
    """One request for what nobody does alone, and what became of it.

    `payload` has the arguments as JSON and the effects in words of the trail, as a rehearsal of the very same action
    gave them. `payload_hash` is that of the arguments and of all that they name, as it stood when the request was made.
    `outcome` says, as a key of the glossary with `outcome_values`, why what was approved was not done after all.
    """

    lifecycle: ClassVar[Lifecycle] = APPROVAL

    reference = models.CharField(max_length=20, unique=True)
    action = models.CharField(max_length=80)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    object_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=200, blank=True)
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    payload_hash = models.CharField(max_length=64)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_person = models.BigIntegerField(null=True)
    requested_as = models.CharField(max_length=300, blank=True)
    requested_from = models.CharField(max_length=500, blank=True)
    reason = models.TextField(blank=True)
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_person = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, blank=True)
    decision_reason = models.TextField(blank=True)
    executed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=80, blank=True)
    outcome_values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=20, default=ApprovalState.PREPARED)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            state_constraint(APPROVAL, name="approval_state_is_declared"),
            models.CheckConstraint(condition=~Q(requested_by=F("decided_by")), name="approval_is_another_account"),
            models.CheckConstraint(
                condition=~Q(requested_person=F("decided_person")), name="approval_is_another_person"
            ),
            models.CheckConstraint(
                condition=Q(executed_at=None) | Q(decided_by__isnull=False, decision="approve"),
                name="approval_is_executed_after_it_was_given",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("requested_at")), name="approval_stands_for_a_while"),
        ]
        indexes = [
            models.Index(fields=["state", "expires_at"], name="approval_by_state"),
            models.Index(fields=["requested_by", "-requested_at"], name="approval_by_requester"),
        ]
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def row(self) -> Protected:
        """What is protected here, as the list has it."""
        return PROTECTED[self.action]

    @property
    def thing(self) -> Any:
        """What the request is about, if it is about something that is there already."""
        model: Any = self.content_type.model_class() if self.content_type else None
        return model._base_manager.get(pk=self.object_id) if model else None

    def settles(self, kind: str) -> bool:
        """Whether what a notice told of waits for nobody any more."""
        return kind == "approvals:notice.waiting" and self.state != ApprovalState.WAITING


class InForceQuerySet(models.QuerySet["InForce"]):
    """Since when nobody acts alone is read with the list of protected actions."""

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The row, for those who may read the list; none for others."""
        return self if viewer.may(to or Permission.READ_PROTECTED) else self.none()


class InForce(models.Model):
    """That four eyes are demanded from this moment on. There is one row, made once, and nothing takes it back."""

    since = models.DateTimeField()

    objects = InForceQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="in_force_is_one_row")]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d %H:%M}"
