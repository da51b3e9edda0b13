from typing import ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from varn.kernel.lifecycle import Lifecycle
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.imports.lifecycle import RUN, RunState
from varn.mechanisms.imports.permissions import Permission
from varn.mechanisms.imports.registry import importers_for
from varn.mechanisms.moves.making import state_constraint


class RunQuerySet(models.QuerySet["Run"]):
    """Imports are seen by who made them, and by those who may import that kind for the whole municipality."""

    read = Permission.READ_RUNS

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The imports this reader may see, or, with `to`, may do that with."""
        if viewer.is_system:
            return self
        if not viewer.may(to or self.read):
            return self.none()
        usable = importers_for(viewer)
        whole = [name for name, importer in usable.items() if _everywhere(viewer, importer.permission)]
        return self.filter(Q(kind__in=whole) | Q(kind__in=list(usable), account_id=viewer.account_id))


def _everywhere(viewer: Viewer, permission: str) -> bool:
    return permission in viewer.general or any(scope.everything for scope in viewer.scopes_for(permission))


class Run(models.Model):
    """One file that was tried out, and perhaps brought in.

    `rows` are the file's own rows, kept so that exactly what was checked is what is applied, and emptied when the
    import has ended. `report` is what the page shows; `fingerprints` say, row by row, what was planned.
    """

    lifecycle: ClassVar[Lifecycle] = RUN

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=20, default=RunState.CHECKED)
    counts = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    fingerprints = models.JSONField(default=list)
    report = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    differing = models.JSONField(default=list)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints = [
            state_constraint(RUN, name="import_state_is_declared"),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="import_newest_first")]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.reference
